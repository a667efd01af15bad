//! Bodies that differ by status: an enum, and a table that maps statuses to variants.

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, docs, scope::FileScope, sources::Sources, status};
use crate::ir::{Api, Case, Operation, Outcome, Payload, Primitive, Shape, Type, TypeId};

/// Whether a type is such an enum, rather than a model.
pub(super) fn is_cases(context: Context<'_>, id: TypeId) -> bool {
    matches!(context.api.type_def(id).shape, Shape::Cases(_))
}

/// The cases of such an enum; none of another type.
pub(super) fn of(api: &Api, id: TypeId) -> &[Case] {
    match &api.type_def(id).shape {
        Shape::Cases(cases) => cases,
        Shape::Record(_)
        | Shape::Enumeration(_)
        | Shape::Union(_)
        | Shape::Alias(_)
        | Shape::Multipart(_) => &[],
    }
}

/// The path of the enum in a call.
pub(super) fn path(id: TypeId, scope: &FileScope<'_>) -> TokenStream {
    let context = scope.context();
    let ident = &context.names.type_def(id).ident;
    let failure = context.api.operations.iter().any(|operation| operation.failure == Outcome::Several(id));
    scope.module(if failure { "errors" } else { "responses" }, &quote! { #ident })
}

/// Emits `errors.rs` and `responses.rs`.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    let failures = ids(context, |operation| &operation.failure);
    let successes = ids(context, |operation| &operation.success);
    for (path, about, ids, failure) in [
        ("src/errors.rs", "Error bodies that differ by status.", failures, true),
        ("src/responses.rs", "Response bodies that differ by status.", successes, false),
    ] {
        if !ids.is_empty() {
            let scope = FileScope::new(context, []);
            let items: TokenStream = ids.into_iter().map(|id| emit_cases(id, &scope, failure)).collect();
            sources.add(path.to_owned(), about, scope, &items);
        }
    }
}

/// The enums that operations use for this outcome.
pub(super) fn ids(context: Context<'_>, outcome: fn(&Operation) -> &Outcome) -> Vec<TypeId> {
    let outcomes = context.api.operations.iter().map(outcome);
    let several = outcomes.filter_map(|outcome| match outcome {
        Outcome::Several(id) => Some(*id),
        Outcome::None | Outcome::One { .. } => None,
    });
    // Several operations may share one.
    several.collect::<IndexSet<TypeId>>().into_iter().collect()
}

fn emit_cases(id: TypeId, scope: &FileScope<'_>, failure: bool) -> TokenStream {
    let context = scope.context();
    let cases = of(context.api, id);
    let names = context.names.type_def(id);
    let ident = &names.ident;
    let variants = cases.iter().zip(&names.parts).enumerate().map(|(index, (case, name))| {
        let docs = docs::outer(&docs::text(&case.docs));
        let body = case.payload.as_ref().map(|payload| {
            let ty = scope.boxed(ty(payload, scope), context.facts.is_boxed(id, index));
            quote! { (#ty) }
        });
        quote! { #docs #name #body, }
    });
    let table = scope.runtime_macro("cases", if failure { "error_cases" } else { "response_cases" });
    let mut by_precision: Vec<_> = cases.iter().zip(&names.parts).collect();
    by_precision.sort_by_key(|(case, _)| breadth(case));
    let entries = by_precision.into_iter().map(|(case, name)| {
        let status = status::key(case.status);
        let kind = match &case.payload {
            None => quote! { empty },
            Some(Payload::Json(_)) => quote! { json },
            Some(Payload::Text(Type::Primitive(Primitive::String))) => quote! { text },
            Some(Payload::Text(_)) => quote! { parsed_text },
            Some(Payload::TextOrJson(_)) => quote! { text_or_json },
            Some(Payload::Bytes) => quote! { bytes },
        };
        let media_type = case.media_type.as_ref().filter(|_| case.by_media_type);
        quote! { #name: #status #media_type => #kind }
    });
    let doc = docs::outer(&format!("What comes back, by status: `{}`.", names.ident.plain()));
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident { #(#variants)* }
        #table!(#ident { #(#entries),* });
    }
}

/// The type of a body.
pub(super) fn ty(payload: &Payload, scope: &FileScope<'_>) -> TokenStream {
    payload.ty().map_or_else(|| quote! { ::bytes::Bytes }, |ty| scope.ty(ty))
}

/// How broadly the media type of a case matches. The table is read in order: `application/json` also matches other
/// JSON types, a range matches all its types.
fn breadth(case: &Case) -> u8 {
    match case.media_type.as_deref().filter(|_| case.by_media_type) {
        Some("*/*") => 3,
        Some(range) if range.contains('*') => 2,
        Some(json) if json.ends_with("+json") => 0,
        Some(_) | None => 1,
    }
}
