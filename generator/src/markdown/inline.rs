//! Writes the pieces of a paragraph as lines of Markdown.
//!
//! Not every emphasis can be written: `a*(b)*c` is not emphasis. Text that would not parse back the same is written
//! without emphasis.

use super::{
    code::ticks,
    escape::{self, Next, Surroundings},
    normal::normalised,
    parse,
    piece::{Blank, Piece, Span, outline},
    wrap::{Line, fill},
};

/// Writes a paragraph.
pub(super) fn paragraph(pieces: Vec<Piece>) -> String {
    let lines = fill(written(pieces, Surroundings::Running));
    lines.into_iter().map(escape::line).collect::<Vec<_>>().join("\n")
}

/// Writes text on one line.
pub(super) fn one_line(pieces: Vec<Piece>) -> String {
    let pieces = pieces.into_iter().filter(|piece| !matches!(piece, Piece::Task(_))).collect();
    joined(written(pieces, Surroundings::Running))
}

/// Writes the text of a heading. A trailing `#` would be dropped as its end.
pub(super) fn heading(pieces: Vec<Piece>) -> String {
    let mut text = one_line(pieces);
    if text.ends_with('#') {
        text.insert(text.len() - 1, '\\');
    }
    text
}

/// Writes a table cell.
pub(super) fn cell(pieces: Vec<Piece>) -> String {
    joined(written(pieces, Surroundings::Cell))
}

fn joined(lines: Vec<Line>) -> String {
    lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>().join(" ")
}

/// Writes pieces in the lines of the source.
fn written(pieces: Vec<Piece>, place: Surroundings) -> Vec<Line> {
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

/// Whether the lines parse back to the same pieces.
fn is_read_back(lines: &[Line], pieces: &[Piece], place: Surroundings) -> bool {
    let lines = lines.iter().map(|(line, _)| escape::line(line.clone()));
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = match place {
        Surroundings::Running => text,
        Surroundings::Cell => text.replace("\\|", "|"),
    };
    parse::paragraph(&text).is_some_and(|read| outline(&normalised(read)) == outline(pieces))
}

/// Writes the pieces.
fn lines(pieces: &[Piece], place: Surroundings) -> Vec<Line> {
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
            // Without text it would be a link to a Rust item.
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

/// Whether the mark that opens here, or its end, touches another.
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

/// The delimiters of marked text. Next to another mark, `*` would merge with it.
fn delimiters(span: &Span, beside: bool) -> (&'static str, String) {
    match span {
        Span::Emphasis if beside => ("_", "_".to_owned()),
        Span::Emphasis => ("*", "*".to_owned()),
        Span::Strong => ("**", "**".to_owned()),
        Span::Strikethrough => ("~~", "~~".to_owned()),
        Span::Link(address) => ("[", format!("]({})", target(address))),
    }
}

/// Writes the address of a link, in `<>` if its end would be ambiguous.
pub(super) fn target(address: &str) -> String {
    // `&lt;` would be an entity.
    let address = if address.contains(';') { address.replace('&', "&amp;") } else { address.to_owned() };
    if address.contains(['(', ')']) { format!("<{address}>") } else { address }
}

/// Writes a line of code.
pub(super) fn code(line: &str) -> String {
    code_span(line, Surroundings::Running)
}

/// Writes a code span, delimited by more backticks than it contains in a row.
fn code_span(code: &str, place: Surroundings) -> String {
    let ticks = ticks(code, 1);
    let is_edge = |c: char| c == '`' || c == ' ';
    let pad = if code.starts_with(is_edge) || code.ends_with(is_edge) { " " } else { "" };
    let code = match place {
        Surroundings::Running => code.to_owned(),
        Surroundings::Cell => code.replace('|', "\\|"),
    };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}
