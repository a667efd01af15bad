//! Finds the schemas that describe one value: the schema at a place in the tree as read, and those it leads to by
//! references and `allOf`, each with a pointer that passes through no reference.

use std::collections::HashSet;

use super::super::locate::{locate, reference};
use crate::source::{Node, Pointer, Value};

/// The maximum number of schemas examined for one value.
const MAX_SCHEMAS: usize = 4096;

/// Which lists of schemas are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// Those that must all hold: `allOf`.
    All,
    /// Also alternatives: `oneOf` and `anyOf`.
    Alternatives,
}

impl Follow {
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::All => &["allOf"],
            Self::Alternatives => &["allOf", "oneOf", "anyOf"],
        }
    }
}

/// The schema at a place and those it consists of, in document order, parents first.
pub(crate) fn all<'n>(root: &'n Node, place: &Pointer, follow: Follow) -> Vec<(Pointer, &'n Node)> {
    let mut found: Vec<(Pointer, &'n Node)> = Vec::new();
    let mut seen = HashSet::new();
    let mut pending = vec![place.clone()];
    while let Some(next) = pending.pop() {
        let Some(at) = locate(root, next) else { continue };
        if !seen.insert(at.node.id) || seen.len() > MAX_SCHEMAS {
            continue;
        }
        let mut parts: Vec<Pointer> = target(at.node).into_iter().collect();
        for keyword in follow.keywords() {
            let count = at.node.get(keyword).and_then(Node::as_array).map_or(0, <[Node]>::len);
            let list = at.pointer.join(*keyword);
            parts.extend((0..count).map(|index| list.join(index.to_string())));
        }
        pending.extend(parts.into_iter().rev());
        found.push((at.pointer, at.node));
    }
    found
}

/// The places under a keyword in the schemas of one value: `items`, or a name under `properties`.
pub(crate) fn parts(root: &Node, place: &Pointer, follow: Follow, below: &[&str]) -> Vec<Pointer> {
    let mut found: Vec<Pointer> = Vec::new();
    for (pointer, node) in all(root, place, follow) {
        let end = below.iter().try_fold(node, |node, segment| child(node, segment));
        if end.is_some() {
            let part = below.iter().fold(pointer, |pointer, segment| pointer.join(*segment));
            if !found.contains(&part) {
                found.push(part);
            }
        }
    }
    found
}

/// The target of a reference within the tree.
pub(crate) fn target(node: &Node) -> Option<Pointer> {
    reference(node).filter(|text| text.starts_with('#')).and_then(Pointer::parse)
}

/// The node at the end of a chain of references.
pub(crate) fn end<'n>(root: &'n Node, place: &Pointer) -> Option<(Pointer, &'n Node)> {
    let mut at = locate(root, place.clone())?;
    for _ in 0..super::super::locate::MAX_CHAIN {
        match target(at.node) {
            Some(next) => at = locate(root, next)?,
            None => return Some((at.pointer, at.node)),
        }
    }
    None
}

/// The `required` lists that apply to the object at a place and contain a name.
pub(crate) fn requiring(root: &Node, place: &Pointer, name: &str) -> Vec<Pointer> {
    let names = |node: &Node| {
        let list = node.get("required").and_then(Node::as_array).unwrap_or_default();
        list.iter().any(|one| one.as_str() == Some(name))
    };
    let of_object = all(root, &outermost(place), Follow::All);
    of_object.into_iter().filter(|(_, node)| names(node)).map(|(pointer, _)| pointer).collect()
}

/// The outermost schema that a branch of an `allOf` belongs to.
fn outermost(place: &Pointer) -> Pointer {
    let mut segments = place.segments();
    while let [outer @ .., keyword, index] = segments
        && keyword == "allOf"
        && index.parse::<usize>().is_ok()
    {
        segments = outer;
    }
    segments.iter().cloned().collect()
}

/// The mapping entry or sequence item that a pointer segment names.
pub(super) fn child<'n>(node: &'n Node, segment: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Object(entries) => entries.get(segment),
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
