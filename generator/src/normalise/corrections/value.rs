//! Corrects the type of a schema, or of the schema in a parameter, header or media type.

use super::super::{Version, shape::Kind};
use super::set;
use crate::config::{Changes, ValueType};
use crate::source::{Node, NodeId, Object, Value};

/// Keywords that are independent of the type and kept.
const ANNOTATIONS: &[&str] =
    &["title", "description", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml"];

/// Keywords of a 2.0 parameter or header that do not describe the type of its value.
const OF_THE_PARAMETER: &[&str] =
    &["name", "in", "description", "required", "deprecated", "allowEmptyValue", "collectionFormat"];

/// The keywords specific to a JSON Schema type.
fn own_keywords(typ: &str) -> &'static [&'static str] {
    match typ {
        "array" => &["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "collectionFormat"],
        "object" => &["properties", "required", "additionalProperties", "patternProperties"],
        _ => &[],
    }
}

/// Corrects a schema, or the schema of an object that has one.
pub(super) fn correct(node: &mut Node, kind: Kind, due: &Changes, version: Version) {
    if kind == Kind::Schema {
        return schema(node, due, version, ANNOTATIONS);
    }
    let id = node.id;
    if node.get("schema").is_some() {
        if let Some(own) = node.get_mut("schema") {
            schema(own, due, version, ANNOTATIONS);
        }
    } else if let Some(content) = node.get_mut("content").and_then(Node::as_object_mut) {
        for media_type in content.values_mut() {
            correct(media_type, Kind::MediaType, due, version);
        }
    } else if version == Version::V20 {
        schema(node, due, version, OF_THE_PARAMETER);
    } else if let (true, Some(entries)) = (due.nullable || due.value.is_some(), node.as_object_mut()) {
        let mut own = Node::at(id, Value::Object(Object::default()));
        schema(&mut own, due, version, ANNOTATIONS);
        entries.insert("schema".to_owned(), own);
    }
}

fn schema(node: &mut Node, due: &Changes, version: Version, kept: &[&str]) {
    if let Some(value) = &due.value {
        retype(node, value, version, kept);
    }
    if due.nullable {
        nullable(node, version);
    }
}

/// Replaces the type of a schema.
fn retype(node: &mut Node, value: &ValueType, version: Version, kept: &[&str]) {
    let (id, was_nullable) = (node.id, allows_null(node));
    let typ = match value {
        ValueType::Any => None,
        ValueType::Of(typ, format) => Some((typ.name(), format)),
    };
    let own = own_keywords(typ.map_or("", |(name, _)| name));
    let mut entries = match std::mem::replace(&mut node.value, Value::Null) {
        Value::Object(entries) => entries,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Object::default()
        }
    };
    entries.retain(|key, _| kept.contains(&key.as_str()) || own.contains(&key.as_str()));
    if let Some((name, format)) = typ {
        set(&mut entries, "type", id, Value::String(name.to_owned()));
        if let Some(format) = format {
            set(&mut entries, "format", id, Value::String(format.clone()));
        }
        if was_nullable {
            set(&mut entries, nullable_keyword(version), id, Value::Bool(true));
        }
    }
    node.value = Value::Object(entries);
}

/// Whether the schema itself allows `null`.
fn allows_null(node: &Node) -> bool {
    let is_true = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    let types = node.get("type").and_then(Node::as_array).unwrap_or_default();
    let alternatives = ["anyOf", "oneOf"].iter().filter_map(|key| node.get(key)?.as_array()).flatten();
    let is_null = |one: &Node| one.get("type").and_then(Node::as_str) == Some("null");
    is_true("nullable")
        || is_true("x-nullable")
        || types.iter().any(|one| one.as_str() == Some("null"))
        || alternatives.into_iter().any(is_null)
}

fn nullable(node: &mut Node, version: Version) {
    let id = node.id;
    // `true` accepts every value, `false` none.
    if node.as_bool() == Some(true) {
        return;
    }
    let Value::Object(entries) = &mut node.value else { return };
    if let Some(reference) = entries.shift_remove("$ref") {
        if version != Version::V31 && version != Version::V32 {
            // Siblings of a reference are ignored before 3.1, and would now take effect.
            entries.clear();
        }
        beside(entries, id, reference);
    }
    set(entries, nullable_keyword(version), id, Value::Bool(true));
}

/// Moves a reference into an `allOf`, so that it can have siblings in every version.
fn beside(entries: &mut Object, id: NodeId, reference: Node) {
    let branch = Node::at(id, Value::Object(Object::from_iter([("$ref".to_owned(), reference)])));
    match entries.get_mut("allOf").map(|list| &mut list.value) {
        Some(Value::Array(branches)) => branches.insert(0, branch),
        Some(_) | None => set(entries, "allOf", id, Value::Array(vec![branch].into())),
    }
}

fn nullable_keyword(version: Version) -> &'static str {
    match version {
        Version::V20 => "x-nullable",
        Version::V30 | Version::V31 | Version::V32 => "nullable",
    }
}
