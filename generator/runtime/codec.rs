// needs: budget deviation list reader value writer | crates:
//! Reading types from JSON and writing them to it.
//!
//! One object-safe trait, so that all types share one loop over slots instead of a copy per type: this keeps a crate
//! with a thousand models quick to compile.

use super::budget::{self, Allowance};
use super::deviation;
pub use super::deviation::Deviation;
use super::list;
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::{EncodeError, Writer};

/// A type that can be read from JSON and written to it.
pub trait Codec {
    /// An empty value to read into, meaningless until [`decode`](Self::decode) succeeds.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the next value into this one, which is blank unless the reader repeats. On failure the value may be
    /// partly read.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// Whether an optional member with this value is left out of its object.
    fn is_absent(&self) -> bool { false }

    /// Whether a JSON value of this kind might be readable; a quick check before trying.
    fn accepts(kind: Kind) -> bool
    where
        Self: Sized,
    {
        let _ = kind;
        true
    }

    /// Whether `null` is a value of this type, rather than the absence of one.
    fn has_null() -> bool
    where
        Self: Sized,
    {
        false
    }
}

/// Reads a value from a whole JSON text, which must match the type.
pub fn from_json<T: Codec>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::blank();
    decode_into(&mut value, Reader::new(json)).map_err(|error| error.located(json))?;
    Ok(value)
}

/// Reads a value from a whole JSON text, tolerating mismatches and reporting where they are.
///
/// A required member that is absent or `null` becomes blank, a scalar with only one possible meaning is converted, and
/// a member of another kind is kept in the `extra` of its struct. Each is written back unchanged as long as its field
/// is not set.
pub fn read_json<T: Codec>(json: &[u8]) -> Result<(T, Vec<Deviation>), DecodeError> {
    let mut value = T::blank();
    let deviations = read_into(&mut value, json, Allowance::DEFAULT)?;
    Ok((value, deviations))
}

/// Reads a blank value as [`read_json`] does, with the given limits.
pub fn read_into(value: &mut dyn Codec, json: &[u8], allowance: Allowance) -> Result<Vec<Deviation>, DecodeError> {
    let reader = Reader::new(json).map(|reader| reader.lenient().allowing(allowance));
    let overcome = decode_into(value, reader).map_err(|error| error.located(json))?;
    Ok(deviation::located(overcome, json))
}

/// Reads a whole text; returns the mismatches that were tolerated.
fn decode_into(
    value: &mut dyn Codec,
    reader: Result<Reader<'_>, DecodeError>,
) -> Result<Vec<DecodeError>, DecodeError> {
    let mut reader = reader?;
    value.decode(&mut reader)?;
    reader.finish()?;
    Ok(reader.into_overcome())
}

/// Writes a value as compact JSON.
pub fn to_json(value: &dyn Codec) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::with_room();
    value.encode(&mut writer);
    writer.finish()
}

/// Converts a value to the [`Value`] of its JSON.
pub fn to_value(value: &dyn Codec) -> Result<Value, EncodeError> {
    from_json(&to_json(value)?).map_err(|error| EncodeError::new(error.to_string()))
}

/// Turns a value into what stands of it outside of JSON: a scalar into its text, anything else into what its JSON says.
pub(super) fn to_parts(value: &dyn Codec) -> Result<Value, EncodeError> {
    let mut writer = Writer::bare();
    value.encode(&mut writer);
    match writer.finish_bare()? {
        Some(text) => Ok(Value::String(text)),
        None => to_value(value),
    }
}

macro_rules! scalar {
    ($($type:ty: $kind:ident, $read:ident, $write:ident;)*) => {$(
        impl Codec for $type {
            fn blank() -> Self {
                Default::default()
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                *self = reader.$read()?;
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }

            fn accepts(kind: Kind) -> bool {
                kind == Kind::$kind
            }
        }
    )*};
}

scalar! {
    bool: Bool, bool, bool;
    i64: Number, i64, i64;
    u64: Number, u64, u64;
    i128: Number, i128, i128;
    u128: Number, u128, u128;
    f32: Number, f32, f32;
    f64: Number, f64, f64;
}

macro_rules! narrow {
    ($($type:ty: $expected:literal;)*) => {$(
        impl Codec for $type {
            fn blank() -> Self {
                0
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let start = reader.start()?;
                let value = reader.i64()?;
                *self = value.try_into().map_err(|_| DecodeError::mismatch(&$expected, &value, start))?;
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.i64((*self).into());
            }

            fn accepts(kind: Kind) -> bool {
                kind == Kind::Number
            }
        }
    )*};
}

narrow! {
    i8: "an 8-bit integer";
    i16: "a 16-bit integer";
    i32: "a 32-bit integer";
    u8: "an 8-bit integer that is not negative";
    u16: "a 16-bit integer that is not negative";
    u32: "a 32-bit integer that is not negative";
}

impl Codec for String {
    fn blank() -> Self { String::new() }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.string()?;
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) { writer.string(self); }

    fn accepts(kind: Kind) -> bool { kind == Kind::String }
}

/// The error for reading into a borrowed value, which can only be written.
#[cold]
fn lent(reader: &Reader<'_>) -> DecodeError {
    DecodeError::new("nothing can be read into a borrowed value", reader.offset())
}

/// An argument of a call.
impl Codec for &str {
    fn blank() -> Self { "" }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> { Err(lent(reader)) }

    fn encode(&self, writer: &mut Writer) { writer.string(self); }
}

/// An argument of a call.
impl<T: Codec> Codec for &[T] {
    fn blank() -> Self { &[] }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> { Err(lent(reader)) }

    fn encode(&self, writer: &mut Writer) { list::encode(self, writer); }
}

/// No content: any value is skipped, `null` is written.
impl Codec for () {
    fn blank() -> Self {}

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> { reader.skip() }

    fn encode(&self, writer: &mut Writer) { writer.null(); }
}

/// `null` is `None`, unless the type itself has a `null`.
impl<T: Codec> Codec for Option<T> {
    fn blank() -> Self { None }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = None;
        if !T::has_null() && reader.take_null()? {
            return Ok(());
        }
        self.insert(T::blank()).decode(reader)
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }

    fn is_absent(&self) -> bool { self.is_none() }

    fn accepts(kind: Kind) -> bool { kind == Kind::Null || T::accepts(kind) }
}

impl<T: Codec> Codec for Box<T> {
    /// Not inlined, so that the frame that holds the value is gone before reading: the value may be large.
    #[inline(never)]
    fn blank() -> Self {
        budget::note(size_of::<T>());
        Box::new(T::blank())
    }

    /// A repeated struct is read member by member, so start from blank to drop what was read before.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.take_repeat() {
            *self = Self::blank();
        }
        T::decode(self, reader)
    }

    fn encode(&self, writer: &mut Writer) { T::encode(self, writer); }

    fn is_absent(&self) -> bool { T::is_absent(self) }

    fn has_null() -> bool { T::has_null() }

    fn accepts(kind: Kind) -> bool { T::accepts(kind) }
}
