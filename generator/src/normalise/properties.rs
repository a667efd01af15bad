//! Converts the OpenAPI 3.1 keywords `patternProperties` and `unevaluatedProperties` to `additionalProperties`.
//!
//! | 3.1 | becomes |
//! |---|---|
//! | `patternProperties: {p: S}` | `additionalProperties: S` |
//! | several patterns, or `additionalProperties` beside them | `additionalProperties: {anyOf: […]}` |
//! | patterns beside `properties`, where other names are unrestricted | nothing |
//! | `unevaluatedProperties: false` | marked as closed |
//! | `unevaluatedProperties: S` | `additionalProperties: S`, if there is none |
//! | either beside `then`, `else` or `dependentSchemas`, which may evaluate other names | nothing |
//!
//! Names are not checked against the patterns.

use super::marker;
use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, NodeId, Object, Value};

/// Patterns that match every name.
const EVERY_NAME: &[&str] = &["", ".*", "^.*$", ".+", "^.+$"];

/// Keywords whose schemas may evaluate further properties, which cannot be expressed by a type (JSON Schema 2020-12
/// core §11.3).
const CONDITIONAL: &[&str] = &["then", "else", "dependentSchemas"];

/// Converts both keywords to `additionalProperties`.
pub(super) fn run(entries: &mut Object, id: NodeId, diagnostics: &mut Diagnostics) {
    unevaluated(entries);
    patterns(entries, id, diagnostics);
}

fn unevaluated(entries: &mut Object) {
    let Some(node) = entries.shift_remove("unevaluatedProperties") else { return };
    let has = |key: &&str| entries.contains_key(*key);
    if has(&"additionalProperties") || CONDITIONAL.iter().any(has) {
        return;
    }
    match &node.value {
        Value::Bool(false) => {
            entries.insert(marker::CLOSED.to_owned(), Node::at(node.id, Value::Bool(true)));
        }
        Value::Object(schema) if !schema.is_empty() => {
            entries.insert("additionalProperties".to_owned(), node);
        }
        _ => {}
    }
}

fn patterns(entries: &mut Object, id: NodeId, diagnostics: &mut Diagnostics) {
    let Some(Node { id: place, value: Value::Object(patterns) }) = entries.shift_remove("patternProperties")
    else {
        return;
    };
    // A forbidding schema is not an alternative; `additionalProperties: false` beside patterns forbids all other names.
    let mut schemas: Vec<Node> = Vec::new();
    let additional = entries.shift_remove("additionalProperties");
    let closed = entries.shift_remove(marker::CLOSED);
    // Beside named properties a pattern covers only some names, and not those that a server may add later.
    let is_open = additional.is_none() && closed.is_none() && entries.contains_key("properties");
    if is_open && !patterns.keys().any(|pattern| EVERY_NAME.contains(&pattern.as_str())) {
        let message = "what `patternProperties` says of some other names is not expressed by a type";
        diagnostics.report(Code::UnsupportedKeyword, place, message.to_owned());
        return;
    }
    let mut known = HashSet::new();
    for schema in patterns.into_iter().map(|(_, schema)| schema).chain(additional) {
        if schema.as_bool() != Some(false) && known.insert(schema.to_json().to_string()) {
            schemas.push(schema);
        }
    }
    if !entries.contains_key("type") {
        entries.insert("type".to_owned(), Node::at(id, Value::String("object".to_owned())));
    }
    let anything = |schema: &Node| {
        schema.as_bool() == Some(true) || schema.as_object().is_some_and(|keywords| keywords.is_empty())
    };
    let additional = match schemas.len() {
        0 => {
            entries.extend(closed.map(|closed| (marker::CLOSED.to_owned(), closed)));
            return;
        }
        // Any value is the default.
        _ if schemas.iter().any(anything) => return,
        1 => schemas.remove(0),
        _ => {
            let any_of = Node::at(place, Value::Array(schemas.into()));
            Node::at(place, Value::Object(Object::from_iter([("anyOf".to_owned(), any_of)])))
        }
    };
    entries.insert("additionalProperties".to_owned(), additional);
}
