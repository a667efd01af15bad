//! The type of a call with setters: of its optional parameters, its optional body, paging, streams and
//! waiting.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    body,
    call::Call,
    deprecated, describe, docs,
    inputs::{optional_bodies, parameters},
    pagination, parameter, returns, streamed, until_done,
};
use crate::{
    ir::{Location, Parameter},
    name::Ident,
};

/// ```ignore
/// /// The call [`Users::list`], a [`Call`](crate::Call) with optional parameters.
/// pub type ListUsers = CallWith<UserPage, Undocumented, parameters::ListUsers>;
///
/// impl ListUsers {
///     #[inline]
///     pub fn limit(self, limit: i64) -> Self { self.with_query("limit", &limit) }
/// }
/// ```
pub(super) fn emit(call: Call<'_>, resource: &describe::ResourcePath) -> TokenStream {
    let Call { operation, names, scope } = call;
    if !operation.has_setters() {
        return TokenStream::new();
    }
    let (name, with) = (&names.call, scope.runtime("call_with", "CallWith"));
    let (success, failure) = (returns::success(operation, scope), returns::any_failure(operation, scope));
    let setters =
        parameters(operation, names, false).map(|(parameter, ident)| of_parameter(call, parameter, ident));
    let bodies = optional_bodies(operation, names).map(|(optional, ident)| {
        let (arguments, filled) = (body::arguments(optional, ident, call), body::fill(optional, ident, call));
        let docs = docs::outer(&describe::optional_body(optional, names));
        quote! { #docs #[inline] pub fn #ident(self, #(#arguments),*) -> Self { self #filled } }
    });
    let pages = operation.pagination.as_ref().map(|pages| pagination::methods(call, pages));
    let (streams, awaited) = (streamed::methods(call), until_done::methods(call));
    let about = docs::outer(&describe::call(resource, operation, names, scope.context()));
    quote! {
        #about
        pub type #name = #with<#success, #failure, parameters::#name>;
        impl #name { #(#setters)* #(#bodies)* #pages #streams #awaited }
    }
}

fn of_parameter(call: Call<'_>, parameter: &Parameter, ident: &Ident) -> TokenStream {
    let text = docs::and_default(&docs::text(&parameter.docs), parameter.default.as_deref());
    let docs = docs::outer(&match is_key(call, parameter) {
        true => format!(
            "{text}\n\nIf it is not set, each call sends a random one, the same with all its attempts."
        ),
        false => text,
    });
    let deprecated = deprecated::attribute(parameter.deprecated, &parameter.docs);
    let ty = call.scope.argument(&parameter.ty);
    let filled = parameter::fill(parameter, &quote! { #ident }, call.scope);
    quote! { #docs #deprecated #[inline] pub fn #ident(self, #ident: #ty) -> Self { self #filled } }
}

/// Whether it is the header by which the server knows the attempts of one call.
fn is_key(call: Call<'_>, parameter: &Parameter) -> bool {
    matches!(parameter.location, Location::Header(_))
        && call.operation.idempotency_header.as_ref() == Some(&parameter.wire)
}

/// The names and arguments of the setters.
pub(super) fn signatures(call: Call<'_>) -> Vec<(&Ident, Vec<TokenStream>)> {
    let Call { operation, names, scope } = call;
    let of_parameters = parameters(operation, names, false).map(|(parameter, ident)| {
        let ty = scope.argument(&parameter.ty);
        (ident, vec![quote! { #ident: #ty }])
    });
    let of_bodies = optional_bodies(operation, names)
        .map(|(optional, ident)| (ident, body::arguments(optional, ident, call)));
    of_parameters.chain(of_bodies).collect()
}
