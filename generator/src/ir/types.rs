//! Types and how they refer to each other.

use super::{Case, Docs, Enumeration, Multipart, OperationId, Origin, Primitive, Record, Scalar, Union};

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

/// The name of a type, or its use if the document gives it no name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Usage {
    /// A component schema with this name.
    Component(String),
    /// A part of something else.
    Inline {
        /// The parent.
        parent: UsageParent,
        /// Which part of the parent, outermost first.
        roles: Vec<Role>,
    },
}

/// The parent of an unnamed type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UsageParent {
    /// A declared type.
    Type(TypeId),
    /// The component with this name, which need not be a type itself.
    Component(String),
    /// An operation.
    Operation(OperationId),
}

/// The maximum length in bytes of a title that serves as a name.
pub const LONGEST_TITLE: usize = 40;

/// The part of its parent that an unnamed type is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The property of this name.
    Property(String),
    /// An item of an array.
    Item,
    /// The item of an array at this position, from 0.
    Position(usize),
    /// The base of types that extend it.
    Base,
    /// The form sent of a type that is also received.
    Request,
    /// A value of a map.
    Value,
    /// The variant with this number (from 0), or its title.
    Variant(usize, Option<String>),
    /// The parameter of this name.
    Parameter(String),
    /// The request body.
    Body,
    /// The response, with its status if there are several.
    Response(Option<String>),
    /// The error body, with its status if there are several.
    Error(Option<String>),
}

impl Usage {
    /// A part of an unnamed type, or of the place it would have.
    #[must_use]
    pub fn role(&self, role: Role) -> Self {
        match self {
            Self::Component(_) => self.clone(),
            Self::Inline { parent, roles } => {
                let roles = roles.iter().cloned().chain([role]).collect();
                Self::Inline { parent: parent.clone(), roles }
            }
        }
    }
}
