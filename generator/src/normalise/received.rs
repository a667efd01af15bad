//! Collects the bodies of requests that the server sends: webhooks and callbacks (OpenAPI 3.1 §4.8.1, §4.8.18). A
//! client does not send these requests, but users need types to read their bodies.
//!
//! ```yaml
//! webhooks:
//!   hayIsLow: { post: { requestBody: { content: { application/json: { schema: … } } } } }
//! ```
//! puts a copy of the body under [`marker::RECEIVED`] as `hayIsLow`, where later steps process it.

use std::collections::{HashMap, HashSet};

use super::locate::{content, reference};
use super::marker;
use crate::source::{Node, NodeId, Object, Value};

/// Collects the bodies.
pub(super) fn run(root: &mut Node) {
    let mut received =
        Received { root, bodies: Object::default(), seen: HashSet::new(), numbers: HashMap::new() };
    for (name, item) in entries(root.get("webhooks")) {
        received.path_item(item, &[name]);
    }
    for (_, item) in entries(root.get("paths")) {
        let item = received.target(item);
        for (_, operation) in entries(item) {
            received.callbacks(operation);
        }
    }
    let bodies = received.bodies;
    let id = root.id;
    if let (false, Some(entries)) = (bodies.is_empty(), root.as_object_mut()) {
        entries.insert(marker::RECEIVED.to_owned(), Node::at(id, Value::Object(bodies)));
    }
}

struct Received<'n> {
    root: &'n Node,
    bodies: Object,
    /// Operations whose bodies have been collected.
    seen: HashSet<NodeId>,
    /// The next possibly free number for each name.
    numbers: HashMap<String, usize>,
}

impl<'n> Received<'n> {
    fn callbacks(&mut self, operation: &'n Node) {
        let id = operation.get("operationId").and_then(Node::as_str);
        for (name, callback) in entries(operation.get("callbacks")) {
            let callback = self.target(callback);
            for (_, item) in entries(callback) {
                let longer = id.map(|id| format!("{id} {name}"));
                let names: Vec<&str> = [name].into_iter().chain(longer.as_deref()).collect();
                self.path_item(item, &names);
            }
        }
    }

    /// Adds the body of each operation of a path item, under the first free name or with a number.
    fn path_item(&mut self, item: &'n Node, names: &[&str]) {
        let item = self.target(item);
        for (_, operation) in entries(item) {
            let Some(body) = operation.get("requestBody").filter(|_| self.seen.insert(operation.id)) else {
                continue;
            };
            let name = self.free_name(names);
            self.bodies.insert(name, body.clone());
        }
    }

    fn free_name(&mut self, names: &[&str]) -> String {
        if let Some(name) = names.iter().find(|name| !self.bodies.contains_key(**name)) {
            return (*name).to_owned();
        }
        let base = names.last().copied().unwrap_or_default();
        let number = self.numbers.entry(base.to_owned()).or_insert(2);
        while self.bodies.contains_key(&format!("{base} {number}")) {
            *number += 1;
        }
        format!("{base} {number}")
    }

    /// The node, or the one at the end of its references.
    fn target(&self, node: &'n Node) -> Option<&'n Node> {
        match reference(node) {
            Some(text) => content(self.root, text, "object", |_| true).ok().map(|found| found.node),
            None => Some(node),
        }
    }
}

/// The entries of a mapping except extensions; none for other values.
fn entries<'n>(node: impl Into<Option<&'n Node>>) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let entries = node.into().and_then(Node::as_object).into_iter().flatten();
    entries.map(|(key, child)| (key.as_str(), child)).filter(|(key, _)| !key.starts_with("x-"))
}
