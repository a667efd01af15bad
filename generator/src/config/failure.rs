//! Translates TOML parser errors into terms of the configuration.

use crate::source::nearest;

/// A message and advice, from the parser's message.
pub(super) fn explain(message: &str) -> (String, Option<String>) {
    let message = message.lines().collect::<Vec<_>>().join("; ");
    let (found, expected) = match message.split_once(", expected ") {
        Some((found, expected)) => (found, Some(expected)),
        None => (message.as_str(), None),
    };
    let name = found.split('`').nth(1).unwrap_or_default();
    let known = || expected.map(|expected| choose(name, expected));
    if found.starts_with("unknown field ") {
        (format!("there is no key `{name}`"), known())
    } else if found.starts_with("unknown variant ") {
        (format!("`{name}` is not a value of this key"), known())
    } else if found.starts_with("missing field ") {
        (format!("the key `{name}` is missing"), None)
    } else if let Some((kind, expected)) = found.strip_prefix("invalid type: ").zip(expected) {
        (format!("expected {expected}, found {}", plain(kind)), None)
    } else {
        (found.to_owned(), expected.map(|expected| format!("expected {expected}")))
    }
}

/// A plain word for a kind of TOML value.
fn plain(kind: &str) -> &str {
    match kind {
        "sequence" => "an array",
        "map" => "a table",
        other => other,
    }
}

/// Lists the words in backticks, starting with the one probably meant.
fn choose(name: &str, expected: &str) -> String {
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let listed = known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`? Known are {listed}"),
        None => format!("known are {listed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_told_the_known_ones() {
        let (message, help) = explain("unknown field `nam`, expected one of `name`, `version`");
        assert_eq!(message, "there is no key `nam`");
        assert_eq!(help.as_deref(), Some("did you mean `name`? Known are `name`, `version`"));
        let (message, help) = explain("unknown variant `some`, expected `reachable` or `all`");
        assert_eq!(message, "`some` is not a value of this key");
        assert_eq!(help.as_deref(), Some("known are `reachable`, `all`"));
    }

    #[test]
    fn a_wrong_type_and_a_missing_key_are_said_plainly() {
        let (message, help) = explain("invalid type: integer `3`, expected a string");
        assert_eq!((message.as_str(), help), ("expected a string, found integer `3`", None));
        assert_eq!(explain("missing field `items`"), ("the key `items` is missing".to_owned(), None));
    }
}
