//! Corrects a response: the media types of its body, or its JSON body to any value.

use super::super::Version;
use super::set;
use crate::config::{Changes, ValueType};
use crate::source::{Node, NodeId, Object, Value};

const JSON: &str = "application/json";

/// Corrects a response. A body in 2.0 is then written as in 3.0, because in 2.0 `produces` applies to all responses of
/// an operation.
pub(super) fn correct(node: &mut Node, due: &Changes, version: Version) {
    let id = node.id;
    let Some(entries) = node.as_object_mut() else { return };
    if !due.media_types.is_empty() {
        let content = content(entries, &due.media_types, id);
        entries.shift_remove("schema");
        set(entries, "content", id, Value::Object(content));
    }
    if due.value == Some(ValueType::Any) {
        any(entries, version, id);
    }
}

/// The body in these media types: each keeps its documentation; JSON without any gets the schema of another media
/// type.
fn content(entries: &Object, media_types: &[String], id: NodeId) -> Object {
    let known = entries.get("content").and_then(Node::as_object);
    let schema = entries.get("schema").or_else(|| {
        let in_json = known?.iter().find(|(name, _)| is_json(name)).or_else(|| known?.first());
        in_json?.1.get("schema")
    });
    let body = |name: &str| match (known.and_then(|known| known.get(name)), schema) {
        (Some(body), _) => body.clone(),
        (None, Some(schema)) if is_json(name) => {
            Node::at(id, Value::Object(Object::from_iter([("schema".to_owned(), schema.clone())])))
        }
        (None, _) => Node::at(id, Value::Object(Object::default())),
    };
    media_types.iter().map(|name| (name.clone(), body(name))).collect()
}

/// Makes the JSON body any value, adding one if necessary.
fn any(entries: &mut Object, version: Version, id: NodeId) {
    if version == Version::V20 && entries.contains_key("schema") {
        return set(entries, "schema", id, Value::Object(Object::default()));
    }
    if entries.get("content").is_none_or(|content| content.as_object().is_none()) {
        set(entries, "content", id, Value::Object(Object::default()));
    }
    let Some(content) = entries.get_mut("content").and_then(Node::as_object_mut) else { return };
    if !content.keys().any(|name| is_json(name)) {
        set(content, JSON, id, Value::Object(Object::default()));
    }
    for (_, body) in content.iter_mut().filter(|(name, _)| is_json(name)) {
        if let Some(entries) = body.as_object_mut() {
            set(entries, "schema", id, Value::Object(Object::default()));
        }
    }
}

/// Whether the name of a media type indicates JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().to_ascii_lowercase();
    essence.contains("json") || essence.trim() == "*/*"
}
