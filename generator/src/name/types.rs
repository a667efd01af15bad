//! Names types, their fields and variants.
//!
//! A component keeps its name. An unnamed part is named after its parent and its role:
//!
//! ```yaml
//! User: { properties: { groups: { type: array, items: { type: object, properties: {…} } } } }
//! ```
//! has items of type `UserGroup`. The type of a variant contains the variant's name: `ContactEmail`. Two types with the
//! same name are numbered.

use std::collections::BTreeMap;

use super::{
    parts,
    scope::{Ident, Wanted},
    table::{Names, TypeNames},
    words,
};
use crate::{
    ir::{Api, LONGEST_TITLE, Role, TypeId, Usage, UsageParent},
    language::noun::singular,
};

/// Claims every type's name: components first, so that they keep their names.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let mut named: Vec<(TypeId, Wanted)> = Vec::new();
    let mut inline = Vec::new();
    for id in api.type_ids() {
        match &api.type_def(id).usage {
            Usage::Component(name) => named.push((id, Wanted { text: name.clone(), otherwise: None })),
            // It has a scope of its own.
            Usage::Inline { parent: UsageParent::Webhooks, .. } => {}
            Usage::Inline { .. } => inline.push(id),
        }
    }
    named.sort_by_key(|(id, _)| api.type_def(*id).origin);
    let (components, wanted): (Vec<TypeId>, Vec<Wanted>) = named.into_iter().unzip();
    let idents = names.type_scope.camels(&wanted);
    for (id, ident) in components.into_iter().zip(idents) {
        set(api, names, id, ident);
    }
    claim_inline(api, inline, names);
    for id in api.type_ids() {
        names.share_parts(id, api.declared(id));
    }
}

/// Claims the names of unnamed types: parents before their parts, and otherwise in alphabetical order of the
/// candidates, so that the order of the document has no effect.
fn claim_inline(api: &Api, ids: Vec<TypeId>, names: &mut Names) {
    let mut by_depth: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
    for id in ids {
        by_depth.entry(depth(api, id)).or_default().push(id);
    }
    for ids in by_depth.into_values() {
        let wanted = |id: TypeId| (candidates(api, names, &api.type_def(id).usage), id);
        let mut wanted: Vec<(Vec<String>, TypeId)> = ids.into_iter().map(wanted).collect();
        wanted.sort();
        for (candidates, id) in wanted {
            let ident = names.type_scope.first_free(&candidates);
            set(api, names, id, ident);
        }
    }
}

/// The number of unnamed types that contain it.
fn depth(api: &Api, id: TypeId) -> usize {
    let mut usage = &api.type_def(id).usage;
    let mut depth = 0;
    loop {
        usage = match usage {
            Usage::Component(_) => return depth,
            Usage::Inline { parent: UsageParent::Type(id), .. } => {
                depth += 1;
                &api.type_def(*id).usage
            }
            Usage::Inline { .. } => return depth,
        };
    }
}

fn set(api: &Api, names: &mut Names, id: TypeId, ident: Ident) {
    let (parts, open) = parts::claim(api, api.type_def(id));
    names.set_type(id, TypeNames { ident, parts, open });
}

/// The possible names of a type, best first.
fn candidates(api: &Api, names: &Names, usage: &Usage) -> Vec<String> {
    match usage {
        Usage::Component(name) => vec![words::camel(name)],
        Usage::Inline { parent: UsageParent::Operation(id), roles } => {
            part(&words::camel(&api.operation(*id).id), roles)
        }
        Usage::Inline { parent: UsageParent::Component(name), roles } => {
            let own = words::camel(name);
            // Without a role it is the type of a parameter, which may have the name of a schema.
            let more = roles.is_empty().then(|| words::camel_part(&own, "parameter"));
            of_whole(&own, roles).into_iter().chain(more).collect()
        }
        Usage::Inline { parent: UsageParent::Webhooks, roles } => part("Webhook", roles),
        Usage::Inline { parent: UsageParent::Type(id), roles } => {
            let parent = names.claimed(*id);
            let whole = parent.map(|names| names.ident.plain()).unwrap_or_default();
            match (parent, roles.as_slice()) {
                (Some(union), [Role::Variant(index, _), rest @ ..]) if parts::is_union(api, *id) => {
                    of_variant(union, *index, rest)
                }
                _ => of_whole(whole, roles),
            }
        }
    }
}

/// The possible names of a variant's type or of a part of it, which contain the variant's name. An item of the variant
/// `Users` is a `User`, unless that is a variant.
fn of_variant(union: &TypeNames, index: usize, roles: &[Role]) -> Vec<String> {
    let variant = union.parts.get(index).map(Ident::plain).unwrap_or_default();
    let whole = format!("{}{variant}", union.ident.plain());
    let one = singular(variant);
    let is_variant = union.parts.iter().any(|part| part.plain() == one);
    if is_variant { part(&whole, roles) } else { of_whole(&whole, roles) }
}

/// The possible names of a part, best first: an item of `Users` is a `User`, unless that name is taken.
fn of_whole(whole: &str, roles: &[Role]) -> Vec<String> {
    let mut found = Vec::new();
    if let [Role::Item, rest @ ..] = roles {
        let one = Some(singular(whole)).filter(|one| one != whole);
        found.extend(one.into_iter().flat_map(|one| part(&one, rest)));
    }
    found.extend(part(whole, roles));
    found
}

/// The possible names of a part after the name of its parent, best first.
fn part(whole: &str, roles: &[Role]) -> Vec<String> {
    match roles {
        [] => vec![whole.to_owned()],
        _ => [text(roles), text_with_items(roles)].map(|text| words::camel_part(whole, &text)).to_vec(),
    }
}

/// The words of a part without those of its parent: an item of `groups` is a `group`.
fn text(roles: &[Role]) -> String {
    text_by(roles, |many| Some(singular(many)).filter(|one| one != many))
}

/// The same if that is taken: an item of `groups` is a `groups item`.
fn text_with_items(roles: &[Role]) -> String {
    text_by(roles, |_| None)
}

fn text_by(roles: &[Role], one: fn(&str) -> Option<String>) -> String {
    roles.iter().fold(String::new(), |words, role| extend(&words, role, one)).trim().to_owned()
}

/// Adds the words of a role to those of the parent.
fn extend(words: &str, role: &Role, one: fn(&str) -> Option<String>) -> String {
    match role {
        Role::Property(word) | Role::Parameter(word) => format!("{words} {word}"),
        Role::Item => one(words).unwrap_or_else(|| format!("{words} item")),
        Role::Position(index) => format!("{words} item {}", index + 1),
        Role::Base => format!("{words} base"),
        Role::Request => format!("{words} request"),
        Role::Value => format!("{words} value"),
        Role::Variant(_, Some(title)) if title.len() <= LONGEST_TITLE => format!("{words} {title}"),
        Role::Variant(index, _) => format!("{words} variant {}", index + 1),
        Role::Body => format!("{words} body"),
        Role::Response(status) => format!("{words} response {}", status.as_deref().unwrap_or_default()),
        Role::Error(status) => format!("{words} error {}", status.as_deref().unwrap_or_default()),
    }
}
