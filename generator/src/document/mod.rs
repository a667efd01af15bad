//! Converts the normalised tree to `openapiv3::OpenAPI`.
//!
//! Builds it node by node instead of using `serde` for the whole: a part of the wrong type is reported at its place
//! and left out, without affecting the rest. Every schema becomes [`openapiv3::SchemaKind::Any`], so that lowering
//! handles a single shape for any mixture of keywords.

pub mod extension;
mod components;
mod operation;
mod parameter;
mod reader;
mod response;
mod root;
mod schema;
mod security;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, Operation, ReferenceOr, RequestBody};

use crate::{diagnostic::Diagnostics, source::Node};

/// The document as typed data.
#[derive(Debug, Default)]
pub struct Description {
    /// The part that OpenAPI 3.0 can express.
    pub api: OpenAPI,
    /// Operations whose method [`openapiv3::PathItem`] has no field for, by path and method.
    pub further: IndexMap<String, IndexMap<String, Operation>>,
    /// Bodies of requests that the server sends, by the name of the webhook or callback.
    pub received: IndexMap<String, ReferenceOr<RequestBody>>,
}

/// Builds the document.
pub fn build(root: Node, diagnostics: &mut Diagnostics) -> Description {
    root::build(root, &mut reader::Builder { diagnostics })
}
