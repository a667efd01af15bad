//! The parts of the client that differ per API. The rest is `runtime/client.rs`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{context::Context, docs, resource::accessor, scope::FileScope, server, sources::Sources};
use crate::{
    config::ClientEnv,
    ir::{CredentialPlace, ResourceId, SecurityScheme, ServerVariable, TokenEndpoint},
    name::Ident,
};

/// Emits `client.rs`.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    let scope = FileScope::new(context, []);
    let (client, builder) = (scope.runtime("client", "Client"), scope.runtime("builder", "ClientBuilder"));
    let (error, api) = (scope.runtime("error", "Error"), api(context, &scope));
    let result = scope.prelude("Result");
    let credentials: Vec<(&SecurityScheme, &Ident)> =
        context.api.security_schemes.iter().zip(&context.names.credentials).collect();
    let new = new(&credentials, is_placeless(context), &scope);
    let variables: Vec<(&ServerVariable, &Ident)> =
        server::variables(context).into_iter().zip(&context.names.variables).collect();
    let choice = server::choice(context);
    let setters: Vec<_> = credentials
        .iter()
        .map(|(scheme, setter)| credential_setter(scheme, setter, &scope))
        .chain(choice.as_ref().map(|_| server::setter()))
        .chain(variables.iter().map(|(variable, setter)| server::variable_setter(variable, setter, &scope)))
        .collect();
    let setters = (!setters.is_empty()).then(|| quote! { impl #builder { #(#setters)* } });
    let children = &context.api.resource(ResourceId::ROOT).children;
    let accessors = children.iter().map(|child| accessor(context, *child, &quote! { self }, &quote! { '_ }));
    let environment = docs::outer(&environment(context, &credentials));
    // Without a variable for the base URL, `from_env` could only fail.
    let can_be_found = !is_placeless(context) || context.config.client.base_url_env.is_some();
    let compressed = compressed(context, &scope);
    let from_env = can_be_found.then(|| {
        let has_clients = credentials.iter().any(|(scheme, _)| scheme.client_env.is_some());
        let clients = has_clients.then(|| quote! { .client_credentials_from_env() });
        quote! {
            #environment
            pub fn from_env() -> #result<Self, #error> { Self::builder_from_env().build() }
            /// A builder with what [`from_env`](Self::from_env) reads.
            pub fn builder_from_env() -> #builder { #builder::from_env(&API) #clients #compressed }
        }
    });
    let defaults = docs::outer(&server::defaults(context));
    let items = quote! {
        #api
        #choice
        impl #client {
            #new
            #defaults
            pub fn builder() -> #builder { #builder::new(&API) #compressed }
            #from_env
            #(#accessors)*
        }
        #setters
    };
    sources.add("src/client.rs".to_owned(), "The client.", scope, &items);
}

/// The facts about this API that the runtime needs.
fn api(context: Context<'_>, scope: &FileScope<'_>) -> TokenStream {
    let name = scope.runtime("builder", "Api");
    let config = &context.config.client;
    let agent = match &config.user_agent {
        Some(agent) => quote! { #agent },
        None => quote! { concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")) },
    };
    let servers = server::listed(context, scope);
    let base_path = &context.api.base_path;
    let base_url_env = option(config.base_url_env.as_deref());
    let strict_reading = config.strict_reading;
    let idempotency_header = option(config.idempotency_header.as_deref());
    let schemes = context.api.security_schemes.iter().map(|one| scheme(one, scope));
    let security = context.api.security.iter().map(|schemes| quote! { &[#(#schemes),*] });
    quote! {
        static API: #name = #name {
            user_agent: #agent,
            servers: &[#(#servers),*],
            base_path: #base_path,
            base_url_env: #base_url_env,
            schemes: &[#(#schemes),*],
            security: &[#(#security),*],
            strict_reading: #strict_reading,
            idempotency_header: #idempotency_header,
        };
    }
}

/// `Scheme::new("login", Place::Bearer).env("LIBRARY_TOKEN").token_url("/token")`
fn scheme(scheme: &SecurityScheme, scope: &FileScope<'_>) -> TokenStream {
    let (item, place, name) = (scope.runtime("credential", "Scheme"), place(scheme, scope), &scheme.name);
    let env = scheme.env.as_ref().map(|env| quote! { .env(#env) });
    let client_env = scheme.client_env.as_ref().map(|ClientEnv { id, secret, token_url }| {
        let token_url = token_url.as_ref().map(|variable| quote! { .token_url_env(#variable) });
        quote! { .client_env(#id, #secret) #token_url }
    });
    let endpoint = scheme.endpoint.as_ref().map(|endpoint| match endpoint {
        TokenEndpoint::At(url) => quote! { .token_url(#url) },
        TokenEndpoint::Discovered(url) => quote! { .open_id_url(#url) },
    });
    quote! { #item::new(#name, #place) #env #client_env #endpoint }
}

/// Whether the caller must supply the base URL.
pub(super) fn is_placeless(context: Context<'_>) -> bool {
    context.api.servers.is_empty() && context.config.client.base_url.is_none()
}

/// `.compress_requests(1024)`, where the configuration says so.
fn compressed(context: Context<'_>, scope: &FileScope<'_>) -> Option<TokenStream> {
    let least = Literal::usize_unsuffixed(context.config.client.compress_requests?);
    scope.touch("compression");
    Some(quote! { .compress_requests(#least) })
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}

/// `Place::Header { name: "Authorization", prefix: "APIKey " }`
fn place(scheme: &SecurityScheme, scope: &FileScope<'_>) -> TokenStream {
    let place = scope.runtime("credential", "Place");
    match &scheme.place {
        CredentialPlace::Header { name, prefix } => {
            let prefix = prefix.as_deref().unwrap_or_default();
            quote! { #place::Header { name: #name, prefix: #prefix } }
        }
        CredentialPlace::Query(name) => quote! { #place::Query { name: #name } },
        CredentialPlace::Cookie(name) => quote! { #place::Cookie { name: #name } },
        CredentialPlace::Bearer => quote! { #place::Bearer },
        CredentialPlace::Basic => quote! { #place::Basic },
    }
}

/// `new` takes the base URL if the document has none, and the secret if there is one way to authenticate.
fn new(credentials: &[(&SecurityScheme, &Ident)], is_placeless: bool, scope: &FileScope<'_>) -> TokenStream {
    let (result, error) = (scope.prelude("Result"), scope.runtime("error", "Error"));
    let secret = match credentials {
        [(scheme, setter)] if scheme.place != CredentialPlace::Basic => Some(setter),
        _ => None,
    };
    let docs = docs::outer(match (is_placeless, secret) {
        (false, None) => "A client without credentials.",
        (false, Some(_)) => "A client that authenticates with this secret.",
        (true, None) => {
            "A client of the API at this base URL, without credentials; see `base_url` of the builder."
        }
        (true, Some(_)) => {
            "A client of the API at this base URL, which authenticates with this secret; see `base_url` of the builder."
        }
    });
    let (into, string) = (scope.prelude("Into"), scope.prelude("String"));
    let base_url = is_placeless.then(|| quote! { base_url });
    let secret_type = match credentials {
        [(scheme, _)] => secret_type(scheme, scope),
        _ => scope.prelude("String"),
    };
    let arguments = base_url.iter().map(|base_url| quote! { #base_url: impl #into<#string> });
    let arguments = arguments.chain(secret.iter().map(|secret| quote! { #secret: impl #into<#secret_type> }));
    let given = base_url.iter().cloned().chain(secret.iter().map(|secret| quote! { #secret }));
    let given = given.map(|given| quote! { .#given(#given) });
    quote! {
        #docs
        pub fn new(#(#arguments),*) -> #result<Self, #error> { Self::builder()#(#given)*.build() }
    }
}

fn credential_setter(scheme: &SecurityScheme, setter: &Ident, scope: &FileScope<'_>) -> TokenStream {
    let (into, string) = (scope.prelude("Into"), scope.prelude("String"));
    let docs = docs::outer(&match docs::text(&scheme.docs) {
        text if text.is_empty() => {
            format!("The credential of the scheme {}.", docs::code(&scheme.name))
        }
        text => text,
    });
    let name = &scheme.name;
    if scheme.place == CredentialPlace::Basic {
        let credential = scope.runtime("credential", "Credential");
        return quote! {
            #docs
            pub fn #setter(self, user: impl #into<#string>, password: impl #into<#string>) -> Self {
                self.credential(#name, #credential::basic(&user.into(), password.into()))
            }
        };
    }
    if scheme.place == CredentialPlace::Bearer {
        let tokens = secret_type(scheme, scope);
        return quote! {
            #docs
            pub fn #setter(self, #setter: impl #into<#tokens>) -> Self { self.tokens(#name, #setter) }
        };
    }
    quote! {
        #docs
        pub fn #setter(self, #setter: impl #into<#string>) -> Self {
            self.secret(#name, #setter.into())
        }
    }
}

/// The type of a secret that callers set: a text, or where tokens come from.
fn secret_type(scheme: &SecurityScheme, scope: &FileScope<'_>) -> TokenStream {
    match scheme.place {
        CredentialPlace::Bearer => scope.runtime("tokens", "Tokens"),
        CredentialPlace::Header { .. }
        | CredentialPlace::Query(_)
        | CredentialPlace::Cookie(_)
        | CredentialPlace::Basic => scope.prelude("String"),
    }
}

/// The doc comment of `from_env`.
fn environment(context: Context<'_>, credentials: &[(&SecurityScheme, &Ident)]) -> String {
    let mut text = String::from("A client configured by environment variables.");
    let secrets = credentials.iter().flat_map(|(scheme, setter)| {
        let setter = setter.plain();
        let env = scheme.env.iter().map(move |variable| format!("- `{variable}`: `{setter}`"));
        env.chain(client_lines(scheme, setter))
    });
    let base =
        context.config.client.base_url_env.iter().map(|variable| format!("- `{variable}`: the base URL"));
    let variables: Vec<String> = secrets.chain(base).collect();
    if !variables.is_empty() {
        text.push_str(&format!("\n\n{}", variables.join("\n")));
    }
    text
}

/// The lines about the variables of client credentials.
fn client_lines(scheme: &SecurityScheme, setter: &str) -> Vec<String> {
    let Some(ClientEnv { id, secret, token_url }) = &scheme.client_env else { return Vec::new() };
    let unless = scheme.env.as_ref().map(|env| format!(", unless `{env}` is set")).unwrap_or_default();
    let mut lines = vec![format!("- `{id}` and `{secret}`: `{setter}` as client credentials{unless}")];
    lines.extend(token_url.iter().map(|variable| format!("- `{variable}`: the token endpoint for them")));
    lines
}
