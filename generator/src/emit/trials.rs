//! `tests/calls/`: a test for each operation, which calls a mock server. Only if the configuration asks for them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, docs, front, inputs, sample::Samples, scope::FileScope, sources::Sources};
use crate::{
    ir::{Body, Content, CredentialPlace, OperationId, Parameter, Resource, ResourceId, Type},
    name::{Ident, Scope},
};

/// The module of fixed code, `runtime/tests/mock_server.rs`.
const MOCK_SERVER: &str = "mock_server";

/// Emits the tests.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    if !context.config.tests || context.api.operations.is_empty() {
        return;
    }
    let library = proc_macro2::Ident::new(&context.names.library(), proc_macro2::Span::call_site());
    let root = quote! { #library };
    let context = Context { root: &root, ..context };
    let mut scope = Scope::with_reserved([MOCK_SERVER, "main", "mod"]);
    let mut modules = Vec::new();
    for (index, resource) in context.api.resources.iter().enumerate() {
        if resource.operations.is_empty() {
            continue;
        }
        let id = ResourceId::from_index(index);
        let module = scope.snake(context.names.resource(id).module.plain());
        emit_resource(context, id, resource, &module, sources);
        modules.push(module);
    }
    emit_root(context, &modules, sources);
}

/// ```ignore
/// /// `GET /users/{userId}`
/// #[tokio::test]
/// async fn get() -> Result<(), my_client::Error> {
///     let Some(client) = crate::client() else { return Ok(()) };
///     client.users().get(7).await?;
///     Ok(())
/// }
/// ```
fn emit_resource(
    context: Context<'_>,
    id: ResourceId,
    resource: &Resource,
    module: &Ident,
    sources: &mut Sources<'_>,
) {
    let scope = FileScope::of_user(context);
    let way = front::way(context, id);
    let (result, error) = (scope.prelude("Result"), scope.public(None, &quote! { Error }));
    let tests = resource.operations.iter().map(|id| {
        let operation = context.api.operation(*id);
        let name = &context.names.operation(*id).method;
        let docs = docs::outer(&docs::code(&format!("{} {}", operation.method.as_str(), operation.path)));
        let Call { body, call } = call(*id, &scope);
        quote! {
            #docs
            #[tokio::test]
            async fn #name() -> #result<(), #error> {
                let Some(client) = crate::client() else { return Ok(()) };
                #body
                client #(.#way())* #call.await?;
                Ok(())
            }
        }
    });
    let tests: TokenStream = tests.collect();
    let accessors: String = way.iter().map(|accessor| format!(".{}()", accessor.plain())).collect();
    let about = format!("The calls of `client{accessors}`.");
    sources.add(format!("tests/calls/{}.rs", module.plain()), &about, scope, &tests);
}

/// A call, and the statement before it.
struct Call {
    /// `let body = UserUpdate::new().name("Ann");`, if the body takes more than a word.
    body: Option<TokenStream>,
    /// `.update(7, body)`
    call: TokenStream,
}

/// The body of a call: as a variable if it is built of parts, and what the call takes.
fn body_of(body: &Body, samples: Samples<'_, '_>) -> (Option<TokenStream>, Vec<TokenStream>) {
    let (media_type, content) = body_arguments(body, samples);
    let is_built = match &body.content {
        Content::Json(_) | Content::Form(..) | Content::Multipart(_) => true,
        Content::Text(_) | Content::Bytes => false,
    };
    let statement = is_built.then(|| quote! { let body = #content; });
    let passed = if is_built {
        quote! { body }
    } else {
        content
    };
    (statement, media_type.into_iter().chain([passed]).collect())
}

/// `.get(7).limit(10)`
fn call(id: OperationId, scope: &FileScope<'_>) -> Call {
    let context = scope.context();
    let (operation, names) = (context.api.operation(id), context.names.operation(id));
    let samples = Samples::new(scope);
    let value = |parameter: &Parameter| samples.argument(&parameter.ty, parameter.sample.as_ref());
    let arguments = inputs::arguments(operation, names).into_iter().map(|(parameter, _)| value(parameter));
    let (required, given) =
        inputs::required_body(operation).map(|body| body_of(body, samples)).unwrap_or_default();
    let arguments = arguments.chain(given);
    let optional =
        inputs::parameters(operation, names, false).filter(|(parameter, _)| parameter.sample.is_some());
    let setters = optional.map(|(parameter, ident)| {
        let value = value(parameter);
        quote! { .#ident(#value) }
    });
    let optional_body = inputs::optional_bodies(operation, names).next().filter(|_| required.is_none());
    let (built, set) = match optional_body {
        None => (None, None),
        Some((body, ident)) => {
            let (built, arguments) = body_of(body, samples);
            (built, Some(quote! { .#ident(#(#arguments),*) }))
        }
    };
    let method = &names.method;
    Call { body: required.or(built), call: quote! { .#method(#(#arguments),*) #(#setters)* #set } }
}

/// The media type, if the caller chooses it, and the body.
fn body_arguments(body: &Body, samples: Samples<'_, '_>) -> (Option<TokenStream>, TokenStream) {
    let value = body.sample.as_ref();
    let content = match &body.content {
        Content::Json(ty) | Content::Form(ty, _) | Content::Text(ty) => samples.owned(ty, value),
        Content::Multipart(id) => samples.owned(&Type::Named(*id), value),
        Content::Bytes => quote! { "content" },
    };
    let media_type = body.is_offered().then(|| {
        let media_type = concrete(&body.media_type);
        quote! { #media_type }
    });
    (media_type, content)
}

/// A media type within a range.
fn concrete(range: &str) -> &str {
    match range.split(';').next().unwrap_or(range).trim() {
        "*/*" | "application/*" => "application/octet-stream",
        "text/*" => "text/plain",
        "image/*" => "image/png",
        "audio/*" => "audio/mpeg",
        "video/*" => "video/mp4",
        _ => range,
    }
}

/// `main.rs`: the client that all tests share.
fn emit_root(context: Context<'_>, modules: &[Ident], sources: &mut Sources<'_>) {
    let scope = FileScope::of_user(context);
    let (client, retries) =
        (scope.public(None, &quote! { Client }), scope.public(None, &quote! { RetryPolicy }));
    let (option, variable) = (scope.prelude("Option"), variable(&context.names.package));
    let schemes = context.api.security_schemes.iter().zip(&context.names.credentials);
    let secrets = schemes.map(|(scheme, setter)| match scheme.place {
        CredentialPlace::Basic => quote! { .#setter("user", "password") },
        CredentialPlace::Header { .. }
        | CredentialPlace::Query(_)
        | CredentialPlace::Cookie(_)
        | CredentialPlace::Bearer => quote! { .#setter("secret") },
    });
    let mut modules: Vec<TokenStream> = modules.iter().map(|module| quote! { #module }).collect();
    let about = docs::outer(
        "A client of the mock server, with a secret for each security scheme; `None` without a server.",
    );
    let server = proc_macro2::Ident::new(MOCK_SERVER, proc_macro2::Span::call_site());
    modules.push(quote! { #server });
    modules.sort_by_key(TokenStream::to_string);
    let items = quote! {
        #![cfg(feature = "reqwest")]
        #![allow(deprecated, reason = "what is deprecated is called as well")]
        #![allow(clippy::approx_constant, reason = "the document gives the values")]
        #(mod #modules;)*
        #about
        fn client() -> #option<#client> {
            let url = #server::url(#variable)?;
            let client = #client::builder().base_url(url) #(#secrets)* .retries(#retries::never()).build();
            Some(client.expect("the URL is that of a server"))
        }
    };
    let about = format!(
        "A call of each operation, with values from the document, against a mock server that checks what it is sent.\n\n\
         Start one, such as Prism, and put its URL into `{variable}`. Without it the tests call nothing.\n\nA test fails if \
         the request cannot be built, if the server answers with an error, or if the answer cannot be read."
    );
    sources.add("tests/calls/main.rs".to_owned(), &about, scope, &items);
    sources.needs.tests = true;
}

/// The environment variable with the URL of the mock server: `MY_CLIENT_MOCK_URL`.
fn variable(package: &str) -> String {
    format!("{}_MOCK_URL", package.replace('-', "_").to_uppercase())
}
