//! Resolves references to path items. Afterwards every path item is under `paths` exactly once: the first path that
//! refers to one elsewhere takes it over, and other paths refer to that path.

use super::locate::{Found, content, find_mut, fragment, reference};
use super::shape::{Form, Kind};
use crate::diagnostic::{Code, Diagnostics};
use crate::load::UNREAD;
use crate::source::{Node, Object, Pointer, Value};

/// Resolves the references of all entries of `paths`.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    let templates: Vec<String> = root
        .get("paths")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, item)| reference(item).is_some())
        .map(|(template, _)| template.clone())
        .collect();
    for template in templates {
        resolve(root, &template, diagnostics);
    }
}

fn resolve(root: &mut Node, template: &str, diagnostics: &mut Diagnostics) {
    let place = Pointer::root().join("paths").join(template);
    let Some(item) = place.find(root) else { return };
    let id = item.id;
    report_siblings(item, diagnostics);
    let text = reference(item).unwrap_or_default();
    // What another file holds, and what extensions do, has no form of its own.
    let is_item = |found: &Found| matches!(found.form, Form::One(Kind::PathItem) | Form::Opaque);
    let node = match content(root, text, "path item", is_item).map(|found| found.pointer) {
        Ok(pointer) if pointer == place => return,
        Ok(pointer) if is_path(&pointer) => reference_to(&pointer, item),
        Ok(pointer) => take(root, &pointer, &place),
        Err((code, message)) => {
            if reference(item) != Some(UNREAD) {
                diagnostics.report(code, id, message);
            }
            None
        }
    };
    let Some(paths) = root.get_mut("paths").and_then(Node::as_object_mut) else { return };
    match (node, paths.get_mut(template)) {
        (Some(node), Some(place)) => *place = node,
        _ => drop(paths.shift_remove(template)),
    }
}

fn is_path(pointer: &Pointer) -> bool {
    matches!(pointer.segments(), [section, _] if section == "paths")
}

fn reference_to(pointer: &Pointer, at: &Node) -> Option<Node> {
    let id = at.get("$ref")?.id;
    let mut entries = Object::default();
    entries.insert("$ref".to_owned(), Node::at(id, Value::String(fragment(pointer))));
    Some(Node::at(at.id, Value::Object(entries)))
}

/// Moves a path item, leaving a reference to its new place.
fn take(root: &mut Node, from: &Pointer, to: &Pointer) -> Option<Node> {
    let node = find_mut(root, from)?;
    let mut entries = Object::default();
    entries.insert("$ref".to_owned(), Node::at(node.id, Value::String(fragment(to))));
    let left = Node::at(node.id, Value::Object(entries));
    Some(std::mem::replace(node, left))
}

fn report_siblings(item: &Node, diagnostics: &mut Diagnostics) {
    for (key, node) in item.as_object().into_iter().flatten() {
        if !matches!(key.as_str(), "$ref" | "summary" | "description") && !key.starts_with("x-") {
            let message = format!("`{key}` beside the `$ref` of a path item has no effect");
            diagnostics.report(Code::IgnoredSibling, node.id, message);
        }
    }
}
