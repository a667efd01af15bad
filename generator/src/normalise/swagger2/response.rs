//! Converts responses.

use super::super::locate::{fragment, reference};
use super::super::shape::{Form, Kind};
use super::media::body_media;
use super::{Conversion, body::content, object, text};
use crate::source::{Node, Object, Pointer};

impl<'n> Conversion<'n, '_> {
    /// `responses` of an operation.
    pub(super) fn responses(&mut self, node: &'n Node, operation: &'n Node) -> Node {
        let produces = self.media(Some(operation), "produces");
        let own = operation.get("produces").is_some();
        self.map(node, |this, _, node| match this.shared_response(node) {
            Some(shared) if !own => shared,
            _ => this.response(node, &produces),
        })
    }

    /// The reference to a response that is also a component in 3.0. It has the document's media types.
    fn shared_response(&self, node: &'n Node) -> Option<Node> {
        let Some(found) = self.find(reference(node)?) else { return Some(node.clone()) };
        let [section, name] = found.pointer.segments() else { return None };
        let to: Pointer = ["components", section, name].map(str::to_owned).into_iter().collect();
        let to = text(node.get("$ref")?.id, &fragment(&to));
        (section == "responses").then(|| object(node.id, Object::from_iter([("$ref".to_owned(), to)])))
    }

    /// A response, with the produced media types.
    pub(super) fn response(&mut self, node: &'n Node, produces: &[String]) -> Node {
        let node = self.followed(node);
        let Some(entries) = node.as_object() else { return node.clone() };
        let mut new = Object::default();
        for (key, child) in entries {
            match key.as_str() {
                "examples" => {}
                "schema" => {
                    let types = body_media(node, produces.to_vec());
                    let schema = Object::from_iter([(key.clone(), self.schema(child))]);
                    let content = content(child.id, types, &object(child.id, schema));
                    new.insert("content".to_owned(), content);
                }
                "headers" => {
                    let headers = self.map(child, |this, _, header| this.header(header));
                    new.insert(key.clone(), headers);
                }
                // Written as in 3.0, with evident meaning.
                "content" if !entries.contains_key("schema") => {
                    new.insert(key.clone(), self.form(Form::Map(Kind::MediaType), child));
                }
                _ => drop(new.insert(key.clone(), child.clone())),
            }
        }
        object(node.id, new)
    }
}
