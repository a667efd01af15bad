//! Calls: a method that fills a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    body,
    call::Call,
    deprecated, describe, docs,
    inputs::{self, other_required_bodies, required_body},
    parameter, returns,
    scope::FileScope,
    setters, status,
};
use crate::{
    ir::{Body, Operation, OperationId},
    name::Ident,
};

/// The code for an operation.
pub(super) struct Emitted {
    /// The method on its resource, and those for alternative bodies.
    pub methods: TokenStream,
    /// The setters of its call, if any.
    pub setters: TokenStream,
    /// The type of a call with setters.
    pub call: Option<Ident>,
}

/// Emits an operation.
pub(super) fn emit(
    id: OperationId,
    scope: &FileScope<'_>,
    client: &TokenStream,
    resource: &describe::ResourcePath,
) -> Emitted {
    let call = Call::new(id, scope);
    Emitted {
        methods: [method(call, client), other_methods(call, client)].into_iter().collect(),
        setters: setters::emit(call, resource),
        call: call.operation.has_setters().then(|| call.names.call.clone()),
    }
}

/// ```ignore
/// /// `GET /iam/users/{userId}`
/// #[inline]
/// pub fn get(&self, user_id: i64) -> Call<User> {
///     static OPERATION: Operation = Operation::new("getUser", "GET", "/iam/users/{userId}");
///     Call::json(self.client, &OPERATION).with_path("userId", &user_id)
/// }
/// ```
fn method(call: Call<'_>, client: &TokenStream) -> TokenStream {
    let docs = docs::outer(&describe::method(call.operation, call.names, call.scope.context()));
    let deprecated = deprecated::attribute(call.operation.deprecated, &call.operation.docs);
    let docs = quote! { #docs #deprecated };
    method_with(call, client, &docs, &call.names.method, required_body(call.operation))
}

/// A method for each alternative to a required body.
fn other_methods(call: Call<'_>, client: &TokenStream) -> TokenStream {
    let others = other_required_bodies(call.operation, call.names).map(|(body, name)| {
        let text = format!("`{}` with a body in {}.", call.names.method.plain(), describe::media_types(body));
        method_with(call, client, &docs::outer(&text), name, Some(body))
    });
    others.collect()
}

fn method_with(
    call: Call<'_>,
    client: &TokenStream,
    docs: &TokenStream,
    name: &Ident,
    body: Option<&Body>,
) -> TokenStream {
    let arguments = arguments(call, body);
    let (returned, facts, start) = (call_type(call), facts(call), returns::start(call, client));
    let filled = required(call);
    let parameters = call.operation.parameters.iter();
    let sent = parameters.filter_map(|parameter| parameter::sent_by_default(parameter, call.scope));
    let body = body.map(|body| body::fill(body, &call.names.body, call));
    let optional = call.operation.has_setters().then(|| quote! { .with_parameters() });
    quote! {
        #docs
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #returned {
            #facts
            #start #(#filled)* #(#sent)* #body #optional
        }
    }
}

/// The arguments of the method: required parameters, then a required body.
pub(super) fn arguments(call: Call<'_>, body: Option<&Body>) -> Vec<TokenStream> {
    let of_parameters =
        inputs::arguments(call.operation, call.names).into_iter().map(|(parameter, ident)| {
            let ty = call.scope.argument(&parameter.ty);
            quote! { #ident: #ty }
        });
    let of_body = body.map(|body| body::arguments(body, &call.names.body, call));
    of_parameters.chain(of_body.into_iter().flatten()).collect()
}

/// Fills in the required parameters: arguments and constants.
fn required(call: Call<'_>) -> impl Iterator<Item = TokenStream> {
    let pairs = call.operation.parameters.iter().zip(&call.names.parameters);
    pairs.filter(|(parameter, _)| parameter.required).map(move |(parameter, ident)| {
        match &parameter.constant {
            Some(constant) => parameter::fill(parameter, &quote! { #constant }, call.scope),
            None => parameter::fill(parameter, &quote! { #ident }, call.scope),
        }
    })
}

/// The constant facts about the operation.
fn facts(call: Call<'_>) -> TokenStream {
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
    let statuses = returns::error_statuses(operation, scope.context().api);
    let statuses: Vec<TokenStream> = statuses.into_iter().map(status::key).collect();
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

/// `Call<User, Documented<Problem>>`, or the call's own type.
fn call_type(call: Call<'_>) -> TokenStream {
    if call.operation.has_setters() {
        let name = &call.names.call;
        return quote! { #name };
    }
    let name = call.scope.runtime("call", "Call");
    let success = returns::success(call.operation, call.scope);
    let failure = returns::failure(call.operation, call.scope).map(|failure| quote! { , #failure });
    quote! { #name<#success #failure> }
}
