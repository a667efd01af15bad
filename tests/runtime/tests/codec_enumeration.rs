//! Open enums keep what they do not know.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use runtime::models::{Language, Level};
use runtime::runtime::codec::{from_json, to_json};

#[test]
fn texts() {
    for (json, expected) in [
        (r#""de""#, Language::De),
        (r#""\u0064e""#, Language::De),
        (r#""DE""#, Language::Unknown("DE".into())),
        (r#""""#, Language::Unknown(String::new())),
        (r#""\"\n\u0001ü""#, Language::Unknown("\"\n\u{1}ü".into())),
    ] {
        let read: Language = from_json(json.as_bytes()).unwrap();
        assert_eq!(read, expected, "{json}");
        assert_eq!(from_json::<Language>(&to_json(&read).unwrap()).unwrap(), expected);
    }
    assert!(from_json::<Language>(b"1").is_err());
}

#[test]
fn text_conversions() {
    assert_eq!(Language::from("en"), Language::En);
    assert_eq!(Language::from(String::from("fr")).as_str(), "fr");
    assert_eq!("de".parse::<Language>(), Ok(Language::De));
    assert_eq!(format!("{:>4}", Language::De), "  de");
    assert_eq!(AsRef::<str>::as_ref(&Language::En), "en");
}

#[test]
fn integers() {
    for (json, expected, again) in [
        ("1", Level::One, "1"),
        ("1.0", Level::One, "1"),
        ("-1", Level::Below, "-1"),
        ("7", Level::Unknown(7), "7"),
        ("-9223372036854775808", Level::Unknown(i64::MIN), "-9223372036854775808"),
    ] {
        let read: Level = from_json(json.as_bytes()).unwrap();
        assert_eq!(read, expected, "{json}");
        assert_eq!(to_json(&read).unwrap(), again.as_bytes());
    }
    assert_eq!(Level::from(1), Level::One);
    assert_eq!(Level::Below.as_i64(), -1);
    assert_eq!(Level::Unknown(3).to_string(), "3");
    assert!(from_json::<Level>(b"1.5").is_err());
}
