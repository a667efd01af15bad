//! Makes the discriminator value of a variant the constant of the variant's field, so that constructors set it.
//!
//! ```yaml
//! discriminator: { propertyName: kind, mapping: { cat: "#/components/schemas/Cat" } }
//! ```
//! makes `cat` the constant of `kind` in `Cat`, unless another union maps `Cat` to a different value.

use indexmap::IndexMap;

use crate::ir::{Api, Constant, Dispatch, Field, Presence, Shape, TagKind, Type, TypeId, Union};

/// How many chained aliases are followed.
const DEPTH: usize = 16;

/// Sets the constants of discriminator fields.
pub(super) fn fill(api: &mut Api) {
    let mut meant: IndexMap<(TypeId, String), Option<Constant>> = IndexMap::new();
    for def in &api.types {
        if let Shape::Union(union) = &def.shape {
            for (key, tag) in tags(api, union) {
                let known = meant.entry(key).or_insert_with(|| tag.clone());
                if *known != tag {
                    *known = None;
                }
            }
        }
    }
    for ((id, property), tag) in meant {
        let Some(tag) = tag else { continue };
        let Shape::Record(record) = &mut api.types[id.index()].shape else { continue };
        let is_meant = |field: &&mut Field| field.wire == property && field.presence == Presence::Required;
        for field in record.fields.iter_mut().filter(is_meant) {
            field.constant.get_or_insert_with(|| tag.clone());
        }
    }
}

/// The records among the variants, and the discriminator value of each if it is unique.
fn tags(api: &Api, union: &Union) -> Vec<((TypeId, String), Option<Constant>)> {
    let Dispatch::Tag(property) = &union.dispatch else { return Vec::new() };
    let variants = union.variants.iter().enumerate();
    let records = variants.filter_map(|(index, variant)| {
        let tag = match variant.tags.as_slice() {
            [only] if !union.is_fallback(index) => value(only, variant.tag_kind),
            _ => None,
        };
        Some(((record(api, &variant.ty, 0)?, property.clone()), tag))
    });
    records.collect()
}

fn value(tag: &str, kind: TagKind) -> Option<Constant> {
    match kind {
        TagKind::Text => Some(Constant::Text(tag.to_owned())),
        TagKind::Integer => tag.parse::<i64>().ok().map(Constant::Integer),
        TagKind::Flag => tag.parse::<bool>().ok().map(Constant::Bool),
    }
}

/// The record that a type resolves to.
fn record(api: &Api, ty: &Type, depth: usize) -> Option<TypeId> {
    let Type::Named(id) = ty else { return None };
    match &api.type_def(*id).shape {
        Shape::Record(_) => Some(*id),
        Shape::Alias(inner) if depth < DEPTH => record(api, inner, depth + 1),
        Shape::Alias(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Cases(_) | Shape::Multipart(_) => {
            None
        }
    }
}
