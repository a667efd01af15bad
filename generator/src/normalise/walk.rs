//! Visits every object of a description with its kind, parents first. Does not enter data (`example`, `default`,
//! `enum`), extensions, callbacks and webhooks.

use super::shape::{Form, Kind};
use crate::source::{Node, Value};

/// What happens to a visited object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays, and its content is visited.
    Keep,
    /// It is removed from the tree.
    Drop,
}

/// Visits `node` and its descendants.
pub(super) fn walk(node: &mut Node, kind: Kind, visit: &mut impl FnMut(&mut Node, Kind) -> Fate) -> Fate {
    if visit(node, kind) == Fate::Drop {
        return Fate::Drop;
    }
    if let Value::Object(entries) = &mut node.value
        && !entries.is_empty()
    {
        entries.retain(|key, child| descend(child, kind.form(key), visit) == Fate::Keep);
    }
    Fate::Keep
}

fn descend(node: &mut Node, form: Form, visit: &mut impl FnMut(&mut Node, Kind) -> Fate) -> Fate {
    match (form, &mut node.value) {
        (Form::One(kind), _) => return walk(node, kind, visit),
        (Form::Map(kind), Value::Object(entries)) if !entries.is_empty() => {
            entries.retain(|_, child| walk(child, kind, visit) == Fate::Keep);
        }
        (Form::List(kind), Value::Array(items)) if !items.is_empty() => {
            items.retain_mut(|child| walk(child, kind, visit) == Fate::Keep);
        }
        _ => {}
    }
    Fate::Keep
}

/// Visits `node` and its descendants without changing them.
pub(super) fn each<'n>(node: &'n Node, kind: Kind, visit: &mut impl FnMut(&'n Node, Kind)) {
    visit(node, kind);
    let Value::Object(entries) = &node.value else { return };
    for (key, child) in entries {
        match (kind.form(key), &child.value) {
            (Form::One(kind), _) => each(child, kind, visit),
            (Form::Map(kind), Value::Object(entries)) if !entries.is_empty() => {
                entries.values().for_each(|child| each(child, kind, visit));
            }
            (Form::List(kind), Value::Array(items)) if !items.is_empty() => {
                items.iter().for_each(|child| each(child, kind, visit));
            }
            _ => {}
        }
    }
}
