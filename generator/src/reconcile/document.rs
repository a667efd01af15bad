//! Finds places in the tree of a document as read, of any version: from an operation of the IR to its responses.

use super::Document;
use crate::{
    ir::{Operation, Status},
    normalise::corrections::{schemas, select::node_at},
    source::{Node, Pointer},
};

/// A response in the document.
pub(super) struct Response {
    /// Its place, with references resolved.
    pub place: Pointer,
    /// The statuses it is for.
    pub status: Status,
    /// Its media types, and the place of the schema of each.
    pub content: Vec<(String, Pointer)>,
}

/// The URLs of all servers.
pub(super) fn servers(document: Document<'_>) -> Vec<String> {
    let tree = document.tree;
    let mut urls: Vec<String> = document.config.client.base_url.iter().cloned().collect();
    let of = |node: &Node| -> Vec<String> {
        let list = node.get("servers").and_then(Node::as_array).unwrap_or_default();
        list.iter().filter_map(|server| server.get("url")?.as_str()).map(str::to_owned).collect()
    };
    urls.extend(of(tree));
    for (_, item) in entries(tree.get("paths")) {
        urls.extend(of(item));
        entries(Some(item)).for_each(|(_, operation)| urls.extend(of(operation)));
    }
    let text = |key: &str| tree.get(key).and_then(Node::as_str).map(str::trim);
    if let (None, host, base) = (tree.get("openapi"), text("host"), text("basePath")) {
        let base = base.unwrap_or_default().trim_start_matches('/');
        urls.push(host.map_or_else(|| format!("/{base}"), |host| format!("https://{host}/{base}")));
    }
    urls
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = (&str, &Node)> {
    node.and_then(Node::as_object).into_iter().flatten().map(|(key, child)| (key.as_str(), child))
}

/// The path of a URL.
pub(super) fn path_of(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    rest.split(['?', '#']).next().unwrap_or_default()
}

/// The host of a URL, with its port.
pub(super) fn host_of(url: &str) -> Option<String> {
    let host = url.split_once("//")?.1.split('/').next()?;
    Some(host.to_ascii_lowercase()).filter(|host| !host.contains('{'))
}

/// The response of an operation for a status: an exact match, its range, or else `default`.
pub(super) fn response(tree: &Node, operation: &Operation, status: u16) -> Option<Response> {
    let place = place(tree, operation)?;
    let (responses, node) = schemas::end(tree, &place.join("responses"))?;
    let keys = || node.as_object().into_iter().flat_map(|entries| entries.keys());
    let exact = keys().find(|key| key.trim() == status.to_string());
    let range = keys().find(|key| key.trim().eq_ignore_ascii_case(&format!("{}XX", status / 100)));
    let (key, known) = match (exact, range) {
        (Some(key), _) => (key, Status::Exact(status)),
        (None, Some(key)) => (key, Status::Range(u8::try_from(status / 100).ok()?)),
        (None, None) => (keys().find(|key| *key == "default")?, Status::Default),
    };
    let (place, response) = schemas::end(tree, &responses.join(key))?;
    let operation = node_at(tree, &self::place(tree, operation)?)?;
    Some(Response { content: content(tree, operation, &place, response), place, status: known })
}

/// The place of an operation.
fn place(tree: &Node, operation: &Operation) -> Option<Pointer> {
    let paths = Pointer::root().join("paths");
    let is = |path: &str| path.strip_prefix('/').unwrap_or(path) == &operation.path[1..];
    let (path, _) = entries(tree.get("paths")).find(|(path, _)| is(path))?;
    let method = operation.method.as_str();
    let own = paths.join(path);
    let (item, _) = schemas::end(tree, &own)?;
    // A path item may have operations beside its reference.
    let ways = [
        own.join(method.to_lowercase()),
        item.join(method.to_lowercase()),
        item.join("additionalOperations").join(method),
    ];
    ways.iter().find_map(|way| Some(schemas::end(tree, way)?.0))
}

/// The media types of a response; in 2.0 those that the operation produces.
fn content(tree: &Node, operation: &Node, place: &Pointer, response: &Node) -> Vec<(String, Pointer)> {
    if let Some(content) = response.get("content") {
        let place = place.join("content");
        return entries(Some(content))
            .map(|(name, _)| (name.to_owned(), place.join(name).join("schema")))
            .collect();
    }
    if response.get("schema").is_none() {
        return Vec::new();
    }
    let stated = operation.get("produces").or_else(|| tree.get("produces"));
    let listed = stated.and_then(Node::as_array).unwrap_or_default();
    let mut names: Vec<String> = listed.iter().filter_map(Node::as_str).map(str::to_owned).collect();
    names.extend(stated.and_then(Node::as_str).map(str::to_owned));
    if names.is_empty() {
        names.push("application/json".to_owned());
    }
    names.into_iter().map(|name| (name, place.join("schema"))).collect()
}
