//! Request bodies.

use super::{Docs, Origin, Primitive, Style, Type, TypeId};

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Where it was read.
    pub origin: Origin,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// Its content type, as declared; the first of those that are offered.
    pub media_type: String,
    /// The media types and ranges of which the caller says one, if it is not known what is in the body: text or bytes
    /// in one of several media types, or in any of a range.
    pub offered: Vec<String>,
    /// What it holds.
    pub payload: Payload,
    /// What the document says of it.
    pub docs: Docs,
}

impl Body {
    /// Whether the caller says the media type.
    pub fn is_offered(&self) -> bool {
        !self.offered.is_empty()
    }

    /// Offers another media type for the same content.
    pub fn offer(&mut self, media_type: &str) {
        if self.offered.is_empty() {
            self.offered.push(self.media_type.clone());
        }
        self.offered.push(media_type.to_owned());
    }
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

impl Payload {
    /// Whether it is passed as it is, so that nothing is known of what is in it.
    pub fn is_opaque(&self) -> bool {
        matches!(self, Self::Bytes | Self::Text(Type::Primitive(Primitive::String)))
    }
}
