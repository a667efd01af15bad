//! Inlines references where OpenAPI does not define them: to an operation, a media type, a text, or a whole map of
//! properties.
//!
//! `get: { $ref: "operations/get.yml" }` becomes the operation. References to components and path items are left to
//! `hoist` and `path_items`, but their targets are processed here as well, since they later move into the document.
//! Siblings of a `$ref` to a map or an object are merged into the inserted content and take precedence.

use std::collections::HashSet;

use super::locate::{Found, MAX_CHAIN, find, find_mut, reference, shown};
use super::shape::{Form, Kind};
use crate::diagnostic::{Code, Diagnostics};
use crate::load::{FILES, UNREAD};
use crate::source::{Node, NodeId, Object, Pointer, Value};

/// The maximum nesting of inlined content.
const MAX_DEPTH: usize = 32;

/// The maximum number of values added to a document.
const MAX_GROWTH: usize = 4_000_000;

/// Replaces references to anything but a component by their content.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    if root.get(FILES).is_none() && !any(root, Form::One(Kind::Root)) {
        return;
    }
    let written = root.clone();
    let mut inline = Inline {
        written: &written,
        diagnostics,
        active: Vec::new(),
        growth: 0,
        followed: HashSet::new(),
        pending: Vec::new(),
    };
    inline.visit(root, Form::One(Kind::Root));
    while let Some((pointer, kind)) = inline.pending.pop() {
        if let Some(node) = find_mut(root, &pointer) {
            inline.visit(node, Form::One(kind));
        }
    }
}

/// Whether references to a value of this form are inlined.
fn is_inlined(form: Form) -> bool {
    match form {
        Form::One(Kind::PathItem | Kind::Root) | Form::Opaque => false,
        Form::One(kind) => kind.section().is_none(),
        Form::Text | Form::Flag | Form::Number | Form::Texts | Form::TextMap => true,
        Form::List(_) | Form::Map(_) => true,
    }
}

/// Whether there is a reference to inline.
fn any(node: &Node, form: Form) -> bool {
    if is_inlined(form) && reference(node).is_some() {
        return true;
    }
    match (form, &node.value) {
        (Form::One(kind), Value::Object(entries)) => {
            entries.iter().any(|(key, child)| any(child, kind.form(key)))
        }
        (Form::Map(kind), Value::Object(entries)) => {
            entries.values().any(|child| any(child, Form::One(kind)))
        }
        (Form::List(kind), Value::Array(items)) => items.iter().any(|child| any(child, Form::One(kind))),
        _ => false,
    }
}

struct Inline<'n, 'd> {
    /// The original document, unaffected by insertions.
    written: &'n Node,
    diagnostics: &'d mut Diagnostics,
    /// The places whose content is being inserted, outermost first.
    active: Vec<Pointer>,
    growth: usize,
    followed: HashSet<(Pointer, Kind)>,
    /// Places that will become components or path items.
    pending: Vec<(Pointer, Kind)>,
}

impl<'n> Inline<'n, '_> {
    /// Processes a value; returns whether it is kept.
    fn visit(&mut self, node: &mut Node, form: Form) -> bool {
        let depth = self.active.len();
        if is_inlined(form) && reference(node).is_some() && !self.insert(node) {
            self.active.truncate(depth);
            return false;
        }
        self.below(node, form);
        self.active.truncate(depth);
        true
    }

    fn below(&mut self, node: &mut Node, form: Form) {
        if let Form::One(kind) = form {
            self.follow(node, kind);
        }
        match (form, &mut node.value) {
            (Form::One(kind), Value::Object(entries)) => {
                entries.retain(|key, child| self.visit(child, kind.form(key)));
            }
            (Form::Map(kind), Value::Object(entries)) => {
                entries.retain(|_, child| self.visit(child, Form::One(kind)));
            }
            (Form::List(kind), Value::Array(items)) => {
                items.retain_mut(|child| self.visit(child, Form::One(kind)));
            }
            _ => {}
        }
    }

    /// Records the target of a reference to a component or path item.
    fn follow(&mut self, node: &Node, kind: Kind) {
        if kind == Kind::Discriminator {
            let mapping = node.get("mapping").and_then(Node::as_object).into_iter().flatten();
            mapping
                .filter_map(|(_, target)| target.as_str())
                .for_each(|text| self.remember(text, Kind::Schema));
        } else if let Some(text) = reference(node) {
            self.remember(text, kind);
        }
    }

    fn remember(&mut self, text: &str, kind: Kind) {
        // An invalid reference is reported by the later step.
        if let Ok(found) = find(self.written, text)
            && found.form == Form::Opaque
            && self.followed.insert((found.pointer.clone(), kind))
        {
            self.pending.push((found.pointer, kind));
        }
    }

    /// Replaces a reference by its target; returns whether there is one.
    fn insert(&mut self, node: &mut Node) -> bool {
        for _ in 0..MAX_CHAIN {
            let Some(text) = reference(node) else { return true };
            let id = node.get("$ref").map_or(node.id, |reference| reference.id);
            let found = match self.find(text) {
                Ok(found) => found,
                Err(_) if text == UNREAD => return false,
                Err((code, message)) => {
                    self.diagnostics.report(code, id, message);
                    return false;
                }
            };
            let mut content = found.node.clone();
            self.growth += size(&content);
            self.active.push(found.pointer);
            merge(&mut content, node, id, self.diagnostics);
            *node = content;
        }
        self.diagnostics.report(Code::ReferenceCycle, node.id, "references that lead to no content");
        false
    }

    fn find(&self, text: &str) -> Result<Found<'n>, (Code, String)> {
        let found = find(self.written, text)?;
        if self.active.contains(&found.pointer) {
            return Err((Code::ReferenceCycle, format!("`{}` is put into itself", shown(text))));
        }
        if self.active.len() >= MAX_DEPTH {
            return Err((Code::LimitReached, format!("places are put into one another {MAX_DEPTH} deep")));
        }
        if self.growth > MAX_GROWTH {
            let message = format!("references add more than {MAX_GROWTH} values to the document");
            return Err((Code::LimitExceeded, message));
        }
        Ok(found)
    }
}

/// The number of values in a tree.
fn size(node: &Node) -> usize {
    match &node.value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(entries) => 1 + entries.values().map(size).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

/// Merges the siblings of a reference into the content that replaces it.
fn merge(content: &mut Node, place: &mut Node, reference: NodeId, diagnostics: &mut Diagnostics) {
    let Some(mut beside) = place.as_object_mut().map(std::mem::take) else { return };
    beside.shift_remove("$ref");
    if beside.is_empty() {
        return;
    }
    match content.as_object_mut() {
        Some(entries) => extend(entries, beside),
        None => {
            let message = "what stands beside this reference has no effect";
            diagnostics.report(Code::IgnoredSibling, reference, message);
        }
    }
}

fn extend(entries: &mut Object, beside: Object) {
    for (key, node) in beside {
        entries.insert(key, node);
    }
}
