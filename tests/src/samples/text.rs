//! Texts that a schema may allow, by its format, its pattern and its lengths.

use rand::{SeedableRng, distr::Distribution, rngs::ChaCha8Rng};
use serde_json::{Map, Value};

/// The longest text that is made, in characters.
const LONGEST: u64 = 1_000;

/// How often a pattern that has no bound repeats.
const REPEATS: u32 = 6;

const TEXTS: &[&str] = &[
    "text",
    "",
    "größe, 用户, 🦀\u{200b}",
    "\"quoted\" \\ back\u{0}slash\n\ttab \u{7f}",
    "12",
    "true",
    "null",
    "2024-02-29T12:30:45.500+02:00",
    "6f1c2b9e-8d3a-4c5f-9b7e-0a1d2c3b4e5F",
    "  spaces  ",
];

/// Values of a format, the most usual first; empty for one that is not known.
fn of_format(format: &str) -> &'static [&'static str] {
    match format {
        "date-time" | "google-datetime" => &[
            "2024-02-29T12:30:45Z",
            "2024-01-01T00:00:00.123Z",
            "1999-12-31T23:59:59.987654321+05:30",
            "1970-01-01T00:00:00-08:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "2024-01-01T00:00:00.100+00:00",
            "2024-01-01t10:20:30z",
        ],
        "date" => &["2024-02-29", "0001-01-01", "9999-12-31", "1970-01-01"],
        "time" => &["12:30:45Z", "00:00:00.5+01:00", "23:59:59.999999999-11:30"],
        "duration" => &["P3Y6M4DT12H30M5S", "PT0S", "P1W", "PT36H"],
        "uuid" | "guid" => &[
            "6f1c2b9e-8d3a-4c5f-9b7e-0a1d2c3b4e5f",
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "018F2D6C-7A3b-7cde-8f01-23456789abcd",
        ],
        "byte" | "base64" => &["aGVsbG8=", "", "AA==", "/+8AAf7/", "8J+mgA=="],
        "base64url" => &["aGVsbG8", "", "AA", "_-8AAf7_"],
        "ipv4" => &["192.0.2.1", "0.0.0.0", "255.255.255.255"],
        "ipv6" => &["2001:db8::1", "::", "2001:0DB8:0000:0000:0000:0000:0000:0001", "::ffff:192.0.2.1"],
        "ip" => &["192.0.2.1", "2001:db8::1"],
        "uri" | "url" => &[
            "https://example.com/a?b=c#d",
            "urn:example:a:b",
            "http://user@[2001:db8::1]:8080/%7Ea",
            "HTTP://EXAMPLE.com",
        ],
        "uri-reference" => &["/a/b?c", "https://example.com/", "", "#part"],
        "iri" => &["https://example.com/größe", "urn:example:1"],
        "uri-template" => &["https://example.com/{id}{?page}", "/a"],
        "email" | "idn-email" => &["user@example.com", "first.last+tag@sub.example.org"],
        "hostname" | "idn-hostname" => &["example.com", "a-1.example"],
        "json-pointer" => &["/a/b", "", "/a~1b/0"],
        "regex" => &["^a+$", ""],
        "decimal" => &["10.50", "-0.000000000000000001", "12345678901234567890.12"],
        "binary" => &["text", ""],
        _ => &[],
    }
}

/// Texts for these keywords, the most usual first.
pub fn texts(keywords: &Map<String, Value>) -> Vec<String> {
    let format = keywords.get("format").and_then(Value::as_str).unwrap_or_default();
    let count = |key: &str| keywords.get(key).and_then(Value::as_u64);
    let (least, most) = (count("minLength").unwrap_or(0), count("maxLength").unwrap_or(LONGEST));
    let mut list: Vec<String> = of_format(format).iter().map(|&text| text.to_owned()).collect();
    if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str) {
        list.extend(of_pattern(pattern));
    }
    if let Some(encoding) = keywords.get("contentEncoding").and_then(Value::as_str) {
        list.splice(0..0, of_format(encoding).iter().map(|&text| text.to_owned()));
    }
    if of_format(format).is_empty() {
        let lengths = [("a", most.min(300)), ("é", least.min(LONGEST)), ("x", most.min(LONGEST))];
        let long = lengths.into_iter().map(|(letter, length)| letter.repeat(length as usize));
        list.extend(TEXTS.iter().map(|&text| fitted(text, least, most)).chain(long));
    }
    let mut seen = std::collections::HashSet::new();
    list.retain(|text| seen.insert(text.clone()));
    list
}

/// A text of at least and at most so many characters.
fn fitted(text: &str, least: u64, most: u64) -> String {
    let (least, most) = (least.min(LONGEST) as usize, most.min(LONGEST) as usize);
    let length = text.chars().count();
    let filled = text.chars().chain(std::iter::repeat_n('x', least.saturating_sub(length)));
    filled.take(most.max(least)).collect()
}

/// Some texts that match a pattern, as far as it can be turned round.
pub fn of_pattern(pattern: &str) -> Vec<String> {
    const SEEDS: u64 = 4;
    // Ends of a text need no letters; a pattern without them matches within a text, so that it is all there is.
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
    // Digits and letters of a pattern are those of ASCII (ECMA-262), unless that would give bytes that are not text.
    let ascii = rand_regex::Regex::compile(&format!("(?-u){inner}"), REPEATS);
    let Ok(regex) = ascii.or_else(|_| rand_regex::Regex::compile(inner, REPEATS)) else {
        return Vec::new();
    };
    let sample = |seed| {
        let text: Result<String, _> = regex.sample(&mut ChaCha8Rng::seed_from_u64(seed));
        text
    };
    (0..SEEDS).filter_map(|seed| sample(seed).ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{of_pattern, texts};

    fn of(keywords: Value) -> Vec<String> {
        texts(keywords.as_object().expect("keywords are an object"))
    }

    #[test]
    fn patterns_are_turned_round() {
        let ids = of_pattern("^id-[0-9]{4}$");
        assert!(!ids.is_empty() && ids.iter().all(|id| id.len() == 7 && id.starts_with("id-")));
        let digits = of_pattern(r"\d{3}");
        assert!(digits.iter().all(|text| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())));
        assert!(of_pattern("(?=a)b").is_empty());
    }

    #[test]
    fn lengths_are_kept_where_no_format_says_otherwise() {
        let list = of(json!({ "minLength": 3, "maxLength": 6 }));
        assert!(list.iter().all(|text| (3..=6).contains(&text.chars().count())), "{list:?}");
        assert!(of(json!({})).contains(&String::new()));
        assert!(of(json!({ "format": "byte" })).iter().all(|text| text.len() % 4 == 0));
    }
}
