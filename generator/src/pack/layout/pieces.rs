//! Pieces of code: on one line if they fit, otherwise broken into several.

use quote::ToTokens;

use super::{INDENT, WIDTH, column, indent};
use crate::emit::tokens;

/// The minimum room after the margin, in bytes, however deep the nesting.
const ROOM: usize = 60;

/// A part of an expression or of a type.
pub(super) enum Piece {
    /// Text that is never broken.
    Text(String),
    /// Entries in brackets; when broken, each has a line.
    List(Brackets, Vec<Piece>),
    /// Pieces in a row.
    Row(Vec<Piece>),
    /// Method calls on the first piece; when broken, they fill lines of their own.
    Chain(Box<Piece>, Vec<Piece>),
}

/// The brackets of a list.
#[derive(Clone, Copy)]
pub(super) enum Brackets {
    /// `()`
    Round,
    /// `[]`
    Square,
    /// `<>`
    Angle,
    /// `{ }`
    Curly,
}

impl Brackets {
    fn open(self) -> &'static str {
        match self {
            Self::Round => "(",
            Self::Square => "[",
            Self::Angle => "<",
            Self::Curly => " {",
        }
    }

    fn close(self) -> &'static str {
        match self {
            Self::Round => ")",
            Self::Square => "]",
            Self::Angle => ">",
            Self::Curly => "}",
        }
    }

    /// The text between a bracket and its content.
    fn pad(self) -> &'static str {
        match self {
            Self::Round | Self::Square | Self::Angle => "",
            Self::Curly => " ",
        }
    }
}

impl Piece {
    /// Creates text that is never broken.
    pub(super) fn of_tokens(tokens: impl ToTokens) -> Self {
        Self::Text(tokens::text(tokens.into_token_stream()))
    }

    /// Creates entries in brackets.
    pub(super) fn list(brackets: Brackets, entries: Vec<Self>) -> Self {
        match entries.as_slice() {
            [] => Self::Text(format!("{}{}", brackets.open(), brackets.close())),
            _ => Self::List(brackets, entries),
        }
    }

    /// Writes the piece on the current line if it fits together with the bytes that follow, otherwise broken.
    pub(super) fn write(&self, margin: usize, after: usize, out: &mut String) {
        let start = out.len();
        self.write_flat(out);
        if column(out) + after > WIDTH.max(margin + ROOM) {
            out.truncate(start);
            self.write_broken(margin, after, out);
        }
    }

    /// Writes the piece on the line.
    pub(super) fn write_flat(&self, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::List(brackets, entries) => {
                out.push_str(brackets.open());
                out.push_str(brackets.pad());
                for (index, entry) in entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    entry.write_flat(out);
                }
                out.push_str(brackets.pad());
                out.push_str(brackets.close());
            }
            Self::Row(pieces) => pieces.iter().for_each(|piece| piece.write_flat(out)),
            Self::Chain(first, links) => {
                first.write_flat(out);
                links.iter().for_each(|link| link.write_flat(out));
            }
        }
    }

    fn write_broken(&self, margin: usize, after: usize, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::List(brackets, entries) => {
                out.push_str(brackets.open());
                for entry in entries {
                    out.push('\n');
                    indent(margin + INDENT, out);
                    entry.write(margin + INDENT, ",".len(), out);
                    out.push(',');
                }
                out.push('\n');
                indent(margin, out);
                out.push_str(brackets.close());
            }
            Self::Row(pieces) => {
                if let Some((last, others)) = pieces.split_last() {
                    others.iter().for_each(|piece| piece.write_flat(out));
                    last.write(margin, after, out);
                }
            }
            Self::Chain(first, links) => {
                first.write(margin, 0, out);
                write_links(links, margin + INDENT, after, out);
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        self.write_flat(&mut text);
        text
    }
}

/// Writes the calls of a chain on lines of their own: as few lines as possible, or one for each if any is broken.
fn write_links(links: &[Piece], margin: usize, after: usize, out: &mut String) {
    let texts: Vec<String> = links.iter().map(Piece::text).collect();
    let is_whole = texts.iter().all(|text| margin + text.len() + after <= WIDTH);
    for (index, (link, text)) in links.iter().zip(&texts).enumerate() {
        if index == 0 || !is_whole || column(out) + text.len() + after > WIDTH {
            out.push('\n');
            indent(margin, out);
        }
        link.write(margin, after, out);
    }
}

/// Entries that fill lines.
pub(super) struct Fill<'o> {
    margin: usize,
    /// The text, at the start of a line.
    out: &'o mut String,
    is_begun: bool,
}

impl<'o> Fill<'o> {
    /// Lines that begin at this margin.
    pub(super) fn new(margin: usize, out: &'o mut String) -> Self {
        Self { margin, out, is_begun: false }
    }

    /// Adds an entry, on a line of its own if the last one has no room.
    pub(super) fn add(&mut self, entry: &str) {
        if self.is_begun && column(self.out) + " ".len() + entry.len() > WIDTH {
            self.end();
        }
        if self.is_begun {
            self.out.push(' ');
        } else {
            indent(self.margin, self.out);
        }
        self.out.push_str(entry);
        self.is_begun = true;
    }

    /// Ends the line.
    pub(super) fn end(&mut self) -> &mut String {
        if std::mem::take(&mut self.is_begun) {
            self.out.push('\n');
        }
        self.out
    }
}
