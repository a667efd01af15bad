//! Splits types by direction: `readOnly` properties are not sent, `writeOnly` ones are not received; those that a
//! schema requires which extends theirs are sent if the caller gives them. In a JSON Merge
//! Patch, `null` removes a member (RFC 7396 §2), so every optional member and every map value sent in one can be
//! `null`.
//!
//! A type that travels only one way loses the properties of the other. A type that travels both ways and has such
//! properties is split, as is every type both ways that mentions it: the type itself is what is received, a copy is
//! what is sent.

use std::collections::{HashMap, HashSet};

use crate::{
    ir::{
        Access, Api, Content, Field, Operation, Presence, Record, Rest, Role, Shape, Type, TypeDef, TypeId,
        Usage, UsageParent,
    },
    lower::media::essence,
};

use super::usage::{directions, mentioned};

/// Removes properties that do not travel, splitting types that travel both ways.
pub(super) fn split(api: &mut Api) {
    let directions = directions(api);
    let both: HashSet<TypeId> =
        api.type_ids().filter(|id| directions[id.index()].sent && directions[id.index()].received).collect();
    let patches = patches(api);
    let copies = copy(api, &split_types(api, &both, &patches));
    let originals: HashMap<TypeId, TypeId> = copies.iter().map(|(id, copy)| (*copy, *id)).collect();
    for id in api.type_ids() {
        let is_patch = patches.contains(originals.get(&id).unwrap_or(&id));
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
        if is_sent && is_patch {
            allow_null(shape);
        }
    }
    redirect_operations(api, &copies);
    for body in api.operations.iter_mut().flat_map(Operation::bodies_mut) {
        if let (Content::Json(ty), true) = (&mut body.content, is_merge_patch(&body.media_type)) {
            allow_null_in_maps(ty);
        }
    }
}

/// The types of JSON Merge Patch bodies and of the objects in them. Lists are replaced, not merged.
fn patches(api: &Api) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    let mut pending: Vec<TypeId> = Vec::new();
    for body in api.operations.iter().flat_map(Operation::bodies) {
        if let (Content::Json(ty), true) = (&body.content, is_merge_patch(&body.media_type)) {
            pending.extend(merged(ty));
        }
    }
    while let Some(id) = pending.pop() {
        if !found.insert(id) {
            continue;
        }
        match &api.type_def(id).shape {
            Shape::Record(record) => {
                pending.extend(record.fields.iter().filter_map(|field| merged(&field.ty)))
            }
            Shape::Union(union) => pending.extend(union.variants.iter().filter_map(|one| merged(&one.ty))),
            Shape::Alias(ty) => pending.extend(merged(ty)),
            Shape::Enumeration(_) | Shape::Cases(_) | Shape::Multipart(_) => {}
        }
    }
    found
}

fn is_merge_patch(media_type: &str) -> bool {
    essence(media_type) == "application/merge-patch+json"
}

/// The declared type that is merged where this type is used.
fn merged(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Map(inner) | Type::Nullable(inner) => merged(inner),
        Type::Primitive(_) | Type::Scalar(_) | Type::Any | Type::File | Type::List(_) | Type::Tuple(..) => {
            None
        }
    }
}

/// Makes every optional member and every map value nullable.
fn allow_null(shape: &mut Shape) {
    match shape {
        Shape::Record(record) => {
            for field in &mut record.fields {
                if field.presence == Presence::Optional {
                    field.presence = Presence::ThreeState;
                }
                allow_null_in_maps(&mut field.ty);
            }
            if let Rest::Typed(ty, _) = &mut record.rest {
                allow_null_in_maps(ty);
                make_nullable(ty);
            }
        }
        Shape::Alias(ty) => allow_null_in_maps(ty),
        Shape::Union(_) | Shape::Enumeration(_) | Shape::Cases(_) | Shape::Multipart(_) => {}
    }
}

/// Makes the values of the maps that are merged within a type nullable.
fn allow_null_in_maps(ty: &mut Type) {
    match ty {
        Type::Map(inner) => {
            allow_null_in_maps(inner);
            make_nullable(inner);
        }
        Type::Nullable(inner) => allow_null_in_maps(inner),
        Type::Named(_)
        | Type::Primitive(_)
        | Type::Scalar(_)
        | Type::Any
        | Type::File
        | Type::List(_)
        | Type::Tuple(..) => {}
    }
}

fn make_nullable(ty: &mut Type) {
    if !matches!(ty, Type::Nullable(_) | Type::Any) {
        let inner = std::mem::replace(ty, Type::Any);
        *ty = Type::Nullable(Box::new(inner));
    }
}

/// The types used both ways that differ by direction, or mention one that does.
fn split_types(api: &Api, both: &HashSet<TypeId>, patches: &HashSet<TypeId>) -> Vec<TypeId> {
    let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    let ids = || api.type_ids().filter(|id| both.contains(id));
    for id in ids() {
        for part in mentioned(api, id) {
            users.entry(part).or_default().push(id);
        }
    }
    let mut found: HashSet<TypeId> = HashSet::new();
    let mut pending: Vec<TypeId> = ids()
        .filter(|id| {
            is_restricted(api.type_def(*id)) || (patches.contains(id) && has_optional(api.type_def(*id)))
        })
        .collect();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(users.get(&id).into_iter().flatten());
        }
    }
    ids().filter(|id| found.contains(id)).collect()
}

/// Whether a patch can remove something in a type.
fn has_optional(def: &TypeDef) -> bool {
    let mut patched = def.shape.clone();
    allow_null(&mut patched);
    patched != def.shape
}

fn is_restricted(def: &TypeDef) -> bool {
    match &def.shape {
        Shape::Record(record) => record.fields.iter().any(|field| field.access != Access::Both),
        Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Cases(_) | Shape::Multipart(_) => {
            false
        }
    }
}

/// Declares a copy of each type, to be sent.
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

/// Removes the properties with this access. Of what is sent, those that the caller may give become optional.
fn restrict(shape: &mut Shape, access: Access) {
    let Shape::Record(record) = shape else { return };
    record.fields.retain(|field| field.access != access);
    let given = record.fields.iter_mut().filter(|field| field.access == Access::Given);
    for field in given.filter(|_| access == Access::ReadOnly) {
        field.presence = match field.presence {
            Presence::Required | Presence::Optional => Presence::Optional,
            Presence::Nullable | Presence::ThreeState => Presence::ThreeState,
        };
        field.constant = None;
    }
}

fn redirect_operations(api: &mut Api, copies: &HashMap<TypeId, TypeId>) {
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| redirect(&mut parameter.ty, copies));
        for body in operation.bodies_mut() {
            match &mut body.content {
                Content::Json(ty) | Content::Form(ty, _) => redirect(ty, copies),
                Content::Multipart(_) | Content::Text(_) | Content::Bytes => {}
            }
        }
    }
}

fn redirect_shape(shape: &mut Shape, copies: &HashMap<TypeId, TypeId>) {
    match shape {
        Shape::Record(Record { fields, rest }) => {
            fields.iter_mut().flat_map(Field::types_mut).for_each(|ty| redirect(ty, copies));
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
