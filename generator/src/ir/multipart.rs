//! Bodies of several parts.

use super::Field;

/// The parts of a `multipart/form-data` body (RFC 7578).
#[derive(Clone, Debug, PartialEq)]
pub struct Multipart {
    /// The parts, in document order.
    pub parts: Vec<Part>,
}

/// A part, or several of one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name, type and presence, as a property has them.
    pub field: Field,
    /// The media type that the document gives it (OpenAPI 3.1 §4.8.15, `contentType`).
    pub media_type: Option<String>,
}
