//! Types without a name that are the same: an enum that a hundred operations write out again is one type.
//!
//! Only types of one use are compared (properties or parameters of one name, alternatives of one title, bodies of
//! errors), and only where several places repeat them: a type is then called by that use alone.

use std::collections::HashMap;

use crate::ir::{
    Api, Docs, LONGEST_TITLE, MemberValue, Outcome, Payload, Rest, Role, Shape, TagKind, Type, TypeDef,
    TypeId, Usage, UsageParent,
};

/// How many places must repeat a type before it is taken for one.
const MIN_PLACES: usize = 3;

/// Of how many fields, constants or alternatives a type is large, and taken for one if two places repeat it.
const LARGE: usize = 8;

/// How often types are compared anew, since parts that became one may make their owners equal.
const MAX_ROUNDS: usize = 8;

/// Makes one type of those that are the same.
pub(super) fn merge(api: &mut Api) {
    for _ in 0..MAX_ROUNDS {
        let groups = groups(api);
        if groups.is_empty() {
            return;
        }
        let mut same: Vec<usize> = (0..api.types.len()).collect();
        for ids in groups {
            let roles = common_roles(api, &ids);
            share(&mut api.types[ids[0].index()], roles);
            ids.iter().for_each(|id| same[id.index()] = ids[0].index());
        }
        compact(api, &same);
    }
}

/// Where a type stands, in words.
fn place(api: &Api, usage: &Usage) -> String {
    match usage {
        Usage::Component(name) => name.clone(),
        Usage::Shared { otherwise, .. } => place(api, otherwise),
        Usage::Inline { parent, roles } => {
            let parent = match parent {
                UsageParent::Component(name) => name.clone(),
                UsageParent::Operation(id) => api.operation(*id).id.clone(),
                UsageParent::Type(id) => place(api, &api.type_def(*id).usage),
            };
            format!("{parent} {roles:?}")
        }
    }
}

/// The types that are the same, in groups. The first of each gives its name to all: it is the first by its place in words, whatever
/// the order of the document.
fn groups(api: &Api) -> Vec<Vec<TypeId>> {
    let mut found: HashMap<(String, String), Vec<TypeId>> = HashMap::new();
    for id in api.type_ids() {
        let def = api.type_def(id);
        let Some(part) = part(&def.usage) else { continue };
        let Some(fingerprint) = fingerprint(def) else { continue };
        found.entry((alike(part), fingerprint)).or_default().push(id);
    }
    let mut groups: Vec<Vec<TypeId>> = found
        .into_values()
        .filter(|ids| {
            let first = api.type_def(ids[0]);
            ids.len() >= MIN_PLACES || (ids.len() > 1 && (is_shared(first) || parts(&first.shape) >= LARGE))
        })
        .collect();
    groups.sort();
    for ids in &mut groups {
        ids.sort_by_cached_key(|id| place(api, &api.type_def(*id).usage));
    }
    groups
}

/// A property and a parameter of one name are alike, and so are errors of whatever status.
fn alike(part: &[Role]) -> String {
    match part {
        [Role::Property(word) | Role::Parameter(word) | Role::Variant(_, Some(word)), rest @ ..] => {
            format!("{} {rest:?}", word.to_lowercase())
        }
        [Role::Error(_), rest @ ..] => format!("{:?} {rest:?}", Role::Error(None)),
        other => format!("{other:?}"),
    }
}

/// What types that are the same are for. Errors of several statuses are for none of them.
fn common_roles(api: &Api, ids: &[TypeId]) -> Vec<Role> {
    let mut all = ids.iter().filter_map(|id| part(&api.type_def(*id).usage));
    let first = all.next().unwrap_or_default();
    match first {
        [Role::Error(status), rest @ ..]
            if all.any(|other| !matches!(other, [Role::Error(one), ..] if one == status)) =>
        {
            [&[Role::Error(None), Role::Body], rest].concat()
        }
        _ => first.to_vec(),
    }
}

fn parts(shape: &Shape) -> usize {
    match shape {
        Shape::Record(record) => record.fields.len(),
        Shape::Enumeration(enumeration) => enumeration.members.len(),
        Shape::Union(union) => union.variants.len(),
        Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => 0,
    }
}

fn is_shared(def: &TypeDef) -> bool {
    matches!(def.usage, Usage::Shared { .. })
}

/// The property, parameter, titled alternative or error that a type is for, and which part of that it is.
fn part(usage: &Usage) -> Option<&[Role]> {
    match usage {
        Usage::Component(_) => None,
        Usage::Shared { roles, .. } => Some(roles),
        Usage::Inline { parent: UsageParent::Component(_), .. } => None,
        Usage::Inline { parent, roles } => {
            let start = roles.iter().rposition(|role| is_named(role, parent))?;
            Some(&roles[start..])
        }
    }
}

/// Whether a part can be called by what it is for, without its whole.
fn is_named(role: &Role, parent: &UsageParent) -> bool {
    match (role, parent) {
        (Role::Property(_) | Role::Parameter(_) | Role::Error(_), _) => true,
        // An alternative body of an operation is titled by its media type.
        (Role::Variant(_, Some(title)), UsageParent::Type(_)) => title.len() <= LONGEST_TITLE,
        _ => false,
    }
}

/// Calls a type by what it is for, and takes away what only one of its places says.
fn share(def: &mut TypeDef, roles: Vec<Role>) {
    if !is_shared(def) {
        let otherwise = Box::new(def.usage.clone());
        def.usage = Usage::Shared { roles, otherwise };
        def.docs = Docs::default();
    }
}

/// What a type is, in words that two types share if they are the same. What the document says of its parts counts,
/// what it says of the whole does not: that stands at each use.
fn fingerprint(def: &TypeDef) -> Option<String> {
    match &def.shape {
        Shape::Record(record) => {
            let rest = match &record.rest {
                Rest::Unknown => None,
                Rest::Typed(ty, _) => Some(ty),
            };
            let fields = record.fields.iter().map(|field| {
                let facts = (field.presence, field.access, field.deprecated, &field.default, &field.constant);
                format!("{:?} {:?} {:?} {:?}", field.wire, field.ty, facts, field.docs)
            });
            Some(format!("record {:?} {rest:?} {:?}", def.deprecated, fields.collect::<Vec<_>>()))
        }
        Shape::Enumeration(enumeration) => {
            let members: Vec<(&MemberValue, &Docs)> =
                enumeration.members.iter().map(|member| (&member.value, &member.docs)).collect();
            Some(format!("enum {:?} {members:?}", def.deprecated))
        }
        Shape::Union(union) => {
            let variants: Vec<(&Type, &[String], TagKind)> = union
                .variants
                .iter()
                .map(|variant| (&variant.ty, variant.tags.as_slice(), variant.tag_kind))
                .collect();
            let told = (&union.dispatch, &union.fallback, union.is_tag_apart);
            Some(format!("union {:?} {told:?} {variants:?}", def.deprecated))
        }
        Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => None,
    }
}

/// Drops every type that is the same as another, and renumbers what is left.
fn compact(api: &mut Api, same: &[usize]) {
    let mut numbers = vec![TypeId::from_index(0); same.len()];
    let kept: Vec<usize> = (0..same.len()).filter(|index| same[*index] == *index).collect();
    for (number, index) in kept.iter().enumerate() {
        numbers[*index] = TypeId::from_index(number);
    }
    let number = |id: &mut TypeId| *id = numbers[same[id.index()]];
    let types = std::mem::take(&mut api.types);
    api.types = types
        .into_iter()
        .enumerate()
        .filter(|(index, _)| same[*index] == *index)
        .map(|(_, mut def)| {
            renumber_usage(&mut def.usage, &number);
            renumber_shape(&mut def.shape, &number);
            def
        })
        .collect();
    api.received.iter_mut().for_each(|ty| renumber(ty, &number));
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| renumber(&mut parameter.ty, &number));
        operation.bodies_mut().for_each(|body| renumber_payload(&mut body.payload, &number));
        for outcome in [&mut operation.success, &mut operation.failure] {
            match outcome {
                Outcome::None => {}
                Outcome::One { payload, .. } => renumber_payload(payload, &number),
                Outcome::Several(id) => number(id),
            }
        }
        if let Some(pagination) = &mut operation.pagination {
            renumber(&mut pagination.item, &number);
        }
    }
}

fn renumber_usage(usage: &mut Usage, number: &impl Fn(&mut TypeId)) {
    match usage {
        Usage::Inline { parent: UsageParent::Type(id), .. } => number(id),
        Usage::Shared { otherwise, .. } => renumber_usage(otherwise, number),
        Usage::Inline { .. } | Usage::Component(_) => {}
    }
}

fn renumber_shape(shape: &mut Shape, number: &impl Fn(&mut TypeId)) {
    match shape {
        Shape::Record(record) => {
            record.fields.iter_mut().for_each(|field| renumber(&mut field.ty, number));
            if let Rest::Typed(ty, _) = &mut record.rest {
                renumber(ty, number);
            }
        }
        Shape::Union(union) => {
            union.variants.iter_mut().for_each(|variant| renumber(&mut variant.ty, number))
        }
        Shape::Alias(ty) => renumber(ty, number),
        Shape::Cases(cases) => {
            let payloads = cases.iter_mut().filter_map(|case| case.payload.as_mut());
            payloads.for_each(|payload| renumber_payload(payload, number));
        }
        Shape::Multipart(form) => form.types_mut().for_each(|ty| renumber(ty, number)),
        Shape::Enumeration(_) => {}
    }
}

fn renumber_payload(payload: &mut Payload, number: &impl Fn(&mut TypeId)) {
    match payload {
        Payload::Json(ty) | Payload::Form(ty, _) => renumber(ty, number),
        Payload::Multipart(id) => number(id),
        Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes => {}
    }
}

fn renumber(ty: &mut Type, number: &impl Fn(&mut TypeId)) {
    match ty {
        Type::Named(id) => number(id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => renumber(inner, number),
        Type::Tuple(items, rest) => {
            items.iter_mut().for_each(|item| renumber(item, number));
            if let Some(rest) = rest {
                renumber(rest, number);
            }
        }
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File => {}
    }
}
