//! Converts HTML in descriptions: from Markdown with tags to Markdown without, plus content kept aside.
//!
//! ```yaml
//! description: <p>Either of</p> <ul> <li> <p>one</p> </li> <li>two</li> </ul>
//! ```
//! is `Either of`, then `- one` and `- two`. Block elements become lines of Markdown, inline elements become
//! [marks](super::mark). Text that is not HTML, such as `<your-token>`, stays text.

use std::collections::HashMap;

use super::{
    address::absolute,
    code::{Block, Fence, blocks, span_length},
    layout::{Break, Flat, Layout, MOST},
    mark,
    tag::{Element, Tag, stripped},
};

/// Markdown without HTML.
pub(super) struct Rewritten {
    pub text: String,
    /// The content that marks refer to by number.
    pub aside: Vec<String>,
}

/// Characters that people write as list bullets.
const POINTS: [&str; 5] = ["• ", "· ", "•\u{a0}", "·\u{a0}", "•"];

/// Replaces tags outside code, and bullets that Markdown does not recognise.
pub(super) fn rewrite(text: &str) -> Rewritten {
    if !text.contains(['<', '•', '·']) {
        return Rewritten { text: text.to_owned(), aside: Vec::new() };
    }
    let mut blocks: Vec<Block> = blocks(text).collect();
    if text.contains(['•', '·']) {
        // Markdown does not recognise such lists, nor that indented text may belong to one.
        blocks.retain(|block| !block.indented);
    }
    blocks.reverse();
    let layout = Layout::default();
    let mut rewriter =
        Rewriter { source: text, ends: ends(text), blocks, is_html: false, layout, aside: Vec::new() };
    rewriter.run();
    Rewritten { text: rewriter.layout.out, aside: rewriter.aside }
}

/// The tag name used for comments.
const COMMENT: &str = "!";

/// The last position of each closing tag, by lower-case name.
fn ends(text: &str) -> HashMap<String, usize> {
    let tags = text.match_indices("</").filter_map(|(at, _)| Some((at, Tag::read(&text[at..])?)));
    let mut ends: HashMap<String, usize> =
        tags.map(|(at, tag)| (tag.name.to_ascii_lowercase(), at)).collect();
    ends.extend(text.rfind("-->").map(|at| (COMMENT.to_owned(), at)));
    ends
}

struct Rewriter<'a> {
    source: &'a str,
    ends: HashMap<String, usize>,
    /// The remaining code blocks, the next one last.
    blocks: Vec<Block>,
    /// Whether a tag has separated blocks.
    is_html: bool,
    layout: Layout,
    aside: Vec<String>,
}

impl<'a> Rewriter<'a> {
    fn run(&mut self) {
        let mut at = 0;
        let mut starts_line = true;
        while at < self.source.len() {
            let rest = &self.source[at..];
            if let Some(length) = self.code_block(at) {
                at += length;
                continue;
            }
            let special = if starts_line { self.line_start(at, rest) } else { None };
            starts_line = special.is_some() || rest.starts_with('\n');
            at += match special {
                Some(length) => length,
                None => self.step(at, rest),
            };
        }
    }

    /// Copies a code block that starts at `at`; returns its length.
    fn code_block(&mut self, at: usize) -> Option<usize> {
        while self.blocks.last().is_some_and(|block| block.range.start < at) {
            self.blocks.pop();
        }
        let block = self.blocks.pop_if(|block| block.range.start == at)?;
        let code = self.source[block.range].trim_end_matches('\n');
        // Indentation has no meaning in HTML.
        let is_html = self.is_html && Tag::read(code).is_some() || !self.layout.is_markdown();
        if self.layout.flat.is_some() || block.indented && is_html {
            return None;
        }
        if block.indented && self.layout.is_pending() {
            self.layout.code(&code.replace("\n    ", "\n"));
        } else {
            self.layout.verbatim(code);
        }
        Some(code.len())
    }

    /// The start of the next code block.
    fn code_start(&self) -> Option<usize> {
        self.blocks.last().map(|block| block.range.start)
    }

    /// Handles what can only start a line: a whole fenced block, a bullet, a table row. Returns its length.
    fn line_start(&mut self, at: usize, rest: &str) -> Option<usize> {
        if self.layout.flat == Some(Flat::Row) {
            self.layout.flat = None;
        }
        if self.layout.flat.is_some() {
            return None;
        }
        let line = rest.split('\n').next().unwrap_or_default();
        let content = line.trim_start_matches([' ', '>']);
        if self.code_start().is_some_and(|start| start <= at + line.len()) {
            return None;
        }
        if let Some(fence) = Fence::read(content) {
            let length = fence.length(rest);
            self.layout.verbatim(&rest[..length]);
            return Some(length);
        }
        if content.starts_with('|') {
            self.layout.flat = Some(Flat::Row);
        }
        // Alone on its line it would underline a heading.
        let is_point =
            |point: &&str| content.strip_prefix(*point).is_some_and(|item| !item.trim().is_empty());
        let point = POINTS.into_iter().find(is_point)?;
        let begin = line.len() - content.len();
        self.layout.text(&line[..begin]);
        self.layout.text("- ");
        Some(begin + point.len())
    }

    /// Handles the text at `at`; returns its length.
    fn step(&mut self, at: usize, rest: &'a str) -> usize {
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some('\\'), Some('<')) => {
                self.less();
                2
            }
            (Some('\\'), Some('\\' | '`')) => {
                self.layout.text(&rest[..2]);
                2
            }
            (Some('`'), _) => self.code_span(rest),
            (Some('<'), _) => self.angle(at, rest),
            (Some('\n'), _) => {
                let before_blank = rest[1..].trim_start_matches(' ').starts_with('\n');
                self.layout.line_end(before_blank);
                1
            }
            (first, _) => {
                let first = first.map_or(1, char::len_utf8);
                let end = rest[first..].find(['\\', '`', '<', '\n']);
                let length = end.map_or(rest.len(), |end| first + end);
                let length =
                    self.code_start().map_or(length, |start| length.min(start.saturating_sub(at).max(first)));
                self.layout.text(&rest[..length]);
                length
            }
        }
    }

    fn less(&mut self) {
        self.layout.text(mark::LESS.encode_utf8(&mut [0; 4]));
    }

    /// Handles a code span or unmatched backticks.
    fn code_span(&mut self, rest: &str) -> usize {
        let length = span_length(rest);
        if self.layout.is_markdown() {
            self.layout.text(&without_html_lines(&rest[..length]));
        } else {
            self.layout.text(&rest[..length].replace('\n', " "));
        }
        length
    }

    /// Handles a tag, an address, a comment, or a plain `<`.
    fn angle(&mut self, at: usize, rest: &'a str) -> usize {
        if let Some(length) = target_length(rest).filter(|_| self.layout.out.ends_with("](")) {
            self.layout.text(&rest[..length]);
            return length;
        }
        if let Some(tag) = Tag::read(rest).filter(|tag| self.is_html(tag, at)) {
            return self.tag(&tag, rest);
        }
        let inner = rest[1..].split(['>', '<', '\n', ' ']).next().unwrap_or_default();
        let is_closed = rest[1 + inner.len()..].starts_with('>');
        let is_mail =
            inner.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if is_closed && (absolute(inner).is_some() || is_mail) {
            let length = inner.len() + 2;
            self.layout.text(&rest[..length]);
            return length;
        }
        if rest.starts_with("<!--") && self.ends.get(COMMENT).is_some_and(|end| *end > at) {
            return rest.find("-->").map_or(1, |end| end + "-->".len());
        }
        self.less();
        1
    }

    /// Whether a tag is HTML: one that requires an end tag but has none is not, such as `/users/<code>`.
    fn is_html(&self, tag: &Tag<'_>, at: usize) -> bool {
        let end = self.ends.get(&tag.name.to_ascii_lowercase());
        tag.closes || tag.kind.may_stay_open() || end.is_some_and(|end| *end > at)
    }

    /// Applies a tag; returns the length handled.
    fn tag(&mut self, tag: &Tag<'a>, rest: &'a str) -> usize {
        if tag.kind.stands_apart() {
            self.is_html = true;
            if matches!(self.layout.flat, Some(Flat::Row | Flat::Table { .. })) {
                self.layout.part(Break::Space);
                return tag.length;
            }
            self.layout.end_heading();
        }
        match tag.kind {
            Element::Code | Element::Preformatted | Element::Superscript if !tag.closes => {
                return self.content(tag, rest);
            }
            Element::Paragraph | Element::Block => self.layout.part(Break::Paragraph),
            Element::Break => self.layout.line_break(),
            Element::Rule => {
                self.layout.part(Break::Paragraph);
                self.layout.text("***");
                self.layout.part(Break::Paragraph);
            }
            Element::Strong => self.span(mark::STRONG, tag.closes),
            Element::Emphasis => self.span(mark::EMPHASIS, tag.closes),
            Element::Strikethrough => self.span(mark::STRIKETHROUGH, tag.closes),
            Element::Link if tag.closes => self.layout.out.push(mark::LINK.1),
            Element::Link => self.link(tag.attribute("href")),
            Element::Image => {
                self.link(tag.attribute("src"));
                self.layout.text(&tag.attribute("alt").unwrap_or_default().replace('\n', " "));
                self.layout.out.push(mark::LINK.1);
            }
            Element::List => self.layout.list(tag.closes, None),
            Element::NumberedList => {
                let first = tag.attribute("start").and_then(|start| start.parse().ok());
                let first = first.filter(|first| *first <= MOST).unwrap_or(1);
                self.layout.list(tag.closes, Some(first));
            }
            Element::Term if tag.closes => {}
            Element::Item | Element::Term => self.layout.item(tag.closes),
            Element::Description => self.layout.description(tag.closes),
            Element::Heading(level) => self.layout.heading(level, tag.closes),
            Element::Quotation => self.layout.quotation(tag.closes),
            Element::Table => self.layout.table(tag.closes),
            Element::Row => self.layout.row(),
            Element::Cell if tag.closes => self.layout.part(Break::Space),
            Element::Cell => self.layout.cell(),
            Element::Code | Element::Preformatted | Element::Superscript | Element::Plain | Element::Void => {
            }
        }
        tag.length
    }

    fn span(&mut self, (begin, end): (char, char), closes: bool) {
        if closes {
            self.layout.out.push(end);
        } else {
            self.layout.flush();
            self.layout.out.push(begin);
        }
    }

    /// Opens a link, if its address is usable.
    fn link(&mut self, address: Option<String>) {
        if let Some(address) = address.as_deref().and_then(absolute) {
            self.aside(mark::LINK.0, address);
        }
    }

    fn aside(&mut self, mark: char, said: String) {
        self.layout.flush();
        mark::push_numbered(&mut self.layout.out, mark, self.aside.len());
        self.aside.push(said);
    }

    /// Handles an element whose content is not Markdown; returns its whole length.
    fn content(&mut self, tag: &Tag<'a>, rest: &str) -> usize {
        let mut after = &rest[tag.length..];
        if tag.kind == Element::Superscript {
            after = &after[..after.floor_char_boundary(LONGEST_POWER)];
        }
        let ends = after.match_indices("</").filter_map(|(at, _)| Some((at, Tag::read(&after[at..])?)));
        let mut ends = ends.filter(|(_, end)| end.name.eq_ignore_ascii_case(tag.name));
        let Some((at, end)) = ends.next() else { return tag.length };
        let content = stripped(&after[..at]);
        if tag.kind == Element::Superscript {
            let Some(raised) = content.trim().chars().map(raised).collect::<Option<String>>() else {
                return tag.length;
            };
            self.layout.text(&raised);
        } else {
            self.code(&content, tag.kind);
        }
        tag.length + at + end.length
    }

    /// Adds inline code, or a block if it has several lines.
    fn code(&mut self, content: &str, kind: Element) {
        let is_block = kind == Element::Preformatted || content.trim().lines().count() > 2;
        if content.trim().is_empty() {
            self.layout.text(" ");
        } else if is_block && self.layout.flat.is_none() {
            self.layout.code(content);
        } else {
            let code = content.split_whitespace().collect::<Vec<_>>().join(" ");
            self.aside(mark::CODE, code);
        }
    }
}

/// A code span none of whose lines starts with a tag, where Markdown would see a block of HTML.
fn without_html_lines(code: &str) -> String {
    let mut lines = code.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |mut out, line| {
        let tag = line.trim_start_matches(' ');
        let (separator, line) = if tag.starts_with('<') { (' ', tag) } else { ('\n', line) };
        out.push(separator);
        out.push_str(line);
        out
    })
}

/// The length of a link target in `<>` (CommonMark 0.31 §6.3), including the end of the link.
fn target_length(rest: &str) -> Option<usize> {
    let end = 1 + rest[1..].find(['>', '<', '\n'])?;
    let after = rest[end..].strip_prefix('>')?;
    after.starts_with([')', ' ', '\n']).then_some(end + 1)
}

/// The maximum distance in bytes to the end of a superscript.
const LONGEST_POWER: usize = 64;

/// The superscript form of a digit or sign, without which the number would change.
fn raised(c: char) -> Option<char> {
    let powers = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match c {
        '-' => Some('⁻'),
        '+' => Some('⁺'),
        _ => powers.get(c.to_digit(10)? as usize).copied(),
    }
}
