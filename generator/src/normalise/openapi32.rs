//! Converts what OpenAPI 3.2 adds to 3.1. Also applied to 3.1 documents, where these keywords can mean nothing else.
//!
//! | 3.2 | becomes |
//! |---|---|
//! | `$ref: <$self>#/components/…` | `$ref: "#/components/…"` |
//! | `$ref` to a media type | the media type |
//! | `query: O` in a path item | `additionalOperations: {QUERY: O}` |
//! | `in: querystring` | `in: query`, marked |
//! | `itemSchema: S` | `schema: {type: array, items: S}`; reported where the body is passed as a whole |
//! | `parent`, `kind` of a tag, `defaultMapping` | marks |
//! | `summary` of a tag or response without `description` | `description` |
//! | `deprecated` of a security scheme | a note in its `description` |

use std::collections::{HashMap, HashSet};

use super::locate::{Found, content, reference};
use super::marker;
use super::shape::{Form, Kind};
use super::walk::{Fate, each, walk};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, NodeId, Object, Value, is_token};

/// The methods with a keyword in path items.
const KEYWORDS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Brings references to a form that every version has, before any is followed.
pub(super) fn references(root: &mut Node, diagnostics: &mut Diagnostics) {
    if let Some(own) = root.get("$self").and_then(Node::as_str).map(str::to_owned) {
        own_references(root, &own);
    }
    media_types(root, diagnostics);
}

/// Makes references by the document's own address relative to it.
fn own_references(root: &mut Node, own: &str) {
    let within = |node: &mut Node| {
        if let Value::String(text) = &mut node.value
            && let Some(fragment) = text.strip_prefix(own).filter(|rest| rest.starts_with('#'))
        {
            *text = fragment.to_owned();
        }
    };
    walk(root, Kind::Root, &mut |node, kind| {
        if kind == Kind::Discriminator {
            let mapping = node.get_mut("mapping").and_then(Node::as_object_mut).into_iter().flatten();
            mapping.for_each(|(_, target)| within(target));
        } else if let Some(target) = node.get_mut("$ref") {
            within(target);
        }
        Fate::Keep
    });
}

/// Replaces references to media types by their content.
fn media_types(root: &mut Node, diagnostics: &mut Diagnostics) {
    let mut targets: HashMap<String, Option<Node>> = HashMap::new();
    each(root, Kind::Root, &mut |node, kind| {
        if let Some(text) = reference(node).filter(|_| kind == Kind::MediaType) {
            targets.entry(text.to_owned()).or_insert_with(|| media_type(root, text).cloned());
        }
    });
    if targets.is_empty() {
        return;
    }
    for text in endless(&targets) {
        targets.insert(text, None);
    }
    walk(root, Kind::Root, &mut |node, kind| {
        let target = reference(node).filter(|_| kind == Kind::MediaType).and_then(|text| targets.get(text));
        match target {
            None => {}
            Some(Some(target)) => *node = target.clone(),
            Some(None) => {
                let message = "there is no media type at this `$ref`";
                diagnostics.report(Code::UnresolvedReference, node.id, message);
                node.value = Value::Object(Object::default());
            }
        }
        Fate::Keep
    });
}

/// The references to media types that contain themselves, through the content of a header.
fn endless(targets: &HashMap<String, Option<Node>>) -> Vec<String> {
    let inner = |text: &str| {
        let mut found = Vec::new();
        if let Some(Some(node)) = targets.get(text) {
            each(node, Kind::MediaType, &mut |node, kind| {
                found.extend(reference(node).filter(|_| kind == Kind::MediaType).map(str::to_owned));
            });
        }
        found
    };
    let is_endless = |text: &&String| {
        let (mut seen, mut pending) = (HashSet::new(), inner(text));
        while let Some(next) = pending.pop() {
            if next == **text {
                return true;
            }
            if seen.insert(next.clone()) {
                pending.extend(inner(&next));
            }
        }
        false
    };
    targets.keys().filter(is_endless).cloned().collect()
}

/// The media type at the end of a chain of references.
fn media_type<'n>(root: &'n Node, text: &str) -> Option<&'n Node> {
    let is_one = |found: &Found<'_>| matches!(found.form, Form::One(Kind::MediaType) | Form::Opaque);
    content(root, text, "media type", is_one).ok().map(|found| found.node)
}

/// Converts every object to the form of 3.0.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    walk(root, Kind::Root, &mut |node, kind| {
        let id = node.id;
        let Some(entries) = node.as_object_mut() else { return Fate::Keep };
        match kind {
            Kind::PathItem => methods(entries, id, diagnostics),
            Kind::Parameter => query_string(entries, id),
            // Handled at the parent, because a media type object does not contain its own name.
            Kind::RequestBody | Kind::Response => contents(entries, kind == Kind::Response, diagnostics),
            Kind::Tag => tag(entries),
            Kind::Discriminator => rename(entries, "defaultMapping", marker::DEFAULT),
            Kind::SecurityScheme => deprecated_scheme(entries, id),
            _ => {}
        }
        if kind == Kind::Response || kind == Kind::Tag {
            describe(entries);
        }
        Fate::Keep
    });
}

/// Merges `query` and `additionalOperations` into one mapping by method, each a token (RFC 9110 §9.1).
fn methods(entries: &mut Object, id: NodeId, diagnostics: &mut Diagnostics) {
    let mut others = Object::default();
    if let Some(query) = entries.shift_remove("query") {
        others.insert("QUERY".to_owned(), query);
    }
    let additional = entries.shift_remove(marker::OPERATIONS);
    if let Some(additional) = additional {
        let Value::Object(additional) = additional.value else {
            let message = format!("`additionalOperations` is {} where an object is due", additional.kind());
            diagnostics.report(Code::WrongType, additional.id, message);
            return;
        };
        for (method, operation) in additional {
            let keyword = method.to_ascii_lowercase();
            if !is_token(&method) {
                let message = format!("`{method}` is not an HTTP method; it is left out");
                diagnostics.report(Code::WrongType, operation.id, message);
            } else if KEYWORDS.contains(&keyword.as_str()) && method != keyword {
                // Treat `GET` as `get`, unless that exists.
                entries.entry(keyword).or_insert(operation);
            } else {
                others.entry(method).or_insert(operation);
            }
        }
    }
    if !others.is_empty() {
        entries.insert(marker::OPERATIONS.to_owned(), Node::at(id, Value::Object(others)));
    }
}

fn query_string(entries: &mut Object, id: NodeId) {
    let Some(place) = entries.get_mut("in").filter(|place| place.as_str() == Some("querystring")) else {
        return;
    };
    place.value = Value::String("query".to_owned());
    entries.insert(marker::QUERY_STRING.to_owned(), Node::at(id, Value::Bool(true)));
}

/// Converts `content`: a sequence of items is read as a list of all items.
fn contents(entries: &mut Object, is_response: bool, diagnostics: &mut Diagnostics) {
    let content = entries.get_mut("content").and_then(Node::as_object_mut).into_iter().flatten();
    for (name, media_type) in content {
        let id = media_type.id;
        let Some(entries) = media_type.as_object_mut() else { continue };
        for keyword in ["prefixEncoding", "itemEncoding"] {
            if let Some(encoding) = entries.shift_remove(keyword) {
                let message = format!("`{keyword}` has no effect; the parts are yours to encode");
                diagnostics.report(Code::UnsupportedKeyword, encoding.id, message);
            }
        }
        let Some(items) = entries.shift_remove("itemSchema") else { continue };
        let is_streamed = is_response && is_streamed(name);
        if (!name.contains("json") || is_sequence(name)) && !is_streamed {
            let message = format!("the body of `{name}` is given whole, and not item by item");
            diagnostics.report(Code::MediaTypeDegraded, items.id, message);
        }
        if !entries.contains_key("schema") {
            let list = [
                ("type".to_owned(), Node::at(items.id, Value::String("array".to_owned()))),
                ("items".to_owned(), items),
            ];
            entries.insert("schema".to_owned(), Node::at(id, Value::Object(Object::from_iter(list))));
        }
    }
}

/// Whether responses of the type are given item by item.
fn is_streamed(media_type: &str) -> bool {
    is_sequence(media_type) || media_type.to_ascii_lowercase().starts_with("text/event-stream")
}

/// Whether the type is a sequence of JSON texts, and so not a JSON text itself.
fn is_sequence(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    ["jsonl", "x-ndjson", "x-jsonlines", "json-seq"].iter().any(|name| essence.ends_with(name))
}

fn tag(entries: &mut Object) {
    rename(entries, "parent", marker::PARENT);
    rename(entries, "kind", marker::KIND);
}

/// Uses the summary as the description if that is missing.
fn describe(entries: &mut Object) {
    if !entries.contains_key("description")
        && let Some(summary) = entries.get("summary").cloned()
    {
        entries.insert("description".to_owned(), summary);
    }
}

fn deprecated_scheme(entries: &mut Object, id: NodeId) {
    if entries.get("deprecated").and_then(Node::as_bool) == Some(true) {
        let described = entries.get("description").and_then(Node::as_str).unwrap_or_default();
        let text = format!("{described}\n\nDeprecated.").trim_start().to_owned();
        entries.insert("description".to_owned(), Node::at(id, Value::String(text)));
    }
}

fn rename(entries: &mut Object, from: &str, to: &str) {
    if let Some(node) = entries.shift_remove(from) {
        entries.insert(to.to_owned(), node);
    }
}
