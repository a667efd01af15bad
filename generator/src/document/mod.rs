//! Converts the normalised tree to `openapiv3::OpenAPI`.
//!
//! Builds it node by node instead of using `serde` for the whole: a part of the wrong type is reported at its place
//! and left out, without affecting the rest. Every schema becomes [`openapiv3::SchemaKind::Any`], so that lowering
//! handles a single shape for any mixture of keywords. What `openapiv3` has no field for is in [`Facts`].

mod components;
mod constants;
pub mod facts;
mod operation;
mod parameter;
mod reader;
mod response;
mod root;
mod schema;
mod security;

use facts::Facts;
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
    /// Operations of webhooks, by name.
    pub webhooks: IndexMap<String, Operation>,
    /// Bodies of the requests of callbacks, by name.
    pub received: IndexMap<String, ReferenceOr<RequestBody>>,
    /// The short summary of the document (OpenAPI 3.1 §4.8.2).
    pub summary: Option<String>,
    /// What is known of the objects beside their fields.
    pub facts: Facts,
}

/// Builds the document.
pub fn build(root: Node, diagnostics: &mut Diagnostics) -> Description {
    root::build(root, reader::Builder { diagnostics, facts: Facts::default(), examples: Default::default() })
}
