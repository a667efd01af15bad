//! Finds where a type is used: the resource that contains all its uses. It decides the file of the type, not its path,
//! since every model is re-exported from `models`.

use std::collections::HashMap;

use crate::ir::{Api, ResourceId, TypeId};

use super::usage::{mentioned, roots};

/// The home of every type.
pub(super) fn homes(api: &Api) -> Vec<Option<ResourceId>> {
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
    api.type_ids().map(|id| homes.get(&id).copied().filter(|home| *home != ResourceId::ROOT)).collect()
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
