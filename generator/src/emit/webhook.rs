//! `webhooks.rs`: the enum of webhooks, how a request becomes one, and what verifies it.
//!
//! ```text
//! union!(pub enum Webhook by "type" { UserCreated(User): "user.created"; Other });
//! events!(Webhook Other);
//! pub fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Webhook, DecodeError> { … }
//! ```

use std::cmp::Reverse;

use proc_macro2::TokenStream;
use quote::quote;

use super::{context::Context, deprecated, docs, scope::FileScope, sources::Sources, union};
use crate::{
    config::{Encoding, Signature},
    ir::{Api, EventGroup, EventHeader, Shape, Union, Webhook, Webhooks},
    name::{Ident, TypeNames},
};

/// The attribute of what is compiled with the feature `webhooks` alone. A module of another crate has it always: that
/// crate may lack the feature.
pub(super) fn gate(context: Context<'_>) -> Option<TokenStream> {
    context.is_crate().then(|| quote! { #[cfg(feature = "webhooks")] })
}

/// Emits the file, if there are webhooks to read or to verify.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    let scope = FileScope::of_webhooks(context);
    let events = context.api.webhooks.as_ref().map(|webhooks| events(webhooks, &scope));
    let signature = context.config.webhooks.signature.as_ref().map(|one| verifier(one, &scope));
    if events.is_none() && signature.is_none() {
        return;
    }
    let items = quote! { #signature #events };
    sources.add("src/webhooks.rs".to_owned(), &about(context), scope, &items);
}

/// The comment of the module, with an example.
fn about(context: Context<'_>) -> String {
    let library = context.names.library();
    let signature = context.config.webhooks.signature.as_ref();
    let mut lines = vec![
        "# fn run(headers: http::HeaderMap, body: &[u8]) -> Result<(), Box<dyn std::error::Error>> {"
            .to_owned(),
    ];
    let secret = |signature: &Signature| match signature {
        Signature::Standard => "whsec_c2VjcmV0",
        Signature::Header { .. } => "secret",
    };
    let verified = signature
        .map(|signature| format!("webhooks::verifier(\"{}\")?.verify(&headers, body)?;", secret(signature)));
    let mut text = "Requests that the server sends to a server of yours.".to_owned();
    match &context.api.webhooks {
        Some(webhooks) => {
            let first =
                context.names.type_def(webhooks.ty).parts.first().map(Ident::plain).unwrap_or_default();
            lines.push(format!("use {library}::webhooks::{{self, Webhook}};\n"));
            lines.extend(verified);
            lines.push(format!(
                "match webhooks::parse(&headers, body)? {{\n    Webhook::{first}(event) => println!(\"{{event:?}}\"),\n    \
                Webhook::Other(value) => println!(\"{{value:?}}\"),\n    _ => {{}}\n}}"
            ));
        }
        None => {
            lines.push(format!("use {library}::webhooks;\n"));
            lines.extend(verified);
        }
    }
    if signature.is_some() {
        text.push_str(" Whoever knows the address can send some: verify them first.");
    }
    lines.push("# Ok(())\n# }".to_owned());
    format!("{text}\n\n```no_run\n{}\n```", lines.join("\n"))
}

/// The enum, the table of its events, and the functions that read it.
fn events(webhooks: &Webhooks, scope: &FileScope<'_>) -> TokenStream {
    let context = scope.context();
    let names = context.names.type_def(webhooks.ty);
    let (ident, open) = (&names.ident, &names.open);
    let shape = match &context.api.type_def(webhooks.ty).shape {
        Shape::Union(shapes) => {
            let notes: Vec<TokenStream> = webhooks.events.iter().map(note).collect();
            let about = docs::outer("A request of the server, by event.");
            let by = webhooks.header.as_ref().map(|header| by_header(header, shapes, names, context.api));
            let (union, table) = (
                union::described(webhooks.ty, shapes, &about, &notes, scope),
                scope.runtime_macro("webhook", "events"),
            );
            quote! { #union #table!(#ident #open #by); }
        }
        Shape::Record(_)
        | Shape::Enumeration(_)
        | Shape::Alias(_)
        | Shape::Cases(_)
        | Shape::Multipart(_) => TokenStream::new(),
    };
    let (headers, result, vec) =
        (scope.foreign("::http", "HeaderMap"), scope.prelude("Result"), scope.prelude("Vec"));
    let (error, deviation) =
        (scope.runtime("decode_error", "DecodeError"), scope.runtime("deviation", "Deviation"));
    quote! {
        #shape
        /// Reads a request. An event that is not known is [`Webhook::Other`]; a body that is not JSON is an error.
        pub fn parse(headers: &#headers, body: &[u8]) -> #result<#ident, #error> {
            read(headers, body).map(|(webhook, _)| webhook)
        }
        /// Reads a request, and says where its body is not what the API describes: to read strictly, refuse it if
        /// there is such a place.
        pub fn read(headers: &#headers, body: &[u8]) -> #result<(#ident, #vec<#deviation>), #error> {
            EVENTS.read(headers, body)
        }
    }
}

/// The comment of a variant.
fn note(event: &Webhook) -> TokenStream {
    let text = match docs::text(&event.docs) {
        text if text.is_empty() => format!("The event {}.", docs::code(&event.name)),
        text => text,
    };
    let (docs, deprecated) = (docs::outer(&text), deprecated::attribute(event.deprecated, &event.docs));
    quote! { #docs #deprecated }
}

/// `"x-event" { "issue" where "action" = "opened" => IssueOpened, "ping" => Ping }`
fn by_header(header: &EventHeader, shapes: &Union, names: &TypeNames, api: &Api) -> TokenStream {
    let name = header.name.to_ascii_lowercase();
    let is_told = shapes.variants.iter().all(|variant| !variant.tags.is_empty());
    let alone = (!is_told).then(|| quote! { alone });
    let entries = header.groups.iter().flat_map(|group| entries(group, shapes, names, api));
    quote! { #name #alone { #(#entries),* } }
}

/// The entries of the events with one value of the header; those that are tried come last, the most specific first.
fn entries(group: &EventGroup, shapes: &Union, names: &TypeNames, api: &Api) -> Vec<TokenStream> {
    let EventGroup { value, property, events } = group;
    let mut events: Vec<&(usize, Vec<String>)> = events.iter().collect();
    events.sort_by_key(|(index, tags)| {
        tags.is_empty().then(|| Reverse(union::specificity(&shapes.variants[*index].ty, api)))
    });
    let entry = |(index, tags): &(usize, Vec<String>)| {
        let name = &names.parts[*index];
        let told = property.as_ref().filter(|_| !tags.is_empty());
        let told = told.map(|property| quote! { where #property = #(#tags)|* });
        quote! { #value #told => #name }
    };
    events.into_iter().map(entry).collect()
}

/// The function that makes a verifier.
fn verifier(signature: &Signature, scope: &FileScope<'_>) -> TokenStream {
    let root = scope.context().root;
    let result = scope.prelude("Result");
    scope.touch("signature");
    let exports = |module: TokenStream| {
        quote! {
            pub use #root::runtime::#module::Verifier;
            pub use #root::runtime::signature::{SecretError, VerifyError};
        }
    };
    match signature {
        Signature::Standard => {
            scope.touch("standard_webhooks");
            let exports = exports(quote! { standard_webhooks });
            quote! {
                #exports
                /// Verifies requests by the secret of a webhook, as the server shows it: `whsec_…`.
                pub fn verifier(secret: &str) -> #result<Verifier, SecretError> { Verifier::new(secret) }
            }
        }
        Signature::Header { name, prefix, encoding } => {
            let (scheme, exports) =
                (scheme(name, prefix, *encoding, scope), exports(quote! { header_signature }));
            let as_ref = scope.prelude("AsRef");
            let about = docs::outer(&format!(
                "Verifies requests by the secret of a webhook: {} has the HMAC-SHA256 of the body.",
                docs::code(name)
            ));
            quote! {
                #exports
                #scheme
                #about
                pub fn verifier(secret: impl #as_ref<[u8]>) -> #result<Verifier, SecretError> {
                    SIGNATURE.verifier(secret.as_ref())
                }
            }
        }
    }
}

/// `const SIGNATURE: Scheme = Scheme { header: "x-signature-256", prefix: "sha256=", encoding: Encoding::Hex };`
fn scheme(name: &str, prefix: &str, encoding: Encoding, scope: &FileScope<'_>) -> TokenStream {
    let (scheme, written) =
        (scope.runtime("header_signature", "Scheme"), scope.runtime("header_signature", "Encoding"));
    let encoding = match encoding {
        Encoding::Hex => quote! { Hex },
        Encoding::Base64 => quote! { Base64 },
    };
    let name = name.to_ascii_lowercase();
    quote! {
        const SIGNATURE: #scheme = #scheme { header: #name, prefix: #prefix, encoding: #written::#encoding };
    }
}
