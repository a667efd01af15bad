//! Types, their fields and variants.
//!
//! A component keeps its own name. A part without a name is called after what it is part of and what it is for:
//!
//! ```yaml
//! User: { properties: { groups: { type: array, items: { type: object, properties: {…} } } } }
//! ```
//! has items of type `UserGroup`. The type of a variant has the variant's name too: `ContactEmail`. Two that would be
//! called the same are told apart by a number, in document order.

use super::{
    parts,
    singular::singular,
    table::{Names, TypeNames},
    words,
};
use crate::ir::{Api, Role, TypeId, Usage, UsageParent};

/// Claims every type's name: components first, so that they keep the bare names.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let (mut components, inline): (Vec<TypeId>, Vec<TypeId>) =
        api.type_ids().partition(|id| matches!(api.type_def(*id).usage, Usage::Component(_)));
    components.sort_by_key(|id| api.type_def(*id).origin);
    for id in components.into_iter().chain(inline) {
        let def = api.type_def(id);
        let wanted = candidates(api, names, &def.usage);
        let ident = names.type_scope.first_free(&wanted);
        let (parts, open) = parts::claim(api, def);
        names.set_type(id, TypeNames { ident, parts, open });
    }
}

/// What the type may be called, the best first.
fn candidates(api: &Api, names: &Names, usage: &Usage) -> Vec<String> {
    match usage {
        Usage::Component(name) => vec![words::camel(name)],
        Usage::Shared { roles, otherwise } => {
            let short = [words::camel(&text(roles)), words::camel(&text_by(roles, |_| None))];
            short.into_iter().chain(candidates(api, names, otherwise)).collect()
        }
        Usage::Inline { parent: UsageParent::Operation(id), roles } => {
            vec![part(words::camel(&api.operation(*id).id), roles)]
        }
        Usage::Inline { parent: UsageParent::Component(name), roles } => of_whole(words::camel(name), roles),
        Usage::Inline { parent: UsageParent::Type(id), roles } => {
            let parent = names.claimed(*id);
            let whole = parent.map(|names| names.ident.plain()).unwrap_or_default();
            // A variant's type has the variant's name, which the union has by now.
            match (parent.map(|names| names.parts.as_slice()), roles.as_slice()) {
                (Some(parts), [Role::Variant(index, _), rest @ ..]) if parts::is_union(api, *id) => {
                    let variant = parts.get(*index).map(|ident| ident.plain()).unwrap_or_default();
                    of_whole(format!("{whole}{variant}"), rest)
                }
                _ => of_whole(whole.to_owned(), roles),
            }
        }
    }
}

/// What a part is called, the best first: an item of `Users` is a `User`, unless that is something else.
fn of_whole(whole: String, roles: &[Role]) -> Vec<String> {
    let one = match roles {
        [Role::Item, rest @ ..] => {
            Some(singular(&whole)).filter(|one| *one != whole).map(|one| part(one, rest))
        }
        _ => None,
    };
    one.into_iter().chain([part(whole, roles)]).collect()
}

/// The name of a part that is called after its whole.
fn part(whole: String, roles: &[Role]) -> String {
    if roles.is_empty() { whole } else { words::camel_part(&whole, &text(roles)) }
}

/// The words of a part, without those of its whole.
pub(super) fn text(roles: &[Role]) -> String {
    text_by(roles, |many| Some(singular(many)).filter(|one| one != many))
}

/// The same, with another word for one of many: `None` is an `item`.
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
        Role::Variant(_, Some(title)) if title.len() <= parts::LONGEST_TITLE => format!("{words} {title}"),
        Role::Variant(index, _) => format!("{words} variant {}", index + 1),
        Role::Body => format!("{words} body"),
        Role::Response(status) => format!("{words} response {}", status.as_deref().unwrap_or_default()),
        Role::Error(status) => format!("{words} error {}", status.as_deref().unwrap_or_default()),
    }
}
