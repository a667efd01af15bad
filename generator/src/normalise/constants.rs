//! Repairs constants that do not match the type beside them, and misspelt types, according to their evident meaning,
//! and reports them.
//!
//! | written | read as |
//! |---|---|
//! | `type: string`, `enum: [1, 1.10]`, `default: 1` | `enum: ["1", "1.10"]`, `default: "1"` |
//! | `type: integer`, `enum: ["1", "2"]` | `enum: [1, 2]` |
//! | `type: integer`, `enum: [low, 3]` | `anyOf: [{ type: string, enum: [low] }, { type: integer, enum: [3] }]` |
//! | `type: integer`, `enum: [low, high]` | `anyOf: [{ type: string, enum: [low, high] }, { type: integer }]` |
//! | `type: array`, `enum: [a, b]` | `items: { enum: [a, b] }` |
//! | `type: int`, `type: Date` | `type: integer`, `type: string` with `format: date` |
//! | `items: [A, B]` | `items: { anyOf: [A, B] }` |

use super::spelling::spell;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Files, Node, NodeId, Object, Value};

/// Repairs one schema.
pub(super) fn run(entries: &mut Object, files: &Files, diagnostics: &mut Diagnostics) {
    misspelt(entries, diagnostics);
    match stated(entries) {
        Some("array") => of_items(entries, diagnostics),
        Some("string") => {
            convert(entries, diagnostics, |constant| to_text(constant, files));
            entries
                .iter_mut()
                .filter(|(key, _)| matches!(key.as_str(), "const" | "default"))
                .for_each(|(_, value)| spell(value, files));
        }
        Some("integer") => convert(entries, diagnostics, |constant| to_integer(&constant.value)),
        Some("number") => convert(entries, diagnostics, |constant| to_number(&constant.value)),
        Some("boolean") => convert(entries, diagnostics, |constant| to_flag(&constant.value)),
        _ => {}
    }
}

/// The one type that the schema states, besides `null`.
fn stated(entries: &Object) -> Option<&'static str> {
    let known = ["array", "string", "integer", "number", "boolean"];
    if !entries.contains_key("type") && entries.contains_key("items") {
        return Some("array");
    }
    let name = match &entries.get("type")?.value {
        Value::String(name) => name.as_str(),
        Value::Array(names) => {
            let mut names = names.iter().filter_map(Node::as_str).filter(|name| *name != "null");
            names.next().filter(|_| names.next().is_none())?
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    known.into_iter().find(|known| *known == name)
}

/// Other names for types, their name here, and the format they imply.
const OTHER_NAMES: &[(&str, &str, Option<&str>)] = &[
    ("array", "array", None),
    ("boolean", "boolean", None),
    ("bool", "boolean", None),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("decimal", "number", None),
    ("dict", "object", None),
    ("double", "number", Some("double")),
    ("enum", "string", None),
    ("file", "string", Some("binary")),
    ("float", "number", Some("float")),
    ("hash", "object", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("integer", "integer", None),
    ("list", "array", None),
    ("long", "integer", Some("int64")),
    ("map", "object", None),
    ("number", "number", None),
    ("object", "object", None),
    ("str", "string", None),
    ("string", "string", None),
    ("text", "string", None),
    ("uuid", "string", Some("uuid")),
];

fn misspelt(entries: &mut Object, diagnostics: &mut Diagnostics) {
    let names = match entries.get_mut("type") {
        Some(Node { value: Value::Array(names), .. }) => names.iter_mut().collect(),
        Some(name) => vec![name],
        None => Vec::new(),
    };
    let mut formats = Vec::new();
    for Node { id, value } in names {
        let Value::String(name) = value else { continue };
        let plain = name.trim().to_ascii_lowercase();
        let Some((_, meant, format)) = OTHER_NAMES.iter().find(|(other, ..)| *other == plain) else {
            continue;
        };
        if name == meant {
            continue;
        }
        let message = format!("no type is called `{name}`; it is read as `{meant}`");
        diagnostics.report(Code::WrongType, *id, message);
        *name = (*meant).to_owned();
        formats.extend(format.map(|format| Node::at(*id, Value::String(format.to_owned()))));
    }
    if let [format] = formats.as_slice() {
        entries.entry("format".to_owned()).or_insert(format.clone());
    }
}

/// Converts `items: [A, B]`, the tuple of earlier JSON Schema drafts, which OpenAPI 3.0 lacks.
pub(super) fn listed_items(entries: &mut Object, diagnostics: &mut Diagnostics) {
    let Some(Node { id, value: Value::Array(schemas) }) = entries.get_mut("items") else { return };
    let id = *id;
    diagnostics.report(
        Code::WrongType,
        id,
        "`items` is an array where a schema is due; an item may be any of them",
    );
    let mut schemas = std::mem::take(schemas);
    let items = match schemas.len() {
        0 => Node::at(id, Value::Object(Object::default())),
        1 => schemas.remove(0),
        _ => object(id, "anyOf", Node::at(id, Value::Array(schemas))),
    };
    entries.insert("items".to_owned(), items);
}

/// Moves single values beside `type: array` to its items.
fn of_items(entries: &mut Object, diagnostics: &mut Diagnostics) {
    let list = entries.get("enum").and_then(Node::as_array);
    let is_null = |value: &Node| value.value == Value::Null;
    if list
        .is_none_or(|values| values.iter().all(is_null) || values.iter().any(|one| one.as_array().is_some()))
    {
        return;
    }
    let Some(Node { id, value: Value::Array(mut constants) }) = entries.shift_remove("enum") else { return };
    if constants.iter().any(is_null) {
        constants.retain(|constant| !is_null(constant));
        entries.insert("nullable".to_owned(), Node::at(id, Value::Bool(true)));
    }
    let items = entries.entry("items".to_owned()).or_insert(Node::at(id, Value::Object(Object::default())));
    let free = |items: &&mut Object| !items.contains_key("$ref") && !items.contains_key("enum");
    let message = match items.as_object_mut().filter(free) {
        Some(items) => {
            items.insert("enum".to_owned(), Node::at(id, Value::Array(constants)));
            "`enum` of an array holds single values; they are read as those of its items"
        }
        None => "`enum` of an array holds single values; its items say what they are",
    };
    diagnostics.report(Code::WrongType, id, message);
}

fn object(id: NodeId, key: &str, value: Node) -> Node {
    Node::at(id, Value::Object(Object::from_iter([(key.to_owned(), value)])))
}

/// Converts constants to the stated type if all can be; otherwise allows both types.
fn convert(entries: &mut Object, diagnostics: &mut Diagnostics, as_type: impl Fn(&Node) -> Option<Value>) {
    let Some(Node { id, value: Value::Array(constants) }) = entries.get_mut("enum") else { return };
    let id = *id;
    let converted: Option<Vec<Value>> = constants
        .iter()
        .map(|constant| if constant.value == Value::Null { Some(Value::Null) } else { as_type(constant) })
        .collect();
    let message = match converted {
        Some(converted) => {
            let changes = converted.iter().zip(constants.iter()).any(|(new, old)| *new != old.value);
            if !changes {
                return;
            }
            constants.iter_mut().zip(converted).for_each(|(constant, new)| constant.value = new);
            "constants are not of the type that stands beside them; they are read as if they were"
        }
        None if either(entries, as_type) => {
            "constants are not of the type that stands beside them; a value may be of either"
        }
        None => "constants are not of the type that stands beside them; they are taken as they are",
    };
    diagnostics.report(Code::WrongType, id, message);
}

/// Makes alternatives of the strings among constants and the stated type, since either may be sent; `false` if they
/// would not be distinguishable. A single string is the value of a tag and stays one.
fn either(entries: &mut Object, as_type: impl Fn(&Node) -> Option<Value>) -> bool {
    let is_taken = ["anyOf", "oneOf", "allOf"].iter().any(|key| entries.contains_key(*key));
    let (Some(stated), Some(list)) = (entries.get("type").cloned(), entries.get("enum").cloned()) else {
        return false;
    };
    let id = list.id;
    let (nulls, constants): (Vec<&Node>, Vec<&Node>) =
        list.as_array().unwrap_or_default().iter().partition(|one| one.value == Value::Null);
    let (texts, others): (Vec<&Node>, Vec<&Node>) =
        constants.iter().partition(|one| one.as_str().is_some() && as_type(one).is_none());
    let converted: Option<Vec<Node>> =
        others.iter().map(|one| as_type(one).map(|value| Node::at(one.id, value))).collect();
    let Some(converted) = converted.filter(|_| !is_taken && !texts.is_empty() && constants.len() > 1) else {
        return false;
    };
    let schema = |ty: Node, constants: Vec<Node>| {
        let mut schema = Object::from_iter([("type".to_owned(), ty)]);
        if !constants.is_empty() {
            schema.insert("enum".to_owned(), Node::at(id, Value::Array(constants.into())));
        }
        Node::at(id, Value::Object(schema))
    };
    let text = schema(Node::at(id, Value::String("string".to_owned())), texts.into_iter().cloned().collect());
    if !nulls.is_empty() {
        entries.insert("nullable".to_owned(), Node::at(id, Value::Bool(true)));
    }
    for key in ["type", "format", "enum"] {
        entries.shift_remove(key);
    }
    entries
        .insert("anyOf".to_owned(), Node::at(id, Value::Array(vec![text, schema(stated, converted)].into())));
    true
}

fn to_text(constant: &Node, files: &Files) -> Option<Value> {
    let mut text = constant.clone();
    spell(&mut text, files);
    text.as_str().is_some().then_some(text.value)
}

fn to_integer(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            let signed = text.parse::<i64>().ok().map(serde_json::Number::from);
            signed.or_else(|| text.parse::<u64>().ok().map(Into::into)).map(Value::Number)
        }
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(value.clone()),
        // `1.0` is an integer (JSON Schema 2020-12 core §6.3).
        Value::Number(number) => {
            let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15)?;
            Some(Value::Number((float as i64).into()))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn to_number(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            let whole = text.parse::<i64>().ok().map(serde_json::Number::from);
            let number = whole.or_else(|| text.parse().ok().and_then(serde_json::Number::from_f64));
            number.map(Value::Number)
        }
        Value::Number(_) => Some(value.clone()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn to_flag(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        Value::Bool(_) => Some(value.clone()),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
