//! `lib.rs`: the exports of the crate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{context::Context, docs, front, server, sources::Sources, webhook};

/// The runtime items that the crate root exports, by file.
const EXPORTS: &[(&str, &[&str])] = &[
    ("api_error", &["ApiError", "Documented", "ErrorPayload", "Undocumented"]),
    ("base64", &["Base64", "Base64Url"]),
    ("builder", &["ClientBuilder"]),
    ("call", &["Call", "CallFuture"]),
    ("client", &["Client"]),
    ("decode_failure", &["DecodeFailure"]),
    ("deviation", &["Deviation"]),
    ("error", &["ConfigError", "Error"]),
    ("event_stream", &["Event", "Events"]),
    ("extra", &["Extra"]),
    ("field", &["Field"]),
    ("header", &["Header"]),
    ("items", &["Items"]),
    ("json_lines", &["Lines"]),
    ("multipart", &["File"]),
    ("oauth", &["ClientCredentials", "RefreshToken"]),
    ("pages", &["Pages"]),
    ("progress", &["Progress"]),
    ("raw_call", &["RawCall"]),
    ("request_error", &["RequestError", "RequestPart"]),
    ("response", &["BodyError", "RawBody", "Response"]),
    ("retry", &["RetryPolicy"]),
    ("token", &["Token"]),
    ("tokens", &["TokenProvider", "Tokens"]),
    ("tuple", &["OpenTuple"]),
    ("unfinished", &["Unfinished"]),
    ("until_done", &["UntilDone"]),
    ("upload", &["Upload"]),
    ("value", &["Value"]),
];

/// The items that the module `json` exports.
const JSON: &[(&str, &[&str])] = &[
    ("codec", &["Codec", "from_json", "read_json", "to_json", "to_value"]),
    ("decode_error", &["DecodeError"]),
    ("kind", &["Kind"]),
    ("number", &["Number"]),
    ("object", &["Object"]),
    ("writer", &["EncodeError"]),
];

/// The items that the module `transport` exports.
const TRANSPORT: &[(&str, &[&str])] = &[
    ("body", &["Body"]),
    ("layer", &["Exchange", "Layer"]),
    ("operation", &["Operation"]),
    (
        "transport",
        &["Attempt", "BoxFuture", "MaybeSend", "Transport", "TransportError", "TransportErrorKind"],
    ),
];

/// The exports of a module, from the runtime files that are included.
fn exported(of: &[(&str, &[&str])], root: &TokenStream, is_there: impl Fn(&str) -> bool) -> TokenStream {
    let lists = of.iter().filter(|(module, _)| is_there(module)).map(|(module, items)| {
        let module = Ident::new(module, Span::call_site());
        let items: Vec<_> = items.iter().map(|item| Ident::new(item, Span::call_site())).collect();
        match items.as_slice() {
            [only] => quote! { pub use #root #module::#only; },
            items => quote! { pub use #root #module::{#(#items),*}; },
        }
    });
    lists.collect()
}

/// The compiler's default recursion limit (The Rust Reference, "Limits").
const DEFAULT_RECURSION_LIMIT: usize = 128;

/// How many recursion steps each reference between types takes, through `Option` and `Box`, with one to spare.
const STEPS: usize = 4;

/// Raises the recursion limit: the compiler follows references between types to resolve traits.
fn recursion_limit(context: Context<'_>) -> Option<TokenStream> {
    let steps = context.facts.nesting() * STEPS;
    let limit = steps.next_power_of_two().to_string();
    (steps > DEFAULT_RECURSION_LIMIT).then(|| quote! { #![recursion_limit = #limit] })
}

/// The module `blocking`.
fn blocking(context: Context<'_>) -> TokenStream {
    let root = context.root;
    let gate = quote! { #[cfg(feature = "blocking")] };
    let (around, within) = if context.is_crate() { (Some(gate), None) } else { (None, Some(gate)) };
    quote! {
        /// Calls without an async runtime.
        #around
        pub mod blocking {
            #within
            pub use #root::runtime::blocking::{Block, BlockEach, BlockingIter};
        }
    }
}

/// The module `testing`.
fn testing(context: Context<'_>) -> TokenStream {
    let root = context.root;
    let gate = quote! { #[cfg(feature = "testing")] };
    let is_crate = context.is_crate();
    let (around, within) = if is_crate { (Some(gate), None) } else { (None, Some(gate)) };
    // Browsers have no files.
    let files = match is_crate {
        true => quote! { #[cfg(not(target_family = "wasm"))] },
        false => quote! { #[cfg(all(feature = "testing", not(target_family = "wasm")))] },
    };
    quote! {
        /// Transports without a server, for tests of what uses this crate.
        #around
        pub mod testing {
            #within
            pub use #root::runtime::mock::{Answer, Expectation, Mock};
            #files
            pub use #root::runtime::recorder::Recorder;
            #files
            pub use #root::runtime::replay::Replay;
        }
    }
}

/// Emits `lib.rs`, after every other file.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    let always = [
        "blocking",
        "builder",
        "call",
        "client",
        "codec",
        "decode_failure",
        "deviation",
        "error",
        "fill",
        "mock",
        "raw_call",
        "recorder",
        "replay",
        "request_error",
        "response",
        "retry",
        "transport",
        "transport_tower",
        "unfinished",
        // what raw calls send
        "upload",
        "upload_file",
        "value",
    ];
    sources.needs.runtime.extend(always.map(str::to_owned));
    // what a caller gives where tokens are taken
    if sources.needs.runtime.contains("tokens") {
        sources.needs.runtime.extend(["oauth", "token"].map(str::to_owned));
    }
    let has = |path: &str| sources.files.contains(path);
    let errors = has("src/errors.rs").then(|| quote! { pub mod errors; });
    let headers = has("src/headers.rs").then(|| quote! { pub mod headers; });
    let responses = has("src/responses.rs").then(|| quote! { pub mod responses; });
    let gate = webhook::gate(context);
    let webhooks = has("src/webhooks.rs").then(|| quote! { #gate pub mod webhooks; });
    let root = context.root;
    let exports = exported(EXPORTS, &quote! { runtime:: }, |module| sources.needs.runtime.contains(module));
    let json = exported(JSON, &quote! { #root::runtime:: }, |_| true);
    let transport = exported(TRANSPORT, &quote! { #root::runtime:: }, |_| true);
    let (blocking, testing) = (blocking(context), testing(context));
    let about = docs::inner(&front::page(context));
    let limit = recursion_limit(context);
    let server = server::is_choice(context).then(|| quote! { pub use client::Server; });
    let items = quote! {
        #about
        #limit
        #![allow(deprecated, reason = "what is deprecated is still read and written")]
        #![allow(
            clippy::disallowed_names,
            clippy::enum_variant_names,
            clippy::module_inception,
            clippy::new_ret_no_self,
            clippy::should_implement_trait,
            clippy::wrong_self_convention,
            reason = "the API says what things are called"
        )]
        #![allow(clippy::too_many_arguments, clippy::type_complexity, reason = "the API says what a call takes and gives")]
        mod client;
        mod codec;
        #errors
        #headers
        pub mod models;
        pub mod resources;
        #responses
        #[allow(dead_code, unused_imports, unused_macros, reason = "a crate may need only part of it")]
        mod runtime;
        #webhooks
        #server
        #exports
        pub use ::bytes::Bytes;
        pub use ::http::Method;
        /// Models as JSON, for data other than reply bodies: webhooks, files, tests.
        pub mod json {
            #json
        }
        /// The transport that carries requests. Replace it to use another library, a recorder, or tests without a
        /// network.
        pub mod transport {
            #transport
            #[cfg(feature = "reqwest")]
            pub use #root::runtime::transport_reqwest::ReqwestTransport;
            #[cfg(feature = "tower")]
            pub use #root::runtime::transport_tower::TowerTransport;
            #[cfg(all(feature = "blocking", not(target_family = "wasm")))]
            pub use #root::runtime::transport_ureq::UreqTransport;
        }
        #blocking
        #testing
    };
    sources.finish("src/lib.rs".to_owned(), items);
    sources.needs.example = front::first(context);
}
