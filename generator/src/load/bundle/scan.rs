//! Finds references in a tree by their appearance alone, without knowing the meaning of its parts. Calls back for each
//! text that may be a reference. Data (examples, defaults) is skipped.

use crate::source::{Node, NodeId, Value};

/// The kind of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The value of a `$ref`.
    Reference,
    /// A value of a discriminator's `mapping`, which may be a bare name.
    Mapping,
}

/// The meaning of an object's keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Keywords, some of which contain data.
    Keywords,
    /// Arbitrary names, such as those of properties.
    Names,
}

/// Whether the value of a keyword is data.
pub(super) fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const")
        || key.starts_with("x-") && key != "x-webhooks"
}

/// The meaning of the keys below a keyword.
fn below(key: &str) -> Keys {
    match key {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => Keys::Names,
        "schemas" | "responses" | "parameters" | "headers" | "requestBodies" | "securitySchemes" => {
            Keys::Names
        }
        "pathItems" | "callbacks" | "webhooks" | "x-webhooks" => Keys::Names,
        "content" | "encoding" | "variables" | "mediaTypes" => Keys::Names,
        _ => Keys::Keywords,
    }
}

/// Visits every reference in a tree.
pub(super) fn scan(node: &mut Node, visit: &mut impl FnMut(&mut String, NodeId, Role)) {
    walk(node, Keys::Keywords, visit);
}

fn walk(node: &mut Node, keys: Keys, visit: &mut impl FnMut(&mut String, NodeId, Role)) {
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, Keys::Keywords, visit)),
        Value::Object(entries) => {
            for (key, child) in entries {
                match &mut child.value {
                    Value::String(text) if key == "$ref" => visit(text, child.id, Role::Reference),
                    Value::Array(_) | Value::Object(_) if keys == Keys::Names => {
                        walk(child, Keys::Keywords, visit);
                    }
                    Value::Array(_) | Value::Object(_) if !is_data(key) => {
                        if key == "discriminator" {
                            mapping(child, visit);
                        }
                        walk(child, below(key), visit);
                    }
                    _ => {}
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn mapping(discriminator: &mut Node, visit: &mut impl FnMut(&mut String, NodeId, Role)) {
    let mapping = discriminator.get_mut("mapping").and_then(Node::as_object_mut);
    for child in mapping.into_iter().flat_map(|entries| entries.values_mut()) {
        if let Value::String(text) = &mut child.value {
            visit(text, child.id, Role::Mapping);
        }
    }
}
