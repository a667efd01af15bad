//! Declared types.

use super::{Case, Docs, Enumeration, Multipart, Origin, Record, Type, TypeId, Union, Usage};

/// A type that is declared once and referred to by id.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Where it was read.
    pub origin: Origin,
    /// Its name or use.
    pub usage: Usage,
    /// Its description.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its structure.
    pub shape: Shape,
    /// The type this one is an alias of, because both are equal; `shape` is still its own.
    pub same_as: Option<TypeId>,
}

/// The structure of a declared type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known properties.
    Record(Record),
    /// An enum of constants.
    Enumeration(Enumeration),
    /// A union of shapes.
    Union(Union),
    /// An alias of a type.
    Alias(Type),
    /// One of several bodies, distinguished by status and media type.
    Cases(Vec<Case>),
    /// The parts of a `multipart/form-data` body.
    Multipart(Multipart),
}
