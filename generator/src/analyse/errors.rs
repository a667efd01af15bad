//! Errors that several operations document alike: what a caller matches is one type, whichever call failed.
//!
//! ```yaml
//! "403": { $ref: "#/components/responses/Forbidden" }
//! "404": { $ref: "#/components/responses/Missing" }
//! ```
//! is `ForbiddenOrNotFoundError` on every operation that has these two. It is called by its statuses, by the names of
//! its bodies where those are taken, so that an operation more that documents the same renames nothing. Errors with
//! bodies of one operation's own are called after that.

use std::collections::HashMap;

use super::equal::compact;
use crate::ir::{Api, Case, Docs, Operation, Outcome, Payload, Role, Shape, Status, Type, TypeId, Usage};

/// Makes one type of errors that are the same.
pub(super) fn merge(api: &mut Api) {
    let mut same: Vec<usize> = (0..api.types.len()).collect();
    let mut known: HashMap<String, TypeId> = HashMap::new();
    let failures: Vec<TypeId> = api.operations.iter().filter_map(failure).collect();
    for id in failures {
        let Shape::Cases(cases) = &api.type_def(id).shape else { continue };
        if !cases.iter().all(|case| is_common(api, case)) {
            continue;
        }
        let first = *known.entry(fingerprint(cases)).or_insert(id);
        same[id.index()] = first.index();
        let cases = cases.clone();
        share(api, first, &cases);
    }
    compact(api, &same);
}

fn failure(operation: &Operation) -> Option<TypeId> {
    match operation.failure {
        Outcome::Several(id) => Some(id),
        Outcome::None | Outcome::One { .. } => None,
    }
}

/// Whether a body is no operation's own.
fn is_common(api: &Api, case: &Case) -> bool {
    let Some(Payload::Json(ty)) = &case.payload else { return true };
    let mut common = true;
    ty.for_each_named(&mut |id| common &= !matches!(api.type_def(id).usage, Usage::Inline { .. }));
    common
}

/// What the cases are, without what the document says of them.
fn fingerprint(cases: &[Case]) -> String {
    let facts = cases.iter().map(|case| (case.status, &case.media_type, case.by_media_type, &case.payload));
    format!("{:?}", facts.collect::<Vec<_>>())
}

/// Calls the type by its statuses, and keeps what all of its places say.
fn share(api: &mut Api, id: TypeId, cases: &[Case]) {
    let bodies = bodies(api, cases);
    let def = &mut api.types[id.index()];
    let Shape::Cases(kept) = &mut def.shape else { return };
    for (case, other) in kept.iter_mut().zip(cases) {
        if case.docs != other.docs {
            case.docs = Docs::default();
        }
    }
    if !matches!(def.usage, Usage::Shared { .. }) {
        let mut statuses: Vec<Status> = Vec::new();
        for case in cases {
            if !statuses.contains(&case.status) {
                statuses.push(case.status);
            }
        }
        let otherwise = Box::new(def.usage.clone());
        def.usage = Usage::Shared { roles: vec![Role::Failure(statuses, bodies)], otherwise };
    }
}

/// What the bodies are called, each once.
fn bodies(api: &Api, cases: &[Case]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for case in cases {
        let name = match &case.payload {
            Some(Payload::Json(Type::Named(id))) => match &api.type_def(*id).usage {
                Usage::Component(name) => name.as_str(),
                Usage::Inline { .. } | Usage::Shared { .. } => "value",
            },
            Some(Payload::Json(_)) => "value",
            Some(Payload::Text(_) | Payload::TextOrJson(_)) => "text",
            Some(Payload::Form(..) | Payload::Multipart(_) | Payload::Bytes) => "bytes",
            None => "nothing",
        };
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
