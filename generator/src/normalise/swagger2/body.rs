//! Converts `in: body` and `in: formData` to a request body.

use super::media::is_file;
use super::parameter::{Destination, Listed};
use super::{Conversion, object, text};
use crate::diagnostic::Code;
use crate::source::{Node, NodeId, Object, Value};

const MULTIPART: &str = "multipart/form-data";
const URLENCODED: &str = "application/x-www-form-urlencoded";

impl<'n> Conversion<'n, '_> {
    /// The body from the parameters of an operation; inherited ones count unless it has its own.
    pub(super) fn request_body(
        &mut self,
        own: &[Listed<'n>],
        inherited: &[Listed<'n>],
        operation: &'n Node,
    ) -> Option<Node> {
        let consumes = self.media(Some(operation), "consumes");
        let all = || own.iter().chain(inherited);
        let mut bodies = all().filter(|listed| listed.place == Destination::Body);
        let mut fields: Vec<&'n Node> = Vec::new();
        for listed in all().filter(|listed| listed.place == Destination::Form) {
            if !fields.iter().any(|known| name(known) == name(listed.node)) {
                fields.push(listed.node);
            }
        }
        let body = bodies.next();
        let ignored =
            own.iter().filter(|listed| listed.place == Destination::Body).skip(1).map(|listed| listed.node);
        for ignored in ignored.chain(fields.iter().copied().filter(|_| body.is_some())) {
            let message = "a request has one body; this is left out";
            self.diagnostics.report(Code::ParameterDegraded, ignored.id, message);
        }
        match body {
            Some(body) => Some(self.whole_body(body.node, consumes)),
            None if fields.is_empty() => None,
            None => Some(self.form_body(&fields, &consumes)),
        }
    }

    /// `{in: body, schema: S}`
    fn whole_body(&mut self, node: &'n Node, consumes: Vec<String>) -> Node {
        let (mut body, schema) = self.parts(node);
        body.retain(|key, _| !matches!(key.as_str(), "in" | "name"));
        body.insert("content".to_owned(), content(node.id, consumes, &media_type(node.id, schema, None)));
        object(node.id, body)
    }

    /// Converts `{in: formData, name: n, type: string}` and similar parameters to one object with a property for each.
    fn form_body(&mut self, fields: &[&'n Node], consumes: &[String]) -> Node {
        let id = fields.first().map_or(self.old.id, |field| field.id);
        let (mut properties, mut encoding) = (Object::default(), Object::default());
        let mut required = Vec::new();
        for field in fields {
            let Some(name) = name(field) else {
                let message = "a parameter needs `name` and `in`; it is left out";
                self.diagnostics.report(Code::MissingKeyword, field.id, message);
                continue;
            };
            let style = self.collection(field, true).filter(|style| *style != ("form", true));
            if let Some((style, explode)) = style {
                let explode = Node::at(field.id, Value::Bool(explode));
                let entries = [("style".to_owned(), text(field.id, style)), ("explode".to_owned(), explode)];
                encoding.insert(name.to_owned(), object(field.id, Object::from_iter(entries)));
            }
            if self.flag(field, "required") {
                required.push(text(field.id, name));
            }
            properties.insert(name.to_owned(), self.property(field));
        }
        let is_required = !required.is_empty();
        let mut schema = Object::from_iter([("type".to_owned(), text(id, "object"))]);
        if is_required {
            schema.insert("required".to_owned(), Node::at(id, Value::Array(required.into())));
        }
        schema.insert("properties".to_owned(), object(id, properties));
        let types = form_types(consumes, fields.iter().any(|field| is_file(field)));
        let media_type = media_type(id, Some(object(id, schema)), Some(encoding));
        let mut body = Object::from_iter([("content".to_owned(), content(id, types, &media_type))]);
        if is_required {
            body.insert("required".to_owned(), Node::at(id, Value::Bool(true)));
        }
        object(id, body)
    }

    /// Whether a flag is set. The flags of a form are gone before others are repaired.
    fn flag(&mut self, node: &Node, key: &str) -> bool {
        let Some(flag) = node.get(key) else { return false };
        let meant = flag.as_bool().or_else(|| flag.as_str()?.parse().ok());
        match (flag.as_bool(), meant) {
            (None, Some(meant)) => {
                let message = format!("`{key}` is a string and is read as {meant}");
                self.diagnostics.report(Code::WrongType, flag.id, message);
            }
            (None, None) => self.left_out(key, flag, "a boolean"),
            (Some(_), _) => {}
        }
        meant.unwrap_or_default()
    }

    /// The schema of a form property, with the description of its parameter.
    fn property(&mut self, field: &'n Node) -> Node {
        let (kept, schema) = self.parts(field);
        let mut schema = schema.unwrap_or_else(|| object(field.id, Object::default()));
        if let Some(entries) = schema.as_object_mut().filter(|entries| !entries.contains_key("$ref")) {
            for (key, child) in kept {
                if matches!(key.as_str(), "description" | "deprecated") || key.starts_with("x-") {
                    entries.entry(key).or_insert(child);
                }
            }
        }
        schema
    }
}

fn name(node: &Node) -> Option<&str> {
    node.get("name").and_then(Node::as_str)
}

/// The media types of a form; a file requires multipart.
fn form_types(consumes: &[String], has_file: bool) -> Vec<String> {
    let is = |name: &str, due: &str| name.split(';').next().is_some_and(|name| name.trim() == due);
    let stated = |due: &'static str| consumes.iter().any(|name| is(name, due)).then(|| due.to_owned());
    match (has_file, stated(MULTIPART), stated(URLENCODED)) {
        (true, _, _) => vec![MULTIPART.to_owned()],
        (false, None, _) => vec![URLENCODED.to_owned()],
        (false, Some(multipart), urlencoded) => urlencoded.into_iter().chain([multipart]).collect(),
    }
}

fn media_type(id: NodeId, schema: Option<Node>, encoding: Option<Object>) -> Node {
    let mut entries = Object::default();
    entries.extend(schema.map(|schema| ("schema".to_owned(), schema)));
    let encoding = encoding.filter(|encoding| !encoding.is_empty());
    entries.extend(encoding.map(|encoding| ("encoding".to_owned(), object(id, encoding))));
    object(id, entries)
}

/// The same content under each media type.
pub(super) fn content(id: NodeId, types: Vec<String>, media_type: &Node) -> Node {
    object(id, types.into_iter().map(|name| (name, media_type.clone())).collect())
}
