//! Repairs mistakes that are common in published documents of any version according to their evident meaning, and
//! reports them.

use super::shape::{Form, Kind};
use super::walk::{Fate, walk};
use super::{constants, spelling};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Files, Node, Object, Value};

/// Repairs what can be repaired.
pub(super) fn run(root: &mut Node, files: &Files, diagnostics: &mut Diagnostics) {
    walk(root, Kind::Root, &mut |node, kind| {
        flags(node, kind, diagnostics);
        spelling::run(node, kind, files);
        if kind == Kind::Schema {
            required(node, diagnostics);
            enumeration(node, diagnostics);
            if let Some(entries) = node.as_object_mut() {
                constants::run(entries, files, diagnostics);
            }
        }
        Fate::Keep
    });
}

/// Repairs mistakes that would hide references.
pub(super) fn before_references(root: &mut Node, diagnostics: &mut Diagnostics) {
    walk(root, Kind::Root, &mut |node, kind| {
        let Some(entries) = node.as_object_mut().filter(|entries| !entries.is_empty()) else {
            return Fate::Keep;
        };
        keep_if(entries, "$ref", "a string", diagnostics, |value| matches!(value, Value::String(_)));
        if kind == Kind::Schema {
            let is_object = |value: &Value| matches!(value, Value::Object(_));
            keep_if(entries, "patternProperties", "an object", diagnostics, is_object);
            types(entries, diagnostics);
            constants::listed_items(entries, diagnostics);
        }
        Fate::Keep
    });
}

/// Removes an entry whose value is of the wrong kind, where no later step says so. `null` counts as absent.
fn keep_if(
    entries: &mut Object,
    key: &str,
    due: &str,
    diagnostics: &mut Diagnostics,
    is_due: impl Fn(&Value) -> bool,
) {
    let is_wrong = |node: &&Node| node.value != Value::Null && !is_due(&node.value);
    if let Some(node) = entries.get(key).filter(is_wrong) {
        let message = format!("`{key}` is {} where {due} is due; it is left out", node.kind());
        diagnostics.report(Code::WrongType, node.id, message);
        entries.shift_remove(key);
    }
}

/// `type: [string, null]`, where the name of the type lacks its quotes; other entries that are not names are removed.
fn types(entries: &mut Object, diagnostics: &mut Diagnostics) {
    let Some(Value::Array(listed)) = entries.get_mut("type").map(|types| &mut types.value) else { return };
    listed.retain_mut(|name| {
        let is_null = name.value == Value::Null;
        if is_null {
            diagnostics.report(Code::WrongType, name.id, "`null` in `type` is read as the name of a type");
            name.value = Value::String("null".to_owned());
        } else if name.as_str().is_none() {
            let message = format!("`type` lists {} where a string is due; it is left out", name.kind());
            diagnostics.report(Code::WrongType, name.id, message);
        }
        name.as_str().is_some()
    });
}

/// `deprecated: "true"`
fn flags(node: &mut Node, kind: Kind, diagnostics: &mut Diagnostics) {
    let Some(entries) = node.as_object_mut().filter(|entries| !entries.is_empty()) else { return };
    for (key, child) in entries.iter_mut() {
        let meant = match child.as_str() {
            Some("true") => true,
            Some("false") => false,
            _ => continue,
        };
        if kind.form(key) == Form::Flag {
            child.value = Value::Bool(meant);
            diagnostics.report(
                Code::WrongType,
                child.id,
                format!("`{key}` is a string and is read as {meant}"),
            );
        }
    }
}

/// Moves `required: true` of a property into the `required` list of its object.
fn required(node: &mut Node, diagnostics: &mut Diagnostics) {
    let mut meant = Vec::new();
    for (name, property) in node.get_mut("properties").and_then(Node::as_object_mut).into_iter().flatten() {
        let Some(entries) = property.as_object_mut() else { continue };
        if let Some(flag) = entries.get("required").filter(|flag| flag.as_bool().is_some()) {
            let message =
                format!("`required` of the property `{name}` is a boolean; it is read as the object's");
            diagnostics.report(Code::WrongType, flag.id, message);
            if flag.as_bool() == Some(true) {
                meant.push((name.clone(), flag.id));
            }
            entries.shift_remove("required");
        }
    }
    if let Some(entries) = node.as_object_mut() {
        if entries.get("required").is_some_and(|list| list.as_array().is_none())
            && let Some(list) = entries.shift_remove("required")
        {
            let message = format!("`required` is {} where an array is due; it is left out", list.kind());
            diagnostics.report(Code::WrongType, list.id, message);
        }
        for (name, id) in meant {
            let list = entries
                .entry("required".to_owned())
                .or_insert_with(|| Node::at(id, Value::Array(Vec::new().into())));
            if let Value::Array(names) = &mut list.value {
                names.push(Node::at(id, Value::String(name)));
            }
        }
    }
}

/// Wraps `enum: a` in a list.
fn enumeration(node: &mut Node, diagnostics: &mut Diagnostics) {
    let Some(list) = node.get_mut("enum").filter(|list| list.as_array().is_none()) else { return };
    let message = format!("`enum` is {} where an array is due; it is read as a list of one", list.kind());
    diagnostics.report(Code::WrongType, list.id, message);
    let only = Node::at(list.id, std::mem::replace(&mut list.value, Value::Null));
    list.value = Value::Array(vec![only].into());
}
