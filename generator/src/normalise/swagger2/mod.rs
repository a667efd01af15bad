//! Converts Swagger 2.0 to the form of OpenAPI 3.0.
//!
//! | 2.0 | becomes |
//! |---|---|
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | sections of `components` |
//! | `host`, `basePath`, `schemes` | `servers` |
//! | `in: body`, `in: formData` | `requestBody`, with the types of `consumes` |
//! | `type`, `items`, … of a parameter or header | its `schema` |
//! | `schema` of a response | `content`, with the types of `produces` |
//! | `x-nullable`, `type: file`, `discriminator: kind` | `nullable`, `format: binary`, `propertyName: kind` |
//!
//! Builds a new tree and looks up references in the old one. New nodes keep the place of their source.

mod body;
mod media;
mod parameter;
mod path;
mod reference;
mod response;
mod schema;
mod security;
mod server;
#[cfg(test)]
mod tests;

pub(super) use parameter::{OF_THE_VALUE, style_of};

use indexmap::IndexMap;

use super::shape::Kind;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Node, NodeId, Object, Pointer, Value};

/// The key for copies of referenced parts that have no place in 3.0.
pub(super) const COPIES: &str = "x-cratewright-copies";

/// Converts a 2.0 document to 3.0.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    let id = root.id;
    let old = std::mem::replace(root, Node::at(id, Value::Null));
    let mut conversion = Conversion { old: &old, placed: IndexMap::new(), diagnostics };
    *root = conversion.root();
}

/// The old tree, and findings about it.
struct Conversion<'n, 'd> {
    old: &'n Node,
    /// Referenced places outside the known sections: their kind and new place.
    placed: IndexMap<Pointer, (Kind, Pointer)>,
    diagnostics: &'d mut Diagnostics,
}

impl<'n> Conversion<'n, '_> {
    /// Reports a value that is left out, as it is of the wrong kind. `null` counts as absent.
    fn left_out(&mut self, key: &str, node: &Node, due: &str) {
        if node.value != Value::Null {
            let message = format!("`{key}` is {} where {due} is due; it is left out", node.kind());
            self.diagnostics.report(Code::WrongType, node.id, message);
        }
    }

    fn root(&mut self) -> Node {
        let old = self.old;
        self.check_media(old);
        let mut new = Object::default();
        let mut components = Object::default();
        for (key, node) in old.as_object().into_iter().flatten() {
            match key.as_str() {
                "swagger" => {
                    new.insert("openapi".to_owned(), text(node.id, "3.0.3"));
                }
                "host" | "basePath" | "schemes" | "consumes" | "produces" => {}
                "paths" => drop(new.insert(key.clone(), self.map(node, Self::path_entry))),
                "definitions" => {
                    components
                        .insert("schemas".to_owned(), self.map(node, |this, _, node| this.schema(node)));
                }
                "parameters" => {
                    let mut shared = self.map(node, |_, _, node| node.clone());
                    self.shared_parameters(&mut shared);
                    components.insert(key.clone(), shared);
                }
                "responses" => {
                    let produces = self.media(None, "produces");
                    let shared = self.map(node, |this, _, node| this.response(node, &produces));
                    components.insert(key.clone(), shared);
                }
                "securityDefinitions" => {
                    let schemes = self.map(node, |this, _, node| this.security_scheme(node));
                    components.insert("securitySchemes".to_owned(), schemes);
                }
                _ => drop(new.insert(key.clone(), node.clone())),
            }
        }
        if let Some(servers) = self.servers(None) {
            new.insert("servers".to_owned(), servers);
        }
        if !components.is_empty() {
            new.insert("components".to_owned(), object(old.id, components));
        }
        let mut root = object(old.id, new);
        self.place(&mut root);
        root
    }

    /// Converts each entry of a mapping; other values stay, to be reported where they are read.
    fn map(&mut self, node: &'n Node, mut convert: impl FnMut(&mut Self, &str, &'n Node) -> Node) -> Node {
        let node = self.followed(node);
        let Some(entries) = node.as_object() else { return node.clone() };
        let entries = entries.iter().map(|(key, child)| {
            let child = if key.starts_with("x-") { child.clone() } else { convert(self, key, child) };
            (key.clone(), child)
        });
        object(node.id, entries.collect())
    }

    /// Inserts the referenced places outside the known sections, parents first.
    fn place(&mut self, root: &mut Node) {
        let mut made: Vec<(Pointer, Node)> = Vec::new();
        while let Some((from, (kind, to))) = self.placed.get_index(made.len()) {
            let (to, kind) = (to.clone(), *kind);
            let node = from.find(self.old).unwrap_or(self.old);
            let node = if kind == Kind::PathItem { self.path_item(node) } else { self.schema(node) };
            made.push((to, node));
        }
        made.sort_by_key(|(to, _)| to.segments().len());
        for (to, node) in made {
            put(root, to.segments(), node);
        }
    }
}

/// Puts a node at a place, creating missing mappings on the way.
fn put(root: &mut Node, segments: &[String], node: Node) {
    let Some((first, rest)) = segments.split_first() else {
        *root = node;
        return;
    };
    let id = root.id;
    let child = match &mut root.value {
        Value::Object(entries) => {
            entries.entry(first.clone()).or_insert_with(|| object(id, Object::default()))
        }
        Value::Array(items) => match first.parse().ok().and_then(|index: usize| items.get_mut(index)) {
            Some(item) => item,
            None => return,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return,
    };
    put(child, rest, node);
}

fn object(id: NodeId, entries: Object) -> Node {
    Node::at(id, Value::Object(entries))
}

fn text(id: NodeId, text: &str) -> Node {
    Node::at(id, Value::String(text.to_owned()))
}
