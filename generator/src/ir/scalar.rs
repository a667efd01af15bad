//! Scalars.

use crate::config::{Format, Library};

/// A scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// `true` or `false`
    Bool,
    /// An integer.
    Integer(Integer),
    /// A number as `f64`, even with `format: float`: reading JSON text into fewer bits would lose digits.
    Float,
    /// A string of any format.
    String,
}

/// A scalar that is not a built-in Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// The type of a library for a format.
    Known(Format, Library),
    /// A type that the configuration names.
    Other {
        /// Its Rust path, as configured.
        path: String,
        /// Whether it is a JSON string, rather than a number or a boolean.
        is_text: bool,
    },
}

impl Scalar {
    /// Whether it is a JSON string.
    pub fn is_text(&self) -> bool {
        match self {
            Self::Known(format, _) => *format != Format::DecimalNumber,
            Self::Other { is_text, .. } => *is_text,
        }
    }
}

/// The widths of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Integer {
    /// `format: int8`
    I8,
    /// `format: int16`
    I16,
    /// `format: int32`
    I32,
    /// `format: int64`, or no format.
    I64,
    /// `format: int128`
    I128,
    /// `format: uint8`
    U8,
    /// `format: uint16`
    U16,
    /// `format: uint32`
    U32,
    /// `format: uint64`
    U64,
    /// `format: uint128`
    U128,
}

impl Integer {
    /// Whether a number is within the range of this width.
    pub fn holds(self, number: i128) -> bool {
        match self {
            Self::I8 => i8::try_from(number).is_ok(),
            Self::I16 => i16::try_from(number).is_ok(),
            Self::I32 => i32::try_from(number).is_ok(),
            Self::I64 => i64::try_from(number).is_ok(),
            Self::I128 => true,
            Self::U8 => u8::try_from(number).is_ok(),
            Self::U16 => u16::try_from(number).is_ok(),
            Self::U32 => u32::try_from(number).is_ok(),
            Self::U64 => u64::try_from(number).is_ok(),
            Self::U128 => number >= 0,
        }
    }
}
