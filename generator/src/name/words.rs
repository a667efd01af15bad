//! Text of a document to the words of a name: whatever the text, the result is a valid identifier once
//! [`super::Scope`] has looked at it.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// `user_id` from `userId`.
pub(super) fn snake(text: &str) -> String {
    lead(plurals(&spell(text)).to_snake_case(), "n")
}

/// `UserId` from `userId`.
pub(super) fn camel(text: &str) -> String {
    lead(plurals(&spell(text)).to_upper_camel_case(), "N")
}

/// Writes abbreviations as the one word that they are where a small letter follows: `IPs`, `VPCs`, `IPv6`.
fn plurals(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or(' ');
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    while start < letters.len() {
        let capitals = letters[start..].iter().take_while(|c| c.is_ascii_uppercase()).count();
        let end = start + capitals;
        let is_plural = at(end) == 's' && !at(end + 1).is_ascii_lowercase();
        let is_version = at(end) == 'v' && at(end + 1).is_ascii_digit();
        if capitals > 1 && (is_plural || is_version) {
            out.push(letters[start]);
            out.extend(letters[start + 1..=end].iter().map(char::to_ascii_lowercase));
            start = end + 1;
        } else {
            out.extend(&letters[start..start + capitals.max(1)]);
            start += capitals.max(1);
        }
    }
    out
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
    fn abbreviations_are_words() {
        let texts = [
            "Floating IPs",
            "VPCs",
            "listVMsInZone",
            "Reserved IPv6 Actions",
            "IPv4",
            "HTTPServer",
            "ids",
            "APIKey",
        ];
        let names = [
            "floating_ips",
            "vpcs",
            "list_vms_in_zone",
            "reserved_ipv6_actions",
            "ipv4",
            "http_server",
            "ids",
            "api_key",
        ];
        assert_eq!(texts.map(snake), names);
        assert_eq!(camel("VPCs"), "Vpcs");
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
