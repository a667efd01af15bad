// needs: codec reader writer | crates:
//! A member that may be absent or `null`, and means something else by each.

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

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self { Field::Value(value) }
}

/// `None` is `null`: who says nothing at all leaves the field out.
impl From<&str> for Field<String> {
    fn from(text: &str) -> Self { Field::Value(text.to_owned()) }
}

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
