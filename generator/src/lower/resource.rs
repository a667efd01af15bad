//! Builds the tree of resources.
//!
//! The resource and method name of an operation come from the configuration (`getUser = "iam.users.get"`), or else
//! from what [`route`](super::route) derives from the document.
//!
//! If several operations of a resource want the same method name, the best [`Claim`](super::route::Claim) gets it:
//! configured names first, then those whose `operationId` says nothing more than the name. Ties go to the shorter
//! path, then to the first. The others get longer names, in the end their ids.

use std::collections::{HashMap, HashSet};

use super::{
    Lowering, docs,
    route::{self, Route},
    tag::Tags,
};
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{Docs, Operation, OperationId, Resource, ResourceId},
    language::words::words_of,
};

impl<'a> Lowering<'a> {
    /// Builds the tree, and sets the method name of each operation.
    pub(super) fn resources(&mut self, operations: &mut [Operation]) -> Vec<Resource> {
        let mut used = HashSet::new();
        let mut routes = route::routes(self.document, operations, &self.types);
        for (route, operation) in routes.iter_mut().zip(operations.iter()) {
            if let Some(configured) = self.configured(operation, &mut used) {
                *route = configured;
            }
        }
        let actions = choose(&routes);
        let mut tree = Tree::new();
        for (index, (route, action)) in routes.into_iter().zip(actions).enumerate() {
            if let Some(operation) = operations.get_mut(index) {
                operation.action = action;
            }
            tree.insert(route.resources, OperationId::from_index(index));
        }
        self.unused_routes(&used);
        self.document_tags(&mut tree.resources);
        tree.resources
    }

    /// The configured route, by `operationId` or by method and path.
    fn configured(&self, operation: &Operation, used: &mut HashSet<String>) -> Option<Route> {
        let by_place = format!("{} {}", operation.method.as_str(), operation.path);
        let (key, path) = [operation.id.clone(), by_place]
            .into_iter()
            .find_map(|key| self.config.operations.get(&key).map(|path| (key, path.value.clone())))?;
        used.insert(key);
        let mut words: Vec<String> = path.split('.').map(str::to_owned).collect();
        let action = words.pop()?;
        Some(Route::fixed(words, action))
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

    /// Adds the description of the tags that resources are named after.
    fn document_tags(&self, resources: &mut [Resource]) {
        let named = Tags::of(self.document);
        let tags = self.document.tags().map(|tag| {
            let see = docs::see(tag.external_docs.as_ref());
            let docs = Docs { see, ..docs::described(tag.description.as_deref()) };
            (words_of(&named.name(&tag.name)), docs)
        });
        let tags: HashMap<Vec<String>, Docs> = tags.filter(|(_, docs)| *docs != Docs::default()).collect();
        for resource in resources.iter_mut().skip(1) {
            resource.docs = tags.get(&words_of(&resource.word)).cloned().unwrap_or_default();
        }
    }
}

/// Picks the method name of each route: the best one not taken by a better route of the same resource, or by a child
/// resource.
fn choose(routes: &[Route]) -> Vec<String> {
    let words = |path: &[String]| path.iter().map(|word| words_of(word)).collect::<Vec<_>>();
    let paths: Vec<Vec<Vec<String>>> = routes.iter().map(|route| words(&route.resources)).collect();
    let below = paths.iter().flat_map(|path| (0..path.len()).filter_map(|at| path.get(..=at)));
    let below: HashSet<&[Vec<String>]> = below.collect();
    let mut order: Vec<_> = routes.iter().zip(&paths).enumerate().collect();
    order.sort_by_key(|(_, (route, _))| route.rank);
    let mut taken: HashSet<Vec<Vec<String>>> = HashSet::new();
    let mut chosen = vec![String::new(); routes.len()];
    for (index, (route, path)) in order {
        let free = route.actions.iter().find(|action| {
            let method: Vec<Vec<String>> = path.iter().cloned().chain([words_of(action)]).collect();
            !taken.contains(&method) && !below.contains(method.as_slice())
        });
        let action = free.or(route.actions.last()).cloned().unwrap_or_default();
        taken.insert(path.iter().cloned().chain([words_of(&action)]).collect());
        if let Some(place) = chosen.get_mut(index) {
            *place = action;
        }
    }
    chosen
}

/// The tree under construction.
struct Tree {
    resources: Vec<Resource>,
    by_path: HashMap<Vec<Vec<String>>, ResourceId>,
}

impl Tree {
    fn new() -> Self {
        let root = resource(String::new(), ResourceId::ROOT);
        let by_path = HashMap::from([(Vec::new(), ResourceId::ROOT)]);
        Self { resources: vec![root], by_path }
    }

    fn insert(&mut self, resources: Vec<String>, operation: OperationId) {
        let mut at = ResourceId::ROOT;
        let mut path = Vec::new();
        for word in resources {
            path.push(words_of(&word));
            at = match self.by_path.get(&path) {
                Some(known) => *known,
                None => self.grow(word, at, path.clone()),
            };
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::route::Claim;

    fn route(resource: &str, actions: &[&str], claim: Claim, length: usize) -> Route {
        Route {
            resources: resource.split('.').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            actions: actions.iter().map(|action| (*action).to_owned()).collect(),
            rank: (claim, length),
        }
    }

    #[test]
    fn shorter_paths_have_shorter_names() {
        let nested = route("users", &["list", "list_of_group", "listUsersOfGroup"], Claim::Plain, 3);
        let plain = route("users", &["list", "listUsers"], Claim::Plain, 1);
        let fixed = route("users", &["list_of_group"], Claim::Fixed, 5);
        assert_eq!(choose(&[nested, plain, fixed]), ["listUsersOfGroup", "list", "list_of_group"]);
    }

    #[test]
    fn a_method_gives_way_to_a_resource() {
        let method = route("users", &["keys", "users_keys"], Claim::Made, 2);
        let below = route("users.keys", &["list"], Claim::Plain, 3);
        assert_eq!(choose(&[method, below]), ["users_keys", "list"]);
    }
}
