//! How well a type holds a JSON value: by that one alternative of a union is chosen for it.

use serde_json::{Map, Value};

use crate::ir::{
    Api, Constant, Dispatch, Enumeration, Field, MemberValue, Presence, Primitive, Record, Rest, Shape, Type,
    Union,
};

/// How deep a value is looked at; what is deeper is taken to fit.
const DEEPEST: usize = 64;

/// What a missing required member, or a value that is not a listed one, counts.
const GRAVE: usize = 100;

/// The alternative of a union that holds a value best: the one that its tag names, or else the first with the fewest
/// misfits. `None` if the value is of another kind than all of them.
pub fn choice(api: &Api, union: &Union, value: &Value) -> Option<usize> {
    choice_at(&Fit { api }, union, value, 0).map(|(index, _)| index)
}

struct Fit<'a> {
    api: &'a Api,
}

impl Fit<'_> {
    /// The number of things in a value that a type has no place for; `None` if the value is of another kind.
    fn ty(&self, ty: &Type, value: &Value, depth: usize) -> Option<usize> {
        if depth > DEEPEST {
            return Some(0);
        }
        let depth = depth + 1;
        match ty {
            // Anything else that fits says more.
            Type::Any => Some(1),
            Type::Nullable(_) if value.is_null() => Some(0),
            Type::Nullable(inner) => self.ty(inner, value, depth),
            Type::Primitive(primitive) => is_of(*primitive, value).then_some(0),
            Type::Scalar(scalar) if scalar.is_text() => value.is_string().then_some(0),
            Type::Scalar(_) => (value.is_number() || value.is_boolean()).then_some(0),
            Type::File => value.is_string().then_some(0),
            Type::List(item) => self.all(value.as_array()?.iter().map(|value| (&**item, value)), depth),
            Type::Map(of) => self.all(value.as_object()?.values().map(|value| (&**of, value)), depth),
            Type::Tuple(items, rest) => {
                let values = value.as_array().filter(|values| values.len() >= items.len())?;
                let more = rest
                    .as_deref()
                    .into_iter()
                    .flat_map(|rest| values[items.len()..].iter().map(move |value| (rest, value)));
                self.all(items.iter().zip(values).chain(more), depth)
            }
            Type::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Record(record) => self.record(record, value.as_object()?, depth),
                Shape::Enumeration(constants) => constant(constants, value),
                Shape::Union(union) => self.union(union, value, depth),
                Shape::Alias(ty) => self.ty(ty, value, depth),
                Shape::Cases(_) | Shape::Multipart(_) => None,
            },
        }
    }

    fn all<'t>(&self, parts: impl Iterator<Item = (&'t Type, &'t Value)>, depth: usize) -> Option<usize> {
        parts.map(|(ty, value)| self.ty(ty, value, depth)).sum()
    }

    fn record(&self, record: &Record, members: &Map<String, Value>, depth: usize) -> Option<usize> {
        let fields = record.fields.iter().map(|field| match members.get(&field.wire) {
            Some(Value::Null) if field.presence != Presence::Required => Some(0),
            Some(value) => Some(self.ty(&field.ty, value, depth)? + differs(field, value)),
            None => Some(if is_missed(field) { GRAVE } else { 0 }),
        });
        let is_declared = |name: &String| record.fields.iter().any(|field| field.wire == *name);
        let others =
            members.iter().filter(|(name, _)| !is_declared(name)).map(|(_, value)| match &record.rest {
                Rest::Typed(ty, _) => self.ty(ty, value, depth),
                Rest::Unknown => Some(1),
            });
        fields.chain(others).sum()
    }

    fn union(&self, union: &Union, value: &Value, depth: usize) -> Option<usize> {
        choice_at(self, union, value, depth).map(|(_, count)| count)
    }
}

fn choice_at(fit: &Fit<'_>, union: &Union, value: &Value, depth: usize) -> Option<(usize, usize)> {
    if let Dispatch::Tag(property) = &union.dispatch
        && let Some(tag) = value.get(property)
    {
        let text = tag.as_str().map_or_else(|| tag.to_string(), str::to_owned);
        let named = union.variants.iter().position(|variant| variant.tags.contains(&text));
        if let Some((index, count)) =
            named.and_then(|index| Some((index, fit.ty(&union.variants[index].ty, value, depth)?)))
        {
            return Some((index, count));
        }
    }
    let variants = union.variants.iter().enumerate();
    variants
        .filter_map(|(index, variant)| Some((index, fit.ty(&variant.ty, value, depth)?)))
        .min_by_key(|(_, count)| *count)
}

fn is_of(primitive: Primitive, value: &Value) -> bool {
    match primitive {
        Primitive::Bool => value.is_boolean(),
        Primitive::Integer(_) => value.is_i64() || value.is_u64(),
        Primitive::Float => value.is_number(),
        Primitive::String => value.is_string(),
    }
}

/// Whether a record without this field lacks something that is not sent by itself.
fn is_missed(field: &Field) -> bool {
    match field.presence {
        Presence::Required | Presence::Nullable => field.constant.is_none(),
        Presence::Optional | Presence::ThreeState => false,
    }
}

/// What a value other than the only one of a field counts.
fn differs(field: &Field, value: &Value) -> usize {
    let is_same = match &field.constant {
        None => true,
        Some(Constant::Bool(flag)) => value.as_bool() == Some(*flag),
        Some(Constant::Integer(number)) => value.as_i64() == Some(*number),
        Some(Constant::Text(text)) => value.as_str() == Some(text),
    };
    if is_same { 0 } else { GRAVE }
}

fn constant(constants: &Enumeration, value: &Value) -> Option<usize> {
    let is_listed = constants.members.iter().any(|member| match &member.value {
        MemberValue::Text(text) => value.as_str() == Some(text),
        MemberValue::Integer(number) => value.as_i64().map(i128::from) == Some(*number),
    });
    let is_of_kind = if constants.integer().is_some() { value.is_number() } else { value.is_string() };
    is_of_kind.then_some(if is_listed { 0 } else { GRAVE })
}
