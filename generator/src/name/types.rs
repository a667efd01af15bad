//! Types, their fields and variants.
//!
//! A component keeps its own name. A part without a name is called after what it is part of and what it is for:
//!
//! ```yaml
//! User: { properties: { groups: { type: array, items: { type: object, properties: {…} } } } }
//! ```
//! has items of type `UserGroup`. The type of a variant has the variant's name too: `ContactEmail`. Two that would be
//! called the same are told apart by a number.

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

/// Claims every type's name: components first, so that they keep the bare names.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let mut named: Vec<(TypeId, Wanted)> = Vec::new();
    let mut inline = Vec::new();
    for id in api.type_ids() {
        match &api.type_def(id).usage {
            Usage::Component(name) => named.push((id, Wanted { text: name.clone(), otherwise: None })),
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

/// Claims the names of types that the document gives none: of wholes before those of their parts, and otherwise in the order of
/// what they are to be called, for that of a document means nothing.
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

/// How many types without names of their own it is within.
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

/// What the type may be called, the best first.
fn candidates(api: &Api, names: &Names, usage: &Usage) -> Vec<String> {
    match usage {
        Usage::Component(name) => vec![words::camel(name)],
        Usage::Inline { parent: UsageParent::Operation(id), roles } => {
            part(&words::camel(&api.operation(*id).id), roles)
        }
        Usage::Inline { parent: UsageParent::Component(name), roles } => {
            let own = words::camel(name);
            // Without a role it is a parameter's, which may be called like a schema.
            let more = roles.is_empty().then(|| words::camel_part(&own, "parameter"));
            of_whole(&own, roles).into_iter().chain(more).collect()
        }
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

/// A variant's type has the variant's name too. An item of the variant `Users` is a `User`, unless that is a variant.
fn of_variant(union: &TypeNames, index: usize, roles: &[Role]) -> Vec<String> {
    let variant = union.parts.get(index).map(Ident::plain).unwrap_or_default();
    let whole = format!("{}{variant}", union.ident.plain());
    let one = singular(variant);
    let is_variant = union.parts.iter().any(|part| part.plain() == one);
    if is_variant { part(&whole, roles) } else { of_whole(&whole, roles) }
}

/// What a part is called, the best first: an item of `Users` is a `User`, unless that is something else.
fn of_whole(whole: &str, roles: &[Role]) -> Vec<String> {
    let mut found = Vec::new();
    if let [Role::Item, rest @ ..] = roles {
        let one = Some(singular(whole)).filter(|one| one != whole);
        found.extend(one.into_iter().flat_map(|one| part(&one, rest)));
    }
    found.extend(part(whole, roles));
    found
}

/// What a part is called after its whole, the best first.
fn part(whole: &str, roles: &[Role]) -> Vec<String> {
    match roles {
        [] => vec![whole.to_owned()],
        _ => [text(roles), text_with_items(roles)].map(|text| words::camel_part(whole, &text)).to_vec(),
    }
}

/// The words of a part, without those of its whole: one of `groups` is a `group`.
fn text(roles: &[Role]) -> String {
    text_by(roles, |many| Some(singular(many)).filter(|one| one != many))
}

/// The same, where that is something else: one of `groups` is a `groups item`.
fn text_with_items(roles: &[Role]) -> String {
    text_by(roles, |_| None)
}

fn text_by(roles: &[Role], one: fn(&str) -> Option<String>) -> String {
    roles.iter().fold(String::new(), |words, role| extend(&words, role, one)).trim().to_owned()
}

/// The words of a part, from those of what it is part of.
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
