//! What a `$ref` within the document points at.

use super::shape::{Form, Kind};
use crate::diagnostic::Code;
use crate::load::FILES;
use crate::source::{Node, Pointer, Value};

/// How many references a pointer may pass through on its way.
const MAX_DETOURS: usize = 64;

/// How many segments a pointer may come to have on its way. One that leads through itself grows by each detour.
const MAX_SEGMENTS: usize = 256;

/// How many references may follow one another without content in between.
pub(super) const MAX_CHAIN: usize = 64;

/// A place that a pointer leads to.
pub(super) struct Found<'n> {
    /// The way there that passes through no reference.
    pub(super) pointer: Pointer,
    /// What stands there.
    pub(super) node: &'n Node,
    /// What is due there; [`Form::Opaque`] where OpenAPI leaves it open.
    pub(super) form: Form,
}

/// Finds the place a pointer leads to. A step into an object that is itself a reference goes on at its target.
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

/// Finds the place that the text of a reference points at, or says what is wrong with it.
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

/// Finds the content at the end of a chain of references, every place of which is an object and as it should be.
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

/// A reference as its reader would write it: one into another file names that by its path.
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

/// A pointer in the fragment form that [`Pointer::parse`] reads back as it is.
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

/// The node a pointer leads to, to be changed.
pub(super) fn find_mut<'n>(root: &'n mut Node, pointer: &Pointer) -> Option<&'n mut Node> {
    pointer.segments().iter().try_fold(root, |node, segment| match &mut node.value {
        Value::Object(entries) => entries.get_mut(segment),
        Value::Array(items) => items.get_mut(segment.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}
