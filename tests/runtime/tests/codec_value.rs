//! Any JSON value: numbers as written, order kept, `serde_json` as the judge.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use runtime::runtime::codec::{Codec, from_json, to_json, to_value};
use runtime::runtime::reader::{Kind, Reader};
use runtime::runtime::value::{Number, Object, Value};

fn value(json: &str) -> Value { from_json(json.as_bytes()).unwrap() }

#[test]
fn numbers_go_out_as_they_came() {
    for json in [
        "0",
        "-0",
        "1",
        "-1",
        "1.0",
        "1.50",
        "-0.0",
        "1e2",
        "1E+2",
        "0.1",
        "12.5e-3",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "1e400",
        "1e-400",
        "5e-324",
        "1.7976931348623157e308",
    ] {
        assert_eq!(value(json).to_string(), json);
        assert_eq!(value(&format!("[{json} ,{json}]")).to_string(), format!("[{json},{json}]"));
    }
}

#[test]
fn numbers_as_rust_types() {
    let number = |json: &str| Number::parse(json).unwrap();
    for (json, integer) in [("3.0", Some(3)), ("3e2", Some(300)), ("-0", Some(0)), ("30e-1", Some(3)), ("3.5", None)] {
        assert_eq!(number(json).as_i64(), integer, "{json}");
        assert_eq!(from_json::<i64>(json.as_bytes()).ok(), integer, "{json}");
    }
    assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
    assert_eq!(number("18446744073709551615").as_i64(), None);
    assert_eq!(number("-1").as_u64(), None);
    assert_eq!(number("1e400").as_f64(), None);
    assert_eq!(number("0.10"), number("1e-1"));
    assert_eq!(number("1.0"), Number::from(1_i64));
    assert_ne!(number("18446744073709551616"), number("18446744073709551617"));
    for wrong in ["", "-", "01", "1.", ".1", "1e", "+1", "NaN", "inf", "1 ", "0x1", "1e+", "--1"] {
        assert!(Number::parse(wrong).is_none(), "{wrong}");
    }
    assert_eq!(Number::from_f64(f64::NAN), None);
    assert_eq!(Number::from_f64(2.0).unwrap().as_i64(), Some(2));
}

/// The ends of each type, and one beyond.
#[test]
fn integers_are_checked() {
    fn check<T: Codec + PartialEq + std::fmt::Debug>(fits: &[&str], fails: &[&str]) {
        for json in fits {
            let read: T = from_json(json.as_bytes()).unwrap();
            assert_eq!(to_json(&read).unwrap(), json.as_bytes());
        }
        for json in fails {
            assert!(from_json::<T>(json.as_bytes()).is_err(), "{json}");
        }
    }
    check::<i8>(&["-128", "127"], &["128", "-129", "1.5", "1e3", "null", r#""1""#]);
    check::<i16>(&["-32768", "32767"], &["32768"]);
    check::<i32>(&["-2147483648", "2147483647"], &["2147483648", "1e10"]);
    check::<i64>(&["-9223372036854775808", "9223372036854775807"], &["9223372036854775808", "-9223372036854775809"]);
    check::<u8>(&["0", "255"], &["256", "-1"]);
    check::<u16>(&["65535"], &["65536"]);
    check::<u32>(&["4294967295"], &["4294967296"]);
    check::<u64>(&["0", "18446744073709551615"], &["18446744073709551616", "-1", "0.5"]);
    check::<i128>(&["-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"], &["1e39"]);
    check::<u128>(&["340282366920938463463374607431768211455"], &["340282366920938463463374607431768211456", "-1"]);
    let error = from_json::<Vec<i32>>(b"[1, 3000000000]").unwrap_err();
    assert_eq!(error.to_string(), "expected a 32-bit integer, found 3000000000 at $[1] (line 1, column 5)");
}

#[test]
fn floats_are_short_and_finite() {
    for (float, json) in [
        (1.0, "1"),
        (-0.0, "-0"),
        (0.1, "0.1"),
        (1e300, "1e300"),
        (5e-324, "5e-324"),
        (1e15, "1000000000000000"),
        (9_007_199_254_740_994.0, "9007199254740994"),
        (1e16, "1e16"),
        (-1.5e-4, "-0.00015"),
        (9.9e-5, "9.9e-5"),
    ] {
        assert_eq!(to_json(&float).unwrap(), json.as_bytes());
        assert_eq!(from_json::<f64>(json.as_bytes()).unwrap(), float);
    }
    assert_eq!(to_json(&0.1_f32).unwrap(), b"0.1");
    assert_eq!(from_json::<f32>(b"16777217").unwrap(), 16_777_216.0);
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(to_json(&vec![float, 1.0]).unwrap_err().to_string().contains("cannot be written"));
        assert!(to_value(&float).is_err());
    }
    assert!(to_json(&f32::NAN).is_err());
}

#[test]
fn strings_escape_only_what_must() {
    let text: String = (0..0x80).map(char::from).chain("äß€😀\u{2028}\u{7f}".chars()).collect();
    let json = to_json(&text).unwrap();
    assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
    assert_eq!(from_json::<String>(&json).unwrap(), text);
    assert_eq!(to_json(&"\u{8}\u{c}\n\r\t\"\\/\u{1}€".to_owned()).unwrap(), r#""\b\f\n\r\t\"\\/\u0001€""#.as_bytes());
    assert_eq!(from_json::<String>(br#""\ud83d\ude00\/""#).unwrap(), "😀/");
}

#[test]
fn objects_keep_order_and_the_last_of_a_name() {
    let object = value(r#"{"b":1,"a":2,"b":3}"#);
    assert_eq!(object.to_string(), r#"{"a":2,"b":3}"#);
    assert_eq!(object, value(r#"{"b":3,"a":2}"#));
    let mut members: Object = [("x", Value::Null), ("y", true.into())].into_iter().collect();
    assert_eq!(members.insert("x", 1_i64.into()), Some(Value::Null));
    assert_eq!(members.insert("z", "t".into()), None);
    assert_eq!(members.remove("y"), Some(Value::Bool(true)));
    assert_eq!(Value::from(members).to_string(), r#"{"x":1,"z":"t"}"#);
}

#[test]
fn reaching_inside() {
    let value = value(r#"{"a":[{"b/c":1,"~":2,"":3}],"n":null}"#);
    for (pointer, expected) in [
        ("/a/0/b~1c", Some(1)),
        ("/a/0/~0", Some(2)),
        ("/a/0/", Some(3)),
        ("/a/00/", None),
        ("/a/1", None),
        ("a", None),
    ] {
        assert_eq!(value.pointer(pointer).and_then(Value::as_i64), expected, "{pointer}");
    }
    assert_eq!(value.pointer(""), Some(&value));
    assert_eq!(value["a"][0]["~"].as_i64(), Some(2));
    assert!(value["x"][7]["y"].is_null() && value["n"].kind() == Kind::Null);
    assert_eq!(Value::from(Some(vec!["a"])).as_array().map(<[Value]>::len), Some(1));
}

#[test]
fn containers_and_units() {
    assert_eq!(to_json(&from_json::<Vec<Option<bool>>>(b"[null,true]").unwrap()).unwrap(), b"[null,true]");
    let map: BTreeMap<String, Vec<i64>> = from_json(br#"{"b":[1],"a":[]}"#).unwrap();
    assert_eq!(to_json(&map).unwrap(), br#"{"a":[],"b":[1]}"#);
    from_json::<()>(br#"{"what":["ever"]}"#).unwrap();
    assert_eq!(to_json(&()).unwrap(), b"null");
}

#[test]
fn raw_text_and_forks() {
    let mut reader = Reader::new(br#" [ {"a" : 1} , 2 ] "#).unwrap();
    reader.open_array().unwrap();
    assert!(reader.next_item().unwrap());
    let mut fork = reader.fork();
    assert_eq!(reader.raw().unwrap(), r#"{"a" : 1}"#);
    assert!(reader.next_item().unwrap());
    assert_eq!(reader.u64().unwrap(), 2);
    assert!(!reader.next_item().unwrap());
    reader.finish().unwrap();
    fork.open_object().unwrap();
    assert_eq!(fork.next_key().unwrap(), Some("a"));
}
