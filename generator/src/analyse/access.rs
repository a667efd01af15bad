//! `readOnly` and `writeOnly`: what may not be sent is no part of what is sent, and likewise for what is received.
//!
//! A type that only travels one way loses the properties that do not. One that travels both ways, and every type
//! both ways that mentions it, is split: the type itself is what is received, a copy is what is sent.

use std::collections::{HashMap, HashSet};

use crate::ir::{Access, Api, Payload, Record, Rest, Role, Shape, Type, TypeDef, TypeId, Usage, UsageParent};

use super::usage::{directions, mentioned};

/// Takes properties away where they do not travel, splitting types where they travel both ways.
pub(super) fn split(api: &mut Api) {
    let directions = directions(api);
    let both: HashSet<TypeId> =
        api.type_ids().filter(|id| directions[id.index()].sent && directions[id.index()].received).collect();
    let copies = copy(api, &split_types(api, &both));
    for id in api.type_ids() {
        let direction = directions.get(id.index());
        let is_sent = match direction {
            Some(direction) if direction.sent != direction.received => direction.sent,
            Some(_) if copies.contains_key(&id) => false,
            Some(_) => continue,
            // A copy.
            None => true,
        };
        let shape = &mut api.types[id.index()].shape;
        if is_sent {
            redirect_shape(shape, &copies);
        }
        restrict(shape, if is_sent { Access::ReadOnly } else { Access::WriteOnly });
    }
    redirect_operations(api, &copies);
}

/// The types both ways that say something about the way, or mention one that does.
fn split_types(api: &Api, both: &HashSet<TypeId>) -> Vec<TypeId> {
    let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    let ids = || api.type_ids().filter(|id| both.contains(id));
    for id in ids() {
        for part in mentioned(api, id) {
            users.entry(part).or_default().push(id);
        }
    }
    let mut found: HashSet<TypeId> = HashSet::new();
    let mut pending: Vec<TypeId> = ids().filter(|id| is_restricted(api.type_def(*id))).collect();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(users.get(&id).into_iter().flatten());
        }
    }
    ids().filter(|id| found.contains(id)).collect()
}

fn is_restricted(def: &TypeDef) -> bool {
    match &def.shape {
        Shape::Record(record) => record.fields.iter().any(|field| field.access != Access::Both),
        Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => {
            false
        }
    }
}

/// Declares a copy of each type, for what is sent.
fn copy(api: &mut Api, split: &[TypeId]) -> HashMap<TypeId, TypeId> {
    let mut copies = HashMap::new();
    for id in split {
        let usage = Usage::Inline { parent: UsageParent::Type(*id), roles: vec![Role::Request] };
        let copy = TypeDef { usage, ..api.type_def(*id).clone() };
        copies.insert(*id, TypeId::from_index(api.types.len()));
        api.types.push(copy);
    }
    copies
}

/// Takes the properties of this access away.
fn restrict(shape: &mut Shape, access: Access) {
    if let Shape::Record(record) = shape {
        record.fields.retain(|field| field.access != access);
    }
}

fn redirect_operations(api: &mut Api, copies: &HashMap<TypeId, TypeId>) {
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| redirect(&mut parameter.ty, copies));
        for body in operation.bodies_mut() {
            match &mut body.payload {
                Payload::Json(ty) | Payload::Form(ty, _) => redirect(ty, copies),
                Payload::Multipart(_) | Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes => {}
            }
        }
    }
}

fn redirect_shape(shape: &mut Shape, copies: &HashMap<TypeId, TypeId>) {
    match shape {
        Shape::Record(Record { fields, rest }) => {
            fields.iter_mut().for_each(|field| redirect(&mut field.ty, copies));
            if let Rest::Typed(ty, _) = rest {
                redirect(ty, copies);
            }
        }
        Shape::Union(union) => {
            union.variants.iter_mut().for_each(|variant| redirect(&mut variant.ty, copies));
        }
        Shape::Alias(ty) => redirect(ty, copies),
        Shape::Multipart(form) => form.types_mut().for_each(|ty| redirect(ty, copies)),
        Shape::Enumeration(_) | Shape::Cases(_) => {}
    }
}

fn redirect(ty: &mut Type, copies: &HashMap<TypeId, TypeId>) {
    match ty {
        Type::Named(id) => *id = copies.get(id).copied().unwrap_or(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => redirect(inner, copies),
        Type::Tuple(items, rest) => {
            items.iter_mut().for_each(|item| redirect(item, copies));
            if let Some(rest) = rest {
                redirect(rest, copies);
            }
        }
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File => {}
    }
}
