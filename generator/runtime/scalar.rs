// needs: codec number reader writer | crates:
//! The codecs of scalars that other crates have types for.
//!
//! ```text
//! scalars! {
//!     OffsetDateTime: crate::runtime::with_time::DATE_TIME;
//!     my_types::UserId: crate::runtime::scalar::Scalar::text("a `UserId`");
//! }
//! ```

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use super::number::Number;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::{EncodeError, Writer};

/// How the text of a scalar is read and written.
#[derive(Debug)]
pub struct Scalar<T> {
    /// What messages call it: `a date`.
    pub expected: &'static str,
    /// A value of no meaning.
    pub blank: fn() -> T,
    /// Reads a text; `None` if it is none of this type.
    pub read: fn(&str) -> Option<T>,
    /// Writes a text; `None` if the value has none.
    pub write: fn(&T) -> Option<String>,
    /// What is read of a text that is not quite right.
    pub repair: Option<fn(&str) -> String>,
    /// The same for a lenient reader, for which it is a deviation.
    pub near: Option<fn(&str) -> String>,
    /// Whether it is a JSON string, and not a number or a boolean.
    pub is_text: bool,
}

impl<T> Scalar<T> {
    /// A type with the traits of text, as a JSON string.
    pub const fn text(expected: &'static str) -> Self
    where
        T: Default + Display + FromStr,
    {
        Scalar {
            expected,
            blank: T::default,
            read: |text| text.parse().ok(),
            write: |value| Some(value.to_string()),
            repair: None,
            near: None,
            is_text: true,
        }
    }

    /// The same as a JSON number, `true` or `false`: its text is what stands in the JSON.
    pub const fn literal(expected: &'static str) -> Self
    where
        T: Default + Display + FromStr,
    {
        Scalar { is_text: false, ..Self::text(expected) }
    }

    /// The same, and what cannot be read is repaired and tried again.
    #[must_use]
    pub const fn repaired_by(self, repair: fn(&str) -> String) -> Self { Scalar { repair: Some(repair), ..self } }

    /// The same, and a lenient reader tries again what it cannot read, as it is repaired.
    #[must_use]
    pub const fn near(self, repair: fn(&str) -> String) -> Self { Scalar { near: Some(repair), ..self } }

    /// Reads the next value.
    pub fn decode(&self, reader: &mut Reader<'_>) -> Result<T, DecodeError> {
        let start = reader.start()?;
        let text = if self.is_text { Cow::Borrowed(reader.str()?) } else { reader.literal()? };
        let repaired = |repair: Option<fn(&str) -> String>| (self.read)(&repair?(&text));
        if let Some(value) = (self.read)(&text).or_else(|| repaired(self.repair)) {
            return Ok(value);
        }
        let near = repaired(self.near);
        let error = DecodeError::mismatch(&self.expected, &format_args!("`{text}`"), start);
        match near.filter(|_| reader.is_lenient()) {
            Some(value) => {
                reader.overcome(error);
                Ok(value)
            }
            None => Err(error),
        }
    }

    /// Writes a value.
    pub fn encode(&self, value: &T, writer: &mut Writer) {
        let text = (self.write)(value);
        let number = text.as_deref().and_then(Number::parse);
        match (text.as_deref(), number) {
            (Some(text), _) if self.is_text => writer.string(text),
            (Some(text @ ("true" | "false")), _) => writer.bool(text == "true"),
            (_, Some(number)) => writer.number(&number),
            _ => {
                writer.fail(EncodeError::new(format!("the value cannot be written as {}", self.expected)));
                writer.null();
            }
        }
    }

    /// Whether a JSON value of a kind could be read.
    pub fn accepts(&self, kind: Kind) -> bool {
        match kind {
            Kind::String => self.is_text,
            Kind::Number | Kind::Bool => !self.is_text,
            Kind::Null | Kind::Array | Kind::Object => false,
        }
    }
}

/// Gives types of other crates their codecs; see the module.
macro_rules! scalars {
    ($($type:ty: $scalar:expr;)*) => {$(
        const _: () = {
            static SCALAR: $crate::runtime::scalar::Scalar<$type> = $scalar;

            impl $crate::runtime::codec::Codec for $type {
                #[inline]
                fn blank() -> Self {
                    (SCALAR.blank)()
                }

                #[inline]
                fn decode(
                    &mut self,
                    reader: &mut $crate::runtime::reader::Reader<'_>,
                ) -> ::core::result::Result<(), $crate::runtime::reader::DecodeError> {
                    *self = SCALAR.decode(reader)?;
                    ::core::result::Result::Ok(())
                }

                #[inline]
                fn encode(&self, writer: &mut $crate::runtime::writer::Writer) {
                    SCALAR.encode(self, writer);
                }

                #[inline]
                fn accepts(kind: $crate::runtime::reader::Kind) -> bool {
                    SCALAR.accepts(kind)
                }
            }
        };
    )*};
}
pub(crate) use scalars;
