//! Converts schemas.

use super::super::shape::{Form, Kind};
use super::media::is_file;
use super::{Conversion, object, text};
use crate::source::{Node, Object, Value};

impl<'n> Conversion<'n, '_> {
    /// A schema, including nested ones.
    pub(super) fn schema(&mut self, node: &'n Node) -> Node {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut new = Object::default();
        for (key, child) in entries {
            let (key, child) = self.schema_entry(key, child);
            new.insert(key, child);
        }
        if is_file(node) && !new.contains_key("format") {
            new.insert("format".to_owned(), text(node.id, "binary"));
        }
        object(node.id, new)
    }

    /// An entry of a schema, or of a parameter that describes its type.
    pub(super) fn schema_entry(&mut self, key: &str, child: &'n Node) -> (String, Node) {
        let converted = match (key, &child.value) {
            ("$ref", Value::String(target)) => text(child.id, &self.reference(Kind::Schema, target)),
            ("x-nullable", _) => return ("nullable".to_owned(), child.clone()),
            ("type", Value::String(name)) if name == "file" => text(child.id, "string"),
            ("discriminator", Value::String(name)) => {
                let name = text(child.id, name);
                object(child.id, Object::from_iter([("propertyName".to_owned(), name)]))
            }
            ("discriminator", _) => self.discriminator(child),
            _ => self.form(Kind::Schema.form(key), child),
        };
        (key.to_owned(), converted)
    }

    /// Converts a discriminator to the form of 3.0.
    fn discriminator(&mut self, node: &'n Node) -> Node {
        let mut new = node.clone();
        let mapping = new.get_mut("mapping").and_then(Node::as_object_mut).into_iter().flatten();
        for (_, target) in mapping {
            if let Value::String(written) = &target.value {
                target.value = Value::String(self.reference(Kind::Schema, written));
            }
        }
        new
    }

    /// Converts the schemas in the value of a keyword that is the same in 2.0 and 3.0.
    pub(super) fn form(&mut self, form: Form, node: &'n Node) -> Node {
        let value = match (form, &node.value) {
            // A list in place of a schema is repaired later; its items are schemas.
            (Form::One(Kind::Schema), Value::Array(items)) => {
                Value::Array(items.iter().map(|item| self.schema(item)).collect())
            }
            (Form::One(Kind::Schema), _) => return self.schema(node),
            (Form::One(kind), Value::Object(entries)) => {
                let entries = entries.iter();
                Value::Object(
                    entries.map(|(key, child)| (key.clone(), self.form(kind.form(key), child))).collect(),
                )
            }
            (Form::Map(kind), Value::Object(entries)) => {
                let entries = entries.iter();
                Value::Object(
                    entries.map(|(key, child)| (key.clone(), self.form(Form::One(kind), child))).collect(),
                )
            }
            (Form::List(kind), Value::Array(items)) => {
                Value::Array(items.iter().map(|child| self.form(Form::One(kind), child)).collect())
            }
            _ => return node.clone(),
        };
        Node::at(node.id, value)
    }
}
