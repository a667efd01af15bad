//! Bodies of several parts.

use super::{Field, Type};

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
}
