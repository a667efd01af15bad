//! `serde` over the codecs: what `serde_json` writes and reads is what the codecs do.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use runtime::models::{Language, Level, Node, Pet, Shape, User};
use runtime::runtime::codec::{Codec, from_json, to_json};
use runtime::runtime::field::Field;
use runtime::runtime::value::Value;
use serde::{Serialize, de::DeserializeOwned};

fn same<T: Codec + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) {
    let value: T = from_json(json.as_bytes()).unwrap();
    assert_eq!(serde_json::from_str::<T>(json).unwrap(), value);
    assert_eq!(serde_json::to_vec(&value).unwrap(), to_json(&value).unwrap());
}

#[test]
fn models() {
    same::<User>(
        r#"{"id":1,"e-mail":"","type":"user","groups":[{"name":"ä","level":7}],"phone-number":null,"x":{"y":[1.5,null]}}"#,
    );
    same::<Node>(r#"{"name":"a","right":null,"leaf":{"name":"c"},"children":[]}"#);
    same::<Language>(r#""xx""#);
    same::<Level>("1");
    same::<Pet>(r#"{"name":"a","lives":9}"#);
    same::<Shape>(r#"{"kind":"new","n":[18446744073709551615,-1,0.25,true]}"#);
}

#[test]
fn values_and_fields() {
    same::<Value>(r#"{"a":[1,-1,18446744073709551615,0.5,"x",null,true,{}]}"#);
    let held: Vec<Field<i64>> = serde_json::from_str("[1,null]").unwrap();
    assert_eq!(held, [Field::Value(1), Field::Null]);
    assert_eq!(serde_json::to_string(&held).unwrap(), "[1,null]");
}

#[test]
fn errors_tell_the_path() {
    let error = serde_json::from_str::<User>(r#"{"id":1,"e-mail":2}"#).unwrap_err().to_string();
    assert!(error.contains(r#"expected a string, found a number at $["e-mail"]"#), "{error}");
}
