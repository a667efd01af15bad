//! Finds unnamed types that are equal: an enum repeated in a hundred operations is declared once.
//!
//! Each keeps the name of its own place as an alias of the declared one, so that a change in one place does not rename
//! a type in another. Compared are types with the same use (properties or parameters with one name, alternatives with
//! one title, error bodies). Structs must also travel the same way, because those that are sent have constructors, and
//! have the same boxed parts.

use std::collections::{HashMap, HashSet};

use super::{
    cycle::{self, Edge},
    usage::{Direction, directions},
};
use crate::ir::{
    Api, Enumeration, Field, LONGEST_TITLE, Record, Rest, Role, Shape, Type, TypeDef, TypeId, Union, Usage,
    UsageParent, Variant,
};

/// How many rounds of comparison there are; parts found equal can make their owners equal.
const MAX_ROUNDS: usize = 8;

/// Marks which of several equal types is declared.
pub(super) fn find(api: &mut Api) {
    let facts = Facts { directions: directions(api), cyclic: cycle::boxed(api) };
    for _ in 0..MAX_ROUNDS {
        let before: Vec<Option<TypeId>> = api.types.iter().map(|def| def.same_as).collect();
        for ids in groups(api, &facts) {
            for id in &ids[1..] {
                api.types[id.index()].same_as = Some(ids[0]);
            }
        }
        if api.types.iter().map(|def| def.same_as).eq(before) {
            return;
        }
    }
}

/// What depends on where a type is used and affects its code.
struct Facts {
    directions: Vec<Direction>,
    cyclic: HashSet<Edge>,
}

/// The place of a type, in words.
fn place(api: &Api, usage: &Usage) -> String {
    match usage {
        Usage::Component(name) => name.clone(),
        Usage::Inline { parent, roles } => {
            let parent = match parent {
                UsageParent::Component(name) => name.clone(),
                UsageParent::Operation(id) => api.operation(*id).id.clone(),
                UsageParent::Webhooks => String::new(),
                UsageParent::Type(id) => place(api, &api.type_def(*id).usage),
            };
            format!("{parent} {roles:?}")
        }
    }
}

/// The groups of equal types. The first of each is declared: the one with the shortest place, independent of document
/// order.
fn groups(api: &Api, facts: &Facts) -> Vec<Vec<TypeId>> {
    let mut found: HashMap<(String, String), Vec<TypeId>> = HashMap::new();
    for id in api.type_ids() {
        let def = api.type_def(id);
        let Some(part) = part(&def.usage) else { continue };
        let Some(fingerprint) = fingerprint(api, id, facts) else { continue };
        found.entry((alike(part), fingerprint)).or_default().push(id);
    }
    let mut groups: Vec<Vec<TypeId>> = found.into_values().filter(|ids| ids.len() > 1).collect();
    groups.sort();
    for ids in &mut groups {
        ids.sort_by_cached_key(|id| {
            let place = place(api, &api.type_def(*id).usage);
            (place.len(), place)
        });
    }
    groups
}

/// A key that is equal for a property and a parameter with one name, and for errors of any status.
fn alike(part: &[Role]) -> String {
    match part {
        [Role::Property(word) | Role::Parameter(word) | Role::Variant(_, Some(word)), rest @ ..] => {
            format!("{} {rest:?}", word.to_lowercase())
        }
        [Role::Error(_), rest @ ..] => format!("{:?} {rest:?}", Role::Error(None)),
        other => format!("{other:?}"),
    }
}

/// The property, parameter, titled alternative or error that a type belongs to, and the path within it.
fn part(usage: &Usage) -> Option<&[Role]> {
    match usage {
        Usage::Component(_) | Usage::Inline { parent: UsageParent::Component(_), .. } => None,
        Usage::Inline { parent, roles } => {
            let start = roles.iter().rposition(|role| is_named(role, parent))?;
            Some(&roles[start..])
        }
    }
}

/// Whether a part can be named after its use alone, without its parent.
fn is_named(role: &Role, parent: &UsageParent) -> bool {
    match (role, parent) {
        (Role::Property(_) | Role::Parameter(_) | Role::Error(_), _) => true,
        // An operation's alternative bodies are titled by media type.
        (Role::Variant(_, Some(title)), UsageParent::Type(_)) => title.len() <= LONGEST_TITLE,
        _ => false,
    }
}

/// A description of a type, equal for equal types. The descriptions of its parts count; its own does not, because it
/// is kept at each use.
fn fingerprint(api: &Api, id: TypeId, facts: &Facts) -> Option<String> {
    let def = api.type_def(id);
    let mut shape = def.shape.clone();
    for_each_type(&mut shape, &mut |id| *id = api.declared(*id));
    let words = match &shape {
        Shape::Record(record) => format!("{:?} {}", facts.directions[id.index()], of_record(record)),
        Shape::Enumeration(enumeration) => of_enumeration(enumeration),
        Shape::Union(union) => of_union(union, &titles(api, def)),
        Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => return None,
    };
    let boxed: Vec<bool> =
        (0..parts(&shape)).map(|part| facts.cyclic.contains(&Edge { from: id, part })).collect();
    Some(format!("{:?} {boxed:?} {words}", def.deprecated))
}

fn of_record(record: &Record) -> String {
    let rest = match &record.rest {
        Rest::Unknown => None,
        Rest::Typed(ty, docs) => Some((ty, docs)),
    };
    let fields = record.fields.iter().map(|field| {
        let facts = (field.presence, field.access, field.deprecated, &field.default, &field.constant);
        format!("{:?} {:?} {:?} {:?} {:?}", field.wire, field.ty, field.json, facts, field.docs)
    });
    format!("record {rest:?} {:?}", fields.collect::<Vec<_>>())
}

fn of_enumeration(enumeration: &Enumeration) -> String {
    let members = enumeration.members.iter().map(|member| (&member.value, &member.name, &member.docs));
    format!("enum {:?}", members.collect::<Vec<_>>())
}

fn of_union(union: &Union, titles: &[Option<Role>]) -> String {
    let variants = union
        .variants
        .iter()
        .zip(titles)
        .map(|(variant, title)| (&variant.ty, &variant.tags, variant.tag_kind, &variant.docs, title));
    let told = (&union.dispatch, &union.fallback, union.is_tag_apart);
    format!("union {told:?} {:?}", variants.collect::<Vec<_>>())
}

/// What the place of each variant says about it, which may name it.
fn titles(api: &Api, def: &TypeDef) -> Vec<Option<Role>> {
    let Shape::Union(union) = &def.shape else { return Vec::new() };
    let title = |variant: &Variant| match &api.type_def(variant.ty.named()?).usage {
        Usage::Inline { roles, .. } => roles.last().cloned(),
        Usage::Component(_) => None,
    };
    union.variants.iter().map(title).collect()
}

fn parts(shape: &Shape) -> usize {
    match shape {
        Shape::Record(record) => record.fields.len(),
        Shape::Union(union) => union.variants.len(),
        Shape::Enumeration(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => 0,
    }
}

/// Visits every declared type that a shape mentions.
fn for_each_type(shape: &mut Shape, visit: &mut impl FnMut(&mut TypeId)) {
    match shape {
        Shape::Record(record) => {
            record.fields.iter_mut().flat_map(Field::types_mut).for_each(|ty| within(ty, visit));
            if let Rest::Typed(ty, _) = &mut record.rest {
                within(ty, visit);
            }
        }
        Shape::Union(union) => union.variants.iter_mut().for_each(|variant| within(&mut variant.ty, visit)),
        // These are never compared.
        Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) | Shape::Enumeration(_) => {}
    }
}

fn within(ty: &mut Type, visit: &mut impl FnMut(&mut TypeId)) {
    match ty {
        Type::Named(id) => visit(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => within(inner, visit),
        Type::Tuple(items, rest) => {
            items.iter_mut().for_each(|item| within(item, visit));
            if let Some(rest) = rest {
                within(rest, visit);
            }
        }
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File => {}
    }
}
