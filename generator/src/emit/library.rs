//! `lib.rs`: what the crate exports.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Context, Sources, docs, front};

/// What the root of a crate has of the runtime, by file.
const EXPORTS: &[(&str, &[&str])] = &[
    ("api_error", &["ApiError", "Documented", "ErrorPayload", "Undocumented"]),
    ("base64", &["Base64", "Base64Url"]),
    ("builder", &["ClientBuilder"]),
    ("call", &["Call"]),
    ("client", &["Client"]),
    ("decode_failure", &["DecodeFailure"]),
    ("deviation", &["Deviation"]),
    ("error", &["ConfigError", "Error"]),
    ("extra", &["Extra"]),
    ("field", &["Field"]),
    ("multipart", &["File"]),
    ("page", &["Items"]),
    ("request_error", &["RequestError", "RequestPart"]),
    ("response", &["BodyError", "RawBody", "Response"]),
    ("tuple", &["OpenTuple"]),
    ("value", &["Value"]),
];

/// What its module `json` has.
const JSON: &[(&str, &[&str])] = &[
    ("codec", &["Codec", "from_json", "read_json", "to_json", "to_value"]),
    ("decode_error", &["DecodeError"]),
    ("kind", &["Kind"]),
    ("number", &["Number"]),
    ("object", &["Object"]),
    ("writer", &["EncodeError"]),
];

/// What its module `transport` has.
const TRANSPORT: &[(&str, &[&str])] = &[
    ("body", &["Body"]),
    ("operation", &["Operation"]),
    ("transport", &["BoxFuture", "MaybeSend", "Transport", "TransportError", "TransportErrorKind"]),
];

/// What a module has of the runtime, of the files that are there.
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

/// How deep types may refer to each other before the compiler needs to be told (The Rust Reference, "Limits").
const DEFAULT_RECURSION_LIMIT: usize = 128;

/// How many steps the compiler takes from a type to one that it refers to, through `Option` and `Box`, and one to spare.
const STEPS: usize = 4;

/// The compiler follows types into each other to see what they implement.
fn recursion_limit(context: Context<'_>) -> Option<TokenStream> {
    let steps = context.facts.nesting() * STEPS;
    let limit = steps.next_power_of_two().to_string();
    (steps > DEFAULT_RECURSION_LIMIT).then(|| quote! { #![recursion_limit = #limit] })
}

/// Emits `lib.rs`, once every other file is there.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources<'_>) {
    let always = [
        "builder",
        "call",
        "client",
        "codec",
        "decode_failure",
        "deviation",
        "error",
        "fill",
        "request_error",
        "response",
        "transport",
        "value",
    ];
    sources.needs.runtime.extend(always.map(str::to_owned));
    let has = |path: &str| sources.files.contains(path);
    let errors = has("src/errors.rs").then(|| quote! { pub mod errors; });
    let responses = has("src/responses.rs").then(|| quote! { pub mod responses; });
    let root = context.root;
    let exports = exported(EXPORTS, &quote! { runtime:: }, |module| sources.needs.runtime.contains(module));
    let json = exported(JSON, &quote! { #root::runtime:: }, |_| true);
    let transport = exported(TRANSPORT, &quote! { #root::runtime:: }, |_| true);
    let about = docs::inner(&front::page(context));
    let limit = recursion_limit(context);
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
            reason = "the API says what things are called"
        )]
        #![allow(clippy::too_many_arguments, clippy::type_complexity, reason = "the API says what a call takes and gives")]
        mod client;
        mod codec;
        #errors
        pub mod models;
        pub mod resources;
        #responses
        #[allow(dead_code, unused_imports, unused_macros, reason = "a crate may need only part of it")]
        mod runtime;
        #exports
        /// Models as JSON, for what is not the body of a reply: webhooks, files, tests.
        pub mod json {
            #json
        }
        /// What carries requests to the server, and can be replaced: by another library, a recorder, a test without a network.
        pub mod transport {
            #transport
            #[cfg(feature = "reqwest")]
            pub use #root::runtime::transport_reqwest::ReqwestTransport;
        }
    };
    sources.finish("src/lib.rs".to_owned(), items);
    sources.needs.example = front::first(context);
}
