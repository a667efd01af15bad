//! Chooses the method name of each operation.
//!
//! If several operations of a resource want the same method name, the best [`Claim`](super::claim::Claim) gets it:
//! configured names first, then those whose `operationId` says nothing more than the name. Ties go to the shorter
//! path, then to the first. The others get longer names, in the end their ids.

use std::collections::HashSet;

use super::claim::Route;
use crate::{ir::OperationId, language::words::words_of};

/// The call of an operation: its resources and its method.
pub(super) struct Chosen {
    /// The operation.
    pub(super) operation: OperationId,
    /// The names of its resources from the root.
    pub(super) resources: Vec<String>,
    /// The words of its method name.
    pub(super) action: String,
}

/// The place of each route, in document order: with its best method name that is not taken by a better route of the
/// same resource, or by a child resource.
pub(super) fn places(mut routes: Vec<Route>) -> Vec<Chosen> {
    routes.sort_by_key(|route| route.rank);
    let ranked: Vec<(Vec<Vec<String>>, Route)> =
        routes.into_iter().map(|route| (path(&route.resources), route)).collect();
    let resources = ranked.iter().flat_map(|(path, _)| (0..path.len()).filter_map(|at| path.get(..=at)));
    let resources: HashSet<&[Vec<String>]> = resources.collect();
    let mut taken: HashSet<Vec<Vec<String>>> = HashSet::new();
    let mut places: Vec<Chosen> = Vec::with_capacity(ranked.len());
    for (path, route) in &ranked {
        let method = |action: &str| path.iter().cloned().chain([words_of(action)]).collect::<Vec<_>>();
        let is_free = |action: &&String| {
            let method = method(action);
            !taken.contains(&method) && !resources.contains(method.as_slice())
        };
        let action = route.actions.iter().find(is_free).or(route.actions.last()).cloned().unwrap_or_default();
        taken.insert(method(&action));
        places.push(Chosen { operation: route.operation, resources: route.resources.clone(), action });
    }
    places.sort_by_key(|place| place.operation);
    places
}

/// The words of each name.
fn path(names: &[String]) -> Vec<Vec<String>> {
    names.iter().map(|name| words_of(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::claim::Claim;

    fn route(resource: &str, actions: &[&str], claim: Claim, length: usize) -> Route {
        Route {
            operation: OperationId::from_index(0),
            resources: resource.split('.').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            actions: actions.iter().map(|action| (*action).to_owned()).collect(),
            rank: (claim, length),
        }
    }

    fn choose<const N: usize>(routes: [Route; N]) -> Vec<String> {
        let numbered = routes
            .into_iter()
            .enumerate()
            .map(|(index, route)| Route { operation: OperationId::from_index(index), ..route });
        places(numbered.collect()).into_iter().map(|place| place.action).collect()
    }

    #[test]
    fn shorter_paths_have_shorter_names() {
        let nested = route("users", &["list", "list_of_group", "listUsersOfGroup"], Claim::Plain, 3);
        let plain = route("users", &["list", "listUsers"], Claim::Plain, 1);
        let fixed = route("users", &["list_of_group"], Claim::Fixed, 5);
        assert_eq!(choose([nested, plain, fixed]), ["listUsersOfGroup", "list", "list_of_group"]);
    }

    #[test]
    fn a_method_gives_way_to_a_resource() {
        let method = route("users", &["keys", "users_keys"], Claim::Made, 2);
        let below = route("users.keys", &["list"], Claim::Plain, 3);
        assert_eq!(choose([method, below]), ["users_keys", "list"]);
    }
}
