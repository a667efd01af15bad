//! Unions.

use super::{Docs, Origin, Type};

/// A union of shapes. Always open: a value that fits none is kept unchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The shapes, in document order.
    pub variants: Vec<Variant>,
    /// How they are distinguished.
    pub dispatch: Dispatch,
    /// The shapes with discriminator values that may also be used if the property is missing or has an unknown value.
    pub fallback: Vec<usize>,
    /// Whether no shape declares the discriminator property, so that its value is written in addition to the shape.
    pub is_tag_apart: bool,
}

impl Union {
    /// Whether a shape may be used if the discriminator is inconclusive.
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
    /// The discriminator values of this shape; empty without a discriminator, or if it has no value of its own.
    pub tags: Vec<String>,
    /// The JSON type of those values.
    pub tag_kind: TagKind,
    /// Its description.
    pub docs: Docs,
}

/// The JSON type of a discriminator value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    /// A string.
    #[default]
    Text,
    /// An integer.
    Integer,
    /// `true` or `false`.
    Flag,
}

/// How shapes are distinguished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatch {
    /// By the value of this property; if that is inconclusive, by trial of [`Union::is_fallback`].
    Tag(String),
    /// By what fits, the most specific first.
    Trial,
}
