//! Calls: a method that fills a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    body,
    call::Call,
    deprecated, describe, docs,
    facts::facts,
    inputs::{self, other_required_bodies, required_body},
    parameter, returns,
    scope::FileScope,
    setters,
};
use crate::{
    ir::{Body, OperationId},
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
