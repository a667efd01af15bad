//! Collects the requests that the server sends: webhooks and callbacks (OpenAPI 3.1 §4.8.1, §4.8.18). A client does not
//! send them, but users read them.
//!
//! ```yaml
//! webhooks:
//!   hayIsLow: { post: { requestBody: { content: { application/json: { schema: … } } } } }
//! ```
//! puts a copy of the operation under [`marker::WEBHOOKS`] as `hayIsLow`, where later steps process it. `x-webhooks` is
//! what documents of 3.0 write instead. Of a callback, the body is put under [`marker::RECEIVED`].

use std::collections::{HashMap, HashSet};

use super::locate::{content, reference};
use super::marker;
use crate::source::{Node, NodeId, Object, Value};

/// The keywords under which documents have webhooks.
pub(super) const KEYWORDS: [&str; 2] = ["webhooks", "x-webhooks"];

/// What is kept of the operation of a webhook.
const KEPT: [&str; 6] =
    ["operationId", "summary", "description", "deprecated", "externalDocs", "requestBody"];

/// Collects webhooks, and the bodies of callbacks.
pub(super) fn run(root: &mut Node) {
    let mut received = Received {
        root,
        webhooks: Object::default(),
        bodies: Object::default(),
        seen: HashSet::new(),
        numbers: HashMap::new(),
    };
    for (name, item) in KEYWORDS.into_iter().flat_map(|keyword| entries(received.root.get(keyword))) {
        received.webhook(name, item);
    }
    for (_, item) in entries(root.get("paths")) {
        let item = received.target(item);
        for (_, operation) in entries(item) {
            received.callbacks(operation);
        }
    }
    let collected = [(marker::WEBHOOKS, received.webhooks), (marker::RECEIVED, received.bodies)];
    let id = root.id;
    let Some(entries) = root.as_object_mut() else { return };
    for (marker, found) in collected.into_iter().filter(|(_, found)| !found.is_empty()) {
        entries.insert(marker.to_owned(), Node::at(id, Value::Object(found)));
    }
}

struct Received<'n> {
    root: &'n Node,
    webhooks: Object,
    bodies: Object,
    /// Operations that have been collected.
    seen: HashSet<NodeId>,
    /// The next possibly free number for each name.
    numbers: HashMap<String, usize>,
}

impl<'n> Received<'n> {
    /// Adds each operation of the path item of a webhook: under the webhook's name, or else its own.
    fn webhook(&mut self, name: &str, item: &'n Node) {
        let item = self.target(item);
        let shared = item.and_then(|item| item.get("parameters"));
        let mut operations: Vec<&Node> =
            entries(item).filter(|(key, _)| is_method(key)).map(|(_, operation)| operation).collect();
        // The name is for one that has a body.
        operations.sort_by_key(|operation| operation.get("requestBody").is_none());
        for operation in operations {
            if operation.as_object().is_none() || !self.seen.insert(operation.id) {
                continue;
            }
            let id = operation.get("operationId").and_then(Node::as_str);
            let names: Vec<&str> = [name].into_iter().chain(id).collect();
            let name = self.free_name(&names);
            self.webhooks.insert(name, described(operation, shared));
        }
    }

    fn callbacks(&mut self, operation: &'n Node) {
        let id = operation.get("operationId").and_then(Node::as_str);
        for (name, callback) in entries(operation.get("callbacks")) {
            let callback = self.target(callback);
            for (_, item) in entries(callback) {
                let longer = id.map(|id| format!("{id} {name}"));
                let names: Vec<&str> = [name].into_iter().chain(longer.as_deref()).collect();
                self.callback(item, &names);
            }
        }
    }

    /// Adds the body of each operation of a path item, under the first free name or with a number.
    fn callback(&mut self, item: &'n Node, names: &[&str]) {
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
        if let Some(name) = names.iter().find(|name| !self.is_taken(name)) {
            return (*name).to_owned();
        }
        let base = names.last().copied().unwrap_or_default();
        let mut number = self.numbers.get(base).copied().unwrap_or(2);
        while self.is_taken(&format!("{base} {number}")) {
            number += 1;
        }
        self.numbers.insert(base.to_owned(), number);
        format!("{base} {number}")
    }

    fn is_taken(&self, name: &str) -> bool {
        self.bodies.contains_key(name) || self.webhooks.contains_key(name)
    }

    /// The node, or the one at the end of its references.
    fn target(&self, node: &'n Node) -> Option<&'n Node> {
        match reference(node) {
            Some(text) => content(self.root, text, "object", |_| true).ok().map(|found| found.node),
            None => Some(node),
        }
    }
}

/// What is kept of an operation, with the parameters of its path item before its own.
fn described(operation: &Node, shared: Option<&Node>) -> Node {
    let mut kept = Object::default();
    for key in KEPT {
        if let Some(node) = operation.get(key) {
            kept.insert(key.to_owned(), node.clone());
        }
    }
    let lists = [shared, operation.get("parameters")].into_iter().flatten();
    let parameters: Vec<Node> = lists.filter_map(Node::as_array).flatten().cloned().collect();
    if !parameters.is_empty() {
        kept.insert("parameters".to_owned(), Node::at(operation.id, Value::Array(parameters.into())));
    }
    Node::at(operation.id, Value::Object(kept))
}

/// Whether a key of a path item is that of an operation; `query` came with 3.2.
fn is_method(key: &str) -> bool {
    matches!(key, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query")
}

/// The entries of a mapping except extensions; none for other values.
fn entries<'n>(node: impl Into<Option<&'n Node>>) -> impl Iterator<Item = (&'n str, &'n Node)> {
    let entries = node.into().and_then(Node::as_object).into_iter().flatten();
    entries.map(|(key, child)| (key.as_str(), child)).filter(|(key, _)| !key.starts_with("x-"))
}
