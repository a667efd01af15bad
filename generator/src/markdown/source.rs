//! Prepares the text of the document for parsing.

use std::borrow::Cow;

/// Removes invisible characters that could change how text is displayed: controls, bidirectional marks (Unicode TR
/// #9), and noncharacters, including the parser's own marks.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Whether a character is invisible, and could change how text is displayed.
pub(super) fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || super::mark::is_mark(c)
}

/// Normalises line ends to `\n`, and removes tabs, hidden characters and common indentation.
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let text = clean(&text);
    let begin = text.find(|c: char| c != '\n' && c != ' ').unwrap_or(text.len());
    let begin = text[..begin].rfind('\n').map_or(0, |end| end + 1);
    dedented(text[begin..].trim_end()).into_owned()
}

/// Removes the indentation shared by all lines, or by all after the first: descriptions are often indented as a whole.
/// Items below a first one stay indented because they belong to it.
fn dedented(text: &str) -> Cow<'_, str> {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let shared = rest.lines().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let (from_first, from_rest) = match indent(first) {
        0 if is_item(first) || first.contains("<pre") => (0, 0),
        0 => (0, shared),
        own if rest.is_empty() => (own, 0),
        own => (own.min(shared), own.min(shared)),
    };
    if from_first + from_rest == 0 {
        return Cow::Borrowed(text);
    }
    let cut = |line: &str, by: usize| line.get(by.min(indent(line))..).unwrap_or_default().to_owned();
    let rest = rest.lines().map(|line| cut(line, from_rest));
    Cow::Owned(std::iter::once(cut(first, from_first)).chain(rest).collect::<Vec<_>>().join("\n"))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line is a list item.
fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = digits.len() < line.len() && digits.starts_with(['.', ')']);
    number || line.starts_with(['-', '*', '+', '•', '·'])
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn indentation_of_the_whole_is_taken_away() {
        assert_eq!(lines("\n\n   a\n     b\n   c\n"), "a\n  b\nc");
        assert_eq!(lines("a\n      b\n\n       c"), "a\nb\n\n c");
        assert_eq!(lines("- a\n  - b\n  - c"), "- a\n  - b\n  - c");
    }

    #[test]
    fn what_is_hidden_is_dropped() {
        assert_eq!(lines("a\u{202e}b\r\nc\rd\te\u{7}"), "ab\nc\nd    e");
    }
}
