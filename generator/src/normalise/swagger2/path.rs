//! Converts path items and operations.

use super::super::shape::{Form, Kind};
use super::parameter::{Destination, Listed};
use super::{Conversion, object, text};
use crate::source::{Node, Object, Value};

impl<'n> Conversion<'n, '_> {
    /// An entry of `paths`.
    pub(super) fn path_entry(&mut self, _template: &str, node: &'n Node) -> Node {
        self.path_item(node)
    }

    /// A path item. Its `consumes` and body parameters apply to each of its operations.
    pub(super) fn path_item(&mut self, node: &'n Node) -> Node {
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut inherited = self.listed(node);
        inherited.retain(|listed| listed.place != Destination::Parameter);
        let mut new = Object::default();
        for (key, child) in entries {
            let child = match (Kind::PathItem.form(key), &child.value) {
                (_, Value::String(target)) if key == "$ref" => {
                    text(child.id, &self.reference(Kind::PathItem, target))
                }
                (Form::List(Kind::Parameter), _) => self.parameters(child),
                (Form::One(Kind::Operation), _) => self.operation(child, &inherited),
                _ => child.clone(),
            };
            new.insert(key.clone(), child);
        }
        object(node.id, new)
    }

    fn operation(&mut self, node: &'n Node, inherited: &[Listed<'n>]) -> Node {
        let node = self.followed(node);
        let Some(entries) = node.as_object() else { return node.clone() };
        self.check_media(node);
        let mut new = Object::default();
        for (key, child) in entries {
            let child = match key.as_str() {
                "consumes" | "produces" | "schemes" => continue,
                "parameters" => self.parameters(child),
                "responses" => self.responses(child, node),
                // Written as in 3.0, with evident meaning.
                "requestBody" => self.form(Form::One(Kind::RequestBody), child),
                _ => child.clone(),
            };
            new.insert(key.clone(), child);
        }
        let own = self.listed(node);
        if let Some(body) = self.request_body(&own, inherited, node) {
            new.entry("requestBody".to_owned()).or_insert(body);
        }
        if let Some(servers) = self.servers(Some(node)) {
            new.entry("servers".to_owned()).or_insert(servers);
        }
        object(node.id, new)
    }
}
