// needs: budget deviation list reader value writer | crates:
//! How a type is read from JSON and written to it.
//!
//! One trait that works behind a pointer, so that the code for all types together is one loop over slots and not a
//! copy for each type: that is what keeps a crate with a thousand models quick to compile.

use super::budget::{self, Allowance};
use super::deviation;
pub use super::deviation::Deviation;
use super::list;
use super::reader::{DecodeError, Kind, Reader};
use super::value::Value;
use super::writer::{EncodeError, Writer};

/// A type that is read from JSON and written to it.
pub trait Codec {
    /// A value to be read into: empty, and of no meaning before [`decode`](Self::decode) succeeded.
    fn blank() -> Self
    where
        Self: Sized;

    /// Reads the next value over this one, which is blank unless the reader repeats. One that fails may be
    /// left read in part.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// Whether a member with this value is left out of its object, if it may be.
    fn is_absent(&self) -> bool { false }

    /// Whether a JSON value of a kind could be read; a quick look before the attempt.
    fn accepts(kind: Kind) -> bool
    where
        Self: Sized,
    {
        let _ = kind;
        true
    }

    /// Whether `null` is a value of this type, and so is not taken for the lack of one.
    fn has_null() -> bool
    where
        Self: Sized,
    {
        false
    }
}

/// Reads a value from a whole JSON text, which must be what the type says.
pub fn from_json<T: Codec>(json: &[u8]) -> Result<T, DecodeError> {
    let mut value = T::blank();
    decode_into(&mut value, Reader::new(json)).map_err(|error| error.located(json))?;
    Ok(value)
}

/// Reads a value from a whole JSON text, also where that is not what the type says, and tells where it is not.
///
/// A required member that is absent or `null` is blank, a scalar that can mean one thing only is taken, and the value of a
/// member that is of another kind is kept in the `extra` of its struct. All of it is written as it came, as long as the
/// fields are not set.
pub fn read_json<T: Codec>(json: &[u8]) -> Result<(T, Vec<Deviation>), DecodeError> {
    read_allowing(json, Allowance::DEFAULT)
}

/// The same, where reading may cost so much.
pub fn read_allowing<T: Codec>(json: &[u8], allowance: Allowance) -> Result<(T, Vec<Deviation>), DecodeError> {
    let mut value = T::blank();
    let reader = Reader::new(json).map(|reader| reader.lenient().allowing(allowance));
    let overcome = decode_into(&mut value, reader).map_err(|error| error.located(json))?;
    Ok((value, deviation::located(overcome, json)))
}

/// Reads a whole text; gives what was overcome on the way.
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
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}

/// Turns a value into what its JSON says.
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

/// What is only lent is written, and never read.
#[cold]
fn lent(reader: &Reader<'_>) -> DecodeError {
    DecodeError::new("nothing can be read into a borrowed value", reader.offset())
}

/// The argument of a call.
impl Codec for &str {
    fn blank() -> Self { "" }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> { Err(lent(reader)) }

    fn encode(&self, writer: &mut Writer) { writer.string(self); }
}

/// The argument of a call.
impl<T: Codec> Codec for &[T] {
    fn blank() -> Self { &[] }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> { Err(lent(reader)) }

    fn encode(&self, writer: &mut Writer) { list::encode(self, writer); }
}

/// No content: whatever is there is passed over, `null` is sent.
impl Codec for () {
    fn blank() -> Self {}

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> { reader.skip() }

    fn encode(&self, writer: &mut Writer) { writer.null(); }
}

/// `null` is `None`, unless the type has a `null` of its own.
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
    /// In a function of its own, whose frame is gone before anything is read: the value may be large.
    #[inline(never)]
    fn blank() -> Self {
        budget::note(size_of::<T>());
        Box::new(T::blank())
    }

    /// A struct is read member by member: nothing of another one may remain.
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
