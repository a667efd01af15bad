//! Whether an operation returns one thing or many, by the type of its success.

use crate::{
    ir::{Content, Outcome, Payload, Record, Shape, Type, TypeDef},
    language::{noun::same_noun, words::joined},
};

/// Properties that commonly hold the items of a page.
const PAGES: &[&str] =
    &["content", "data", "entries", "items", "objects", "records", "results", "rows", "value", "values"];

/// How deeply a list may be nested in an object that counts as a page of it.
const DEPTH: usize = 3;

/// How many things a body contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    /// A list, or an object that is a page of one.
    Many,
    /// Something without a list.
    One,
    /// Cannot be determined.
    Unknown,
}

/// What an operation returns on success; `noun` is its resource.
pub(super) fn on_success(outcome: &Outcome, types: &[TypeDef], noun: &str) -> Gives {
    match outcome {
        Outcome::None | Outcome::Several(_) => Gives::Unknown,
        Outcome::One { payload, .. } => by_payload(payload, types, noun),
    }
}

/// What the body of a response contains.
pub(super) fn by_payload(payload: &Payload, types: &[TypeDef], noun: &str) -> Gives {
    match payload {
        Payload::Json(ty) => by_type(ty, types, noun, DEPTH),
        Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes => Gives::One,
    }
}

/// What the body of a request contains.
pub(super) fn by_content(content: &Content, types: &[TypeDef], noun: &str) -> Gives {
    match content {
        Content::Json(ty) | Content::Form(ty, _) => by_type(ty, types, noun, DEPTH),
        Content::Multipart(_) => Gives::Unknown,
        Content::Text(_) | Content::Bytes => Gives::One,
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

/// A record is a page if a property named like its items holds a list of them.
fn by_record(record: &Record, types: &[TypeDef], noun: &str, depth: usize) -> Gives {
    if record.fields.is_empty() {
        return Gives::Unknown;
    }
    let noun = joined(noun);
    let mut all = Gives::One;
    for field in &record.fields {
        let gives = by_type(&field.ty, types, &noun, depth);
        let wire = joined(&field.wire);
        if gives == Gives::Many && (PAGES.contains(&wire.as_str()) || same_noun(&wire, &noun)) {
            return Gives::Many;
        }
        if gives != Gives::One {
            all = Gives::Unknown;
        }
    }
    all
}
