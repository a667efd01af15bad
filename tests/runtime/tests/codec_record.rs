//! Structs: the four modes of a field, other members, order, many fields and none.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use runtime::models::{Empty, Group, Kind, Language, Node, User, Wide};
use runtime::runtime::codec::{Codec, from_json, to_json, to_value};
use runtime::runtime::field::Field;

fn sent(value: &dyn Codec) -> String { String::from_utf8(to_json(value).unwrap()).unwrap() }

fn user(json: &str) -> Result<User, String> { from_json(json.as_bytes()).map_err(|error| error.to_string()) }

const REQUIRED: &str = r#""id":1,"e-mail":"a@b","type":"user","groups":[]"#;

/// What each mode makes of absence, `null` and a value, and what it sends then.
#[test]
fn modes() {
    let table = [
        // key, JSON text or "" for absent, sent again or the error
        ("id", "", Err("missing field `id` at $ (line 1, column 1)")),
        ("id", "null", Err("expected a number, found null at $.id (line 1, column 7)")),
        ("id", "2", Ok(r#""id":2"#)),
        ("name", "", Ok(r#""name":null"#)),
        ("name", "null", Ok(r#""name":null"#)),
        ("name", r#""x""#, Ok(r#""name":"x""#)),
        ("lang", "", Ok("")),
        ("lang", "null", Ok("")),
        ("lang", r#""de""#, Ok(r#""lang":"de""#)),
        ("phone-number", "", Ok("")),
        ("phone-number", "null", Ok(r#""phone-number":null"#)),
        ("phone-number", r#""1""#, Ok(r#""phone-number":"1""#)),
    ];
    for (key, text, expected) in table {
        let rest = if key == "id" { REQUIRED.replace(r#""id":1,"#, "") } else { REQUIRED.to_owned() };
        let member = if text.is_empty() { String::new() } else { format!(r#""{key}":{text},"#) };
        let read = user(&format!("{{{member}{rest}}}"));
        match expected {
            Err(message) => assert_eq!(read.unwrap_err(), message, "{key}: {text}"),
            Ok("") => assert!(!sent(&read.unwrap()).contains(key), "{key}: {text}"),
            Ok(member) => {
                let json = sent(&read.unwrap());
                assert!(json.contains(member), "{key}: {text}: {json}");
            }
        }
    }
}

#[test]
fn members_go_out_in_the_order_of_the_struct() {
    let json = format!(r#"{{"z":[1.0],"phone-number":null,{REQUIRED},"a":{{"b":null}}}}"#);
    let read = user(&json).unwrap();
    assert_eq!(read.phone, Field::Null);
    assert_eq!(read.r#type, Kind::User);
    assert_eq!(read.extra.len(), 2);
    let expected = r#"{"id":1,"e-mail":"a@b","name":null,"type":"user","phone-number":null,"groups":[],"#;
    assert_eq!(sent(&read), format!(r#"{expected}"a":{{"b":null}},"z":[1.0]}}"#));
}

#[test]
fn an_extra_member_never_doubles_a_declared_one() {
    let mut read = user(&format!("{{{REQUIRED}}}")).unwrap();
    read.extra.insert("id".into(), "two".into());
    assert_eq!(sent(&read).matches(r#""id""#).count(), 1);
}

#[test]
fn unknown_members_are_passed_over_without_extra() {
    let read: Group = from_json(br#"{"x":{"name":"no"},"name":"yes","y":[[]]}"#).unwrap();
    assert_eq!(sent(&read), r#"{"name":"yes"}"#);
}

#[test]
fn the_last_of_several_counts() {
    let read: Group = from_json(br#"{"name":"a","level":1,"name":"b","level":null}"#).unwrap();
    assert_eq!(read, Group { name: "b".into(), level: None });
    // nothing of the first object remains in the second
    let json = br#"{"name":"","leaf":{"name":"a","level":1},"leaf":{"name":"b"},"children":[]}"#;
    assert_eq!(*from_json::<Node>(json).unwrap().leaf, Group { name: "b".into(), level: None });
}

#[test]
fn errors_name_the_place() {
    let json =
        "{\n  \"id\": 1, \"e-mail\": \"\", \"type\": \"user\",\n  \"groups\": [{\"name\": \"ä\", \"level\": 1.5}]\n}";
    let error = from_json::<User>(json.as_bytes()).unwrap_err();
    assert_eq!(error.path(), "$.groups[0].level");
    assert_eq!(error.message(), "expected a 64-bit integer, found 1.5");
    assert_eq!((error.line(), error.column()), (3, 37));
    assert_eq!(&json[error.offset()..][..3], "1.5");
    let odd = user(r#"{"e-mail":1}"#).unwrap_err();
    assert!(odd.contains(r#"at $["e-mail"]"#), "{odd}");
    assert_eq!(user("[]").unwrap_err(), "expected an object, found an array at $ (line 1, column 1)");
}

#[test]
fn no_fields() {
    assert_eq!(sent(&from_json::<Empty>(br#"{"a":1}"#).unwrap()), "{}");
}

#[test]
fn more_fields_than_a_word_has_bits() {
    let mut value = Wide::blank();
    (value.a0, value.g9) = (1, 70);
    let json = to_json(&value).unwrap();
    assert_eq!(from_json::<Wide>(&json).unwrap(), value);
    for missing in ["a0", "f9", "g9"] {
        let member = format!(r#""{missing}":0"#);
        let mut members = to_value(&value).unwrap().as_object().unwrap().clone();
        members.remove(missing);
        let error = from_json::<Wide>(runtime::runtime::value::Value::Object(members).to_string().as_bytes());
        assert_eq!(error.unwrap_err().message(), format!("missing field `{missing}`"), "{member}");
    }
    // in the other order every key has to be searched for
    let text = String::from_utf8(json).unwrap();
    let members: Vec<&str> = text.trim_matches(['{', '}']).split(',').rev().collect();
    assert_eq!(from_json::<Wide>(format!("{{{}}}", members.join(",")).as_bytes()).unwrap(), value);
}

#[test]
fn boxes() {
    let json = r#"{"name":"a","left":{"name":"b","right":null,"leaf":{"name":""},"children":[]},"leaf":{"name":"c"},"children":[]}"#;
    let read: Node = from_json(json.as_bytes()).unwrap();
    assert_eq!(read.left.as_ref().unwrap().right, Field::Null);
    assert_eq!(read.right, Field::Absent);
    assert_eq!(sent(&read), json);
}

#[test]
fn fields_turn_into_one_another() {
    assert_eq!(Field::from(1), Field::Value(1));
    assert_eq!(Field::<i64>::from(None), Field::Null);
    assert_eq!(Field::<i64>::default(), Field::Absent);
    assert_eq!(Field::Value(1).map(|value| value + 1).into_option(), Some(2));
    assert_eq!(Field::Value(Language::De).as_option(), Some(&Language::De));
    assert_eq!(Field::<Box<i64>>::from(1), Field::Value(Box::new(1)));
    assert_eq!(Field::<Box<i64>>::from(Some(1)), Field::Value(Box::new(1)));
    assert_eq!(Field::<Box<i64>>::from(None::<i64>), Field::Null);
    assert!(Field::<i64>::Null.is_null() && Field::<i64>::Absent.is_absent());
}
