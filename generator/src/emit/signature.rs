//! Calls as text, for lists of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    call::Call, context::Context, front, inputs::required_body, operation, returns, scope::FileScope,
    setters, tokens::text,
};
use crate::{
    analyse,
    config::Config,
    ir::{Api, OperationId, Origin, Shape, Webhook},
    name::{Ident, Names},
};

/// An operation and the call it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Where it was read.
    pub origin: Origin,
    /// Its `operationId`, or what stands for it.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// `client.iam().users().get(user_id: i64)`
    pub call: String,
    /// The type of what it gives.
    pub returns: String,
    /// The type of the error bodies that it documents.
    pub error: Option<String>,
    /// What sets its optional parameters and its optional body: `limit(limit: i64)`
    pub setters: Vec<String>,
}

/// A webhook and the variant it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its name in the document.
    pub name: String,
    /// `webhooks::Webhook::UserCreated`
    pub variant: String,
    /// The type of what it holds.
    pub holds: String,
}

/// Every webhook, in document order.
pub fn events(api: &Api, names: &Names, config: &Config) -> Vec<Event> {
    let Some(webhooks) = &api.webhooks else { return Vec::new() };
    let (facts, root) = (analyse::run(api), quote! { crate });
    let scope = FileScope::outside(Context { api, facts: &facts, names, config, root: &root });
    let types = match &api.type_def(webhooks.ty).shape {
        Shape::Union(union) => union.variants.iter().map(|variant| text(scope.ty(&variant.ty))).collect(),
        Shape::Record(_)
        | Shape::Enumeration(_)
        | Shape::Alias(_)
        | Shape::Cases(_)
        | Shape::Multipart(_) => Vec::new(),
    };
    let variants = webhooks.events.iter().zip(&names.type_def(webhooks.ty).parts).zip(types);
    let event = |((event, ident), holds): ((&Webhook, &Ident), String)| Event {
        name: event.name.clone(),
        variant: format!("{}::webhooks::Webhook::{}", names.library(), ident.plain()),
        holds,
    };
    variants.map(event).collect()
}

/// Every operation, in document order.
pub fn all(api: &Api, names: &Names, config: &Config) -> Vec<Signature> {
    let facts = analyse::run(api);
    let context = Context { api, facts: &facts, names, config, root: &quote! { crate } };
    let scope = FileScope::outside(context);
    (0..api.operations.len()).map(|index| one(context, OperationId::from_index(index), &scope)).collect()
}

fn one(context: Context<'_>, id: OperationId, scope: &FileScope<'_>) -> Signature {
    let call = Call::new(id, scope);
    let (operation, method) = (call.operation, &call.names.method);
    let arguments = list(operation::arguments(call, required_body(operation)));
    Signature {
        origin: operation.origin,
        id: operation.id.clone(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        call: format!("client{}.{}({arguments})", front::accessors(context, id), text(quote! { #method })),
        returns: text(returns::success(operation, scope)),
        error: returns::error_body(operation, scope).map(text),
        setters: setters::signatures(call).into_iter().map(setter).collect(),
    }
}

/// `limit(limit: i64)`
fn setter((name, arguments): (&Ident, Vec<TokenStream>)) -> String {
    format!("{}({})", text(quote! { #name }), list(arguments))
}

/// `limit: i64, offset: i64`
fn list(arguments: Vec<TokenStream>) -> String {
    arguments.into_iter().map(text).collect::<Vec<_>>().join(", ")
}
