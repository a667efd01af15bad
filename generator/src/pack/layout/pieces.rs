//! What is on one line where it fits, and how it is broken where it does not.

use quote::ToTokens;

use super::{INDENT, WIDTH, column, indent};
use crate::emit::tokens;

/// How much room there is behind a margin at least, however far within something else that is.
const ROOM: usize = 60;

/// A part of an expression or of a type.
pub(super) enum Piece {
    /// What is never broken.
    Text(String),
    /// What stands within brackets; broken, each of it has a line.
    List(Brackets, Vec<Piece>),
    /// One behind the other.
    Row(Vec<Piece>),
    /// Calls of methods, on what is first; broken, they fill lines of their own.
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

    /// What is between a bracket and what it holds.
    fn pad(self) -> &'static str {
        match self {
            Self::Round | Self::Square | Self::Angle => "",
            Self::Curly => " ",
        }
    }
}

impl Piece {
    /// What is never broken.
    pub(super) fn of_tokens(tokens: impl ToTokens) -> Self {
        Self::Text(tokens::text(tokens.into_token_stream()))
    }

    /// What stands within brackets.
    pub(super) fn list(brackets: Brackets, entries: Vec<Self>) -> Self {
        match entries.as_slice() {
            [] => Self::Text(format!("{}{}", brackets.open(), brackets.close())),
            _ => Self::List(brackets, entries),
        }
    }

    /// Writes the piece behind what is on the line, if as many bytes as are to follow fit there too, else broken.
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

/// Writes the links of a chain on lines of their own: as few as they need, or one for each if one is broken itself.
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
