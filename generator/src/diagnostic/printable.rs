//! Text that may come from a document, as it is written to a terminal, to cargo or to a log: it can neither end the line
//! that it stands in, nor move the cursor, nor reorder what is read, nor be an instruction to what reads the log.

use std::borrow::Cow;

use serde_json::Value;

/// What a runner of a continuous integration takes for an instruction, at the start of a line.
const COMMANDS: [&str; 2] = ["::", "##["];

/// The text as part of a line: what is not printed stands as its escape.
pub fn line(text: &str) -> Cow<'_, str> {
    match text.contains(is_unprintable) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.chars().map(escaped).collect()),
    }
}

/// The same of lines, none of which is an instruction.
pub fn lines(text: &str) -> String {
    text.split_inclusive('\n').map(whole).collect()
}

/// A line with its end.
fn whole(text: &str) -> String {
    let (text, end) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
    let text = line(text.strip_suffix('\r').unwrap_or(text));
    let (indent, rest) = text.split_at(text.len() - text.trim_start().len());
    let mut rest = rest.to_owned();
    if let Some(first) = rest.chars().next().filter(|_| COMMANDS.iter().any(|word| rest.starts_with(word))) {
        rest.replace_range(..first.len_utf8(), &first.escape_unicode().to_string());
    }
    format!("{indent}{rest}{end}")
}

/// JSON in a line: what JSON itself leaves as it is stands as JSON's escape (RFC 8259, section 7).
pub fn json(value: &Value) -> String {
    escaped_json(&value.to_string())
}

/// JSON in lines.
pub fn json_lines(value: &Value) -> String {
    escaped_json(&format!("{value:#}"))
}

fn escaped_json(text: &str) -> String {
    let kept = |c: char| c == '\n' || !is_unprintable(c);
    // All of them have four digits.
    let one = |c: char| if kept(c) { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    text.chars().map(one).collect()
}

/// One character, so that an excerpt keeps its columns.
pub(super) fn placeholder(c: char) -> char {
    if c != '\t' && is_unprintable(c) { char::REPLACEMENT_CHARACTER } else { c }
}

fn escaped(c: char) -> String {
    if is_unprintable(c) { c.escape_default().to_string() } else { c.to_string() }
}

/// Control characters, separators of lines, and what changes the direction of text (Unicode, UAX #9, section 2).
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line("Größe: `a b`"), "Größe: `a b`");
        assert_eq!(line("a\r\ncargo::error=b"), "a\\r\\ncargo::error=b");
        assert_eq!(
            line("\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\u{2028}"),
            "\\u{1b}]0;x\\u{7}\\u{9b}2J\\u{202e}\\u{2028}"
        );
    }

    #[test]
    fn no_line_is_an_instruction() {
        assert_eq!(
            lines("a::b\n  ::error::c\n##[group]d\r\n"),
            "a::b\n  \\u{3a}:error::c\n\\u{23}#[group]d\n"
        );
        assert_eq!(lines("a\u{1b}[2Jb\n"), "a\\u{1b}[2Jb\n");
    }

    #[test]
    fn json_stays_json() {
        let value = Value::from("\u{1b}\u{9b}\u{202e}");
        assert_eq!(json(&value), "\"\\u001b\\u009b\\u202e\"");
        assert_eq!(serde_json::from_str::<Value>(&json(&value)).ok(), Some(value));
    }
}
