//! Takes entries out of a mapping by their expected type.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::facts::{Extensions, Facts};
use crate::{
    diagnostic::{Code, Diagnostics},
    source::{Node, NodeId, Object, Value},
};

/// Builds parts of the document, and reports those it leaves out.
pub(super) struct Builder<'d> {
    pub diagnostics: &'d mut Diagnostics,
    pub facts: Facts,
    /// The values of `components/examples`, by name.
    pub examples: HashMap<String, serde_json::Value>,
}

/// A mapping whose entries are taken out one by one.
pub(super) struct Fields {
    /// Where the mapping was written.
    pub id: NodeId,
    entries: Object,
}

impl Builder<'_> {
    /// Reads a mapping; reports anything else and returns `None`.
    pub(super) fn fields(&mut self, node: Node, what: &str) -> Option<Fields> {
        match node.value {
            Value::Object(entries) => Some(Fields { id: node.id, entries }),
            _ => {
                self.wrong(&node, what, "an object");
                None
            }
        }
    }

    /// Extensions that hold where an object was written, and nothing else.
    pub(super) fn placed(&mut self, fields: &Fields) -> Extensions {
        self.facts.add(fields.id).extensions()
    }

    /// Reads a reference, or builds the node.
    pub(super) fn reference_or<T>(
        &mut self,
        node: Node,
        build: impl FnOnce(&mut Self, Node) -> Option<T>,
    ) -> Option<ReferenceOr<T>> {
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => Some(ReferenceOr::Reference { reference: reference.to_owned() }),
            None => build(self, node).map(ReferenceOr::Item),
        }
    }

    /// Builds each entry of a mapping.
    pub(super) fn map<T>(
        &mut self,
        node: Option<Node>,
        what: &str,
        mut build: impl FnMut(&mut Self, Node) -> Option<T>,
    ) -> IndexMap<String, T> {
        let Some(fields) = node.and_then(|node| self.fields(node, what)) else { return IndexMap::new() };
        // Exact capacity: parts of a document take up to several kilobytes each.
        let mut built = IndexMap::with_capacity(fields.entries.len());
        let entries = fields.entries.into_iter().filter(|(key, _)| !key.starts_with("x-"));
        built.extend(entries.filter_map(|(key, node)| Some((key, build(self, node)?))));
        built
    }

    /// Builds each item of a sequence.
    pub(super) fn list<T>(
        &mut self,
        node: Option<Node>,
        what: &str,
        mut build: impl FnMut(&mut Self, Node) -> Option<T>,
    ) -> Vec<T> {
        match node {
            None => Vec::new(),
            Some(Node { value: Value::Array(items), .. }) => {
                let mut built = Vec::with_capacity(items.len());
                built.extend(items.into_iter().filter_map(|item| build(self, item)));
                built
            }
            Some(other) => {
                self.wrong(&other, what, "an array");
                Vec::new()
            }
        }
    }

    /// Reads text; a number or boolean is taken as written.
    pub(super) fn text(&mut self, node: Option<Node>, what: &str) -> Option<String> {
        let node = node?;
        match node.value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            Value::Null => None,
            Value::Array(_) | Value::Object(_) => {
                self.wrong(&node, what, "a string");
                None
            }
        }
    }

    /// Reads a boolean.
    pub(super) fn flag(&mut self, node: Option<Node>, what: &str) -> Option<bool> {
        let node = node?;
        match node.value {
            Value::Bool(value) => Some(value),
            Value::Null => None,
            _ => {
                self.wrong(&node, what, "a boolean");
                None
            }
        }
    }

    /// Reads a number as `f64`. An invalid limit affects no type and is ignored.
    pub(super) fn number(&mut self, node: Option<Node>) -> Option<f64> {
        match node?.value {
            Value::Number(number) => number.to_string().parse().ok(),
            Value::String(text) => text.trim().parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The value of `example`, or of the first entry of `examples` that has one.
    pub(super) fn example(
        &self,
        example: Option<Node>,
        examples: Option<&Node>,
    ) -> Option<serde_json::Value> {
        let value = |entry: &Node| match entry.get("$ref").and_then(Node::as_str) {
            Some(reference) => self.examples.get(reference.strip_prefix("#/components/examples/")?).cloned(),
            None => entry.get("value").map(Node::to_json),
        };
        let entries = examples.and_then(Node::as_object).into_iter().flatten();
        example.map(|node| node.to_json()).or_else(|| entries.map(|(_, entry)| entry).find_map(value))
    }

    /// Reads a list of texts.
    pub(super) fn texts(&mut self, node: Option<Node>, what: &str) -> Vec<String> {
        self.list(node, what, |builder, item| builder.text(Some(item), what))
    }

    fn wrong(&mut self, node: &Node, what: &str, due: &str) {
        let message = format!("`{what}` is {} where {due} is due; it is left out", node.kind());
        self.diagnostics.report(Code::WrongType, node.id, message);
    }
}

impl Fields {
    /// Takes an entry out; `null` counts as absent.
    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        self.entries.swap_remove(key)
    }

    /// Looks at an entry that stays.
    pub(super) fn peek(&self, key: &str) -> Option<&Node> {
        self.entries.get(key)
    }

    /// Whether the entry exists.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Takes out all entries in document order.
    pub(super) fn into_entries(self) -> Object {
        self.entries
    }
}
