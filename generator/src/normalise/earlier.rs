//! Converts keywords of Swagger 2.0 left behind in documents of later versions to their meaning there, and reports
//! them.
//!
//! | written | read as |
//! |---|---|
//! | `schema` of a response | `content` with the types of `produces`, or else JSON |
//! | `type`, `items`, … of a parameter or header | its `schema` |
//! | `collectionFormat` of a parameter | its `style` and `explode` |
//! | a parameter `in: body` | `requestBody` with the types of `consumes`, or else JSON |
//! | `host`, `basePath`, `securityDefinitions` | nothing |

use super::locate::reference;
use super::shape::Kind;
use super::swagger2::{OF_THE_VALUE, style_of};
use super::walk::{Fate, walk};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, NodeId, Object, Value};

const JSON: &str = "application/json";

/// Root keywords that have no effect.
const OF_THE_ROOT: &[&str] = &["host", "basePath", "securityDefinitions"];

/// Converts all such keywords.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    let ignored = OF_THE_ROOT.iter().filter_map(|key| Some((key, root.get(key)?)));
    for (key, node) in ignored {
        report(diagnostics, node.id, &format!("`{key}`"), "has no effect");
    }
    let everywhere = ["consumes", "produces"].map(|key| (key, types(root, key)));
    walk(root, Kind::Root, &mut |node, kind| {
        match kind {
            Kind::Operation => operation(node, &everywhere, diagnostics),
            Kind::Response => response(node, &[JSON.to_owned()], diagnostics),
            Kind::Parameter | Kind::Header => parameter(node, diagnostics),
            _ => {}
        }
        Fate::Keep
    });
}

fn report(diagnostics: &mut Diagnostics, id: NodeId, what: &str, reading: &str) {
    diagnostics.report(
        Code::EarlierKeyword,
        id,
        format!("{what} is written as in Swagger 2.0; it {reading}"),
    );
}

/// The media types listed under a keyword.
fn types(node: &Node, key: &str) -> Vec<String> {
    let listed = node.get(key).and_then(Node::as_array).unwrap_or_default();
    listed.iter().filter_map(Node::as_str).map(str::to_owned).collect()
}

fn operation(node: &mut Node, everywhere: &[(&str, Vec<String>); 2], diagnostics: &mut Diagnostics) {
    let [consumes, produces] = everywhere.each_ref().map(|(key, inherited)| {
        let own = [types(node, key), inherited.clone()].into_iter().find(|types| !types.is_empty());
        own.unwrap_or_else(|| vec![JSON.to_owned()])
    });
    for (_, one) in node.get_mut("responses").and_then(Node::as_object_mut).into_iter().flatten() {
        response(one, &produces, diagnostics);
    }
    body(node, &consumes, diagnostics);
}

fn response(node: &mut Node, produces: &[String], diagnostics: &mut Diagnostics) {
    let Some(entries) = node.as_object_mut().filter(|entries| !entries.contains_key("content")) else {
        return;
    };
    let Some(schema) = entries.shift_remove("schema") else { return };
    report(diagnostics, schema.id, "`schema` of a response", "is read as that of its `content`");
    entries.insert("content".to_owned(), content(&schema, produces));
}

/// A `content` mapping with a schema for each media type.
fn content(schema: &Node, types: &[String]) -> Node {
    let medium = |_: &String| object(schema.id, [("schema", schema.clone())]);
    let entries = types.iter().map(|name| (name.clone(), medium(name)));
    Node::at(schema.id, Value::Object(entries.collect()))
}

/// Converts a parameter that is the body.
fn body(operation: &mut Node, consumes: &[String], diagnostics: &mut Diagnostics) {
    let Some(entries) = operation.as_object_mut().filter(|entries| !entries.contains_key("requestBody"))
    else {
        return;
    };
    let Some(Value::Array(parameters)) = entries.get_mut("parameters").map(|list| &mut list.value) else {
        return;
    };
    let is_body = |one: &Node| one.get("in").and_then(Node::as_str) == Some("body");
    let Some(index) = parameters.iter().position(is_body) else { return };
    let mut parameter = parameters.remove(index);
    report(diagnostics, parameter.id, "a parameter that is the body", "is read as `requestBody`");
    let id = parameter.id;
    let Some(given) = parameter.as_object_mut() else { return };
    let schema = given.shift_remove("schema").unwrap_or_else(|| object(id, []));
    let mut body = Object::from_iter([("content".to_owned(), content(&schema, consumes))]);
    let kept = ["description", "required"];
    body.extend(kept.iter().filter_map(|key| Some(((*key).to_owned(), given.shift_remove(*key)?))));
    entries.insert("requestBody".to_owned(), Node::at(id, Value::Object(body)));
}

/// Moves the type keywords of a parameter into its schema.
fn parameter(node: &mut Node, diagnostics: &mut Diagnostics) {
    let id = node.id;
    let is_whole = reference(node).is_some() || node.get("schema").or_else(|| node.get("content")).is_some();
    let Some(entries) = node.as_object_mut().filter(|_| !is_whole) else { return };
    if !entries.contains_key("type") && !entries.contains_key("items") {
        return;
    }
    report(diagnostics, id, "the type of this value", "is read as its `schema`");
    let is_query = entries.get("in").and_then(Node::as_str) == Some("query");
    let collection = entries.shift_remove("collectionFormat");
    let style = collection.as_ref().and_then(Node::as_str).and_then(style_of).filter(|_| is_query);
    let (said, kept) = std::mem::take(entries)
        .into_iter()
        .partition::<Object, _>(|(key, _)| OF_THE_VALUE.contains(&key.as_str()));
    *entries = kept;
    entries.insert("schema".to_owned(), Node::at(id, Value::Object(said)));
    if let Some((style, explode)) = style {
        entries.insert("style".to_owned(), Node::at(id, Value::String(style.to_owned())));
        entries.insert("explode".to_owned(), Node::at(id, Value::Bool(explode)));
    }
}

fn object<const N: usize>(id: NodeId, entries: [(&str, Node); N]) -> Node {
    let entries = entries.into_iter().map(|(key, node)| (key.to_owned(), node));
    Node::at(id, Value::Object(entries.collect()))
}
