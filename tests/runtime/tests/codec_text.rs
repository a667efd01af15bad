//! The grammar of JSON: what is read is what another parser reads, and so is what is refused.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use runtime::runtime::codec::{from_json, to_json};
use runtime::runtime::value::Value;

/// Whether reading, passing over, and another parser agree on a text.
fn agree(json: &[u8]) {
    let theirs = serde_json::from_slice::<serde_json::Value>(json);
    let shown = String::from_utf8_lossy(json);
    match (from_json::<Value>(json), theirs) {
        (Ok(ours), Ok(theirs)) => {
            let written = to_json(&ours).unwrap();
            assert_eq!(serde_json::from_slice::<serde_json::Value>(&written).unwrap(), theirs, "{shown}");
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(error)) if error.to_string().contains("out of range") => {}
        (ours, theirs) => assert_eq!(ours.is_ok(), theirs.is_ok(), "{shown}: {ours:?}, {theirs:?}"),
    }
    assert_eq!(from_json::<()>(json).is_ok(), from_json::<Value>(json).is_ok(), "{shown}");
}

#[test]
fn every_byte_at_every_place_of_a_string() {
    for length in 0..20 {
        for at in 0..=length {
            for byte in 0..=255 {
                let mut json = vec![b'"'];
                json.extend(vec![b'x'; at]);
                json.push(byte);
                json.extend(vec![b'y'; length - at]);
                json.push(b'"');
                agree(&json);
            }
        }
    }
}

#[test]
fn characters_of_several_bytes_at_every_place() {
    for character in
        ["ä", "€", "😀", r"\n", r"\u00e4", r"\ud83d\ude00", r"\ud83d", r"\ude00", r"\ud83d\ud83d", r"\ud83dx"]
    {
        for before in 0..12 {
            for behind in 0..12 {
                agree(format!("\"{}{character}{}\"", "a".repeat(before), "b".repeat(behind)).as_bytes());
                agree(format!("{{\"{}{character}\":\"{}\"}}", "a".repeat(before), "b".repeat(behind)).as_bytes());
            }
        }
    }
}

#[test]
fn escapes() {
    for byte in 0..=0x7F_u8 {
        let escape = char::from(byte);
        for json in [format!("\"\\{escape}\""), format!("\"\\u00{escape}1\""), format!("\"\\u{escape}d3d\\ude00\"")] {
            agree(json.as_bytes());
        }
    }
    for json in [r#""\"#, r#""\u"#, r#""\u1"#, r#""\u123"#, r#""\u123""#, r#""\u12é""#, r#""\ud83d\u"#, r#""\ud83d\"#]
    {
        agree(json.as_bytes());
    }
}

/// Every text of up to five of these parts.
#[test]
fn every_short_text() {
    const PARTS: [&str; 16] =
        ["[", "]", "{", "}", ",", ":", " ", "0", "1", "-", ".", "e", "+", "\"a\"", "null", "true"];
    let mut texts = vec![String::new()];
    for _ in 0..5 {
        texts = texts.iter().flat_map(|text| PARTS.map(|part| format!("{text}{part}"))).collect();
        // of what is wrong from its start nothing more is to be learned
        texts.retain(|text| !matches!(from_json::<()>(text.as_bytes()), Err(error) if error.offset() + 2 < text.len()));
        texts.iter().for_each(|text| agree(text.as_bytes()));
    }
    assert!(texts.len() > 1000);
}

#[test]
fn integers_of_every_length() {
    for digits in 1..25 {
        for first in ['1', '9', '0'] {
            for (sign, end) in [("", ""), ("-", ""), ("", ".0"), ("", "e0"), ("-", ".5"), ("", "]"), ("", " ")] {
                let json = format!("{sign}{first}{}{end}", "7".repeat(digits - 1));
                agree(json.as_bytes());
                let (ours, theirs) = (from_json::<i64>(json.as_bytes()), serde_json::from_str::<i64>(&json));
                if let Ok(theirs) = theirs {
                    assert_eq!(ours.unwrap(), theirs);
                }
                let (ours, theirs) = (from_json::<f64>(json.as_bytes()), json.trim().parse::<f64>());
                if let Ok(ours) = ours {
                    assert_eq!(ours.to_bits(), theirs.unwrap().to_bits(), "{json}");
                }
            }
        }
    }
    assert!(from_json::<f64>(b"-0").unwrap().is_sign_negative());
}
