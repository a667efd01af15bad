//! Types and how they refer to each other.

use super::{Case, Docs, Enumeration, Multipart, OperationId, Origin, Primitive, Record, Scalar, Union};

/// The number of a type within an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

impl TypeId {
    /// The type at this index.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("a document that fits in memory has fewer types than u32 counts"))
    }

    /// The index of this type.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A type that is declared once and referred to by number.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Where it was read.
    pub origin: Origin,
    /// What it is called, or what it is for.
    pub usage: Usage,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// What it looks like.
    pub shape: Shape,
    /// The type that is declared for it too, since both are the same today: this one is another name for that. What it looks
    /// like is its own all the same.
    pub same_as: Option<TypeId>,
}

/// What a declared type looks like.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An object with known properties.
    Record(Record),
    /// One of a list of constants.
    Enumeration(Enumeration),
    /// One of several shapes.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
    /// One of several bodies, told apart by status and media type.
    Cases(Vec<Case>),
    /// The parts of a `multipart/form-data` body.
    Multipart(Multipart),
}

/// A reference to a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A scalar that Rust has a type for.
    Primitive(Primitive),
    /// A scalar that a library has a type for.
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
    /// An array whose first items have a type each, and the type of those that may follow.
    Tuple(Vec<Type>, Option<Box<Type>>),
    /// The content of a file, a part of a form.
    File,
}

impl Type {
    /// The type or `null`, never nested.
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

    /// Visits every declared type this mentions.
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

/// What a type is called, or what it is for when the document gives it no name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Usage {
    /// A component schema of this name.
    Component(String),
    /// A part of something else.
    Inline {
        /// Of what.
        parent: UsageParent,
        /// Which part, outermost first.
        roles: Vec<Role>,
    },
}

/// What an unnamed type is part of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UsageParent {
    /// A declared type.
    Type(TypeId),
    /// A component of this name, which is not necessarily a type itself.
    Component(String),
    /// An operation.
    Operation(OperationId),
}

/// The longest title that serves as a name, in bytes.
pub const LONGEST_TITLE: usize = 40;

/// Which part of its parent an unnamed type is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The property of this name.
    Property(String),
    /// An item of an array.
    Item,
    /// The item of an array at this position, from 0.
    Position(usize),
    /// The base of those that build on it.
    Base,
    /// What is sent of a type that is received too.
    Request,
    /// A value of a map.
    Value,
    /// The variant with this number, from 0, or its title.
    Variant(usize, Option<String>),
    /// The parameter of this name.
    Parameter(String),
    /// The request body.
    Body,
    /// The response, with its status where there are several.
    Response(Option<String>),
    /// The error body, with its status where there are several.
    Error(Option<String>),
}

impl Usage {
    /// A part of an unnamed type, or of the place that it would stand in.
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
