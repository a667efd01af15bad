//! A document as JSON, all its files in one tree.

use std::{collections::HashMap, path::Path};

use cratewright::{
    config::Inputs,
    diagnostic::Diagnostics,
    load,
    source::{FileId, Files, Node, NodeId, percent_decode},
};
use serde_json::Value;

/// What a document says it is written in, as far as its schemas differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Swagger 2.0
    V20,
    /// OpenAPI 3.0
    V30,
    /// OpenAPI 3.1 and later
    V31,
}

/// A document and where its parts were written.
#[derive(Debug)]
pub struct Document {
    /// The document, with its other files as the loader brings them in.
    pub root: Value,
    /// What its schemas are written in.
    pub version: Version,
    /// The JSON pointer of every value, by where it was written.
    pointers: HashMap<NodeId, String>,
}

impl Document {
    /// Reads a document and the files that it refers to, the first of which has this number elsewhere. `None` if it
    /// cannot be read.
    pub fn read(path: &Path, first: FileId) -> Option<Self> {
        let mut files = Files::default();
        let mut diagnostics = Diagnostics::new();
        let node = load::read_with_files(&mut files, &mut diagnostics, path, &Inputs::default())?;
        let mut pointers = HashMap::new();
        note(&node, first.0 - node.id.file.0, &mut String::new(), &mut pointers);
        Some(Self { pointers, ..Self::from_json(node.to_json()) })
    }

    /// A document that is at hand.
    pub fn from_json(root: Value) -> Self {
        let version = match root["openapi"].as_str() {
            Some(text) if text.starts_with("3.0") => Version::V30,
            Some(_) => Version::V31,
            None if root.get("openapi").is_some() => Version::V30,
            None => Version::V20,
        };
        Self { root, version, pointers: HashMap::new() }
    }

    /// The JSON pointer of what was written there.
    pub fn pointer(&self, origin: NodeId) -> Option<&str> {
        self.pointers.get(&origin).map(String::as_str)
    }

    /// The JSON pointer that a reference means; `None` if it leads to nothing.
    pub fn target(&self, reference: &str) -> Option<String> {
        let fragment = percent_decode(reference.strip_prefix('#')?);
        if fragment.is_empty() || fragment.starts_with('/') {
            return self.root.pointer(&fragment).map(|_| fragment);
        }
        let mut pointer = String::new();
        anchor(&self.root, &fragment, &mut pointer).then_some(pointer)
    }

    /// The value itself, or what it refers to.
    pub fn resolved<'d>(&'d self, mut value: &'d Value) -> &'d Value {
        const LONGEST_CHAIN: usize = 16;
        for _ in 0..LONGEST_CHAIN {
            let target = value.get("$ref").and_then(Value::as_str).and_then(|text| self.target(text));
            match target.and_then(|pointer| self.root.pointer(&pointer)) {
                Some(found) => value = found,
                None => break,
            }
        }
        value
    }

    /// Where something stands, or what it refers to.
    pub fn place(&self, pointer: &str) -> String {
        const LONGEST_CHAIN: usize = 16;
        let mut place = pointer.to_owned();
        for _ in 0..LONGEST_CHAIN {
            let target = self.root.pointer(&place).and_then(|value| value["$ref"].as_str());
            match target.and_then(|target| self.target(target)) {
                Some(next) => place = next,
                None => break,
            }
        }
        place
    }

    /// The names of component schemas, and the pointer to where they stand.
    pub fn components(&self) -> &'static str {
        match self.version {
            Version::V20 => "/definitions",
            Version::V30 | Version::V31 => "/components/schemas",
        }
    }
}

/// A name as a segment of a JSON pointer (RFC 6901).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Notes where every node stands, by its file's number elsewhere.
fn note(node: &Node, shift: u32, pointer: &mut String, pointers: &mut HashMap<NodeId, String>) {
    use cratewright::source::Value;
    let id = NodeId { file: FileId(node.id.file.0 + shift), ..node.id };
    pointers.entry(id).or_insert_with(|| pointer.clone());
    let length = pointer.len();
    let mut below = |segment: &str, child: &Node| {
        pointer.push('/');
        pointer.push_str(segment);
        note(child, shift, pointer, pointers);
        pointer.truncate(length);
    };
    match &node.value {
        Value::Object(entries) => entries.iter().for_each(|(key, child)| below(&escape(key), child)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, child)| below(&index.to_string(), child));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Finds the schema with this `$anchor`, and makes `pointer` lead to it.
fn anchor(value: &Value, name: &str, pointer: &mut String) -> bool {
    let length = pointer.len();
    let mut below = |segment: &str, child: &Value| {
        pointer.push('/');
        pointer.push_str(segment);
        let found = anchor(child, name, pointer);
        if !found {
            pointer.truncate(length);
        }
        found
    };
    match value {
        Value::Object(entries) => {
            entries.get("$anchor").and_then(Value::as_str) == Some(name)
                || entries.iter().any(|(key, child)| below(&escape(key), child))
        }
        Value::Array(items) => {
            items.iter().enumerate().any(|(index, child)| below(&index.to_string(), child))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, Version};

    #[test]
    fn references_lead_through_escapes_and_anchors() {
        let document = Document::from_json(json!({
            "openapi": "3.1.0",
            "components": { "schemas": { "a/b": { "$ref": "#/x%20y" }, "C": { "$anchor": "see" } } },
            "x y": { "type": "string" },
        }));
        assert_eq!(document.version, Version::V31);
        assert_eq!(document.target("#see").as_deref(), Some("/components/schemas/C"));
        assert_eq!(document.target("#/nothing"), None);
        let through = json!({ "$ref": "#/components/schemas/a~1b" });
        assert_eq!(document.resolved(&through), &json!({ "type": "string" }));
    }
}
