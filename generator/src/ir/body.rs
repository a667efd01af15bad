//! Request bodies.

use super::{Docs, Origin, Style, Type, TypeId};

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Where it was read.
    pub origin: Origin,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// Its content type, as declared.
    pub media_type: String,
    /// What it holds.
    pub payload: Payload,
    /// What the document says of it.
    pub docs: Docs,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// A JSON value.
    Json(Type),
    /// The properties of an object, as `application/x-www-form-urlencoded`, and how those are written that are not
    /// written by default.
    Form(Type, Vec<(String, Style)>),
    /// The parts of a form, as `multipart/form-data`: a declared type of shape
    /// [`Multipart`](super::Shape::Multipart).
    Multipart(TypeId),
    /// Text: a string as it is, or another scalar as it is written. The type is a primitive or a scalar.
    Text(Type),
    /// A scalar that comes as text or as JSON, as the `Content-Type` of the reply says. No request has it.
    TextOrJson(Type),
    /// Bytes as they are.
    Bytes,
}
