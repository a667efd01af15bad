//! Handles what is different in OpenAPI 3.0: siblings of a `$ref` are ignored (OpenAPI 3.0.3 §4.7.23), except
//! `nullable: true`, which is evidently intended. A list of types is from 3.1 and read as there. The `style` of a part
//! has no effect (§4.7.15.1); one that differs from the default is read as in 3.1.

use super::locate::reference;
use super::openapi31;
use super::shape::Kind;
use super::walk::{Fate, walk};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, Value};

/// Removes the siblings of references, except `nullable`.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    walk(root, Kind::Root, &mut |node, kind| {
        if reference(node).is_some() && kind != Kind::PathItem {
            let id = node.id;
            if let Some(entries) = node.as_object_mut() {
                let is_null = |key: &str, value: &Node| key == "nullable" && value.as_bool() == Some(true);
                entries.retain(|key, value| key == "$ref" || (kind == Kind::Schema && is_null(key, value)));
                openapi31::siblings(entries, id);
            }
        }
        list_of_types(node, kind, diagnostics);
        if kind == Kind::RequestBody {
            styles_of_parts(node);
        }
        Fate::Keep
    });
}

fn list_of_types(node: &mut Node, kind: Kind, diagnostics: &mut Diagnostics) {
    let id = node.id;
    let Some(entries) = node.as_object_mut().filter(|_| kind == Kind::Schema) else { return };
    let Some(Node { id: place, value: Value::Array(_) }) = entries.get("type") else { return };
    let message = "`type` is an array where a string is due; it is read as in OpenAPI 3.1";
    diagnostics.report(Code::WrongType, *place, message);
    openapi31::types(entries, id);
}

/// Removes `style: form` from form parts, where some tools always write it.
fn styles_of_parts(body: &mut Node) {
    let content = body.as_object_mut().and_then(|entries| entries.get_mut("content")?.as_object_mut());
    for (name, media) in content.into_iter().flatten() {
        let encodings =
            media.as_object_mut().and_then(|entries| entries.get_mut("encoding")?.as_object_mut());
        let encodings = encodings.filter(|_| name.trim_start().starts_with("multipart/"));
        for encoding in encodings.into_iter().flat_map(|encodings| encodings.values_mut()) {
            let is_default = encoding.get("style").and_then(Node::as_str) == Some("form");
            if let Some(entries) =
                encoding.as_object_mut().filter(|entries| is_default && !entries.contains_key("explode"))
            {
                entries.shift_remove("style");
            }
        }
    }
}
