//! Whether two JSON texts mean the same: members in any order, numbers by value, instants by the time they are.
//!
//! Nothing of a text is read into a type that could lose it: a number is compared by its digits.

use std::{borrow::Cow, fmt, net::Ipv6Addr};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The first place where `got` does not mean what `sent` does, and how it differs.
pub fn difference(sent: &str, got: &str) -> Option<String> {
    let parse = |text: &str, which: &str| {
        serde_json::from_str::<&RawValue>(text)
            .map(RawValue::get)
            .map_err(|error| format!("{which}: {error}"))
            .err()
    };
    parse(sent, "what was sent is not JSON").or_else(|| parse(got, "what came is not JSON")).or_else(|| {
        let mut path = String::from("$");
        compare(sent.trim(), got.trim(), &mut path).err().map(|found| format!("{path}: {found}"))
    })
}

fn compare(sent: &str, got: &str, path: &mut String) -> Result<(), String> {
    let kinds = (kind(sent), kind(got));
    if kinds.0 != kinds.1 {
        return Err(format!("{} became {}", short(sent), short(got)));
    }
    match kinds.0 {
        '{' => objects(&members(sent)?, &members(got)?, path),
        '[' => arrays(&items(sent)?, &items(got)?, path),
        '"' => texts(&text(sent)?, &text(got)?),
        '0' if Decimal::read(sent) != Decimal::read(got) => Err(format!("{sent} became {got}")),
        _ => Ok(()),
    }
}

/// What a JSON text starts with, that tells its kind.
fn kind(json: &str) -> char {
    let first = json.chars().next();
    first.filter(|first| matches!(first, '{' | '[' | '"' | 't' | 'f' | 'n')).unwrap_or('0')
}

fn objects(sent: &Members<'_>, got: &Members<'_>, path: &mut String) -> Result<(), String> {
    for (index, (name, value)) in got.0.iter().enumerate() {
        if !sent.0.iter().any(|(known, _)| known == name) {
            return Err(format!("`{name}` was added: {}", short(value.get())));
        }
        if got.0[..index].iter().any(|(known, _)| known == name) {
            return Err(format!("`{name}` is there twice"));
        }
    }
    for (name, value) in &sent.0 {
        let Some((_, other)) = got.0.iter().find(|(known, _)| known == name) else {
            return Err(format!("`{name}` was lost: {}", short(value.get())));
        };
        below(&format!(".{name}"), value.get(), other.get(), path)?;
    }
    Ok(())
}

fn arrays(sent: &[&RawValue], got: &[&RawValue], path: &mut String) -> Result<(), String> {
    if sent.len() != got.len() {
        return Err(format!("{} items became {}", sent.len(), got.len()));
    }
    let pairs = sent.iter().zip(got).enumerate();
    pairs
        .into_iter()
        .try_for_each(|(at, (one, other))| below(&format!("[{at}]"), one.get(), other.get(), path))
}

/// Compares a part; the path stays where it was if the part is the same.
fn below(step: &str, sent: &str, got: &str, path: &mut String) -> Result<(), String> {
    let length = path.len();
    path.push_str(step);
    compare(sent, got, path)?;
    path.truncate(length);
    Ok(())
}

/// Texts are the same if they are, or if they are two spellings of one instant, one UUID or one address.
fn texts(sent: &str, got: &str) -> Result<(), String> {
    let instant = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let same_instant = || instant(sent).is_some_and(|sent| instant(got) == Some(sent));
    let same_address = || sent.parse::<Ipv6Addr>().is_ok_and(|sent| got.parse() == Ok(sent));
    if sent == got || same_instant() || (is_uuid(sent) && sent.eq_ignore_ascii_case(got)) || same_address() {
        return Ok(());
    }
    Err(format!("{:?} became {:?}", short(sent), short(got)))
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// A number by its digits, however it is written.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    /// Without zeros at either end.
    digits: String,
    /// The power of ten of the last digit.
    exponent: i64,
}

impl Decimal {
    fn read(json: &str) -> Option<Self> {
        let (is_negative, rest) = json.strip_prefix('-').map_or((false, json), |rest| (true, rest));
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_end_matches('0');
        let dropped = all.len() - significant.len();
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { is_negative: false, digits, exponent: 0 });
        }
        let exponent: i64 = exponent.parse().ok()?;
        Some(Self { is_negative, digits, exponent: exponent - fraction.len() as i64 + dropped as i64 })
    }
}

/// The members of an object in their order, each as it is written, also one that is there twice.
struct Members<'j>(Vec<(Cow<'j, str>, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    members.push((Cow::Owned(name), value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

fn members(json: &str) -> Result<Members<'_>, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn items(json: &str) -> Result<Vec<&RawValue>, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

fn text(json: &str) -> Result<String, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

/// The start of a text, for people.
fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let start: String = text.chars().take(LENGTH).collect();
    if start.len() < text.len() { start + "…" } else { start }
}

#[cfg(test)]
mod tests {
    use super::difference;

    fn same(sent: &str, got: &str) -> bool {
        difference(sent, got).is_none()
    }

    #[test]
    fn a_wrong_round_trip_is_found() {
        let sent = r#"{"a":{"b":[1,{"c":null}]},"d":"x"}"#;
        assert!(same(sent, r#"{"d":"x","a":{"b":[1,{"c":null}]}}"#));
        assert_eq!(
            difference(sent, r#"{"a":{"b":[1,{}]},"d":"x"}"#).as_deref(),
            Some("$.a.b[1]: `c` was lost: null")
        );
        assert_eq!(
            difference(sent, r#"{"a":{"b":[2,{"c":null}]},"d":"x"}"#).as_deref(),
            Some("$.a.b[0]: 1 became 2")
        );
        for wrong in [
            r#"{"a":{"b":[1,{"c":null}]},"d":"x","e":1}"#,
            r#"{"a":{"b":[1,{"c":null}]},"d":"x","d":"x"}"#,
            r#"{"a":{"b":[1,{"c":null},1]},"d":"x"}"#,
            r#"{"a":{"b":[1,{"c":false}]},"d":"x"}"#,
            r#"{"a":{"b":[1,{"c":null}]},"d":"y"}"#,
            r#"{"a":{"b":["1",{"c":null}]},"d":"x"}"#,
            r#"{"a":{"b":[1,{"c":null}]},"d":"x""#,
        ] {
            assert!(!same(sent, wrong), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        for (one, other) in
            [("1.0", "1"), ("1e2", "100"), ("-0.50", "-5E-1"), ("-0", "0.0"), ("0.00120", "12e-4")]
        {
            assert!(same(one, other) && same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("10", "1"),
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.10000000000000001"),
            ("1e400", "1e401"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn instants_are_compared_by_time() {
        let same = |one: &str, other: &str| same(&format!("{one:?}"), &format!("{other:?}"));
        assert!(same("2024-01-01T00:00:00.500Z", "2024-01-01T02:00:00.5+02:00"));
        assert!(!same("2024-01-01T00:00:00Z", "2024-01-01T00:00:01Z"));
        assert!(!same("2024-01-01T00:00:00.123456789Z", "2024-01-01T00:00:00.123456Z"));
        assert!(!same("2024-01-01", "2024-01-01T00:00:00Z"));
        assert!(same("2001:db8:0::1", "2001:DB8::1") && !same("2001:db8::1", "2001:db8::2"));
        assert!(!same("text", "Text") && !same("aGk=", "aGk"));
    }

    #[test]
    fn escapes_mean_what_they_stand_for() {
        assert!(same(r#""\u00e9\/""#, r#""é/""#));
        assert!(!same(r#""\u00e9""#, r#""e""#));
    }
}
