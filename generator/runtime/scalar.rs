// needs: codec number reader writer | crates:
//! Codecs of scalars whose types come from other crates.
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
    /// Creates a placeholder value.
    pub blank: fn() -> T,
    /// Parses a text; `None` if it is not valid.
    pub read: fn(&str) -> Option<T>,
    /// Formats a value; `None` if it has no text.
    pub write: fn(&T) -> Option<String>,
    /// Repairs an invalid text before a second try.
    pub repair: Option<fn(&str) -> String>,
    /// Like `repair`, but only for a lenient reader, which reports a deviation.
    pub near: Option<fn(&str) -> String>,
    /// Whether it is a JSON string, rather than a number or boolean.
    pub is_text: bool,
}

impl<T> Scalar<T> {
    /// A JSON string, parsed and formatted by the traits of the type.
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

    /// A JSON number or boolean, parsed and formatted as its literal.
    pub const fn literal(expected: &'static str) -> Self
    where
        T: Default + Display + FromStr,
    {
        Scalar { is_text: false, ..Self::text(expected) }
    }

    /// Repairs invalid text and tries again.
    #[must_use]
    pub const fn repaired_by(self, repair: fn(&str) -> String) -> Self { Scalar { repair: Some(repair), ..self } }

    /// Repairs invalid text and tries again, in a lenient reader only.
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

    /// Whether a JSON value of this kind might be readable.
    pub fn accepts(&self, kind: Kind) -> bool {
        match kind {
            Kind::String => self.is_text,
            Kind::Number | Kind::Bool => !self.is_text,
            Kind::Null | Kind::Array | Kind::Object => false,
        }
    }
}

/// Implements `Codec` for types of other crates; see the module.
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
