//! Whether an operation gives one thing or many, by the type that it succeeds with.

use crate::{
    ir::{Outcome, Payload, Record, Shape, Type, TypeDef},
    lower::{noun::same_noun, words::words_of},
};

/// The properties that hold the items of a page.
const PAGES: &[&str] =
    &["content", "data", "entries", "items", "objects", "records", "results", "rows", "value", "values"];

/// How deep a list may lie within an object that might be a page of it.
const DEPTH: usize = 3;

/// What comes back, or is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// A list, or an object that holds one as its page.
    Many,
    /// Something that holds no list.
    One,
    /// What does not tell.
    Unknown,
}

/// What an operation succeeds with; `noun` is the resource that it belongs to.
pub(super) fn on_success(outcome: &Outcome, types: &[TypeDef], noun: &str) -> Gives {
    match outcome {
        Outcome::None | Outcome::Several(_) => Gives::Unknown,
        Outcome::One { payload, .. } => by_payload(payload, types, noun),
    }
}

/// What a body is.
pub(super) fn by_payload(payload: &Payload, types: &[TypeDef], noun: &str) -> Gives {
    match payload {
        Payload::Json(ty) | Payload::Form(ty, _) => by_type(ty, types, noun, DEPTH),
        Payload::Multipart(_) => Gives::Unknown,
        Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes => Gives::One,
    }
}

fn by_type(ty: &Type, types: &[TypeDef], noun: &str, depth: usize) -> Gives {
    match ty {
        Type::Primitive(_) | Type::Scalar(_) | Type::File => Gives::One,
        Type::Any | Type::Map(_) => Gives::Unknown,
        Type::List(_) => Gives::Many,
        Type::Tuple(..) => Gives::One,
        Type::Nullable(inner) => by_type(inner, types, noun, depth),
        Type::Named(id) if depth > 0 => match types.get(id.index()).map(|known| &known.shape) {
            Some(Shape::Record(record)) => by_record(record, types, noun, depth - 1),
            Some(Shape::Alias(ty)) => by_type(ty, types, noun, depth - 1),
            Some(Shape::Enumeration(_)) => Gives::One,
            Some(Shape::Union(_) | Shape::Cases(_) | Shape::Multipart(_)) | None => Gives::Unknown,
        },
        Type::Named(_) => Gives::Unknown,
    }
}

/// A record is a page where a property with the name of its items holds them.
fn by_record(record: &Record, types: &[TypeDef], noun: &str, depth: usize) -> Gives {
    if record.fields.is_empty() {
        return Gives::Unknown;
    }
    let noun = words_of(noun).concat();
    let mut all = Gives::One;
    for field in &record.fields {
        let gives = by_type(&field.ty, types, &noun, depth);
        let wire = words_of(&field.wire).concat();
        if gives == Gives::Many && (PAGES.contains(&wire.as_str()) || same_noun(&wire, &noun)) {
            return Gives::Many;
        }
        if gives != Gives::One {
            all = Gives::Unknown;
        }
    }
    all
}
