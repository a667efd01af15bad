//! `consumes` and `produces`.

use super::Conversion;
use crate::diagnostic::Code;
use crate::source::{Node, Value};

/// The media type if none is stated.
const JSON: &str = "application/json";

impl Conversion<'_, '_> {
    /// The media types under a key: those of the operation, the document, or else JSON.
    pub(super) fn media(&self, operation: Option<&Node>, key: &str) -> Vec<String> {
        let own = operation.and_then(|operation| operation.get(key));
        let stated = own.or_else(|| self.old.get(key));
        let types = match stated.map(|node| &node.value) {
            Some(Value::String(only)) => vec![only.clone()],
            Some(Value::Array(items)) => items.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        if types.is_empty() { vec![JSON.to_owned()] } else { types }
    }

    /// The media types of a response's body.
    pub(super) fn response_media(&self, response: &Node, operation: Option<&Node>) -> Vec<String> {
        body_media(response, self.media(operation, "produces"))
    }

    /// Reports a value that is not a media type or a list of them.
    pub(super) fn check_media(&mut self, holder: &Node) {
        for key in ["consumes", "produces"] {
            let Some(node) = holder.get(key) else { continue };
            let of_texts =
                node.as_array().is_some_and(|items| items.iter().all(|item| item.as_str().is_some()));
            if !of_texts && node.as_str().is_none() {
                let message =
                    format!("`{key}` is not a list of media types; what is not text in it is left out");
                self.diagnostics.report(Code::WrongType, node.id, message);
            }
        }
    }
}

/// Sorts media types by how likely they are for a response body: a file is rarely JSON.
pub(super) fn body_media(response: &Node, produces: Vec<String>) -> Vec<String> {
    if !response.get("schema").is_some_and(is_file) {
        return produces;
    }
    let is_file = |name: &String| !name.contains("json") && !name.starts_with('*');
    let (mut types, others): (Vec<String>, Vec<String>) = produces.into_iter().partition(is_file);
    if types.is_empty() {
        types.push("application/octet-stream".to_owned());
    }
    types.extend(others);
    types
}

/// `type: file`
pub(super) fn is_file(node: &Node) -> bool {
    node.get("type").and_then(Node::as_str) == Some("file")
}
