//! What a type is called by, or what it is for.

use super::{OperationId, TypeId};

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
    /// What the server sends: the type is that of all webhooks.
    Webhooks,
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
