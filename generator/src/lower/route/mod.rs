//! Derives the place of each call from the document: its resources from the root, and the possible method names, best
//! first. Uses the operations and the types they send and return.
//!
//! ```yaml
//! operationId: users.keys.list                   # client.users().keys().list()
//! tags: [Users], operationId: listUserKeys       # client.users().list_keys()
//! GET /users/{id}, operationId: getUser          # client.users().get(id)
//! GET /users/{id}/keys/{key}, no operationId     # client.users().keys().get(id, key)
//! POST /users/{id}/activate, no operationId      # client.users().activate(id)
//! POST /translate, operationId: translate        # client.translate()
//! PUT /users/{id}, operationId: updateUser        # client.users().update(id), or replace beside a PATCH
//! ```
//! The name of an operation depends on others only in a few ways: on a `PATCH` beside a `PUT`, on the common prefix of
//! a tag's ids, and on conventions that nearly all operations follow, such as the form of ids, or calls that would
//! each be alone in a resource. If several operations want the same name, the rank decides.

mod finder;
mod gives;
mod id;
mod template;
#[cfg(test)]
mod tests;
mod verb;

use std::collections::{BTreeMap, HashMap, HashSet};

use finder::Finder;
use id::Id;

use super::tag::Tags;
use crate::{
    ir::{Method, Operation, TypeDef},
    language::prefix,
    resolve::Document,
};

/// The maximum number of resources a call goes through. Deeper operations become methods of the last one. A resource's
/// name contains those above it, so without a limit the total length of names would be quadratic in the depth.
pub(super) const MOST_LEVELS: usize = 16;

/// With fewer operations than this, being alone in a resource is not a convention.
const FEW: usize = 10;

/// The place of an operation.
pub(super) struct Route {
    /// The names of its resources from the root.
    pub(super) resources: Vec<String>,
    /// Possible method names, best first; the last is its unique id.
    pub(super) actions: Vec<String>,
    /// Decides which of two gets the same method name, lower first: the quality of the claim, then the path length.
    pub(super) rank: (Claim, usize),
}

/// The quality of a claim to a method name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// It is the only possible name.
    Fixed,
    /// The verb of its path, and its `operationId` says nothing more.
    Exact,
    /// The verb of its `operationId`, which says nothing more, although the path does not imply it.
    Said,
    /// The verb of its path, or its unchanged `operationId`.
    Plain,
    /// Made from its `operationId` or its path.
    Made,
}

impl Route {
    /// The route given by the configuration.
    pub(super) fn fixed(resources: Vec<String>, action: String) -> Self {
        Self { resources, actions: vec![action], rank: (Claim::Fixed, 0) }
    }
}

/// The route of each operation, in document order.
pub(super) fn routes(document: &Document, operations: &[Operation], types: &[TypeDef]) -> Vec<Route> {
    let views = document.operations();
    let mut about = vec![document.info().0.title.as_str()];
    about.extend(document.servers().iter().map(|(server, _)| server.url.as_str()));
    let ids = id::ids(&views, &about);
    let tags = Tags::of(document);
    let nested = nearly_all(ids.iter().filter(|id| **id == Id::Missing).count(), ids.len());
    let mut found: Vec<Finder<'_>> = views
        .iter()
        .zip(operations)
        .zip(ids)
        .map(|((view, operation), id)| {
            let segments = template::segments(view.path);
            Finder {
                operation,
                id,
                segments,
                tags: tags.path(&view.operation.tags),
                nested,
                patched: false,
                types,
            }
        })
        .collect();
    shorten(&mut found);
    let alone = are_alone(&found);
    let shared: HashSet<Vec<String>> =
        found.iter().filter(|one| one.goes_by_path() && !one.is_call()).map(Finder::by_path).collect();
    let on_root = |one: &Finder<'_>| alone || one.is_call() && !shared.contains(&one.by_path());
    let patches: HashSet<&str> = found
        .iter()
        .filter(|one| one.is_update(on_root(one)))
        .map(|one| one.operation.path.as_str())
        .collect();
    for one in &mut found {
        one.patched = one.operation.method == Method::Put && patches.contains(one.operation.path.as_str());
    }
    found.iter().map(|one| one.route(on_root(one))).collect()
}

/// Removes redundant prefixes from the ids of each tag.
fn shorten(found: &mut [Finder<'_>]) {
    let mut by_tag: BTreeMap<Vec<String>, Vec<&mut String>> = BTreeMap::new();
    for one in found.iter_mut().filter(|one| !one.tags.is_empty()) {
        if let Id::Plain(action) = &mut one.id {
            by_tag.entry(one.tags.clone()).or_default().push(action);
        }
    }
    for (tags, mut actions) in by_tag {
        let ids: Vec<&str> = actions.iter().map(|action| action.as_str()).collect();
        let tag = tags.last().map_or("", String::as_str);
        let short = prefix::without(&ids, tag);
        for (action, short) in actions.iter_mut().zip(short) {
            **action = short;
        }
    }
}

/// Whether nearly every operation would be alone in its resource by path, as in documents where a path is the name of
/// a call.
fn are_alone(found: &[Finder<'_>]) -> bool {
    let mut members: HashMap<Vec<String>, usize> = HashMap::new();
    for one in found.iter().filter(|one| one.goes_by_path()) {
        *members.entry(one.by_path()).or_default() += 1;
    }
    let single = members.iter().filter(|(path, count)| !path.is_empty() && **count == 1).count();
    found.len() >= FEW && nearly_all(single, found.len())
}

/// Whether enough operations follow a convention: four in five.
pub(super) fn nearly_all(some: usize, all: usize) -> bool {
    all > 0 && some * 5 >= all * 4
}
