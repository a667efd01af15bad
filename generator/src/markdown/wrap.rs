//! Breaks a paragraph into lines.

use super::code::span_length;

/// The width to which short lines are joined.
pub const WIDTH: usize = 108;

/// How far a line may exceed the width to avoid starting the next with a character that needs an escape.
const SLACK: usize = 8;

/// A line, and whether it ends with a hard break.
pub(super) type Line = (String, bool);

/// Joins short lines up to the width; long lines keep the length they have in the document.
pub(super) fn fill(lines: Vec<Line>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut is_open = false;
    for (line, ends) in lines {
        let is_short = line.chars().count() <= WIDTH;
        match out.last_mut().filter(|_| is_open && is_short) {
            Some(last) => {
                let more = wrap(last, &line);
                out.extend(more);
            }
            None => out.push(line),
        }
        is_open = is_short && !ends;
        if let Some(last) = out.last_mut().filter(|_| ends) {
            last.push('\\');
        }
    }
    if let Some(last) = out.last_mut().filter(|last| last.ends_with('\\')) {
        last.pop();
    }
    out
}

/// Adds words to a line while they fit; returns the further lines.
fn wrap(line: &mut String, text: &str) -> Vec<String> {
    let mut more: Vec<String> = Vec::new();
    for word in words(text) {
        let at = more.last_mut().unwrap_or(line);
        let length = at.chars().count() + 1 + word.chars().count();
        if length <= WIDTH || (begins_block(word) && length <= WIDTH + SLACK) {
            at.push(' ');
            at.push_str(word);
        } else {
            more.push(word.to_owned());
        }
    }
    more
}

/// Whether a word at the start of a line would start another kind of block.
fn begins_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['-', '+', '*', '#', '>', '=', '~', '|', ':', '\\'])
        || word.starts_with("```")
        || number.len() < word.len()
}

/// The words of a line; a code span is not split.
fn words(line: &str) -> Vec<&str> {
    let (mut found, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = line[at..].chars().next() {
        match c {
            ' ' => {
                found.push(&line[start..at]);
                start = at + 1;
                at += 1;
            }
            '\\' => at += 1 + line[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' => at += span_length(&line[at..]),
            other => at += other.len_utf8(),
        }
    }
    found.push(&line[start..]);
    found.retain(|word| !word.is_empty());
    found
}
