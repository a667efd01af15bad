//! Calls as text, for lists of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, front, operation, scope::FileScope, tokens::text};
use crate::{
    analyse,
    config::Config,
    ir::{Api, OperationId, Origin},
    name::Names,
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

/// Every operation, in document order.
pub fn all(api: &Api, names: &Names, config: &Config) -> Vec<Signature> {
    let facts = analyse::run(api);
    let context = Context { api, facts: &facts, names, config, root: &quote! { crate } };
    let scope = FileScope::outside(context);
    (0..api.operations.len()).map(|index| one(context, OperationId::from_index(index), &scope)).collect()
}

fn one(context: Context<'_>, id: OperationId, scope: &FileScope<'_>) -> Signature {
    let operation = context.api.operation(id);
    let parts = operation::signature(id, scope);
    let arguments: Vec<String> = parts.arguments.into_iter().map(text).collect();
    Signature {
        origin: operation.origin,
        id: operation.id.clone(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        call: format!(
            "client{}.{}({})",
            front::accessors(context, id),
            text(parts.method),
            arguments.join(", ")
        ),
        returns: text(parts.success),
        error: parts.failure.map(text),
        setters: parts.setters.into_iter().map(setter).collect(),
    }
}

/// `limit(limit: i64)`
fn setter((name, arguments): (TokenStream, Vec<TokenStream>)) -> String {
    let arguments: Vec<String> = arguments.into_iter().map(text).collect();
    format!("{}({})", text(name), arguments.join(", "))
}
