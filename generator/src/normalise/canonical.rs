//! Reduces what every version can express in several ways to one form.

use std::collections::HashSet;

use super::locate::reference;
use super::marker;
use super::shape::Kind;
use super::walk::{Fate, walk};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, Object, Value};

/// Removes the boolean forms of `additionalProperties`, before a version's step reads them as schemas: `true` is the
/// default, `false` becomes a marker.
pub(super) fn additional_properties(root: &mut Node) {
    walk(root, Kind::Root, &mut |node, kind| {
        if let (Kind::Schema, Some(entries)) = (kind, node.as_object_mut()) {
            additional(entries);
        }
        Fate::Keep
    });
}

fn additional(entries: &mut Object) {
    let additional = entries.get("additionalProperties").and_then(|value| Some((value.id, value.as_bool()?)));
    if let Some((id, allowed)) = additional {
        entries.shift_remove("additionalProperties");
        if !allowed {
            entries.insert(marker::CLOSED.to_owned(), Node::at(id, Value::Bool(true)));
        } else if !entries.contains_key("type") {
            entries.insert("type".to_owned(), Node::at(id, Value::String("object".to_owned())));
        }
    }
}

/// Normalises every schema, and reports what no code is generated for.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    let nulls = null_components(root);
    walk(root, Kind::Root, &mut |node, kind| {
        match (kind, node.as_object_mut()) {
            (Kind::Schema, Some(entries)) => schema(entries, &nulls),
            (Kind::Operation, Some(entries)) => {
                if let Some(callbacks) = entries.get("callbacks") {
                    diagnostics.report(
                        Code::NotGenerated,
                        callbacks.id,
                        "callbacks are requests that the server sends; types of their JSON bodies are all that is generated",
                    );
                }
            }
            _ => {}
        }
        Fate::Keep
    });
}

/// References to the component schemas that only `null` satisfies.
fn null_components(root: &Node) -> HashSet<String> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let schemas = schemas.and_then(Node::as_object).into_iter().flatten();
    let nulls = schemas.filter(|(_, schema)| schema.as_object().is_some() && is_constant_null(schema));
    nulls.map(|(name, _)| format!("#/components/schemas/{name}")).collect()
}

fn schema(entries: &mut Object, nulls: &HashSet<String>) {
    null_member(entries, "oneOf", nulls);
    null_member(entries, "anyOf", nulls);
    if let Some(items) = entries.get("items").filter(|_| !entries.contains_key("type")) {
        let id = items.id;
        entries.insert("type".to_owned(), Node::at(id, Value::String("array".to_owned())));
    }
}

/// Turns `null` among alternatives into a nullable place.
fn null_member(entries: &mut Object, keyword: &str, nulls: &HashSet<String>) {
    let Some(Node { id, value: Value::Array(members) }) = entries.get_mut(keyword) else { return };
    let (id, before) = (*id, members.len());
    members.retain(|member| !is_null(member) && !reference(member).is_some_and(|text| nulls.contains(text)));
    if members.len() == before {
        return;
    }
    if members.is_empty() {
        entries.shift_remove(keyword);
        let null = Value::Array(vec![Node::at(id, Value::Null)].into());
        entries.entry("enum".to_owned()).or_insert(Node::at(id, null));
    }
    entries.insert("nullable".to_owned(), Node::at(id, Value::Bool(true)));
}

/// Matches `{type: "null"}`, `{const: null}` and `{enum: [null]}`, before or after the steps of a version.
fn is_null(member: &Node) -> bool {
    let only_nullable = |entries: &Object| {
        entries.len() == 1 && entries.get("nullable").and_then(Node::as_bool) == Some(true)
    };
    is_constant_null(member) || member.as_object().is_some_and(only_nullable)
}

/// `{type: "null"}`, `{const: null}`, `{enum: [null]}`
fn is_constant_null(member: &Node) -> bool {
    let Some(entries) = member.as_object() else { return member.value == Value::Null };
    let null = |value: &Node| value.value == Value::Null;
    let listed = |key: &str, is: &dyn Fn(&Node) -> bool| match entries.get(key) {
        Some(Node { value: Value::Array(items), .. }) => items.len() == 1 && items.iter().all(is),
        Some(value) => is(value),
        None => false,
    };
    listed("type", &|value| value.as_str() == Some("null"))
        || listed("enum", &null)
        || entries.get("const").is_some_and(null)
}
