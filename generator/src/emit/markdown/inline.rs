//! What stands within a paragraph. In: pieces, as they were read. Out: lines of Markdown.
//!
//! Emphasis cannot always be written: `a*(b)*c` is none. Where what was written would not be read back as the same,
//! it is written without emphasis.

use super::{
    escape::{self, Next, Place},
    piece::{Blank, Piece, Span, normalised, outline},
};

/// How wide short lines become that are joined.
pub(in crate::emit) const WIDTH: usize = 108;

/// How much wider a line may be rather than begin the next one with what would have to be escaped there.
const SLACK: usize = 8;

/// A line, and whether its end is meant.
type Line = (String, bool);

/// A paragraph.
pub(super) fn paragraph(pieces: Vec<Piece>) -> String {
    let lines = fill(written(pieces, Place::Running));
    lines.into_iter().map(escape::line).collect::<Vec<_>>().join("\n")
}

/// Text on one line, which stands within another.
pub(super) fn one_line(pieces: Vec<Piece>) -> String {
    let pieces = pieces.into_iter().filter(|piece| !matches!(piece, Piece::Task(_))).collect();
    joined(written(pieces, Place::Running))
}

/// The text of a heading. `#` at the end would be taken for its end.
pub(super) fn heading(pieces: Vec<Piece>) -> String {
    let mut text = one_line(pieces);
    if text.ends_with('#') {
        text.insert(text.len() - 1, '\\');
    }
    text
}

/// A cell of a table.
pub(super) fn cell(pieces: Vec<Piece>) -> String {
    joined(written(pieces, Place::Cell))
}

fn joined(lines: Vec<Line>) -> String {
    lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join(" ")
}

/// Fills lines anew with the words of short ones; long ones stay as long as the document has them.
fn fill(lines: Vec<Line>) -> Vec<String> {
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

/// Adds words to a line while there is room; gives the lines of those that are left.
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

/// Whether a word would begin something else than text if a line began with it.
fn begins_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with(['-', '+', '*', '#', '>', '=', '~', '|', ':', '\\'])
        || word.starts_with("```")
        || number.len() < word.len()
}

/// The words of a line; a code span is part of one.
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
            '`' => at += span(&line[at..]),
            other => at += other.len_utf8(),
        }
    }
    found.push(&line[start..]);
    found.retain(|word| !word.is_empty());
    found
}

/// The length of the code span that a text begins with, or of the ticks that begin none.
fn span(text: &str) -> usize {
    let ticks = |text: &str| text.len() - text.trim_start_matches('`').len();
    let open = ticks(text);
    let mut at = open;
    while let Some(next) = text[at..].find('`') {
        let close = ticks(&text[at + next..]);
        at += next + close;
        if close == open {
            return at;
        }
    }
    open
}

/// Lines as they are in the source.
fn written(pieces: Vec<Piece>, place: Place) -> Vec<Line> {
    let pieces = normalised(pieces);
    let lines = lines(&pieces, place);
    let is_emphasis = |piece: &Piece| match piece {
        Piece::Open(Span::Emphasis | Span::Strong | Span::Strikethrough) => true,
        Piece::Close(Span::Emphasis | Span::Strong | Span::Strikethrough) => true,
        Piece::Open(Span::Link(_)) | Piece::Close(Span::Link(_)) => false,
        Piece::Text(_) | Piece::Code(_) | Piece::Address(_) | Piece::Blank(_) | Piece::Task(_) => false,
    };
    if !pieces.iter().any(is_emphasis) || is_read_back(&lines, &pieces, place) {
        return lines;
    }
    self::lines(&normalised(pieces.into_iter().filter(|piece| !is_emphasis(piece)).collect()), place)
}

/// Whether the lines mean the pieces.
fn is_read_back(lines: &[Line], pieces: &[Piece], place: Place) -> bool {
    let lines = lines.iter().map(|(line, _)| escape::line(line.clone()));
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = match place {
        Place::Running => text,
        Place::Cell => text.replace("\\|", "|"),
    };
    outline(&normalised(super::block::pieces(super::events(&text)))) == outline(pieces)
}

/// Writes the pieces.
fn lines(pieces: &[Piece], place: Place) -> Vec<Line> {
    let mut out = Vec::new();
    let mut line = String::new();
    let mut ends: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let next = match pieces.get(at + 1) {
                    None | Some(Piece::Blank(_)) => Next::Blank,
                    Some(Piece::Open(Span::Link(_))) => Next::Link,
                    Some(_) => Next::Other,
                };
                escape::push_text(&mut line, text, place, next);
            }
            Piece::Code(code) => line.push_str(&code_span(code, place)),
            Piece::Address(address) => line.push_str(&format!("<{address}>")),
            Piece::Blank(Blank::Space) => line.push(' '),
            Piece::Blank(Blank::SoftBreak) => out.push((std::mem::take(&mut line), false)),
            Piece::Blank(Blank::HardBreak) => out.push((std::mem::take(&mut line), true)),
            // Without a text it would be a link to a Rust item.
            Piece::Task(_) if pieces.len() == 1 => {}
            Piece::Task(done) => line.push_str(if *done { "[x] " } else { "[ ] " }),
            Piece::Open(span) => {
                let (begin, end) = delimiters(span, is_beside_mark(pieces, at));
                line.push_str(begin);
                ends.push(end);
            }
            Piece::Close(_) => line.push_str(&ends.pop().unwrap_or_default()),
        }
    }
    out.push((line, false));
    out
}

/// Whether the mark that opens here, or its end, stands beside another.
fn is_beside_mark(pieces: &[Piece], at: usize) -> bool {
    let is_mark = |piece: &Piece| matches!(piece, Piece::Open(_) | Piece::Close(_));
    let mut depth = 0;
    let end = pieces[at..].iter().position(|piece| {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close(_) => depth -= 1,
            Piece::Text(_) | Piece::Code(_) | Piece::Address(_) | Piece::Blank(_) | Piece::Task(_) => {}
        }
        depth == 0
    });
    let end = at + end.unwrap_or(0);
    let beside = [at.checked_sub(1), Some(at + 1), end.checked_sub(1), Some(end + 1)];
    beside.into_iter().flatten().filter_map(|at| pieces.get(at)).any(is_mark)
}

/// What stands before and after marked text. Beside another mark, `*` would be read together with it.
fn delimiters(span: &Span, beside: bool) -> (&'static str, String) {
    match span {
        Span::Emphasis if beside => ("_", "_".to_owned()),
        Span::Emphasis => ("*", "*".to_owned()),
        Span::Strong => ("**", "**".to_owned()),
        Span::Strikethrough => ("~~", "~~".to_owned()),
        Span::Link(address) => ("[", format!("]({})", target(address))),
    }
}

/// The address of a link, in `<>` where its end would be in doubt.
pub(super) fn target(address: &str) -> String {
    // `&lt;` would be an entity.
    let address = if address.contains(';') { address.replace('&', "&amp;") } else { address.to_owned() };
    if address.contains(['(', ')']) { format!("<{address}>") } else { address }
}

/// A line of code.
pub(super) fn code(line: &str) -> String {
    code_span(line, Place::Running)
}

/// A code span, in more backticks than it holds in a row.
fn code_span(code: &str, place: Place) -> String {
    let ticks = "`".repeat(longest_run(code, '`') + 1);
    let is_edge = |c: char| c == '`' || c == ' ';
    let pad = if code.starts_with(is_edge) || code.ends_with(is_edge) { " " } else { "" };
    let code = match place {
        Place::Running => code.to_owned(),
        Place::Cell => code.replace('|', "\\|"),
    };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}

/// How often `wanted` stands in a row at most.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(|run| run.len() / wanted.len_utf8()).max().unwrap_or(0)
}
