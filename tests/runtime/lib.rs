//! The files of `generator/runtime/`, which generated crates hold as `src/runtime/`, and what such crates make of them, to test with.

pub mod deep_models;
pub mod lenient_models;
pub mod models;
pub mod resources;

/// As a generated crate declares them.
#[allow(unused_imports, unused_macros, reason = "a crate may need only part of it")]
#[path = "../../generator/runtime"]
pub mod runtime {
    pub mod api_error;
    #[cfg(feature = "testing")]
    pub mod asked;
    pub mod base64;
    pub mod base_url;
    #[cfg(feature = "blocking")]
    pub mod blocking;
    pub mod body;
    pub mod budget;
    pub mod builder;
    pub mod call;
    pub mod call_with;
    pub mod cases;
    pub mod charset;
    pub mod client;
    pub mod codec;
    pub mod constructors;
    pub mod content;
    pub mod credential;
    pub mod decode_error;
    pub mod decode_failure;
    pub mod deviation;
    #[cfg(feature = "testing")]
    pub mod difference;
    pub mod enumeration;
    pub mod error;
    pub mod event;
    pub mod event_stream;
    pub mod extra;
    pub mod fault;
    pub mod field;
    pub mod fill;
    pub mod fit;
    #[cfg(all(feature = "testing", not(target_family = "wasm")))]
    pub mod har;
    pub mod http_url;
    pub mod idempotency;
    pub mod ip;
    pub mod items;
    pub mod json_lines;
    pub mod json_path;
    pub mod kind;
    pub mod lenient;
    pub mod link;
    pub mod list;
    #[cfg(feature = "testing")]
    pub mod mock;
    pub mod multipart;
    pub mod newtype;
    pub mod number;
    pub mod object;
    pub mod oauth;
    pub mod operation;
    #[cfg(feature = "testing")]
    pub mod outcome;
    pub mod pages;
    pub mod paging;
    pub mod path;
    pub mod percent;
    pub mod raw_call;
    pub mod reader;
    pub mod record;
    #[cfg(all(feature = "testing", not(target_family = "wasm")))]
    pub mod recorder;
    #[cfg(feature = "testing")]
    pub mod redact;
    pub mod redacted;
    pub mod redirect;
    #[cfg(all(feature = "testing", not(target_family = "wasm")))]
    pub mod replay;
    pub mod request;
    pub mod request_error;
    pub mod request_id;
    pub mod response;
    pub mod retry;
    pub mod retry_after;
    pub mod scalar;
    pub mod scanner;
    pub mod secret;
    pub mod serde_bridge;
    pub mod server;
    pub mod shown;
    pub mod sleep;
    pub mod splitter;
    pub mod streamed;
    pub mod style;
    pub mod token;
    pub mod tokens;
    pub mod transport;
    #[cfg(feature = "reqwest")]
    pub mod transport_reqwest;
    #[cfg(feature = "tower")]
    pub mod transport_tower;
    #[cfg(all(feature = "blocking", not(target_family = "wasm")))]
    pub mod transport_ureq;
    pub mod tuple;
    pub mod union;
    pub mod value;
    pub mod with_chrono;
    pub mod with_jiff;
    pub mod with_rust_decimal;
    pub mod with_time;
    pub mod with_url;
    pub mod with_uuid;
    pub mod writer;
}
