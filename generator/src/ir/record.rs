//! Objects with known properties.

use super::{Docs, Origin, Type};

/// An object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its properties, in document order.
    pub fields: Vec<Field>,
    /// What else it may hold.
    pub rest: Rest,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Where it was read.
    pub origin: Origin,
    /// Its key on the wire.
    pub wire: String,
    /// The type of its value, apart from `null`.
    pub ty: Type,
    /// Whether it may be absent or `null`.
    pub presence: Presence,
    /// Which way it travels.
    pub access: Access,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// The value that the server assumes when it is absent, as JSON text.
    pub default: Option<String>,
    /// The only value that it may have, as JSON text, if it is required and there is only one: whoever makes a value is not
    /// asked for it.
    pub constant: Option<String>,
}

/// Whether a property may be absent or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never `null`.
    Required,
    /// Always there, maybe `null`.
    Nullable,
    /// Maybe absent, never `null`.
    Optional,
    /// Absent, `null` or a value, each with its own meaning.
    ThreeState,
}

/// Which way a property travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// In requests and responses.
    Both,
    /// `readOnly`: in responses alone.
    ReadOnly,
    /// `writeOnly`: in requests alone.
    WriteOnly,
}

/// What a record may hold beside its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// Whatever a server adds; the document says nothing of it.
    Unknown,
    /// Declared additional properties of this type, and what is said of them where the type does not say it.
    Typed(Type, Docs),
}
