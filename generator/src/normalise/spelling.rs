//! Restores the original text of numbers and booleans where text is expected.
//!
//! ```yaml
//! version: 1.10
//! ```
//! is a number to YAML, but the author meant `"1.10"`.

use super::shape::{Form, Kind};
use crate::source::{Files, Node, Value};

/// Converts entries to text whose keyword expects it.
pub(super) fn run(node: &mut Node, kind: Kind, files: &Files) {
    for (key, child) in node.as_object_mut().into_iter().flatten() {
        match (kind.form(key), &mut child.value) {
            (Form::Text, _) => spell(child, files),
            (Form::Texts, Value::Array(items)) => items.iter_mut().for_each(|item| spell(item, files)),
            (Form::TextMap, Value::Object(entries)) => {
                entries.values_mut().for_each(|entry| spell(entry, files));
            }
            _ => {}
        }
    }
}

/// Converts a number or boolean to its original text; leaves other values alone.
pub(super) fn spell(node: &mut Node, files: &Files) {
    let read = match &node.value {
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => return,
    };
    node.value = Value::String(files.token(node.id).map_or(read, str::to_owned));
}
