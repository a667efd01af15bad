//! Text of a document to the words of a name: whatever the text, the result is a valid identifier once
//! [`super::Scope`] has looked at it.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// `user_id` from `userId`.
pub(super) fn snake(text: &str) -> String {
    lead(spell(text).to_snake_case(), "n")
}

/// `UserId` from `userId`.
pub(super) fn camel(text: &str) -> String {
    lead(spell(text).to_upper_camel_case(), "N")
}

/// Puts something before a digit, which no identifier starts with, and something where nothing is left.
fn lead(name: String, before_digit: &str) -> String {
    match name.chars().next() {
        None => if before_digit == "N" { "Empty" } else { "empty" }.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{before_digit}{name}"),
        Some(_) => name,
    }
}

/// Writes out what no identifier can hold: a sign before a word, a lone symbol, letters beyond ASCII.
fn spell(text: &str) -> String {
    let text = text.trim();
    let alone = !text.chars().any(char::is_alphanumeric);
    let mut out = String::with_capacity(text.len());
    let mut previous: Option<char> = None;
    for c in text.chars() {
        let starts = previous.is_none_or(|p| p.is_whitespace());
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => out.push(c),
            _ if c.is_alphanumeric() => out.push_str(&format!(" u{:x} ", u32::from(c))),
            _ => match symbol(c, starts, alone) {
                Some(word) => {
                    out.push(' ');
                    out.push_str(word);
                    out.push(' ');
                }
                None => out.push(' '),
            },
        }
        previous = Some(c);
    }
    out
}

/// The word for a symbol that carries meaning where it stands: `-created` and `+1` sort and vote, `>=` compares;
/// between words a symbol only separates.
fn symbol(c: char, starts: bool, alone: bool) -> Option<&'static str> {
    match c {
        '+' if starts || alone => Some("plus"),
        '-' if starts || alone => Some("minus"),
        '<' => Some("less"),
        '>' => Some("greater"),
        '=' => Some("equal"),
        '!' => Some("not"),
        '*' => Some("star"),
        '%' => Some("percent"),
        '&' if alone => Some("and"),
        '|' if alone => Some("or"),
        '^' => Some("caret"),
        '~' if alone => Some("tilde"),
        '/' if alone => Some("slash"),
        '.' if alone => Some("dot"),
        ',' if alone => Some("comma"),
        ':' if alone => Some("colon"),
        ';' if alone => Some("semicolon"),
        '_' if alone => Some("underscore"),
        '#' if alone => Some("hash"),
        '@' if alone => Some("at"),
        '$' if alone => Some("dollar"),
        '?' if alone => Some("question"),
        _ => None,
    }
}

/// The singular of a plural English noun, where that is plain to see; else the word itself.
pub(crate) fn singular(word: &str) -> String {
    let lower = word.to_ascii_lowercase();
    let stem = |cut: usize, end: &str| format!("{}{end}", &word[..word.len() - cut]);
    if !word.is_ascii() || lower.len() < 4 {
        word.to_owned()
    } else if lower.ends_with("ies") {
        stem(3, "y")
    } else if ["sses", "shes", "ches", "xes", "zes", "uses"].iter().any(|end| lower.ends_with(end)) {
        stem(2, "")
    } else if lower.ends_with('s') && !["ss", "us", "is", "ws"].iter().any(|end| lower.ends_with(end)) {
        stem(1, "")
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_fields() {
        assert_eq!(camel("APIToken"), "ApiToken");
        assert_eq!(snake("userId"), "user_id");
        assert_eq!(snake("@odata.type"), "odata_type");
        assert_eq!(camel("google-oauth2"), "GoogleOauth2");
        assert_eq!(camel("Purge and Prefetch only (API+Web)"), "PurgeAndPrefetchOnlyApiWeb");
    }

    #[test]
    fn hostile_enums() {
        let names = ["", "asc", "-created", "1", "+1", "-1", "*", "中"].map(camel);
        assert_eq!(names, ["Empty", "Asc", "MinusCreated", "N1", "Plus1", "Minus1", "Star", "U4e2d"]);
    }

    #[test]
    fn singulars() {
        let words = ["groups", "statuses", "status", "addresses", "entries", "news", "dns"].map(singular);
        assert_eq!(words, ["group", "status", "status", "address", "entry", "news", "dns"]);
    }
}
