//! Replaces references to anchors (JSON Schema 2020-12 core §8.2) by references to places.
//!
//! | written | becomes |
//! |---|---|
//! | `$ref: "#tree"` where a schema says `$anchor: tree` | `$ref: "#/components/schemas/Tree"` |
//! | `$dynamicRef: "#node"` where a schema says `$dynamicAnchor: node` | `$ref` to the first schema with it |

use std::collections::HashMap;

use crate::source::{Node, Object, Value};

/// Keys whose values are data, not schemas.
const DATA: &[&str] = &["const", "default", "enum", "example", "examples"];

/// Keys whose values are keyed by names of the document.
const NAMES: &[&str] =
    &["$defs", "definitions", "parameters", "patternProperties", "properties", "responses", "schemas"];

/// Whether the value of a key is data.
fn is_data(key: &str, among_names: bool) -> bool {
    DATA.contains(&key) && !among_names
}

/// Pointers by anchor, without `#`.
type Places = HashMap<String, String>;

/// Rewrites references to anchors.
pub(super) fn run(root: &mut Node) {
    let mut places = Places::default();
    collect(root, false, &mut String::new(), &mut places);
    if !places.is_empty() {
        rewrite(root, false, &places);
    }
}

fn collect(node: &Node, among_names: bool, pointer: &mut String, places: &mut Places) {
    let length = pointer.len();
    match &node.value {
        Value::Object(entries) => {
            named(entries, pointer, places);
            for (key, child) in entries.iter().filter(|(key, _)| !is_data(key, among_names)) {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1").replace('%', "%25"));
                collect(child, !among_names && NAMES.contains(&key.as_str()), pointer, places);
                pointer.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                collect(child, false, pointer, places);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Records the anchors of a place; the first of each name wins.
fn named(entries: &Object, pointer: &str, places: &mut Places) {
    let text = |key: &str| entries.get(key).and_then(Node::as_str).map(str::to_owned);
    for name in [text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
        places.entry(name).or_insert_with(|| pointer.to_owned());
    }
}

fn rewrite(node: &mut Node, among_names: bool, places: &Places) {
    match &mut node.value {
        Value::Object(entries) => {
            if let Some(reference) = entries.get_mut("$ref")
                && let Some(place) = reference.as_str().and_then(|text| place(text, places))
            {
                reference.value = Value::String(place);
            } else if let Some(place) =
                entries.get("$dynamicRef").and_then(Node::as_str).and_then(|text| place(text, places))
                && let Some(reference) = entries.shift_remove("$dynamicRef")
            {
                entries.insert("$ref".to_owned(), Node::at(reference.id, Value::String(place)));
            }
            for (key, child) in entries.iter_mut().filter(|(key, _)| !is_data(key, among_names)) {
                rewrite(child, !among_names && NAMES.contains(&key.as_str()), places);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|child| rewrite(child, false, places)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The reference to a place for a reference to an anchor.
fn place(text: &str, places: &Places) -> Option<String> {
    places.get(text.strip_prefix('#')?).map(|place| format!("#{place}"))
}
