// needs: codec reader writer | crates:
//! A member that may be absent or `null`, and means something else by each.

use std::ops::Deref;

use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::Writer;

/// An optional member that is also nullable. In an update, absent leaves the old value and `null` removes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field<T> {
    /// Not there.
    #[default]
    Absent,
    /// There, and `null`.
    Null,
    /// There, with a value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub fn as_option(&self) -> Option<&T> { if let Field::Value(value) = self { Some(value) } else { None } }

    /// The value to keep, if there is one.
    pub fn into_option(self) -> Option<T> { if let Field::Value(value) = self { Some(value) } else { None } }

    /// The same with a reference to its value.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(value),
        }
    }

    /// The same with a reference to its value, which can be changed.
    pub fn as_mut(&mut self) -> Field<&mut T> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(value),
        }
    }

    /// The same with what its value refers to: `&str` of a `String`.
    pub fn as_deref(&self) -> Field<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(Deref::deref)
    }

    /// Takes it out, and leaves it absent.
    pub fn take(&mut self) -> Self { std::mem::take(self) }

    /// Puts a value in, and gives back what was there.
    pub fn replace(&mut self, value: T) -> Self { std::mem::replace(self, Field::Value(value)) }

    /// Whether there is a value.
    pub fn is_value(&self) -> bool { matches!(self, Field::Value(_)) }

    /// Whether there is a value that something holds of.
    #[allow(clippy::wrong_self_convention, reason = "as `Option::is_some_and`")]
    pub fn is_value_and(self, holds: impl FnOnce(T) -> bool) -> bool { self.into_option().is_some_and(holds) }

    /// The value; `other` if the field is absent or `null`.
    pub fn unwrap_or(self, other: T) -> T { self.into_option().unwrap_or(other) }

    /// The value; what `make` returns if the field is absent or `null`.
    pub fn unwrap_or_else(self, make: impl FnOnce() -> T) -> T { self.into_option().unwrap_or_else(make) }

    /// The value; the default of its type if the field is absent or `null`.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// Whether it is not there.
    pub fn is_absent(&self) -> bool { matches!(self, Field::Absent) }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool { matches!(self, Field::Null) }

    /// The same with its value, if there is one, turned into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Field<U> {
        match self {
            Field::Absent => Field::Absent,
            Field::Null => Field::Null,
            Field::Value(value) => Field::Value(turn(value)),
        }
    }
}

impl<T: Clone> Field<&T> {
    /// The same with a copy of its value.
    pub fn cloned(self) -> Field<T> { self.map(T::clone) }
}

/// Absent and `null` are both no value.
impl<T> From<Field<T>> for Option<T> {
    fn from(field: Field<T>) -> Self { field.into_option() }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self { Field::Value(value) }
}

impl From<&str> for Field<String> {
    fn from(text: &str) -> Self { Field::Value(text.to_owned()) }
}

/// `None` is `null`: who says nothing at all leaves the field out.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self { value.map_or(Field::Null, Field::Value) }
}

/// A value that is kept in a box is set as it is.
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
