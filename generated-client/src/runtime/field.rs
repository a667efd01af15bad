// needs: codec reader writer | crates:
//! A member that may be absent or `null`, with a different meaning for each.

use std::ops::Deref;

use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::Writer;

/// An optional, nullable member. In an update, an absent member keeps the old value and `null` removes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field<T> {
    /// The member is absent.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Field<T> {
    /// A reference to the value, if there is one.
    pub fn as_option(&self) -> Option<&T> { if let Field::Value(value) = self { Some(value) } else { None } }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> { if let Field::Value(value) = self { Some(value) } else { None } }

    /// Converts to a field with a reference to the value.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(value),
        }
    }

    /// Converts to a field with a mutable reference to the value.
    pub fn as_mut(&mut self) -> Field<&mut T> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(value),
        }
    }

    /// Converts to a field with the dereferenced value: `&str` for a `String`.
    pub fn as_deref(&self) -> Field<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(Deref::deref)
    }

    /// Takes the field out, leaving it absent.
    pub fn take(&mut self) -> Self { std::mem::take(self) }

    /// Sets a value and returns the old field.
    pub fn replace(&mut self, value: T) -> Self { std::mem::replace(self, Field::Value(value)) }

    /// Whether there is a value.
    pub fn is_value(&self) -> bool { matches!(self, Field::Value(_)) }

    /// Whether there is a value that satisfies a predicate.
    #[allow(clippy::wrong_self_convention, reason = "as `Option::is_some_and`")]
    pub fn is_value_and(self, holds: impl FnOnce(T) -> bool) -> bool { self.into_option().is_some_and(holds) }

    /// The value, or `other` if the field is absent or `null`.
    pub fn unwrap_or(self, other: T) -> T { self.into_option().unwrap_or(other) }

    /// The value, or the result of `make` if the field is absent or `null`.
    pub fn unwrap_or_else(self, make: impl FnOnce() -> T) -> T { self.into_option().unwrap_or_else(make) }

    /// The value, or the default if the field is absent or `null`.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// Whether the field is absent.
    pub fn is_absent(&self) -> bool { matches!(self, Field::Absent) }

    /// Whether the field is `null`.
    pub fn is_null(&self) -> bool { matches!(self, Field::Null) }

    /// Applies a function to the value, if there is one.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(turn(value)),
        }
    }
}

impl<T: Clone> Field<&T> {
    /// Clones the value.
    pub fn cloned(self) -> Field<T> { self.map(T::clone) }
}

/// Absent and `null` both become `None`.
impl<T> From<Field<T>> for Option<T> {
    fn from(field: Field<T>) -> Self { field.into_option() }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self { Field::Value(value) }
}

impl From<&str> for Field<String> {
    fn from(text: &str) -> Self { Field::Value(text.to_owned()) }
}

/// `None` becomes `null`; to omit the member, use [`Field::Absent`].
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self { value.map_or(Field::Null, Field::Value) }
}

/// Boxes the value.
impl<T> From<T> for Field<Box<T>> {
    fn from(value: T) -> Self { Field::Value(Box::new(value)) }
}

impl<T> From<Option<T>> for Field<Box<T>> {
    fn from(value: Option<T>) -> Self { value.map_or(Field::Null, |value| Field::Value(Box::new(value))) }
}

impl<T: Codec> Codec for Field<T> {
    fn blank() -> Self { Field::Absent }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Field::Absent;
        *self = if reader.take_null()? {
            Field::Null
        } else {
            let mut value = T::blank();
            value.decode(reader)?;
            Field::Value(value)
        };
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Field::Value(value) => value.encode(writer),
            Field::Absent | Field::Null => writer.null(),
        }
    }

    fn is_absent(&self) -> bool { self.is_absent() }

    fn accepts(kind: Kind) -> bool { kind == Kind::Null || T::accepts(kind) }
}
