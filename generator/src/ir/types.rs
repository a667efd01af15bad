//! References to types.

use super::{Primitive, Scalar};

/// The index of a type in an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

impl TypeId {
    /// Creates an id from an index.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("a document that fits in memory has fewer types than u32 counts"))
    }

    /// The index of this type.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A built-in scalar.
    Primitive(Primitive),
    /// A scalar with a library type.
    Scalar(Scalar),
    /// Any JSON value.
    Any,
    /// A declared type.
    Named(TypeId),
    /// An array.
    List(Box<Type>),
    /// An object whose keys are data.
    Map(Box<Type>),
    /// The type or `null`.
    Nullable(Box<Type>),
    /// An array with a type per leading item, and the type of the items that may follow.
    Tuple(Vec<Type>, Option<Box<Type>>),
    /// The content of a file, as part of a form.
    File,
}

impl Type {
    /// Makes the type nullable, without nesting.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any => self,
            Self::Primitive(_)
            | Self::Scalar(_)
            | Self::Named(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Tuple(..)
            | Self::File => Self::Nullable(Box::new(self)),
        }
    }

    /// The declared type that this one is.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::Primitive(_)
            | Self::Scalar(_)
            | Self::Any
            | Self::List(_)
            | Self::Map(_)
            | Self::Nullable(_)
            | Self::Tuple(..)
            | Self::File => None,
        }
    }

    /// Visits every declared type that this one mentions.
    pub fn for_each_named(&self, visit: &mut impl FnMut(TypeId)) {
        match self {
            Self::Primitive(_) | Self::Scalar(_) | Self::Any | Self::File => {}
            Self::Named(id) => visit(*id),
            Self::Tuple(items, rest) => {
                items.iter().chain(rest.as_deref()).for_each(|item| item.for_each_named(visit));
            }
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.for_each_named(visit),
        }
    }
}
