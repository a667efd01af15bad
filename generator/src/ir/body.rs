//! Request bodies.

use serde_json::Value;

use super::{Docs, Origin, Primitive, Style, Type, TypeId};

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Where it was read.
    pub origin: Origin,
    /// Whether a call must have it.
    pub required: bool,
    /// Its media type as declared, the first of those offered.
    pub media_type: String,
    /// The media types and ranges the caller chooses from, if the content is opaque: text or bytes in one of several
    /// media types, or in any of a range.
    pub offered: Vec<String>,
    /// The content.
    pub content: Content,
    /// Its description.
    pub docs: Docs,
    /// A value for a test; of a form, an object of its parts.
    pub sample: Option<Value>,
}

impl Body {
    /// Whether the caller chooses the media type.
    pub fn is_offered(&self) -> bool {
        !self.offered.is_empty()
    }

    /// Adds a media type for the same content.
    pub fn offer(&mut self, media_type: &str) {
        if self.offered.is_empty() {
            self.offered.push(self.media_type.clone());
        }
        self.offered.push(media_type.to_owned());
    }
}

/// The content of a request body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A JSON value.
    Json(Type),
    /// The properties of an object as `application/x-www-form-urlencoded`, and the non-default styles of properties.
    Form(Type, Vec<(String, Style)>),
    /// The parts of a form as `multipart/form-data`: a declared type of shape [`Multipart`](super::Shape::Multipart).
    Multipart(TypeId),
    /// Text: a string, or another scalar as text. The type is a primitive or a scalar.
    Text(Type),
    /// Raw bytes.
    Bytes,
}

impl Content {
    /// Whether it is passed through without knowing its content.
    pub fn is_opaque(&self) -> bool {
        match self {
            Self::Bytes | Self::Text(Type::Primitive(Primitive::String)) => true,
            Self::Json(_) | Self::Form(..) | Self::Multipart(_) | Self::Text(_) => false,
        }
    }

    /// Visits every declared type that its JSON or its form mentions.
    pub fn for_each_named(&self, visit: &mut impl FnMut(TypeId)) {
        match self {
            Self::Json(ty) | Self::Form(ty, _) => ty.for_each_named(visit),
            Self::Multipart(id) => visit(*id),
            Self::Text(_) | Self::Bytes => {}
        }
    }
}
