//! Makes text from a document safe for a terminal, cargo or a log: it cannot end its line, move the cursor, reorder
//! text, or be an instruction to a program that reads the log.

use std::borrow::Cow;

use serde_json::Value;

/// Marks an instruction to a CI runner at the start of a line.
const COMMAND: &str = "::";

/// Mark an instruction to a CI runner anywhere in a line: GitHub, Azure and TeamCity.
const MARKS: [&str; 3] = ["##[", "##vso[", "##teamcity["];

/// Escapes unprintable characters in a part of a line.
pub fn line(text: &str) -> Cow<'_, str> {
    let is_marked = MARKS.iter().any(|mark| text.contains(mark));
    match is_marked || text.contains(is_unprintable) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(unmarked(&text.chars().map(escaped).collect::<String>(), "\\u{23}")),
    }
}

/// Escapes unprintable characters in lines, none of which becomes an instruction.
pub fn lines(text: &str) -> String {
    text.split_inclusive('\n').map(whole).collect()
}

/// Escapes a line including its line end.
fn whole(text: &str) -> String {
    let (text, end) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
    let text = line(text.strip_suffix('\r').unwrap_or(text));
    let (indent, rest) = text.split_at(text.len() - text.trim_start().len());
    let mut rest = rest.to_owned();
    if rest.starts_with(COMMAND) {
        rest.replace_range(..1, "\\u{3a}");
    }
    format!("{indent}{rest}{end}")
}

/// Renders JSON on one line; unprintable characters become JSON escapes (RFC 8259, section 7).
pub fn json(value: &Value) -> String {
    escaped_json(&value.to_string())
}

/// Renders JSON on several lines.
pub fn json_lines(value: &Value) -> String {
    escaped_json(&format!("{value:#}"))
}

fn escaped_json(text: &str) -> String {
    let kept = |c: char| c == '\n' || !is_unprintable(c);
    // All of them are within four hexadecimal digits.
    let one = |c: char| if kept(c) { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    unmarked(&text.chars().map(one).collect::<String>(), "\\u0023")
}

/// Replaces unprintable characters in an excerpt, preserving its columns.
pub(super) fn excerpt(text: &str) -> String {
    unmarked(&text.chars().map(placeholder).collect::<String>(), "\u{fffd}")
}

/// Replaces the second character of each mark.
fn unmarked(text: &str, sign: &str) -> String {
    MARKS.iter().fold(text.to_owned(), |text, mark| text.replace(mark, &format!("#{sign}{}", &mark[2..])))
}

/// Replaces an unprintable character by one character, to preserve columns.
fn placeholder(c: char) -> char {
    if c != '\t' && is_unprintable(c) { char::REPLACEMENT_CHARACTER } else { c }
}

fn escaped(c: char) -> String {
    if is_unprintable(c) { c.escape_default().to_string() } else { c.to_string() }
}

/// Whether a character is a control character, a line separator, or changes the text direction (Unicode, UAX #9,
/// section 2).
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
            "a::b\n  \\u{3a}:error::c\n#\\u{23}[group]d\n"
        );
        assert_eq!(lines("a\u{1b}[2Jb\n"), "a\\u{1b}[2Jb\n");
    }

    #[test]
    fn no_text_is_an_instruction() {
        assert_eq!(line("a ##[stop-commands]b"), "a #\\u{23}[stop-commands]b");
        assert_eq!(line("##vso[x] ##teamcity[y] ## z"), "#\\u{23}vso[x] #\\u{23}teamcity[y] ## z");
        assert_eq!(json(&Value::from("##[a")), "\"#\\u0023[a\"");
        assert_eq!(excerpt("##[a"), "#\u{fffd}[a");
    }

    #[test]
    fn json_stays_json() {
        let value = Value::from("\u{1b}\u{9b}\u{202e}");
        assert_eq!(json(&value), "\"\\u001b\\u009b\\u202e\"");
        assert_eq!(serde_json::from_str::<Value>(&json(&value)).ok(), Some(value));
    }
}
