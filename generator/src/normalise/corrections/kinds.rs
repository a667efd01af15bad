//! Determines which object OpenAPI expects at each place of a document as read, of any version and in any of its
//! files: the form of every node that is not data, by its id.

use std::collections::HashMap;

use super::super::{
    Version,
    locate::{locate, reference},
    shape::{Form, Kind},
};
use crate::load::FILES;
use crate::source::{Node, NodeId, Pointer, Value};

/// The form of every node reachable from the root, directly or by reference.
pub(super) struct Kinds {
    forms: HashMap<NodeId, Form>,
}

impl Kinds {
    /// Walks the tree, and the targets of references outside the places that OpenAPI names.
    pub(super) fn of(root: &Node, version: Version) -> Self {
        let mut kinds = Self { forms: HashMap::new() };
        kinds.walk(root, root, Form::One(Kind::Root), version);
        // A complete document among the files may have parts that nothing refers to.
        for (_, file) in root.get(FILES).and_then(Node::as_object).into_iter().flatten() {
            if ["openapi", "swagger", "components", "definitions"].iter().any(|key| file.get(key).is_some()) {
                kinds.walk(root, file, Form::One(Kind::Root), version);
            }
        }
        kinds
    }

    /// The kind of object expected at a node; `None` for data, or a mapping or list of objects.
    pub(super) fn kind(&self, node: NodeId) -> Option<Kind> {
        match self.forms.get(&node)? {
            Form::One(kind) => Some(*kind),
            Form::Text | Form::Flag | Form::Number | Form::Texts | Form::TextMap => None,
            Form::List(_) | Form::Map(_) | Form::Opaque => None,
        }
    }

    /// Whether a node is a mapping of names to schemas.
    pub(super) fn is_map_of_schemas(&self, node: NodeId) -> bool {
        self.forms.get(&node) == Some(&Form::Map(Kind::Schema))
    }

    /// Walks a tree without recursion, because chains of references can be long.
    fn walk(&mut self, root: &Node, node: &Node, form: Form, version: Version) {
        let mut pending = vec![(node, form)];
        while let Some((node, form)) = pending.pop() {
            if matches!(form, Form::Opaque) || self.forms.contains_key(&node.id) {
                continue;
            }
            self.forms.insert(node.id, form);
            if let Form::One(_) = form
                && let Some(pointer) =
                    reference(node).filter(|text| text.starts_with('#')).and_then(Pointer::parse)
                && let Some(found) = locate(root, pointer)
            {
                pending.push((found.node, form));
            }
            match &node.value {
                Value::Object(entries) => {
                    pending.extend(entries.iter().map(|(key, child)| (child, below(form, key, version))));
                }
                Value::Array(items) => pending.extend(items.iter().map(|item| (item, form.below("0")))),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }
}

/// The form of the value of a key, including keys that exist only in the document as read.
fn below(form: Form, key: &str, version: Version) -> Form {
    match (form, key) {
        (Form::One(Kind::Root), "definitions") if version == Version::V20 => Form::Map(Kind::Schema),
        (Form::One(Kind::Root), "webhooks" | "x-webhooks") => Form::Map(Kind::PathItem),
        _ => form.below(key),
    }
}
