//! Headers of responses.

use super::{Docs, Origin, Primitive};

/// A header that responses have (RFC 9110 §5.1).
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    /// Where it was read first.
    pub origin: Origin,
    /// Its name in lower case.
    pub name: String,
    /// What its value is read as: a string, unless every response that has the header says the same scalar.
    pub ty: Primitive,
    /// Its description, the first that there is.
    pub docs: Docs,
}
