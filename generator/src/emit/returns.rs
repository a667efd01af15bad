//! What a call returns: the types of its success and of its documented errors, and how a reply is read.

use proc_macro2::TokenStream;
use quote::quote;

use super::{call::Call, cases, scope::FileScope};
use crate::ir::{Api, Operation, Outcome, Payload, Primitive, Status, Type};

/// Whether the document describes typed error bodies.
pub(super) fn documents_errors(operation: &Operation) -> bool {
    match &operation.failure {
        Outcome::One { payload, .. } => payload.ty().is_some(),
        Outcome::Several(_) => true,
        Outcome::None => false,
    }
}

/// Whether two operations describe error bodies of one type.
pub(super) fn has_errors_of(operation: &Operation, other: &Operation) -> bool {
    match (&operation.failure, &other.failure) {
        (Outcome::One { payload: one, .. }, Outcome::One { payload: other, .. }) => {
            one.ty().is_some() && one.ty() == other.ty()
        }
        (Outcome::Several(one), Outcome::Several(other)) => one == other,
        (Outcome::None | Outcome::One { .. } | Outcome::Several(_), _) => false,
    }
}

/// The type that the call returns.
pub(super) fn success(operation: &Operation, scope: &FileScope<'_>) -> TokenStream {
    match &operation.success {
        Outcome::None => quote! { () },
        Outcome::One { payload, .. } => cases::ty(payload, scope),
        Outcome::Several(id) => cases::path(*id, scope),
    }
}

/// The type of the documented error bodies.
pub(super) fn error_body(operation: &Operation, scope: &FileScope<'_>) -> Option<TokenStream> {
    match &operation.failure {
        Outcome::None => None,
        Outcome::One { payload, .. } => payload.ty().map(|ty| scope.ty(ty)),
        Outcome::Several(id) => Some(cases::path(*id, scope)),
    }
}

/// `Documented<Problem>`: the type of the call's documented errors.
pub(super) fn failure(operation: &Operation, scope: &FileScope<'_>) -> Option<TokenStream> {
    let body = error_body(operation, scope)?;
    let documented = scope.runtime("api_error", "Documented");
    Some(quote! { #documented<#body> })
}

/// The type of the call's errors, spelled out even if undocumented.
pub(super) fn any_failure(operation: &Operation, scope: &FileScope<'_>) -> TokenStream {
    failure(operation, scope).unwrap_or_else(|| scope.runtime("api_error", "Undocumented"))
}

/// The statuses with a documented error body.
pub(super) fn error_statuses(operation: &Operation, api: &Api) -> Vec<Status> {
    match &operation.failure {
        Outcome::One { statuses, payload } if payload.ty().is_some() => statuses.clone(),
        Outcome::Several(id) => cases::of(api, *id).iter().map(|case| case.status).collect(),
        Outcome::None | Outcome::One { .. } => Vec::new(),
    }
}

/// `Call::json(self.client, &OPERATION)`: the call before its parameters are filled in.
pub(super) fn start(call: Call<'_>, client: &TokenStream) -> TokenStream {
    let name = call.scope.runtime("call", "Call");
    let read = match &call.operation.success {
        Outcome::None => quote! { empty },
        Outcome::One { payload: Payload::Json(_), .. } => quote! { json },
        Outcome::One { payload: Payload::Text(Type::Primitive(Primitive::String)), .. } => {
            quote! { plain }
        }
        Outcome::One { payload: Payload::Text(_), .. } => quote! { parsed_text },
        Outcome::One { payload: Payload::TextOrJson(_), .. } => quote! { text_or_json },
        Outcome::One { payload: Payload::Bytes, .. } => quote! { raw },
        Outcome::Several(_) => {
            let cases = call.scope.runtime("cases", "Cases");
            return quote! { #name::with(#client, &OPERATION, #cases::read) };
        }
    };
    quote! { #name::#read(#client, &OPERATION) }
}
