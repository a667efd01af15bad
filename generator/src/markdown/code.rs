//! Finds code in Markdown, and delimits it (CommonMark 0.31 §4.5, §6.1).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::parse::OPTIONS;

/// A code block, as Markdown parses it.
pub(super) struct Block {
    pub range: Range<usize>,
    /// Whether it is code by indentation alone.
    pub indented: bool,
}

/// The code blocks of a text, in order, including those in lists and quotations but not those within HTML.
pub(super) fn blocks(text: &str) -> impl Iterator<Item = Block> {
    let events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    events.filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some(Block { range, indented: true }),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(Block { range, indented: false }),
        _ => None,
    })
}

/// The opening line of a fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// Parses the fence that a line opens, possibly after a list marker.
    pub(super) fn read(line: &str) -> Option<Self> {
        let line = ["- ", "* ", "+ "].iter().find_map(|item| line.strip_prefix(item)).unwrap_or(line);
        let line = line.trim_start_matches(' ');
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let length = line.len() - info.len();
        (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Self { mark, length })
    }

    /// The length of the fenced block, including its opening and closing lines.
    pub(super) fn length(self, text: &str) -> usize {
        let mut length = 0;
        for (at, line) in text.split_inclusive('\n').enumerate() {
            length += line.len();
            let end = line.trim_start_matches([' ', '>']).trim_end();
            let is_end = end.len() >= self.length && end.chars().all(|c| c == self.mark);
            if at > 0 && is_end {
                break;
            }
        }
        length
    }
}

/// The length of the code span at the start of a text, or of its backticks if none within the paragraph close it.
pub(super) fn span_length(text: &str) -> usize {
    let run = |text: &str| text.len() - text.trim_start_matches('`').len();
    let ticks = run(text);
    let mut at = ticks;
    while let Some(found) = text[at..].find(['`', '\n']) {
        at += found;
        if let Some(next) = text[at..].strip_prefix('\n') {
            if next.trim_start_matches(' ').starts_with('\n') {
                break;
            }
            at += 1;
            continue;
        }
        let closing = run(&text[at..]);
        at += closing;
        if closing == ticks {
            return at;
        }
    }
    ticks
}

/// The backticks that delimit code: more than it contains in a row, and at least some.
pub(super) fn ticks(code: &str, least: usize) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::{Fence, blocks, span_length};

    #[test]
    fn blocks_are_found_wherever_they_stand() {
        for (text, code) in [
            ("1. ```\n   a\n   ```\nb", "```\n   a\n   ```"),
            ("> - ~~~\n>   a", "~~~\n>   a"),
            ("- a\n\n      b\n\n  c", "b"),
            ("a\n\n    b\n\n      c\nd", "b\n\n      c"),
        ] {
            let found: Vec<_> = blocks(text).map(|block| text[block.range].trim_end()).collect();
            assert_eq!(found, [code], "{text:?}");
        }
    }

    #[test]
    fn fences_end_with_their_like() {
        let length = |text: &str| Fence::read(text.lines().next()?).map(|fence| fence.length(text));
        assert_eq!(length("```json\na\n~~~\n````\nb"), Some(19));
        assert_eq!(length("~~~\nopen"), Some(8));
        assert_eq!(length("```a``` b"), None);
    }

    #[test]
    fn spans_end_within_their_paragraph() {
        assert_eq!(span_length("`a` b"), 3);
        assert_eq!(span_length("``a`\nb`` c"), 8);
        assert_eq!(span_length("`a\n\nb`"), 1);
    }
}
