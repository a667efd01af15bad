//! Routes from the configuration: `getUser = "iam.users.get"`.

use std::collections::HashSet;

use super::claim::{Claim, Route};
use crate::{
    config::Config,
    diagnostic::{Code, Diagnostic, Diagnostics},
    ir::{Api, Operation},
};

/// Replaces the routes of configured operations; an entry that fits no operation is reported.
pub(super) fn replace(routes: &mut [Route], api: &Api, config: &Config, diagnostics: &mut Diagnostics) {
    let mut used = HashSet::new();
    for route in routes {
        let Some((key, path)) = entry(api.operation(route.operation), config) else { continue };
        let mut words: Vec<String> = path.split('.').map(str::to_owned).collect();
        used.insert(key);
        if let Some(action) = words.pop() {
            let (resources, actions) = (words, vec![action]);
            *route = Route { operation: route.operation, resources, actions, rank: (Claim::Fixed, 0) };
        }
    }
    for (key, path) in config.operations.iter().filter(|(key, _)| !used.contains(*key)) {
        let message = format!("no operation is called `{key}`");
        let said = Diagnostic::new(Code::ConfigUnused, path.place.clone(), message);
        diagnostics.push(
            said.help("an operation is named by its operationId, or by method and path: `GET /users/{id}`"),
        );
    }
}

/// The entry for an operation, by `operationId` or by method and path.
fn entry<'c>(operation: &Operation, config: &'c Config) -> Option<(String, &'c str)> {
    let by_place = format!("{} {}", operation.method.as_str(), operation.path);
    [operation.id.clone(), by_place]
        .into_iter()
        .find_map(|key| config.operations.get(&key).map(|path| (key, path.value.as_str())))
}
