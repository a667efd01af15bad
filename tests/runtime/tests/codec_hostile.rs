//! Texts that are not JSON, or are more than anyone should send: an error, never a panic.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use runtime::models::{Nest, Node, Pet, Shape, User};
use runtime::runtime::codec::{Codec, from_json, to_json};
use runtime::runtime::value::Value;

fn fails<T: Codec>(json: &[u8]) -> String {
    from_json::<T>(json).err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), (r#"{"left":"#, "}"), (r#"{"inner":"#, "}"), (r#"{"kind":"rect","next":"#, "}")] {
        let cut = open.repeat(100_000);
        let whole = format!("{cut}1{}", close.repeat(100_000));
        // what is passed over needs no stack
        assert_eq!(fails::<()>(whole.as_bytes()), "");
        assert!(!fails::<()>(cut.as_bytes()).is_empty());
        for json in [cut, whole] {
            let json = json.as_bytes();
            assert!(!fails::<Value>(json).is_empty());
            assert!(!fails::<Node>(json).is_empty());
            assert!(!fails::<Nest>(json).is_empty());
            assert!(!fails::<Pet>(json).is_empty());
            assert!(!fails::<Shape>(json).is_empty());
        }
    }
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(from_json::<Value>(nested(100).as_bytes()).unwrap().to_string(), nested(100));
    let beyond = fails::<Value>(nested(200).as_bytes());
    assert!(
        beyond.starts_with(
            "nested deeper than 116 levels of such values; `ClientBuilder::stack_limit` allows more at $[0]"
        ),
        "{beyond}"
    );
}

#[test]
fn every_cut_of_a_text() {
    let json = r#"{"id":-1.0e0,"e-mail":"\u00e4\ud83d\ude00\n","type":"user","groups":[{"name":"n","level":null}],"x":[true,{}]}"#;
    assert_eq!(fails::<User>(json.as_bytes()), "");
    for end in 0..json.len() {
        assert_ne!(fails::<User>(&json.as_bytes()[..end]), "", "{}", &json[..end]);
        assert_ne!(fails::<Value>(&json.as_bytes()[..end]), "", "{}", &json[..end]);
    }
}

/// Whatever one byte is turned into, reading ends, and what can be read can be written.
#[test]
fn every_change_of_a_byte() {
    let json = br#"{"name":"a\n","left":{"name":"","leaf":{"name":"x","level":12e1},"children":[]},"children":[]}"#;
    for index in 0..json.len() {
        for byte in 0..=255 {
            let mut json = json.to_vec();
            json[index] = byte;
            if let Ok(value) = from_json::<Value>(&json) {
                let written = to_json(&value).unwrap();
                assert_eq!(from_json::<Value>(&written).unwrap(), value);
                assert!(serde_json::from_slice::<serde_json::Value>(&json).is_ok());
            } else {
                assert!(serde_json::from_slice::<serde_json::Value>(&json).is_err(), "{}", json.escape_ascii());
            }
            let _ = fails::<Node>(&json);
        }
    }
}

#[test]
fn not_json() {
    for json in [
        "",
        " ",
        "nul",
        "nulll",
        "tru",
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "0x1",
        "'a'",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{,}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        "{a:1}",
        "{1:1}",
        "[1}",
        "1 2",
        "[]]",
        "\"\n\"",
        r#""\x""#,
        r#""\u12""#,
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800\u0041""#,
        "// c\n1",
        "\"a",
        "\u{b}1",
    ] {
        assert_ne!(fails::<Value>(json.as_bytes()), "", "{json}");
        assert_ne!(fails::<()>(json.as_bytes()), "", "{json}");
    }
}

#[test]
fn not_utf8() {
    for json in [&b"\"\xff\""[..], b"\"\xc0\x80\"", b"\"\xed\xa0\x80\"", b"{\"\xff\":1}", b"\xff\xfe1\0", b"[1]\xff"] {
        assert!(fails::<Value>(json).starts_with("the text is not UTF-8"), "{}", json.escape_ascii());
        assert!(fails::<()>(json).starts_with("the text is not UTF-8"), "{}", json.escape_ascii());
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(from_json::<bool>(b"\xEF\xBB\xBFtrue").unwrap());
    let error = from_json::<bool>(b"\xEF\xBB\xBF 1").unwrap_err();
    assert_eq!(error.offset(), 4);
    assert_ne!(fails::<Value>(b"\xEF\xBB\xBF\xEF\xBB\xBF1"), "");
}

#[test]
fn many_members_of_one_name() {
    let members: Vec<String> = (0..50_000).map(|index| format!(r#""k{}":{index}"#, index % 25_000)).collect();
    let json = format!("{{{}}}", members.join(","));
    let value: Value = from_json(json.as_bytes()).unwrap();
    assert_eq!(value.as_object().unwrap().len(), 25_000);
    assert_eq!(value["k7"].as_i64(), Some(25_007));
    let map: BTreeMap<String, i64> = from_json(json.as_bytes()).unwrap();
    assert_eq!(map["k7"], 25_007);
}

#[test]
fn huge_numbers() {
    let long = "9".repeat(5000);
    for json in ["1e400", "-1e400", "9".repeat(400).as_str(), "1e99999999999999999999"] {
        assert!(fails::<f64>(json.as_bytes()).contains("out of range"), "{json}");
        assert!(fails::<i64>(json.as_bytes()).contains("expected a 64-bit integer"), "{json}");
        assert_eq!(from_json::<Value>(json.as_bytes()).unwrap().to_string(), json);
    }
    assert_eq!(from_json::<Value>(long.as_bytes()).unwrap().to_string(), long);
    assert_ne!(fails::<f32>(b"1e39"), "");
    assert_eq!(from_json::<f64>(b"1e-400").unwrap(), 0.0);
}
