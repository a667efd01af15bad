//! One of several shapes.

use super::{Docs, Origin, Type};

/// One of several shapes. Always open: what fits none is kept as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The shapes, in document order.
    pub variants: Vec<Variant>,
    /// How they are told apart.
    pub dispatch: Dispatch,
    /// The shape that is meant where the discriminator's property is missing or has an unknown value.
    pub default: Option<usize>,
}

/// One shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Where it was read.
    pub origin: Origin,
    /// Its type.
    pub ty: Type,
    /// The values of the discriminator that mean it; empty without one, and for a shape that has no value to itself.
    pub tags: Vec<String>,
    /// What the document says of it.
    pub docs: Docs,
}

/// How shapes are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// By the value of this property; where it says nothing, by what fits of the shapes without a value.
    Tag(String),
    /// By what fits, the most specific first.
    Trial,
}
