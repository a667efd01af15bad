//! The servers that a document lists: the facts about them, and the type by which callers choose one.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, docs, scope::FileScope};
use crate::{
    ir::{Docs, Server, ServerVariable},
    name::Ident,
};

/// The servers of the document, unless the configuration replaces them.
fn servers(context: Context<'_>) -> &[Server] {
    match &context.config.client.base_url {
        Some(_) => &[],
        None => &context.api.servers,
    }
}

/// The variables of the servers, unless the configuration replaces them.
pub(super) fn variables(context: Context<'_>) -> Vec<&ServerVariable> {
    match &context.config.client.base_url {
        Some(_) => Vec::new(),
        None => context.api.server_variables(),
    }
}

/// Whether callers can choose a server.
pub(super) fn is_choice(context: Context<'_>) -> bool {
    servers(context).len() > 1
}

/// `ListedServer { url: "https://{region}.example.com", variables: &[("region", "eu", &["eu", "us"])] }`
pub(super) fn listed(context: Context<'_>, scope: &FileScope<'_>) -> Vec<TokenStream> {
    let listed = |url: &str, variables: &[ServerVariable]| {
        let item = scope.runtime("server", "ListedServer");
        let variables = variables.iter().map(|variable| {
            let (name, default, values) = (&variable.name, &variable.default, &variable.values);
            quote! { (#name, #default, &[#(#values),*]) }
        });
        quote! { #item { url: #url, variables: &[#(#variables),*] } }
    };
    match &context.config.client.base_url {
        Some(url) => vec![listed(url, &[])],
        None => context.api.servers.iter().map(|server| listed(&server.url, &server.variables)).collect(),
    }
}

/// The type by which callers choose one of several servers.
///
/// ```ignore
/// pub enum Server {
///     /// `https://api.example.com`: The live one.
///     Live,
///     /// `https://sandbox.example.com`: To try things out.
///     Sandbox,
/// }
/// ```
pub(super) fn choice(context: Context<'_>) -> Option<TokenStream> {
    if !is_choice(context) {
        return None;
    }
    let about = docs::outer(
        "The servers of the API, for [`ClientBuilder::server`]. The first is used unless another is chosen.",
    );
    let variants = servers(context).iter().zip(&context.names.servers).map(|(server, ident)| {
        let docs = docs::outer(&described(server));
        quote! { #docs #ident }
    });
    Some(quote! {
        #about
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server { #(#variants),* }
    })
}

/// The setter of the builder for the choice.
pub(super) fn setter() -> TokenStream {
    quote! {
        /// Sets the server of the API, in place of the first. Ignored if a base URL is set.
        pub fn server(self, server: Server) -> Self { self.listed_server(server as usize) }
    }
}

/// The setter of the builder for a variable.
pub(super) fn variable_setter(
    variable: &ServerVariable,
    setter: &Ident,
    scope: &FileScope<'_>,
) -> TokenStream {
    let (into, string) = (scope.prelude("Into"), scope.prelude("String"));
    let said = match docs::text(&variable.docs) {
        text if text.is_empty() => {
            format!("The variable {} of the server's URL.", docs::code(&variable.name))
        }
        text => text,
    };
    let values: Vec<String> = variable.values.iter().map(|value| docs::code(value)).collect();
    let values = match values.as_slice() {
        [] => String::new(),
        values => format!("one of {}; ", values.join(", ")),
    };
    let default = match &variable.default {
        text if text.is_empty() => "nothing".to_owned(),
        text => docs::code(text),
    };
    let docs = docs::outer(&format!("{said}\n\nIts value: {values}{default} by default."));
    let name = &variable.name;
    quote! {
        #docs
        pub fn #setter(self, #setter: impl #into<#string>) -> Self {
            self.variable(#name, #setter)
        }
    }
}

/// The doc comment of `builder`: includes what the document says about its servers.
pub(super) fn defaults(context: Context<'_>) -> String {
    let text = "A builder with the defaults of this API.";
    match servers(context) {
        [only] if only.docs != Docs::default() => format!("{text} Base URL: {}", described(only)),
        [] | [_] => text.to_owned(),
        [first, ..] => {
            format!(
                "{text} Base URL: {}, unless another [`Server`] is chosen.",
                docs::code(&first.expanded())
            )
        }
    }
}

/// The URL of a server, and its description.
fn described(server: &Server) -> String {
    docs::labelled(&docs::code(&server.expanded()), &docs::compact(&server.docs))
}
