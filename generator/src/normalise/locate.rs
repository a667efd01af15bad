//! Resolves a `$ref` within the document.

use super::shape::{Form, Kind};
use crate::diagnostic::Code;
use crate::load::FILES;
use crate::source::{Node, Pointer, Value};

/// The maximum number of references that a pointer may pass through.
const MAX_DETOURS: usize = 64;

/// The maximum number of segments of a pointer while it is resolved. A pointer through itself grows with each detour.
const MAX_SEGMENTS: usize = 256;

/// The maximum length of a chain of references.
pub(super) const MAX_CHAIN: usize = 64;

/// The place that a pointer leads to.
pub(super) struct Found<'n> {
    /// The pointer, passing through no reference.
    pub(super) pointer: Pointer,
    /// The node there.
    pub(super) node: &'n Node,
    /// The form expected there; [`Form::Opaque`] if OpenAPI leaves it open.
    pub(super) form: Form,
}

/// Finds the place that a pointer leads to. A step into a reference continues at its target.
pub(super) fn locate(root: &Node, pointer: Pointer) -> Option<Found<'_>> {
    let mut pointer = pointer;
    for _ in 0..MAX_DETOURS {
        match follow(root, &pointer) {
            Step::Found(node, form) => return Some(Found { pointer, node, form }),
            Step::Detour(next) if next.segments().len() <= MAX_SEGMENTS => pointer = next,
            Step::Detour(_) | Step::Nothing => return None,
        }
    }
    None
}

/// Finds the place that a reference points to, or says what is wrong with it.
pub(super) fn find<'n>(root: &'n Node, text: &str) -> Result<Found<'n>, (Code, String)> {
    let Some(text) = Some(text).filter(|text| text.starts_with('#')) else {
        return Err((Code::UnsupportedReference, format!("`{text}` is not in this document")));
    };
    let Some(pointer) = Pointer::parse(text) else {
        return Err((Code::UnsupportedReference, format!("`{text}` is not a JSON pointer")));
    };
    locate(root, pointer)
        .ok_or_else(|| (Code::UnresolvedReference, format!("there is nothing at `{}`", shown(text))))
}

/// Finds the content at the end of a chain of references, each of which must be a valid object of the expected kind.
pub(super) fn content<'n>(
    root: &'n Node,
    text: &str,
    noun: &str,
    fits: impl Fn(&Found<'n>) -> bool,
) -> Result<Found<'n>, (Code, String)> {
    let mut found = find(root, text)?;
    for _ in 0..MAX_CHAIN {
        if found.node.as_object().is_none() || !fits(&found) {
            let message = format!("there is no {noun} at `{}`", shown(text));
            return Err((Code::UnresolvedReference, message));
        }
        match reference(found.node) {
            Some(next) => found = find(root, next)?,
            None => return Ok(found),
        }
    }
    Err((Code::ReferenceCycle, format!("`{}` leads back to itself", shown(text))))
}

/// A reference as the author would write it: with the path of another file if it points into one.
pub(super) fn shown(text: &str) -> String {
    let pointer = Pointer::parse(text).filter(|_| text.starts_with('#'));
    match pointer.as_ref().map_or(&[][..], Pointer::segments) {
        [files, path] if files == FILES => path.clone(),
        [files, path, rest @ ..] if files == FILES => {
            format!("{path}{}", fragment(&rest.iter().cloned().collect()))
        }
        _ => text.to_owned(),
    }
}

/// The text of a `$ref`, if the object is a reference.
pub(super) fn reference(node: &Node) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// A pointer in fragment form, which [`Pointer::parse`] reads back unchanged.
pub(super) fn fragment(pointer: &Pointer) -> String {
    format!("#{}", pointer.to_string().replace('%', "%25"))
}

enum Step<'n> {
    Found(&'n Node, Form),
    Detour(Pointer),
    Nothing,
}

fn follow<'n>(root: &'n Node, pointer: &Pointer) -> Step<'n> {
    let (mut node, mut form) = (root, Form::One(Kind::Root));
    for (depth, segment) in pointer.segments().iter().enumerate() {
        let child = match &node.value {
            Value::Object(entries) => entries.get(segment),
            Value::Array(items) => segment.parse().ok().and_then(|index: usize| items.get(index)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        let Some(child) = child else {
            let target = reference(node).filter(|text| text.starts_with('#')).and_then(Pointer::parse);
            let rest = &pointer.segments()[depth..];
            return target.map_or(Step::Nothing, |target| {
                Step::Detour(rest.iter().fold(target, |pointer, segment| pointer.join(segment)))
            });
        };
        (node, form) = (child, form.below(segment));
    }
    Step::Found(node, form)
}

/// The node a pointer leads to, mutably.
pub(super) fn find_mut<'n>(root: &'n mut Node, pointer: &Pointer) -> Option<&'n mut Node> {
    pointer.segments().iter().try_fold(root, |node, segment| match &mut node.value {
        Value::Object(entries) => entries.get_mut(segment),
        Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}
