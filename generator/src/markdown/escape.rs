//! Escapes plain text, only where Markdown would misread it.

/// The position of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surroundings {
    /// In a paragraph or a heading.
    Running,
    /// In a table, where `|` ends a cell.
    Cell,
}

/// What follows a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A space, which may become a line end, or a line end.
    Blank,
    /// A link, which `!` would turn into an image.
    Link,
    /// Code or markup.
    Other,
}

/// Appends escaped text within a line.
pub(super) fn push_text(out: &mut String, text: &str, place: Surroundings, next: Next) {
    // The start of a line counts as after a space.
    let mut before = (out.is_empty() || out.ends_with(' ')).then_some(' ');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_run = matches!(c, '_' | '~');
        let run = if is_run { rest.len() - rest.trim_start_matches(c).len() } else { c.len_utf8() };
        let (now, after) = rest.split_at(run);
        let following = after.chars().next().or((next == Next::Blank).then_some(' '));
        let is_read = match c {
            '|' => place == Surroundings::Cell,
            '&' => is_entity(after),
            '!' => next == Next::Link && after.is_empty(),
            '~' if run > 1 => true,
            _ => is_read(c, before, following),
        };
        if is_read {
            now.chars().for_each(|c| out.extend(['\\', c]));
        } else {
            out.push_str(now);
        }
        before = Some(c);
        rest = after;
    }
}

/// Whether Markdown would interpret a character, or a run of it. An unknown neighbour is code or markup.
fn is_read(c: char, before: Option<char>, next: Option<char>) -> bool {
    let is_apart = before == Some(' ') && next == Some(' ');
    match c {
        '[' | ']' | '`' => true,
        '<' => next.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        // A space may become a line end.
        '\\' => next.is_none_or(|c| c.is_ascii_punctuation() || c == ' '),
        '*' => !is_apart,
        '_' => !(is_apart || is_word(before) && is_word(next)),
        // Before a word it can only open.
        '~' => !(before == Some(' ') && next.is_some()),
        _ => false,
    }
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Whether the text after `&` would form an entity.
fn is_entity(after: &str) -> bool {
    let name = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < after.len() && name.starts_with(';')
}

/// Escapes a line that would start a heading, list, quotation, rule or table.
pub(super) fn line(mut line: String) -> String {
    if let Some(at) = begins(&line) {
        line.insert(at, '\\');
    }
    line
}

/// The position to escape in a line that would start a block.
fn begins(line: &str) -> Option<usize> {
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    match line.chars().next()? {
        '>' => Some(0),
        '#' => {
            let rest = line.trim_start_matches('#');
            (line.len() - rest.len() <= 6 && ends_word(rest)).then_some(0)
        }
        '+' | '*' => ends_word(&line[1..]).then_some(0),
        '_' => line.bytes().all(|byte| matches!(byte, b'_' | b' ')).then_some(0),
        '-' | '|' | ':' if is_ruled(line) => Some(0),
        '-' => ends_word(&line[1..]).then_some(0),
        '=' => line.trim_end().bytes().all(|byte| byte == b'=').then_some(0),
        c if c.is_ascii_digit() => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let rest = &line[digits..];
            (digits <= 9 && rest.starts_with(['.', ')']) && ends_word(&rest[1..])).then_some(digits)
        }
        _ => None,
    }
}

/// Whether a line would underline a heading or a table head.
fn is_ruled(line: &str) -> bool {
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b'-' | b'|' | b':' | b' '))
}

#[cfg(test)]
mod tests {
    use super::{Next, Surroundings, line, push_text};

    fn text(text: &str) -> String {
        let mut out = String::new();
        push_text(&mut out, text, Surroundings::Running, Next::Blank);
        out
    }

    #[test]
    fn what_means_itself_stays() {
        for plain in
            ["snake_case and a__b", "a < b <= c -> d", "2 * 3", "~5 & 6", "C:\\temp", "a | b!", "x => {y}"]
        {
            assert_eq!(text(plain), plain);
        }
    }

    #[test]
    fn what_would_be_misread_is_escaped() {
        assert_eq!(
            text("[a] <b> `c` *d* _e_ ~~f~~ &lt; \\*"),
            "\\[a\\] \\<b> \\`c\\` \\*d\\* \\_e\\_ \\~\\~f\\~\\~ \\&lt; \\\\\\*"
        );
    }

    #[test]
    fn lines_begin_nothing() {
        for (given, written) in [
            ("# a", "\\# a"),
            ("#a", "#a"),
            ("- a", "\\- a"),
            ("-1", "-1"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("12. a", "12\\. a"),
            ("1.5", "1.5"),
            ("> a", "\\> a"),
            ("|---|:-:|", "\\|---|:-:|"),
        ] {
            assert_eq!(line(given.to_owned()), written);
        }
    }
}
