//! Marks the schemas for which the configuration names a type, in the tree as read, because pointers in the
//! configuration are those of the document.

use indexmap::IndexMap;

use super::{
    corrections::select::pointer,
    locate::{find_mut, reference},
    marker,
};
use crate::config::Located;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Node, Value};

/// Marks the schemas. A pointer may be preceded by the path of another file: `schemas/user.yaml#/id`.
pub(super) fn run(
    root: &mut Node,
    overrides: &IndexMap<String, Located<String>>,
    diagnostics: &mut Diagnostics,
) {
    for (index, (pointer, path)) in overrides.iter().enumerate() {
        if let Err(message) = mark(root, pointer, index) {
            diagnostics.push(Diagnostic::new(Code::ConfigUnused, path.place.clone(), message));
        }
    }
}

fn mark(root: &mut Node, text: &str, index: usize) -> Result<(), String> {
    let place = pointer(text).ok_or_else(|| format!("`{text}` is not a JSON pointer"))?;
    let schema = find_mut(root, &place).ok_or_else(|| format!("there is nothing at `{text}`"))?;
    if let Some(target) = reference(schema) {
        return Err(format!("at `{text}` is a reference; name the type of what it refers to, `{target}`"));
    }
    let id = schema.id;
    let entries = schema.as_object_mut().ok_or_else(|| format!("there is no schema at `{text}`"))?;
    entries.insert(marker::OVERRIDE.to_owned(), Node::at(id, Value::Number(index.into())));
    Ok(())
}
