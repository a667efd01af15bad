//! Bodies of requests that the server sends: those of webhooks and callbacks (OpenAPI 3.1 §4.8.1, §4.8.18). A client
//! sends none of these requests, but what is in their bodies is data of the API, and must be read by somebody.
//!
//! ```yaml
//! webhooks:
//!   hayIsLow: { post: { requestBody: { content: { application/json: { schema: … } } } } }
//! ```
//! puts a copy of the body under [`marker::RECEIVED`] as `hayIsLow`, where the steps after this one go.

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
    /// Operations whose bodies are there already, by whatever way they were reached.
    seen: HashSet<NodeId>,
    /// By name, the first number that may be free.
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

    /// The body of every operation of a path item, under the first of the names that is free, else with a number.
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

    /// What stands in a place, or at the end of the references there.
    fn target(&self, node: &'n Node) -> Option<&'n Node> {
        match reference(node) {
            Some(text) => content(self.root, text, "object", |_| true).ok().map(|found| found.node),
            None => Some(node),
        }
    }
}

/// The entries of a mapping, if it is one, but for extensions.
fn entries<'n>(node: impl Into<Option<&'n Node>>) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let entries = node.into().and_then(Node::as_object).into_iter().flatten();
    entries.map(|(key, child)| (key.as_str(), child)).filter(|(key, _)| !key.starts_with("x-"))
}
