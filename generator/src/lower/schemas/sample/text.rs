//! Texts of a format, a pattern and a length.

use super::pattern;
use crate::resolve::SchemaRef;

/// A text of no format.
pub(super) const WORD: &str = "text";

/// The length that a text is filled up to at most.
const LONGEST: usize = 2_000;

/// A text that all of some schemas allow, as far as one is found.
pub(super) fn of(schemas: &[SchemaRef<'_>]) -> String {
    let least = schemas.iter().filter_map(|schema| schema.min_length()).max().unwrap_or(0);
    let most = schemas.iter().filter_map(|schema| schema.max_length()).min().unwrap_or(usize::MAX);
    let format = schemas.iter().find_map(|schema| schema.format()).and_then(of_format);
    let of_pattern = || schemas.iter().find_map(|schema| pattern::text(schema.pattern()?, least, most));
    format.map(str::to_owned).or_else(of_pattern).unwrap_or_else(|| of_length(WORD, least, most))
}

/// A text filled up or cut to a length.
fn of_length(text: &str, least: usize, most: usize) -> String {
    let length = text.len().max(least.min(LONGEST)).min(most);
    text.chars().cycle().take(length).collect()
}

/// A text of a format.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-01-01T12:00:00Z",
        "date" => "2024-01-01",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "uuid" | "guid" => "123e4567-e89b-42d3-a456-426614174000",
        "uri" | "url" | "iri" => "https://example.com",
        "uri-reference" | "iri-reference" | "uri-template" => "/path",
        "email" | "idn-email" => "name@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" | "ip" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" | "base64" | "base64url" => "dGV4dA==",
        "decimal" => "1.5",
        "json-pointer" => "/path",
        "regex" => "^text$",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::of_length;

    #[test]
    fn texts_have_a_length() {
        assert_eq!(of_length("text", 0, usize::MAX), "text");
        assert_eq!(of_length("text", 6, 8), "textte");
        assert_eq!(of_length("text", 0, 2), "te");
    }
}
