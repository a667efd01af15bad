//! Where a call is found, as far as the document says it. In: operations and the types that they send and give.
//! Out: for each its resources from the root, and the names that its method may have, the best first.
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
//! What an operation may be called hardly depends on others: on a `PATCH` beside a `PUT`, on what all ids of its tag
//! start with, and on what nearly all operations of a document have in common, as how ids are written, and calls that
//! would be alone in their resource.
//! Of several that want one name, the rank decides.

mod finder;
mod further;
mod gives;
mod id;
mod prefix;
mod stutter;
mod template;
#[cfg(test)]
mod tests;
mod verb;
mod vocabulary;

use std::collections::{BTreeMap, HashMap, HashSet};

use finder::Finder;
use id::Id;

use super::tag::Tags;
use crate::{
    ir::{Method, Operation, TypeDef},
    resolve::Document,
};

/// How many resources a call goes through at most. An operation that a document places deeper is a method of the last of them.
/// The name of a resource has those above it in it, so that without a limit names grow with the square of the depth.
pub(super) const MOST_LEVELS: usize = 16;

/// Fewer operations than these make no habit of being alone.
const FEW: usize = 10;

/// Where an operation hangs.
pub(super) struct Route {
    /// The words of its resources from the root.
    pub(super) resources: Vec<String>,
    /// The words of its method, the best first; the last is its id, which no other operation has.
    pub(super) actions: Vec<String>,
    /// Of two that want the same method, the lower gets it: how well founded it is, then the length of the path.
    pub(super) rank: (Claim, usize),
}

/// How well founded a method's name is, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// There is no other.
    Fixed,
    /// The verb of its path, and its `operationId` says nothing more.
    Exact,
    /// A verb that its `operationId` says and nothing more, though its path does not stand for it.
    Said,
    /// The verb of its path, or its `operationId` as it stands.
    Plain,
    /// Made of its `operationId` or its path.
    Made,
}

impl Route {
    /// The route of someone who knows what he wants.
    pub(super) fn fixed(resources: Vec<String>, action: String) -> Self {
        Self { resources, actions: vec![action], rank: (Claim::Fixed, 0) }
    }
}

/// The route of each operation, in the order of the document.
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

/// Leaves out what the ids of a tag need not say.
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

/// Whether nearly every operation would have a resource to itself, by its path, as where a path is the name of a
/// call.
fn are_alone(found: &[Finder<'_>]) -> bool {
    let mut members: HashMap<Vec<String>, usize> = HashMap::new();
    for one in found.iter().filter(|one| one.goes_by_path()) {
        *members.entry(one.by_path()).or_default() += 1;
    }
    let single = members.iter().filter(|(path, count)| !path.is_empty() && **count == 1).count();
    found.len() >= FEW && nearly_all(single, found.len())
}

/// Whether a habit is a document's: four in five follow it.
pub(super) fn nearly_all(some: usize, all: usize) -> bool {
    all > 0 && some * 5 >= all * 4
}
