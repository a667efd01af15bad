//! Addresses: which links are usable, and how they are written.

use super::source::is_hidden;

/// Returns an absolute address, escaped for `<…>` or `(…)`; `None` for a relative one, which refers to the document's
/// own site.
pub(super) fn absolute(address: &str) -> Option<String> {
    let address = address.trim();
    let leads_out = ["https://", "http://", "mailto:"].iter().any(|scheme| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && address.len() > scheme.len()
    });
    leads_out.then(|| address.chars().fold(String::with_capacity(address.len()), encoded))
}

/// Percent-encodes characters that Markdown would interpret within an address (RFC 3986 §2.1).
fn encoded(mut out: String, c: char) -> String {
    match c {
        ' ' | '<' | '>' | '\\' | '`' | '[' | ']' | '|' | '^' | '"' => {
            out.push_str(&format!("%{:02X}", u32::from(c)))
        }
        _ if c.is_whitespace() || is_hidden(c) => {}
        _ => out.push(c),
    }
    out
}

/// The start and end of an address in running text.
pub(super) fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("http") {
        let start = from + at;
        if let Some(length) = length(&text[start..]) {
            return Some((start, start + length));
        }
        from = start + "http".len();
    }
    None
}

/// The length of the address that the text starts with.
fn length(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let mut open = 0;
    let mut before = ' ';
    let stop = |c: char| {
        let follows = std::mem::replace(&mut before, c);
        match c {
            '(' => open += 1,
            ')' if open > 0 => open -= 1,
            ')' => return true,
            _ => {}
        }
        !(c.is_ascii_graphic() || is_letter(c, follows))
            || matches!(c, '<' | '>' | '"' | '\'' | '`' | '[' | ']' | '|' | '\\' | '^')
    };
    let end = text.find(stop).unwrap_or(text.len());
    let end = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '(']).len();
    (end > scheme.len()).then_some(end)
}

/// Whether a character beyond ASCII is part of an address (RFC 3987). In scripts without spaces between words, an
/// address ends at other letters.
fn is_letter(c: char, before: char) -> bool {
    !c.is_ascii()
        && c.is_alphanumeric()
        && (!is_unspaced(c) || is_unspaced(before) || "/=.-_".contains(before))
}

/// Whether a script writes words without spaces: kana and Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{absolute, find};

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        let found = |text: &'static str| find(text).map(|(start, end)| &text[start..end]);
        assert_eq!(found("see https://a.example/b."), Some("https://a.example/b"));
        assert_eq!(found("(https://a.example/b_(c))"), Some("https://a.example/b_(c)"));
        assert_eq!(found("https://пример.example/é, b"), Some("https://пример.example/é"));
        assert_eq!(found("见https://a.example/b请看"), Some("https://a.example/b"));
        assert_eq!(found("https://a.example/wiki/見出し。"), Some("https://a.example/wiki/見出し"));
        assert_eq!(found("http, https://"), None);
    }

    #[test]
    fn only_absolute_addresses_lead_anywhere() {
        assert_eq!(absolute("https://a.example/b c"), Some("https://a.example/b%20c".to_owned()));
        assert_eq!(absolute("#tag/users"), None);
        assert_eq!(absolute("../users"), None);
        assert_eq!(absolute("javascript:alert(1)"), None);
    }
}
