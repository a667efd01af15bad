//! Estimates the inline size of values, and decides which parts are boxed for it.
//!
//! A field takes at most [`MAX_FIELD`] bytes and an enum at most [`MAX_ENUM`]; larger ones are a `Box`. Boxing depends
//! on the kind of type, not its current contents: a record is always boxed, so that adding a member does not change
//! field types elsewhere.
//!
//! ```yaml
//! Order: { properties: { customer: { $ref: "#/components/schemas/Customer" }, total: { type: integer } } }
//! ```
//! is `struct Order { customer: Option<Box<Customer>>, total: Option<i64> }`.

use std::collections::{HashMap, HashSet};

use super::cycle::Edge;
use crate::{
    config::{Format, Library},
    ir::{Api, Case, Integer, MemberValue, Payload, Presence, Primitive, Scalar, Shape, Type, TypeId},
};

/// The largest size of a field in bytes.
const MAX_FIELD: usize = 64;

/// The largest size of an enum in bytes.
const MAX_ENUM: usize = 128;

/// The largest size of a variant tag.
const WORD: usize = 8;

/// The size of `Value`, which every union can hold.
const VALUE: usize = 32;

/// The size of `String`, `Vec` and `BTreeMap`.
const CONTAINER: usize = 24;

/// How many chained aliases are followed.
const MAX_NAMES: usize = 16;

/// The parts that are boxed for their size, in addition to the cyclic ones.
pub(super) fn boxed(api: &Api, cyclic: &HashSet<Edge>) -> HashSet<Edge> {
    let mut sizes = Sizes { api, cyclic, known: HashMap::new() };
    let mut found = HashSet::new();
    for id in api.type_ids() {
        let exceed: Vec<bool> = match &api.type_def(id).shape {
            Shape::Record(record) => {
                record.fields.iter().map(|field| sizes.exceeds_field(&field.ty, field.presence)).collect()
            }
            Shape::Multipart(form) => {
                let fields = form.parts.iter().map(|part| &part.field);
                fields.map(|field| sizes.exceeds_field(&field.ty, field.presence)).collect()
            }
            Shape::Union(union) => {
                union.variants.iter().map(|variant| sizes.exceeds_variant(&variant.ty)).collect()
            }
            Shape::Cases(cases) => cases.iter().map(|case| sizes.exceeds_case(case)).collect(),
            Shape::Enumeration(_) | Shape::Alias(_) => Vec::new(),
        };
        let parts = exceed.into_iter().enumerate().filter(|(_, exceeds)| *exceeds);
        found.extend(parts.map(|(part, _)| Edge { from: id, part }));
    }
    found
}

/// The sizes of declared types, each computed once.
struct Sizes<'a> {
    api: &'a Api,
    cyclic: &'a HashSet<Edge>,
    known: HashMap<TypeId, Option<usize>>,
}

impl Sizes<'_> {
    fn exceeds_field(&mut self, ty: &Type, presence: Presence) -> bool {
        let around = match presence {
            Presence::Required => 0,
            Presence::Nullable | Presence::Optional | Presence::ThreeState => WORD,
        };
        self.of(ty).is_none_or(|size| size + around > MAX_FIELD)
    }

    /// Whether a type is too large for a variant. A union may be large enough only that three nested ones still fit a
    /// field.
    fn exceeds_variant(&mut self, ty: &Type) -> bool {
        let limit = if is_union(self.api, ty, 0) { MAX_FIELD - 2 * WORD } else { VALUE };
        self.of(ty).is_none_or(|size| size > limit)
    }

    fn exceeds_case(&mut self, case: &Case) -> bool {
        match &case.payload {
            Some(Payload::Json(ty)) => self.of(ty).is_none_or(|size| size + WORD > MAX_ENUM),
            // Scalars and bytes.
            Some(Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes) | None => false,
        }
    }

    /// The largest inline size of a value in bytes; `None` if it is always boxed.
    fn of(&mut self, ty: &Type) -> Option<usize> {
        match ty {
            Type::Primitive(primitive) => Some(primitive_size(*primitive)),
            Type::Scalar(scalar) => Some(scalar_size(scalar)),
            Type::Any => Some(VALUE),
            Type::Named(id) => self.of_declared(*id),
            Type::List(_) | Type::Map(_) => Some(CONTAINER),
            Type::Nullable(inner) => Some(self.of(inner)? + WORD),
            Type::Tuple(items, rest) => {
                let first = items.iter().map(|item| Some(self.of(item)?.next_multiple_of(WORD)));
                Some(first.sum::<Option<usize>>()? + rest.as_ref().map_or(0, |_| CONTAINER))
            }
            Type::File => Some(MAX_FIELD - WORD),
        }
    }

    fn of_declared(&mut self, id: TypeId) -> Option<usize> {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        // A type that contains itself is boxed.
        self.known.insert(id, None);
        let size = match &self.api.type_def(id).shape {
            // However few members they have today.
            Shape::Record(_) | Shape::Multipart(_) | Shape::Cases(_) => None,
            Shape::Enumeration(enumeration) => {
                match enumeration.members.first().map(|member| &member.value) {
                    Some(MemberValue::Integer(_)) => Some(2 * WORD),
                    Some(MemberValue::Text(_)) | None => Some(CONTAINER),
                }
            }
            Shape::Alias(ty) => self.of(ty),
            Shape::Union(union) => {
                let variants = union.variants.iter().enumerate();
                let plain =
                    variants.filter(|(part, _)| !self.cyclic.contains(&Edge { from: id, part: *part }));
                let sizes = plain.map(|(_, variant)| self.of_variant(&variant.ty));
                Some(sizes.max().unwrap_or_default().max(VALUE) + WORD)
            }
        };
        self.known.insert(id, size);
        size
    }

    /// The size of a variant within its union.
    fn of_variant(&mut self, ty: &Type) -> usize {
        if self.exceeds_variant(ty) { WORD } else { self.of(ty).unwrap_or(WORD) }
    }
}

fn is_union(api: &Api, ty: &Type, names: usize) -> bool {
    match ty {
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Union(_) => true,
            Shape::Alias(ty) => names < MAX_NAMES && is_union(api, ty, names + 1),
            Shape::Record(_) | Shape::Enumeration(_) | Shape::Cases(_) | Shape::Multipart(_) => false,
        },
        Type::Nullable(inner) => is_union(api, inner, names),
        Type::Primitive(_)
        | Type::Scalar(_)
        | Type::Any
        | Type::File
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(..) => false,
    }
}

fn primitive_size(primitive: Primitive) -> usize {
    match primitive {
        Primitive::Bool => 1,
        Primitive::Float => 8,
        Primitive::String => CONTAINER,
        Primitive::Integer(integer) => match integer {
            Integer::I8 | Integer::U8 => 1,
            Integer::I16 | Integer::U16 => 2,
            Integer::I32 | Integer::U32 => 4,
            Integer::I64 | Integer::U64 => 8,
            Integer::I128 | Integer::U128 => 16,
        },
    }
}

/// The size of a scalar. A type named in the configuration counts as a string; its real size is unknown.
fn scalar_size(scalar: &Scalar) -> usize {
    match scalar {
        Scalar::Known(Format::Uri, Library::Url) => 88,
        Scalar::Known(Format::Base64 | Format::Base64Url, _) => 32,
        Scalar::Known(..) | Scalar::Other { .. } => CONTAINER,
    }
}
