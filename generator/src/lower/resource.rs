//! The tree through which calls are reached.
//!
//! Of an operation, the first that applies gives its resource and the words of its method: the configuration
//! (`getUser = "iam.users.get"`), an `operationId` with separators (`users.list`, `repos/get`), its first tag,
//! the static segments of its path.

use std::collections::{HashMap, HashSet};

use super::{Lowering, docs, operation::template_names, tag::Tags};
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{Docs, Method, Operation, OperationId, Resource, ResourceId},
    resolve::OperationView,
};

/// Where an operation hangs: the words of its resources from the root, and of its method.
struct Route {
    resources: Vec<String>,
    action: String,
}

impl<'a> Lowering<'a> {
    /// The tree, with each operation's method decided.
    pub(super) fn resources(&mut self, operations: &mut [Operation]) -> Vec<Resource> {
        let views = self.document.operations();
        let tags = Tags::of(self.document);
        let mut used = HashSet::new();
        let mut tree = Tree::new();
        for (index, (view, operation)) in views.iter().zip(operations.iter_mut()).enumerate() {
            let configured = self.configured(operation, &mut used);
            let taken = |route: &Route, tree: &Tree| tree.has(&route.resources, &route.action);
            let route = configured.unwrap_or_else(|| {
                let route = route(view, operation, &tags, true);
                if taken(&route, &tree) { self::route(view, operation, &tags, false) } else { route }
            });
            operation.action = route.action.clone();
            tree.insert(route, OperationId::from_index(index));
        }
        self.unused_routes(&used);
        self.document_tags(&mut tree.resources);
        tree.resources
    }

    /// The route that the configuration gives, by `operationId` or by method and path.
    fn configured(&self, operation: &Operation, used: &mut HashSet<String>) -> Option<Route> {
        let by_place = format!("{} {}", operation.method.as_str(), operation.path);
        let (key, path) = [operation.id.clone(), by_place]
            .into_iter()
            .find_map(|key| self.config.operations.get(&key).map(|path| (key, path.value.clone())))?;
        used.insert(key);
        let mut words: Vec<String> = path.split('.').map(str::to_owned).collect();
        let action = words.pop()?;
        Some(Route { resources: words, action })
    }

    fn unused_routes(&mut self, used: &HashSet<String>) {
        for (key, path) in self.config.operations.iter().filter(|(key, _)| !used.contains(*key)) {
            let message = format!("no operation is called `{key}`");
            self.diagnostics.push(
                Diagnostic::new(Code::ConfigUnused, path.place.clone(), message).help(
                    "an operation is named by its operationId, or by method and path: `GET /users/{id}`",
                ),
            );
        }
    }

    /// Gives resources the text of the tag that they are named after.
    fn document_tags(&self, resources: &mut [Resource]) {
        let tags: HashMap<Vec<String>, &str> = self
            .document
            .tags()
            .filter_map(|tag| Some((words_of(&tag.name), tag.description.as_deref()?)))
            .collect();
        for resource in resources.iter_mut().skip(1) {
            resource.docs = docs::described(tags.get(&words_of(&resource.word)).copied());
        }
    }
}

/// The route that the document itself suggests; `short` asks for `list`, `get` and so on where the path's shape
/// says so.
fn route<'a>(view: &OperationView<'a>, operation: &Operation, tags: &Tags<'a>, short: bool) -> Route {
    if let Some(route) = by_separator(&operation.id) {
        return route;
    }
    let segments = resource_segments(view.path);
    let mut resources = tags.path(&view.operation.tags);
    if resources.is_empty() {
        resources.extend(segments.first().map(|first| (*first).to_owned()));
    }
    let about = segments
        .last()
        .is_some_and(|last| resources.last().is_some_and(|resource| same_noun(last, resource)));
    let action = match verb(&operation.method, view.path) {
        Some(verb) if short && about => verb.to_owned(),
        _ => operation.id.clone(),
    };
    Route { resources, action }
}

/// `users.list` and `repos/list-for-org`: what stands before the last separator is the resource.
fn by_separator(id: &str) -> Option<Route> {
    let parts: Vec<&str> = id.split(['.', '/', ':']).filter(|part| !words_of(part).is_empty()).collect();
    let (action, resources) = parts.split_last()?;
    (!resources.is_empty()).then(|| Route {
        resources: resources.iter().map(|part| (*part).to_owned()).collect(),
        action: (*action).to_owned(),
    })
}

/// The static segments of a path that name things: neither parameters, nor `api`, nor a version.
fn resource_segments(path: &str) -> Vec<&str> {
    let names = |segment: &&str| {
        let version =
            segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        !segment.contains('{') && *segment != "api" && !version && !words_of(segment).is_empty()
    };
    path.split('/').filter(names).collect()
}

/// The verb that a method on a path of this shape stands for.
fn verb(method: &Method, path: &str) -> Option<&'static str> {
    let item = path.trim_end_matches('/').ends_with('}') && template_names(path).next().is_some();
    match (method, item) {
        (Method::Get, true) => Some("get"),
        (Method::Get, false) => Some("list"),
        (Method::Post, false) => Some("create"),
        (Method::Put, true) => Some("replace"),
        (Method::Patch, true) => Some("update"),
        (Method::Delete, true) => Some("delete"),
        (Method::Query, _) => Some("query"),
        _ => None,
    }
}

/// Whether two words are the same noun, singular or plural.
fn same_noun(one: &str, other: &str) -> bool {
    let normal = |text: &str| {
        let word = words_of(text).concat();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    };
    normal(one) == normal(other)
}

/// The words of a text in lower case, split at whatever is no letter or digit and where case changes.
pub(super) fn words_of(text: &str) -> Vec<String> {
    use heck::ToSnakeCase;
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The tree while it grows.
struct Tree {
    resources: Vec<Resource>,
    by_path: HashMap<Vec<Vec<String>>, ResourceId>,
    actions: HashSet<(ResourceId, Vec<String>)>,
}

impl Tree {
    fn new() -> Self {
        let root = resource(String::new(), ResourceId::ROOT);
        let by_path = HashMap::from([(Vec::new(), ResourceId::ROOT)]);
        Self { resources: vec![root], by_path, actions: HashSet::new() }
    }

    /// Whether the resource has a method of these words.
    fn has(&self, resources: &[String], action: &str) -> bool {
        let path: Vec<Vec<String>> = resources.iter().map(|word| words_of(word)).collect();
        self.by_path.get(&path).is_some_and(|id| self.actions.contains(&(*id, words_of(action))))
    }

    fn insert(&mut self, route: Route, operation: OperationId) {
        let mut at = ResourceId::ROOT;
        let mut path = Vec::new();
        for word in route.resources {
            path.push(words_of(&word));
            at = match self.by_path.get(&path) {
                Some(known) => *known,
                None => self.grow(word, at, path.clone()),
            };
        }
        self.actions.insert((at, words_of(&route.action)));
        self.resources[at.index()].operations.push(operation);
    }

    fn grow(&mut self, word: String, parent: ResourceId, path: Vec<Vec<String>>) -> ResourceId {
        let id = ResourceId::from_index(self.resources.len());
        self.resources.push(resource(word, parent));
        self.resources[parent.index()].children.push(id);
        self.by_path.insert(path, id);
        id
    }
}

fn resource(word: String, parent: ResourceId) -> Resource {
    Resource { word, docs: Docs::default(), parent, children: Vec::new(), operations: Vec::new() }
}
