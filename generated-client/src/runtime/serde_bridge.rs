// needs: codec field value | crates: serde
//! `serde::Serialize` and `serde::Deserialize` for models, through their codecs, behind the crate's feature `serde`.
//!
//! The macro that gives a model its codec also bridges it. Models are converted through a
//! [`Value`](super::value::Value), so that only two calls are compiled per model. A number that no Rust type
//! represents exactly becomes the nearest float.

/// Bridges a model to `serde`; see the module.
macro_rules! serde_bridge {
    ($name:ident) => {
        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::runtime::serde_bridge::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::serde_bridge::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use serde_bridge;

#[cfg(feature = "serde")]
pub use bridge::{deserialize, serialize};

#[cfg(feature = "serde")]
mod bridge {
    use std::fmt;

    use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
    use serde::ser::{Error as _, Serialize, Serializer};

    use super::super::codec::{Codec, from_json, to_json, to_value};
    use super::super::field::Field;
    use super::super::value::{Number, Object, Value};

    /// Serialises a value through its codec.
    pub fn serialize<S: Serializer>(value: &dyn Codec, serializer: S) -> Result<S::Ok, S::Error> {
        to_value(value).map_err(S::Error::custom)?.serialize(serializer)
    }

    /// Deserialises a value through its codec.
    pub fn deserialize<'de, T: Codec, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let json = to_json(&value).map_err(D::Error::custom)?;
        from_json(&json).map_err(D::Error::custom)
    }

    impl Serialize for Value {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Value::Null => serializer.serialize_unit(),
                Value::Bool(value) => serializer.serialize_bool(*value),
                Value::Number(number) => number.serialize(serializer),
                Value::String(text) => serializer.serialize_str(text),
                Value::Array(items) => serializer.collect_seq(items),
                Value::Object(members) => serializer.collect_map(members.iter()),
            }
        }
    }

    impl Serialize for Number {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match (self.as_i64(), self.as_u64(), self.as_f64()) {
                (Some(value), _, _) => serializer.serialize_i64(value),
                (_, Some(value), _) => serializer.serialize_u64(value),
                (_, _, Some(value)) => serializer.serialize_f64(value),
                _ => Err(S::Error::custom(format!("the number {self} is out of range"))),
            }
        }
    }

    impl<'de> Deserialize<'de> for Value {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AnyValue)
        }
    }

    /// Accepts any value of a format.
    struct AnyValue;

    impl<'de> Visitor<'de> for AnyValue {
        type Value = Value;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str("any JSON value") }

        fn visit_unit<E>(self) -> Result<Value, E> { Ok(Value::Null) }

        fn visit_none<E>(self) -> Result<Value, E> { Ok(Value::Null) }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
            Value::deserialize(deserializer)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Value, E> { Ok(value.into()) }

        fn visit_i64<E>(self, value: i64) -> Result<Value, E> { Ok(value.into()) }

        fn visit_u64<E>(self, value: u64) -> Result<Value, E> { Ok(value.into()) }

        fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
            let number = Number::from_f64(value).map(Value::Number);
            number.ok_or_else(|| E::custom(format!("{value} cannot be written as a JSON number")))
        }

        fn visit_str<E>(self, text: &str) -> Result<Value, E> { Ok(text.into()) }

        fn visit_string<E>(self, text: String) -> Result<Value, E> { Ok(text.into()) }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
            let mut array = Vec::new();
            while let Some(item) = items.next_element()? {
                array.push(item);
            }
            Ok(Value::Array(array))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
            let mut members: Vec<(String, Value)> = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(Value::Object(members.into_iter().collect::<Object>()))
        }
    }

    /// Absent is serialised as `null`, unless its struct omits it.
    impl<T: Serialize> Serialize for Field<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.as_option().serialize(serializer)
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Option::deserialize(deserializer).map(Field::from)
        }
    }
}
