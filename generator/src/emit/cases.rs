//! Bodies that differ by status: an enum, and a table that maps statuses to variants.

use indexmap::IndexSet;
use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, docs, scope::FileScope, sources::Sources, status};
use crate::ir::{Case, Operation, Outcome, Payload, Primitive, Shape, Type, TypeId};

/// Whether a type is such an enum, rather than a model.
pub(super) fn is_cases(context: Context<'_>, id: TypeId) -> bool {
    matches!(context.api.type_def(id).shape, Shape::Cases(_))
}

/// The path of the enum in a call.
pub(super) fn path(id: TypeId, scope: &FileScope<'_>) -> TokenStream {
    let context = scope.context();
    let ident = &context.names.type_def(id).ident;
    let failure = context.api.operations.iter().any(|operation| operation.failure == Outcome::Several(id));
    if failure {
        scope.module("errors", &quote! { #ident })
    } else {
        scope.module("responses", &quote! { #ident })
    }
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
    let Shape::Cases(cases) = &context.api.type_def(id).shape else { return TokenStream::new() };
    let names = context.names.type_def(id);
    let ident = &names.ident;
    let variants = cases.iter().zip(&names.parts).enumerate().map(|(index, (case, name))| {
        let docs = docs::outer(&about(case));
        let body = case.payload.as_ref().map(|payload| {
            let ty = scope.boxed(ty(payload, scope), context.facts.is_boxed(id, index));
            quote! { (#ty) }
        });
        quote! { #docs #name #body, }
    });
    let table = if failure {
        scope.runtime_macro("cases", "error_cases")
    } else {
        scope.runtime_macro("cases", "response_cases")
    };
    let mut by_precision: Vec<_> = cases.iter().zip(&names.parts).collect();
    by_precision.sort_by_key(|(case, _)| breadth(case));
    let entries = by_precision.into_iter().map(|(case, name)| {
        let status = status::key(case.status);
        let kind = match &case.payload {
            None => quote! { empty },
            Some(Payload::Json(_)) => quote! { json },
            Some(Payload::Text(ty)) => text(ty),
            Some(Payload::TextOrJson(_)) => quote! { text_or_json },
            Some(Payload::Form(..) | Payload::Multipart(_) | Payload::Bytes) => quote! { bytes },
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

pub(super) fn ty(payload: &Payload, scope: &FileScope<'_>) -> TokenStream {
    match payload {
        Payload::Json(ty) | Payload::Text(ty) | Payload::TextOrJson(ty) => scope.ty(ty),
        // No response is lowered to a form.
        Payload::Form(..) | Payload::Multipart(_) | Payload::Bytes => quote! { ::bytes::Bytes },
    }
}

/// How a text body is read.
fn text(ty: &Type) -> TokenStream {
    match ty {
        Type::Primitive(Primitive::String) => quote! { text },
        _ => quote! { parsed_text },
    }
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

fn about(case: &Case) -> String {
    docs::text(&case.docs)
}
