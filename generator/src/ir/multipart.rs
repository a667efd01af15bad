//! Multipart bodies.

use super::{Field, Style, Type};

/// The parts of a `multipart/form-data` body (RFC 7578).
#[derive(Clone, Debug, PartialEq)]
pub struct Multipart {
    /// The parts, in document order.
    pub parts: Vec<Part>,
    /// The type of parts with other names, if allowed.
    pub rest: Option<Type>,
}

impl Multipart {
    /// The types of all parts.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.parts.iter().map(|part| &part.field.ty).chain(&self.rest)
    }

    /// The types of all parts, mutably.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.parts.iter_mut().map(|part| &mut part.field.ty).chain(&mut self.rest)
    }
}

/// A part, or several with one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name, type and presence, like those of a property.
    pub field: Field,
    /// The media type the document gives it (OpenAPI 3.1 §4.8.15, `contentType`).
    pub media_type: Option<String>,
    /// The media types and ranges the caller chooses from.
    pub offered: Vec<String>,
    /// The style of its value, if not determined by its kind (OpenAPI 3.1 §4.8.15, `style`).
    pub style: Option<Style>,
    /// Its headers besides `Content-Disposition` and `Content-Type` (OpenAPI 3.1 §4.8.15, `headers`).
    pub headers: Vec<PartHeader>,
}

/// A header of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartHeader {
    /// Its name.
    pub name: String,
    /// Its value, if it is required and has only one possible value.
    pub constant: Option<String>,
}
