//! Models: a file per resource that uses them exclusively, and a table of all their codecs.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    cases,
    context::Context,
    declared::{Emitted, about},
    enumeration, multipart, record, scalar,
    scope::FileScope,
    sources::Sources,
    union, webhook,
};
use crate::{
    analyse::Home,
    ir::{Shape, TypeId},
    name::Ident,
};

/// Documentation of the models module.
const ABOUT: &str = "Request and response types.\n\nServers send more than their description says. A struct keeps \
    properties that the description does not name in its\nlast field, an enum keeps a value that it does not list in its \
    last variant, and both are sent back as they came.";

/// Added to it if some types are equal.
const EQUAL: &str = "Some are other names for a type that is the same today (`pub type`): each keeps its name when one\nof \
    them changes.";

/// The codecs of models, while they are collected.
pub(super) struct Codecs<'a> {
    scope: FileScope<'a>,
    items: TokenStream,
}

impl<'a> Codecs<'a> {
    fn new(context: Context<'a>) -> Self {
        Self { scope: FileScope::new(context, []), items: TokenStream::new() }
    }
}

/// Emits `models/`, and the codecs of those that only webhooks use; returns the contents of `codec.rs`.
pub(super) fn emit<'a>(context: Context<'a>, sources: &mut Sources<'_>) -> Codecs<'a> {
    let mut homes: BTreeMap<Home, Vec<TypeId>> = BTreeMap::new();
    for id in context.api.type_ids().filter(|id| is_model(context, *id)) {
        homes.entry(context.facts.home(id)).or_default().push(id);
    }
    let mut codecs = Codecs::new(context);
    let mut modules = Vec::new();
    for (home, mut ids) in homes {
        ids.sort_by_key(|id| &context.names.type_def(*id).ident);
        let module = &context.names.modules()[&home];
        if home == Home::Webhooks {
            let mut own = Codecs::new(context);
            emit_module(context, module, home, &ids, &mut own, sources);
            sources.add(
                CODECS_OF_WEBHOOKS.to_owned(),
                "How the types of webhooks are read and written.",
                own.scope,
                &own.items,
            );
            let gate = webhook::gate(context);
            codecs.items.extend(quote! { #gate mod webhooks; });
        } else {
            emit_module(context, module, home, &ids, &mut codecs, sources);
        }
        modules.push((home, module));
    }
    emit_models_root(context, &modules, sources);
    codecs
}

/// The file of the codecs of models that only webhooks use.
const CODECS_OF_WEBHOOKS: &str = "src/codec/webhooks.rs";

/// Whether a type is a model, rather than of `errors`, `responses` or `webhooks`.
fn is_model(context: Context<'_>, id: TypeId) -> bool {
    let is_webhook = context.api.webhooks.as_ref().is_some_and(|webhooks| webhooks.ty == id);
    !is_webhook && !cases::is_cases(context, id)
}

/// Emits one module.
fn emit_module(
    context: Context<'_>,
    module: &Ident,
    home: Home,
    ids: &[TypeId],
    codecs: &mut Codecs<'_>,
    sources: &mut Sources<'_>,
) {
    let models = FileScope::new(context, ids.iter().copied());
    let mut items = TokenStream::new();
    for id in ids {
        let emitted = emit_type(*id, &models, &codecs.scope);
        items.extend(emitted.model);
        codecs.items.extend(emitted.codec);
    }
    let about = match home {
        Home::Resource(resource) => {
            format!("Request and response types of `{}`.", context.names.resource(resource).accessor.plain())
        }
        Home::Shared => "Request and response types that several resources share.".to_owned(),
        Home::Webhooks => "Types of what the server sends to a server of yours.".to_owned(),
    };
    let stem = module.plain();
    sources.add(format!("src/models/{stem}.rs"), &about, models, &items);
}

fn emit_type(id: TypeId, models: &FileScope<'_>, codecs: &FileScope<'_>) -> Emitted {
    let context = models.context();
    let def = context.api.type_def(id);
    if let Some(declared) = def.same_as {
        let (docs, ident, ty) = (about(context, id), models.model(id), models.model(declared));
        return quote! { #docs pub type #ident = #ty; }.into();
    }
    match &def.shape {
        Shape::Record(fields) => record::emit(id, fields, models, codecs),
        Shape::Enumeration(constants) => enumeration::emit(id, constants, models).into(),
        Shape::Union(shapes) => union::emit(id, shapes, models).into(),
        Shape::Alias(ty) => {
            let (docs, ident, ty) = (about(context, id), models.model(id), models.ty(ty));
            if context.facts.is_newtype(id) {
                let (codec, name) = (codecs.runtime_macro("newtype", "newtype"), codecs.model(id));
                Emitted {
                    model: quote! { #docs #[derive(Clone, Debug, PartialEq)] pub struct #ident(pub #ty); },
                    codec: quote! { #codec!(#name); },
                }
            } else {
                Emitted { model: quote! { #docs pub type #ident = #ty; }, codec: TokenStream::new() }
            }
        }
        Shape::Multipart(form) => multipart::emit(id, form, models, codecs),
        Shape::Cases(_) => Emitted::default(),
    }
}

/// Emits `models/mod.rs`.
fn emit_models_root(context: Context<'_>, modules: &[(Home, &Ident)], sources: &mut Sources<'_>) {
    let gate = |home: &Home| webhook::gate(context).filter(|_| *home == Home::Webhooks);
    let declared = modules.iter().map(|(home, module)| {
        let gate = gate(home);
        quote! { #gate mod #module; }
    });
    let exported = modules.iter().map(|(home, module)| {
        let gate = gate(home);
        quote! { #gate pub use #module::*; }
    });
    let items = quote! { #(#declared)* #(#exported)* };
    let has_equal = context.api.types.iter().any(|def| def.same_as.is_some());
    let about = if has_equal { format!("{ABOUT}\n\n{EQUAL}") } else { ABOUT.to_owned() };
    sources.add("src/models/mod.rs".to_owned(), &about, FileScope::new(context, []), &items);
}

/// Emits `codec.rs`, after every scalar has been recorded. It is a long table and nothing else.
pub(super) fn emit_codecs(codecs: Codecs<'_>, sources: &mut Sources<'_>) {
    let Codecs { scope, items } = codecs;
    let scalars = scalar::table(&sources.scalars, &scope);
    let items = quote! { #items #scalars };
    sources.add(
        "src/codec.rs".to_owned(),
        "How each type is read from JSON and written to it.",
        scope,
        &items,
    );
}
