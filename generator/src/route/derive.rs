//! Derives the routes of all operations from the document.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    claim::Route,
    convention::nearly_all,
    finder::Finder,
    id::{self, Id},
    tag::Tags,
    template,
};
use crate::{
    ir::{Api, Method},
    language::prefix,
};

/// With fewer operations than this, being alone in a resource is not a convention.
const FEW: usize = 10;

/// The route of each operation, in document order.
pub(super) fn routes<'a>(api: &'a Api, tags: &Tags<'a>) -> Vec<Route> {
    let mut found = finders(api, tags);
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

fn finders<'a>(api: &'a Api, tags: &Tags<'a>) -> Vec<Finder<'a>> {
    let ids = id::ids(api);
    let nested = nearly_all(ids.iter().filter(|(_, id)| *id == Id::Missing).count(), ids.len());
    let found = ids.into_iter().map(|(number, id)| {
        let operation = api.operation(number);
        Finder {
            number,
            operation,
            id,
            segments: template::segments(&operation.path),
            tags: tags.path(&operation.tags),
            nested,
            patched: false,
            types: &api.types,
        }
    });
    found.collect()
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
        prefix::shorten(&mut actions, tags.last().map_or("", String::as_str));
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
