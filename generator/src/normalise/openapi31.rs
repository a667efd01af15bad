//! Converts OpenAPI 3.1 to the form of 3.0.
//!
//! | 3.1 | becomes |
//! |---|---|
//! | `type: [string, "null"]` | `type: string`, `nullable: true` |
//! | `type: [string, integer]` | `anyOf` of one schema for each type |
//! | `const: x` | `enum: [x]`, marked |
//! | `{$ref: X, description: d}` | `{allOf: [{$ref: X}], description: d}` |
//! | `true`, `false` | `{}`, and `{}` marked as unsatisfiable |
//! | `contentEncoding: base64`, `contentMediaType: image/png` | `format: byte`, `format: binary` |
//! | `contentMediaType: application/json` without a type | any value |
//! | `contentSchema` of JSON that is not encoded | as it is, of a string; any other is removed |
//! | `type: "null"` | `enum: [null]`, `nullable: true` |
//! | `exclusiveMinimum: 5` | `minimum: 5`, `exclusiveMinimum: true` |
//! | `patternProperties`, `unevaluatedProperties` | see `properties` |
//! | `prefixItems` | the required ones among them as `x-cratewright-positions`, the others as `items` |
//! | `info.summary` | an extension |

use super::locate::reference;
use super::shape::Kind;
use super::walk::{Fate, walk};
use super::{marker, properties};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, NodeId, Object, Value};

/// Keywords whose conditions cannot be expressed by a type.
const CONDITIONS: &[&str] = &["if", "dependentSchemas", "dependentRequired", "propertyNames", "contains"];

/// Converts every schema to the form of 3.0.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    walk(root, Kind::Root, &mut |node, kind| {
        if kind == Kind::Schema {
            schema(node, diagnostics);
        } else if kind == Kind::Info {
            information(node);
        } else if reference(node).is_some() && kind != Kind::PathItem {
            // Outside schemas only `summary` and `description` may be beside a reference, and they add nothing.
            if let Some(entries) = node.as_object_mut() {
                entries.retain(|key, _| key == "$ref");
            }
        }
        Fate::Keep
    });
}

fn information(node: &mut Node) {
    if let Some(entries) = node.as_object_mut()
        && let Some(summary) = entries.shift_remove("summary")
    {
        entries.insert(marker::SUMMARY.to_owned(), summary);
    }
}

fn schema(node: &mut Node, diagnostics: &mut Diagnostics) {
    let id = node.id;
    if let Some(satisfied) = node.as_bool() {
        let mut entries = Object::default();
        if !satisfied {
            entries.insert(marker::NEVER.to_owned(), Node::at(id, Value::Bool(true)));
        }
        node.value = Value::Object(entries);
    }
    let Some(entries) = node.as_object_mut() else { return };
    for keyword in CONDITIONS {
        if let Some(condition) = entries.get(*keyword) {
            let message = format!("`{keyword}` is not expressed by a type");
            diagnostics.report(Code::UnsupportedKeyword, condition.id, message);
        }
    }
    properties::run(entries, id, diagnostics);
    siblings(entries, id);
    constant(entries);
    bounds(entries);
    content_schema(entries, diagnostics);
    content(entries, id);
    prefix_items(entries);
    types(entries, id);
}

/// Moves a reference with siblings into an `allOf`.
pub(super) fn siblings(entries: &mut Object, id: NodeId) {
    if entries.len() < 2 || entries.get("$ref").is_none_or(|text| text.as_str().is_none()) {
        return;
    }
    let Some(text) = entries.shift_remove("$ref") else { return };
    let branch = Node::at(id, Value::Object(Object::from_iter([("$ref".to_owned(), text)])));
    match entries.get_mut("allOf").map(|list| &mut list.value) {
        Some(Value::Array(branches)) => branches.insert(0, branch),
        _ => drop(entries.insert("allOf".to_owned(), Node::at(id, Value::Array(vec![branch].into())))),
    }
}

fn constant(entries: &mut Object) {
    if let Some(value) = entries.shift_remove("const") {
        let id = value.id;
        // Enums of constants are strings or integers; of any other constant only the type is kept.
        let implied = match &value.value {
            Value::Bool(_) => Some("boolean"),
            Value::Number(number) => (!number.is_i64() && !number.is_u64()).then_some("number"),
            Value::Array(_) => Some("array"),
            Value::Object(_) => Some("object"),
            Value::Null | Value::String(_) => None,
        };
        if let Some(implied) = implied.filter(|_| !entries.contains_key("type")) {
            entries.insert("type".to_owned(), Node::at(id, Value::String(implied.to_owned())));
        }
        if value.value == Value::Null {
            entries.insert("nullable".to_owned(), Node::at(id, Value::Bool(true)));
        }
        entries.insert("enum".to_owned(), Node::at(id, Value::Array(vec![value].into())));
    }
}

/// Converts a numeric exclusive bound to a bound with a flag.
fn bounds(entries: &mut Object) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(node) = entries.get_mut(exclusive) else { continue };
        if matches!(node.value, Value::Number(_)) {
            let flag = Node::at(node.id, Value::Bool(true));
            let limit = std::mem::replace(node, flag);
            entries.insert(bound.to_owned(), limit);
        }
    }
}

/// Converts `contentEncoding` and `contentMediaType` to `format` (OpenAPI 3.1 §4.4.1). A string that contains text
/// stays a string.
fn content(entries: &mut Object, id: NodeId) {
    let encoding = entries.get("contentEncoding").and_then(Node::as_str).unwrap_or_default();
    let media_type = entries.get("contentMediaType").and_then(Node::as_str);
    // For unencoded JSON, nothing but a schema of it says that it is inside a string.
    let is_value =
        encoding.is_empty() && media_type.is_some_and(is_json) && !entries.contains_key("contentSchema");
    let format = match (encoding, media_type) {
        ("base64url", _) => Some("base64url"),
        (name, _) if name.starts_with("base64") => Some("byte"),
        (_, Some(name)) if !is_text(name) => Some("binary"),
        (_, Some(_)) => None,
        (_, None) => return,
    };
    if let Some(format) = format.filter(|_| !entries.contains_key("format")) {
        entries.insert("format".to_owned(), Node::at(id, Value::String(format.to_owned())));
    }
    if !entries.contains_key("type") && !is_value {
        entries.insert("type".to_owned(), Node::at(id, Value::String("string".to_owned())));
    }
}

/// Keeps a `contentSchema` where the string is JSON as it stands (JSON Schema 2020-12 §8.5); any other is removed and
/// reported.
fn content_schema(entries: &mut Object, diagnostics: &mut Diagnostics) {
    let text = |key: &str| entries.get(key).and_then(Node::as_str);
    if text("contentMediaType").is_some_and(is_json) && text("contentEncoding").is_none_or(str::is_empty) {
        return;
    }
    if let Some(schema) = entries.shift_remove("contentSchema") {
        let message = "`contentSchema` is expressed by a type only where `contentMediaType` is JSON that is not encoded";
        diagnostics.report(Code::UnsupportedKeyword, schema.id, message);
    }
}

fn is_text(media_type: &str) -> bool {
    let ends = ["/json", "+json", "/xml", "+xml", "/yaml", "+yaml", "/x-yaml"];
    essence(media_type).starts_with("text/") || ends.iter().any(|end| essence(media_type).ends_with(end))
}

fn is_json(media_type: &str) -> bool {
    ["/json", "+json"].iter().any(|end| essence(media_type).ends_with(end))
}

/// The media type in lower case, without parameters (RFC 9110 §8.3.1).
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Keeps the items of a tuple that every value has; `items` describes what may follow. Items that `minItems` makes
/// optional are treated as following items; without `minItems`, all are required.
fn prefix_items(entries: &mut Object) {
    let Some(Node { id, value: Value::Array(mut items) }) = entries.shift_remove("prefixItems") else {
        return;
    };
    let most = entries.get("maxItems").and_then(Node::as_u64);
    let forbidden = entries.get("items").and_then(Node::as_bool) == Some(false);
    let ends = forbidden || most.is_some_and(|most| most <= items.len() as u64);
    let least = entries.get("minItems").and_then(Node::as_u64).and_then(|least| usize::try_from(least).ok());
    let count = items.len();
    let optional = items.split_off(least.unwrap_or(count).min(count));
    if ends && optional.is_empty() {
        entries.insert(marker::CLOSED.to_owned(), Node::at(id, Value::Bool(true)));
    }
    let declared = entries.shift_remove("items").filter(|_| !ends);
    entries.extend(following(optional, declared, ends, id).map(|items| ("items".to_owned(), items)));
    if entries.get("type").is_none_or(|types| types.as_array().is_none()) {
        entries.insert("type".to_owned(), Node::at(id, Value::String("array".to_owned())));
    }
    entries.insert(marker::POSITIONS.to_owned(), Node::at(id, Value::Array(items)));
}

/// What may follow the required positions: the optional ones and `items`; `None` means anything.
fn following(mut optional: Vec<Node>, declared: Option<Node>, ends: bool, id: NodeId) -> Option<Node> {
    if optional.is_empty() || (declared.is_none() && !ends) {
        return declared;
    }
    optional.extend(declared);
    let any_of = Node::at(id, Value::Array(optional.into()));
    Some(Node::at(id, Value::Object(Object::from_iter([("anyOf".to_owned(), any_of)]))))
}

/// Converts a list of types to one type, possibly nullable, or to alternatives. `null` alone is a constant.
pub(super) fn types(entries: &mut Object, id: NodeId) {
    let listed = match entries.get("type").map(|types| &types.value) {
        Some(Value::Array(types)) => {
            types.iter().filter_map(Node::as_str).map(str::to_owned).collect::<Vec<_>>()
        }
        Some(Value::String(only)) if only == "null" => vec![only.clone()],
        _ => return,
    };
    let others: Vec<String> = listed.iter().filter(|name| *name != "null").cloned().collect();
    if others.len() < listed.len() {
        entries.insert("nullable".to_owned(), Node::at(id, Value::Bool(true)));
    }
    match others.as_slice() {
        [] if listed.is_empty() => drop(entries.shift_remove("type")),
        [] => {
            entries.shift_remove("type");
            let null = Value::Array(vec![Node::at(id, Value::Null)].into());
            entries.insert("enum".to_owned(), Node::at(id, null));
        }
        // Every integer is a number.
        [one, other]
            if matches!((one.as_str(), other.as_str()), ("integer", "number") | ("number", "integer")) =>
        {
            entries.insert("type".to_owned(), Node::at(id, Value::String("number".to_owned())));
        }
        [only] => drop(entries.insert("type".to_owned(), Node::at(id, Value::String(only.clone())))),
        several => alternatives(entries, several, id),
    }
}

/// Makes one schema per type, with the keywords that apply to it. An enum of constants needs no alternatives.
fn alternatives(entries: &mut Object, types: &[String], id: NodeId) {
    entries.shift_remove("type");
    if entries.contains_key("enum") || entries.contains_key("anyOf") || entries.contains_key("oneOf") {
        return;
    }
    let members = types.iter().map(|name| {
        let mut member = Object::from_iter([("type".to_owned(), Node::at(id, Value::String(name.clone())))]);
        let about: &[&str] = match name.as_str() {
            "object" => &["properties", "required", "additionalProperties"],
            "array" => &["items"],
            "string" | "integer" | "number" => &["format"],
            _ => &[],
        };
        for keyword in about {
            if let Some(value) = entries.get(*keyword) {
                member.insert((*keyword).to_owned(), value.clone());
            }
        }
        Node::at(id, Value::Object(member))
    });
    let members = Value::Array(members.collect());
    for keyword in ["properties", "required", "additionalProperties", "items", "format"] {
        entries.shift_remove(keyword);
    }
    entries.insert("anyOf".to_owned(), Node::at(id, members));
}
