//! Gives each operation its place: its resources from the root, and its method name. In: the IR, with an action for each
//! operation that is only its id, and no resources. Out: the IR with both. No Rust identifiers.
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
//!
//! The place comes from the configuration (`getUser = "iam.users.get"`), or else from the document.

mod choose;
mod claim;
mod configured;
mod convention;
mod derive;
mod finder;
mod gives;
mod id;
mod tag;
mod template;
#[cfg(test)]
mod tests;
mod tree;
mod verb;

use tag::Tags;

use crate::{config::Config, diagnostic::Diagnostics, ir::Api};

/// Builds the tree of resources, and sets the action of each operation.
pub fn run(mut api: Api, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let tags = Tags::of(&api);
    let mut routes = derive::routes(&api, &tags);
    configured::replace(&mut routes, &api, config, diagnostics);
    let places = choose::places(routes);
    let mut resources = tree::resources(&places);
    tags.describe(&api.tags, &mut resources);
    api.resources = resources;
    for place in places {
        api.operations[place.operation.index()].action = place.action;
    }
    api
}
