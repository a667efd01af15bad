//! One of several shapes.

use super::{Docs, Origin, Type};

/// One of several shapes. Always open: what fits none is kept as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The shapes, in document order.
    pub variants: Vec<Variant>,
    /// How they are told apart.
    pub dispatch: Dispatch,
    /// The shapes with values of the discriminator that may be meant as well where its property is missing or has a value
    /// that is no shape's.
    pub fallback: Vec<usize>,
    /// Whether no shape has the property of the discriminator, so that its value is written beside what a shape has.
    pub is_tag_apart: bool,
}

impl Union {
    /// Whether a shape may be meant where the discriminator says nothing.
    pub fn is_fallback(&self, index: usize) -> bool {
        self.fallback.contains(&index)
            || self.variants.get(index).is_some_and(|variant| variant.tags.is_empty())
    }
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
    /// What those values are on the wire.
    pub tag_kind: TagKind,
    /// What the document says of it.
    pub docs: Docs,
}

/// What the value of a discriminator is on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    /// A text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Flag,
}

/// How shapes are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// By the value of this property; where it says nothing, by what fits of [`Union::is_fallback`].
    Tag(String),
    /// By what fits, the most specific first.
    Trial,
}
