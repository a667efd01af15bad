//! The normalised tree to `openapiv3::OpenAPI`. In: a tree of one shape. Out: the document as typed data.
//!
//! Built node by node, never by `serde` over the whole: a part of the wrong type is reported where it stands and left
//! out, and the rest of the document is unharmed. Every schema becomes [`openapiv3::SchemaKind::Any`], so that
//! lowering meets one shape whatever the mixture of keywords.

pub mod extension;
mod components;
mod operation;
mod parameter;
mod reader;
mod response;
mod root;
mod schema;
mod security;

use openapiv3::OpenAPI;

use crate::{diagnostic::Diagnostics, source::Node};

/// Builds the document.
pub fn build(root: Node, diagnostics: &mut Diagnostics) -> OpenAPI {
    root::build(root, &mut reader::Builder { diagnostics })
}
