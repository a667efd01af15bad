//! Determines why a correction cannot be applied to a place.

use super::{
    super::shape::Kind,
    is_property,
    kinds::Kinds,
    select::{Selected, node_at},
};
use crate::config::{Changes, ValueType};
use crate::source::Node;

/// Why a change cannot be made at a place, as a continuation of "at `…`".
pub(super) fn refusal(root: &Node, kinds: &Kinds, place: &Selected, change: &Changes) -> Option<String> {
    let Some(node) = node_at(root, &place.pointer) else { return Some("is nothing".to_owned()) };
    let Some(kind) = kinds.kind(place.id) else {
        return Some(format!("is {}, which is nothing that can be corrected", node.kind()));
    };
    if node.as_object().is_none() && (kind != Kind::Schema || node.as_bool().is_none()) {
        return Some(format!("is {}, not {}", node.kind(), kind.noun()));
    }
    let is = |allowed: bool, what: &str| {
        (!allowed).then(|| format!("is {}; {what}", noun(root, kinds, place, kind)))
    };
    if change.optional {
        return optional(root, kinds, place, kind, node);
    }
    if change.nullable {
        return is(has_value(kind), "`nullable` is for a schema, or what has one");
    }
    match &change.value {
        Some(ValueType::Any) => {
            return is(
                has_value(kind) || kind == Kind::Response,
                "`any` is for a schema, what has one, or a response",
            );
        }
        Some(ValueType::Of(..)) => return is(has_value(kind), "a type is for a schema, or what has one"),
        None => {}
    }
    if !change.media_types.is_empty() {
        return is(kind == Kind::Response, "a media type is for a response");
    }
    if change.discriminator.is_some() {
        return is(kind == Kind::Schema, "a discriminator is for a schema");
    }
    let has_servers = matches!(kind, Kind::Root | Kind::PathItem | Kind::Operation);
    is(
        has_servers || change.server.is_none(),
        "a server is for the document (`#`), a path item or an operation",
    )
}

fn optional(root: &Node, kinds: &Kinds, place: &Selected, kind: Kind, node: &Node) -> Option<String> {
    let is_allowed = match kind {
        Kind::Schema => is_property(root, kinds, place),
        Kind::Parameter | Kind::RequestBody | Kind::Header => true,
        _ => false,
    };
    let noun = noun(root, kinds, place, kind);
    if !is_allowed {
        return Some(format!("is {noun}; `optional` is for a property, a parameter or a request body"));
    }
    let in_path = kind == Kind::Parameter && node.get("in").and_then(Node::as_str) == Some("path");
    in_path.then(|| "is a parameter of the path, which cannot be left out".to_owned())
}

/// Whether an object of this kind is or has a schema.
fn has_value(kind: Kind) -> bool {
    matches!(kind, Kind::Schema | Kind::Parameter | Kind::Header | Kind::MediaType)
}

/// A noun for the object at a place.
fn noun(root: &Node, kinds: &Kinds, place: &Selected, kind: Kind) -> &'static str {
    if kind == Kind::Schema && is_property(root, kinds, place) { "a property" } else { kind.noun() }
}
