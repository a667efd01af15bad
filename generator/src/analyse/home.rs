//! Finds where a type is used: the resource that contains all its uses. It decides the file of the type, not its path,
//! since every model is re-exported from `models`.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, ResourceId, Type, TypeId};

use super::usage::{mentioned, roots};

/// Where a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// In several resources, or in what belongs to none.
    Shared,
    /// In this resource alone, and in those below it.
    Resource(ResourceId),
    /// In webhooks alone, so that whoever does not receive them can leave it out.
    Webhooks,
}

/// The home of every type.
pub(super) fn homes(api: &Api) -> Vec<Home> {
    let (resources, webhooks) = (resources(api), of_webhooks(api));
    let home = |id: TypeId| match resources.get(&id) {
        _ if webhooks.contains(&id) => Home::Webhooks,
        Some(resource) if *resource != ResourceId::ROOT => Home::Resource(*resource),
        _ => Home::Shared,
    };
    api.type_ids().map(home).collect()
}

/// The innermost resource that contains all uses of each type that operations use.
fn resources(api: &Api) -> HashMap<TypeId, ResourceId> {
    let mut homes: HashMap<TypeId, ResourceId> = HashMap::new();
    for (index, resource) in api.resources.iter().enumerate() {
        let here = ResourceId::from_index(index);
        for operation in &resource.operations {
            let (sent, received) = roots(api.operation(*operation));
            let mut pending: Vec<(TypeId, ResourceId)> =
                sent.into_iter().chain(received).map(|id| (id, here)).collect();
            while let Some((id, used_in)) = pending.pop() {
                let home = match homes.get(&id) {
                    Some(known) => common(api, *known, used_in),
                    None => used_in,
                };
                if homes.insert(id, home) != Some(home) {
                    pending.extend(mentioned(api, id).into_iter().map(|part| (part, home)));
                }
            }
        }
    }
    homes
}

/// The types that only webhooks mention.
fn of_webhooks(api: &Api) -> HashSet<TypeId> {
    let Some(webhooks) = &api.webhooks else { return HashSet::new() };
    let told = reachable(api, vec![webhooks.ty]);
    let mut others: Vec<TypeId> = api.type_ids().filter(|id| !told.contains(id)).collect();
    for operation in &api.operations {
        let (sent, received) = roots(operation);
        others.extend(sent.into_iter().chain(received));
    }
    for ty in api.received.iter().filter(|ty| **ty != Type::Named(webhooks.ty)) {
        ty.for_each_named(&mut |id| others.push(id));
    }
    let others = reachable(api, others);
    told.into_iter().filter(|id| !others.contains(id)).collect()
}

/// Types, and all that their declarations mention.
fn reachable(api: &Api, mut pending: Vec<TypeId>) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(mentioned(api, id).into_iter().chain([api.declared(id)]));
        }
    }
    found
}

/// The nearest common ancestor of two resources.
fn common(api: &Api, one: ResourceId, other: ResourceId) -> ResourceId {
    let ancestors = |from: ResourceId| {
        let mut path = vec![from];
        let mut at = from;
        while at != ResourceId::ROOT {
            at = api.resource(at).parent;
            path.push(at);
        }
        path
    };
    let others = ancestors(other);
    ancestors(one).into_iter().find(|id| others.contains(id)).unwrap_or(ResourceId::ROOT)
}
