// needs: codec number object reader writer | crates:
//! Any JSON value, for what has no type of its own: free-form objects, unknown variants, raw error bodies.
//!
//! Values follow RFC 8259. Numbers keep their literal (section 6); an object keeps the order of its members, and of
//! members with one name the last counts (section 4).

use std::fmt;
use std::ops::Index;

use super::codec::Codec;
pub use super::number::Number;
pub use super::object::Object;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::Writer;

/// Any JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

/// What indexing finds where nothing is.
static NULL: Value = Value::Null;

impl Value {
    /// What sort of value it is.
    pub fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Bool,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool { matches!(self, Value::Null) }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> { if let Value::Bool(value) = self { Some(*value) } else { None } }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> { if let Value::Number(value) = self { Some(value) } else { None } }

    /// The number, if it is whole and fits.
    pub fn as_i64(&self) -> Option<i64> { self.as_number().and_then(Number::as_i64) }

    /// The number, if it is whole, not negative, and fits.
    pub fn as_u64(&self) -> Option<u64> { self.as_number().and_then(Number::as_u64) }

    /// The nearest float to the number, if it is one and in range.
    pub fn as_f64(&self) -> Option<f64> { self.as_number().and_then(Number::as_f64) }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> { if let Value::String(value) = self { Some(value) } else { None } }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Value]> { if let Value::Array(items) = self { Some(items) } else { None } }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Object> { if let Value::Object(members) = self { Some(members) } else { None } }

    /// The member of an object by its name.
    pub fn get(&self, name: &str) -> Option<&Value> { self.as_object()?.get(name) }

    /// The value a JSON pointer (RFC 6901) leads to, such as `/users/0/name`; the empty pointer is the value itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, token| match value {
            Value::Array(items) => items.get(array_index(token)?),
            _ => value.get(&token.replace("~1", "/").replace("~0", "~")),
        })
    }
}

/// An index as RFC 6901 writes it: digits, with no leading zero.
fn array_index(token: &str) -> Option<usize> {
    let plain = token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    token.parse().ok().filter(|_| plain)
}

/// Compact JSON.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut writer = Writer::new();
        self.encode(&mut writer);
        out.write_str(&String::from_utf8_lossy(writer.written()))
    }
}

/// The member of that name, or `null`.
impl Index<&str> for Value {
    type Output = Value;

    fn index(&self, name: &str) -> &Value { self.get(name).unwrap_or(&NULL) }
}

/// The item at that place, or `null`.
impl Index<usize> for Value {
    type Output = Value;

    fn index(&self, index: usize) -> &Value { self.as_array().and_then(|items| items.get(index)).unwrap_or(&NULL) }
}

impl Codec for Value {
    fn blank() -> Self { Value::Null }

    fn has_null() -> bool { true }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = match reader.kind()? {
            Kind::Null => reader.null().map(|()| Value::Null)?,
            Kind::Bool => Value::Bool(reader.bool()?),
            Kind::Number => Value::Number(Number::from_literal(reader.number()?)),
            Kind::String => Value::String(reader.string()?),
            Kind::Array => {
                let mut items = Vec::new();
                items.decode(reader)?;
                Value::Array(items)
            }
            Kind::Object => {
                let mut members = Object::new();
                members.decode(reader)?;
                Value::Object(members)
            }
        };
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Value::Null => writer.null(),
            Value::Bool(value) => writer.bool(*value),
            Value::Number(number) => writer.number(number),
            Value::String(text) => writer.string(text),
            Value::Array(items) => items.encode(writer),
            Value::Object(members) => members.encode(writer),
        }
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $into:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $into
            }
        }
    )*};
}

from! {
    () => |_unit| Value::Null;
    bool => |value| Value::Bool(value);
    i32 => |value| Value::Number(Number::from(i64::from(value)));
    i64 => |value| Value::Number(Number::from(value));
    u32 => |value| Value::Number(Number::from(i64::from(value)));
    u64 => |value| Value::Number(Number::from(value));
    f64 => |value| Number::from_f64(value).map_or(Value::Null, Value::Number);
    Number => |value| Value::Number(value);
    &str => |value| Value::String(value.to_owned());
    String => |value| Value::String(value);
    Object => |value| Value::Object(value);
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self { Value::Array(items.into_iter().map(Into::into).collect()) }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self { value.map_or(Value::Null, Into::into) }
}
