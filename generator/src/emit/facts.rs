//! What a document says of an operation, as the `static` that a call refers to.

use proc_macro2::TokenStream;
use quote::quote;

use super::{call::Call, returns, status};
use crate::ir::{Operation, Status};

/// The constant facts about the operation.
pub(super) fn facts(call: Call<'_>) -> TokenStream {
    let statuses = returns::error_statuses(call.operation, call.scope.context().api);
    with_errors(call, &statuses)
}

/// The same without the statuses of documented errors, whose bodies are then left unread.
pub(super) fn facts_without_errors(call: Call<'_>) -> TokenStream {
    with_errors(call, &[])
}

fn with_errors(call: Call<'_>, statuses: &[Status]) -> TokenStream {
    let Call { operation, scope, .. } = call;
    let table = scope.runtime_macro("operation", "operation");
    let (id, method, path) = (&operation.id, operation.method.as_str(), &operation.path);
    let accept = accept(operation);
    let server = operation.server.as_ref().map(|url| quote! { ; server #url });
    let security = (!operation.security.is_empty()).then(|| {
        let alternatives = operation.security.iter().map(|schemes| quote! { [#(#schemes)*] });
        quote! { ; security #(#alternatives)* }
    });
    let idempotency = operation.idempotency_header.as_ref().map(|header| quote! { ; idempotency #header });
    let statuses: Vec<TokenStream> = statuses.iter().copied().map(status::key).collect();
    let errors = (!statuses.is_empty()).then(|| quote! { ; errors #(#statuses)* });
    let redirects: Vec<TokenStream> = operation.redirects.iter().copied().map(status::key).collect();
    let redirects = (!redirects.is_empty()).then(|| quote! { ; redirects [#(#redirects)*] });
    quote! { #table!(#id #method #path; accept #accept #server #security #idempotency #redirects #errors); }
}

/// The value of the `Accept` header.
fn accept(operation: &Operation) -> String {
    match operation.accept.as_slice() {
        [] => "*/*".to_owned(),
        types => types.join(", "),
    }
}
