//! Schemas that are referred to by a name of their own (JSON Schema 2020-12 core §8.2), by their place.
//!
//! | written | becomes |
//! |---|---|
//! | `$ref: "#tree"` where a schema says `$anchor: tree` | `$ref: "#/components/schemas/Tree"` |
//! | `$dynamicRef: "#node"` where a schema says `$dynamicAnchor: node` | `$ref` to the one that says it first |

use std::collections::HashMap;

use crate::source::{Node, Object, Value};

/// Keys whose values are data, not schemas.
const DATA: &[&str] = &["const", "default", "enum", "example", "examples"];

/// Pointers by anchor, without `#`.
type Places = HashMap<String, String>;

/// Rewrites references by name.
pub(super) fn run(root: &mut Node) {
    let mut places = Places::default();
    collect(root, &mut String::new(), &mut places);
    if !places.is_empty() {
        rewrite(root, &places);
    }
}

fn collect(node: &Node, pointer: &mut String, places: &mut Places) {
    let length = pointer.len();
    match &node.value {
        Value::Object(entries) => {
            named(entries, pointer, places);
            for (key, child) in entries.iter().filter(|(key, _)| !DATA.contains(&key.as_str())) {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1").replace('%', "%25"));
                collect(child, pointer, places);
                pointer.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                pointer.push_str(&format!("/{index}"));
                collect(child, pointer, places);
                pointer.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Notes what a place is called; the first of a name counts.
fn named(entries: &Object, pointer: &str, places: &mut Places) {
    let text = |key: &str| entries.get(key).and_then(Node::as_str).map(str::to_owned);
    for name in [text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
        places.entry(name).or_insert_with(|| pointer.to_owned());
    }
}

fn rewrite(node: &mut Node, places: &Places) {
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
            entries.values_mut().for_each(|child| rewrite(child, places));
        }
        Value::Array(items) => items.iter_mut().for_each(|child| rewrite(child, places)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A reference by name as one by place.
fn place(text: &str, places: &Places) -> Option<String> {
    places.get(text.strip_prefix('#')?).map(|place| format!("#{place}"))
}
