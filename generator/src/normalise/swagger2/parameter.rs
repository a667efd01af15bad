//! Converts parameters in the path, the query or a header.

use super::super::locate::{fragment, reference};
use super::super::marker;
use super::{Conversion, object, text};
use crate::diagnostic::Code;
use crate::source::{Node, NodeId, Object, Pointer, Value};

/// Keywords of a parameter or header that describe the type of its value.
pub(in super::super) const OF_THE_VALUE: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
];

/// The style and `explode` for a `collectionFormat` in a query.
pub(in super::super) fn style_of(format: &str) -> Option<(&'static str, bool)> {
    match format {
        "csv" => Some(("form", false)),
        "multi" => Some(("form", true)),
        "ssv" => Some(("spaceDelimited", false)),
        "pipes" => Some(("pipeDelimited", false)),
        _ => None,
    }
}

/// Where a 2.0 parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// The body.
    Body,
    /// A property of a form.
    Form,
    /// A parameter.
    Parameter,
}

/// An entry of a list of parameters.
pub(super) struct Listed<'n> {
    /// The entry: the parameter or a reference to it.
    pub(super) written: &'n Node,
    /// The parameter.
    pub(super) node: &'n Node,
    /// What it becomes.
    pub(super) place: Destination,
}

impl<'n> Conversion<'n, '_> {
    /// The parameters of a path or an operation.
    pub(super) fn listed(&self, holder: &'n Node) -> Vec<Listed<'n>> {
        let list = holder.get("parameters").and_then(Node::as_array).unwrap_or_default();
        list.iter().map(|written| self.listing(written)).collect()
    }

    fn listing(&self, written: &'n Node) -> Listed<'n> {
        let node = self.followed(written);
        let place = match node.get("in").and_then(Node::as_str) {
            Some("body") => Destination::Body,
            Some("formData") => Destination::Form,
            _ => Destination::Parameter,
        };
        Listed { written, node, place }
    }

    /// Converts the list without bodies and forms; other values stay, to be reported where they are read.
    pub(super) fn parameters(&mut self, list: &'n Node) -> Node {
        let Some(items) = list.as_array() else { return list.clone() };
        let mut kept = Vec::new();
        for written in items {
            let listed = self.listing(written);
            if listed.place == Destination::Parameter {
                kept.push(self.shared(&listed).unwrap_or_else(|| self.parameter(listed.node)));
            }
        }
        Node::at(list.id, Value::Array(kept.into()))
    }

    /// The reference to a parameter that is also a component in 3.0.
    fn shared(&self, listed: &Listed<'n>) -> Option<Node> {
        let written = reference(listed.written)?;
        let Some(found) = self.find(written) else { return Some(listed.written.clone()) };
        let [section, name] = found.pointer.segments() else { return None };
        let to: Pointer = ["components", section, name].map(str::to_owned).into_iter().collect();
        let to = text(listed.written.get("$ref")?.id, &fragment(&to));
        (section == "parameters")
            .then(|| object(listed.written.id, Object::from_iter([("$ref".to_owned(), to)])))
    }

    /// Converts the section of shared parameters, without bodies and forms.
    pub(super) fn shared_parameters(&mut self, section: &mut Node) {
        let Some(old) = self.old.get("parameters").map(|node| self.followed(node)) else { return };
        let Some(entries) = section.as_object_mut() else { return };
        let mut kept = Object::default();
        for (name, written) in old.as_object().into_iter().flatten() {
            let listed = self.listing(written);
            if listed.place == Destination::Parameter {
                kept.insert(name.clone(), self.parameter(listed.node));
            }
        }
        *entries = kept;
    }

    /// Converts a parameter.
    fn parameter(&mut self, node: &'n Node) -> Node {
        if node.as_object().is_none() {
            return node.clone();
        }
        let (mut kept, schema) = self.parts(node);
        let place = node.get("in").and_then(Node::as_str).unwrap_or_default();
        if let Some((style, explode)) = self.collection(node, place == "query") {
            kept.insert("style".to_owned(), text(node.id, style));
            kept.insert("explode".to_owned(), Node::at(node.id, Value::Bool(explode)));
        }
        if let Some(schema) = schema {
            kept.insert("schema".to_owned(), schema);
        }
        if place == "header" {
            kept.insert(marker::ANY_HEADER.to_owned(), Node::at(node.id, Value::Bool(true)));
        }
        object(node.id, kept)
    }

    /// Converts a response header: a parameter without name and place.
    pub(super) fn header(&mut self, node: &'n Node) -> Node {
        if node.as_object().is_none() {
            return node.clone();
        }
        let (mut kept, schema) = self.parts(node);
        kept.extend(schema.map(|schema| ("schema".to_owned(), schema)));
        object(node.id, kept)
    }

    /// Splits a parameter into its own keywords and the schema of its value.
    pub(super) fn parts(&mut self, node: &'n Node) -> (Object, Option<Node>) {
        let (mut kept, mut schema) = (Object::default(), Object::default());
        let mut stated = None;
        for (key, child) in node.as_object().into_iter().flatten() {
            if OF_THE_VALUE.contains(&key.as_str()) {
                schema.extend([self.schema_entry(key, child)]);
            } else if key == "schema" {
                stated = Some(self.schema(child));
            } else if key != "collectionFormat" {
                kept.insert(key.clone(), child.clone());
            }
        }
        if super::media::is_file(node) && !schema.contains_key("format") {
            schema.insert("format".to_owned(), text(node.id, "binary"));
        }
        if let Some(inner) = node.get("items").and_then(|items| items.get("collectionFormat")) {
            let message = "a list in a list is sent as JSON text, not by its `collectionFormat`";
            self.diagnostics.report(Code::ParameterDegraded, inner.id, message);
        }
        let own = (!schema.is_empty()).then(|| object(node.id, schema));
        (kept, stated.or(own))
    }

    /// The style and `explode` of a list, if they differ from the defaults of 3.0.
    pub(super) fn collection(&mut self, node: &'n Node, free: bool) -> Option<(&'static str, bool)> {
        if node.get("type").and_then(Node::as_str) != Some("array") {
            return None;
        }
        let format = node.get("collectionFormat");
        if let Some(format) = format.filter(|format| format.as_str().is_none()) {
            self.left_out("collectionFormat", format, "a string");
        }
        let (id, name) = format.map_or((node.id, "csv"), |node| (node.id, node.as_str().unwrap_or("csv")));
        if let Some(style) = style_of(name).filter(|_| free) {
            return Some(style);
        }
        if name != "csv" {
            self.joined_by_commas(id, name);
        }
        free.then_some(("form", false))
    }

    fn joined_by_commas(&mut self, id: NodeId, format: &str) {
        let message = format!("`collectionFormat: {format}` is sent as `csv`, joined by commas");
        self.diagnostics.report(Code::ParameterDegraded, id, message);
    }
}
