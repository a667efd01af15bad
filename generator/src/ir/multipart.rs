//! Bodies of several parts.

use super::{Field, Style, Type};

/// The parts of a `multipart/form-data` body (RFC 7578).
#[derive(Clone, Debug, PartialEq)]
pub struct Multipart {
    /// The parts, in document order.
    pub parts: Vec<Part>,
    /// What parts of any other name hold, if there may be any.
    pub rest: Option<Type>,
}

impl Multipart {
    /// The types of all parts.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.parts.iter().map(|part| &part.field.ty).chain(&self.rest)
    }

    /// The types of all parts, to be changed.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.parts.iter_mut().map(|part| &mut part.field.ty).chain(&mut self.rest)
    }
}

/// A part, or several of one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name, type and presence, as a property has them.
    pub field: Field,
    /// The media type that the document gives it (OpenAPI 3.1 §4.8.15, `contentType`).
    pub media_type: Option<String>,
    /// The media types and ranges among which the caller chooses.
    pub offered: Vec<String>,
    /// How a value is written, if not by its kind (OpenAPI 3.1 §4.8.15, `style`).
    pub style: Option<Style>,
    /// What its headers are beside `Content-Disposition` and `Content-Type` (OpenAPI 3.1 §4.8.15, `headers`).
    pub headers: Vec<PartHeader>,
}

/// A header of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartHeader {
    /// Its name.
    pub name: String,
    /// What it always is, if it is required and can be but one text.
    pub constant: Option<String>,
}
