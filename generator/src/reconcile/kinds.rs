//! Which kinds of JSON values were seen at a place, and which type covers them.

use serde_json::Value;

use crate::config::{JsonType, ValueType};

/// A set of kinds of JSON values; `null` is not one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

const TEXT: u8 = 1;
const FLAG: u8 = 2;
const INTEGER: u8 = 4;
/// An integer larger than `i64` can hold.
const LARGE: u8 = 8;
const NEGATIVE: u8 = 16;
const FRACTION: u8 = 32;
const OTHER: u8 = 64;

impl Kinds {
    /// Adds the kind of a value.
    pub(super) fn add(&mut self, value: &Value) {
        self.0 |= match value {
            Value::Null => 0,
            Value::Bool(_) => FLAG,
            Value::String(_) => TEXT,
            Value::Array(_) | Value::Object(_) => OTHER,
            Value::Number(_) => match whole(value) {
                Some(number) if number < 0 => INTEGER | NEGATIVE,
                Some(number) if i64::try_from(number).is_err() => LARGE,
                Some(_) => INTEGER,
                None => FRACTION,
            },
        };
    }

    /// Adds the kinds of another set.
    pub(super) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The scalar type that covers all kinds, otherwise any value.
    pub(super) fn value_type(self) -> ValueType {
        let of = |typ| ValueType::Of(typ, None);
        match self.0 {
            TEXT => of(JsonType::String),
            FLAG => of(JsonType::Boolean),
            kinds if kinds == 0 || kinds & (TEXT | FLAG | OTHER) != 0 => ValueType::Any,
            kinds if kinds & FRACTION != 0 => of(JsonType::Number),
            kinds if kinds & LARGE == 0 => of(JsonType::Integer),
            kinds if kinds & NEGATIVE == 0 => ValueType::Of(JsonType::Integer, Some("uint64".to_owned())),
            _ => of(JsonType::Number),
        }
    }
}

/// The value of an integer of at most 64 bits, however it is written.
pub(super) fn whole(value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    if let Some(whole) = number.as_i64() {
        return Some(whole.into());
    }
    if let Some(whole) = number.as_u64() {
        return Some(whole.into());
    }
    // Above this, not every integer is exact in an `f64`.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
    Some(float as i128)
}

/// The name of a value's kind in messages.
pub(super) fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) if whole(value).is_some() => "an integer",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> ValueType {
        let mut kinds = Kinds::default();
        values.iter().for_each(|text| kinds.add(&serde_json::from_str(text).expect("JSON")));
        kinds.value_type()
    }

    #[test]
    fn one_scalar_type_has_all_or_any_value_has() {
        let typ = |typ| ValueType::Of(typ, None);
        assert_eq!(of(&["\"a\"", "null"]), typ(JsonType::String));
        assert_eq!(of(&["1", "-2", "3.0"]), typ(JsonType::Integer));
        assert_eq!(of(&["1", "2.5"]), typ(JsonType::Number));
        assert_eq!(
            of(&["1", "18446744073709551615"]),
            ValueType::Of(JsonType::Integer, Some("uint64".to_owned()))
        );
        assert_eq!(of(&["-1", "18446744073709551615"]), typ(JsonType::Number));
        assert_eq!(of(&["1", "\"a\""]), ValueType::Any);
        assert_eq!(of(&["[]"]), ValueType::Any);
        assert_eq!(of(&[]), ValueType::Any);
    }
}
