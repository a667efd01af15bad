//! Objects with known properties.

use super::{Docs, Origin, Type};

/// An object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its properties, in document order.
    pub fields: Vec<Field>,
    /// Which other properties it may have.
    pub rest: Rest,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Where it was read.
    pub origin: Origin,
    /// Its key on the wire.
    pub wire: String,
    /// The type of its value, not including `null`.
    pub ty: Type,
    /// The type of the JSON in it, if it is a string that holds some (`contentSchema`).
    pub json: Option<Type>,
    /// Whether it may be absent or `null`.
    pub presence: Presence,
    /// The directions in which it travels.
    pub access: Access,
    /// Whether its value is not to be shown: a password, or what is only ever sent.
    pub is_secret: bool,
    /// Its description.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The value that the server assumes if it is absent, as JSON text.
    pub default: Option<String>,
    /// Its only possible value, if it is required and has only one: constructors do not ask for it.
    pub constant: Option<Constant>,
}

impl Field {
    /// The types of its value and of the JSON in it.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        [&self.ty].into_iter().chain(&self.json)
    }

    /// The same, to be changed.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        [&mut self.ty].into_iter().chain(&mut self.json)
    }
}

/// The only possible value of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A string.
    Text(String),
}

/// Whether a property may be absent or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always present, never `null`.
    Required,
    /// Always present, may be `null`.
    Nullable,
    /// May be absent, never `null`.
    Optional,
    /// Absent, `null` or a value, each with its own meaning.
    ThreeState,
}

/// The directions in which a property travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// In requests and responses.
    Both,
    /// `readOnly`: in responses only.
    ReadOnly,
    /// `readOnly`, but required by a schema that extends the one with the property, as by a reference to an object that
    /// the server made: in responses, and in requests if the caller gives it.
    Given,
    /// `writeOnly`: in requests only.
    WriteOnly,
}

/// Which properties a record may have besides its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Rest {
    /// Any; the document does not describe them.
    Unknown,
    /// Declared additional properties of this type, and their description if the type has none.
    Typed(Type, Docs),
}
