//! Pieces of a paragraph.

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Text without line ends.
    Text(String),
    /// A code span.
    Code(String),
    /// An autolink.
    Address(String),
    /// Space between words.
    Blank(Blank),
    /// A task box, checked or not.
    Task(bool),
    /// The start of marked text.
    Open(Span),
    /// The end of marked text. A link's address is that of its start.
    Close(Span),
}

/// Separates words, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Blank {
    /// A space.
    Space,
    /// A line end of the source only.
    SoftBreak,
    /// A hard line break.
    HardBreak,
}

/// The kinds of marked text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Span {
    Emphasis,
    Strong,
    Strikethrough,
    /// A link with its address, empty if unusable.
    Link(String),
}

impl Span {
    /// Whether it is of the same kind.
    pub(super) fn is_like(&self, other: &Span) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Piece {
    /// The text of the piece without markup.
    pub(super) fn text(&self) -> &str {
        match self {
            Piece::Text(text) | Piece::Code(text) | Piece::Address(text) => text,
            Piece::Blank(_) => " ",
            Piece::Task(_) | Piece::Open(_) | Piece::Close(_) => "",
        }
    }
}

/// The text and marks of pieces, independent of line breaks.
pub(super) fn outline(pieces: &[Piece]) -> String {
    pieces.iter().fold(String::new(), |mut out, piece| {
        match piece {
            Piece::Open(span) => out.extend(['\0', kind(span)]),
            Piece::Close(span) => out.extend(['\u{1}', kind(span)]),
            Piece::Text(_) | Piece::Code(_) | Piece::Address(_) | Piece::Blank(_) | Piece::Task(_) => {
                out.push_str(piece.text())
            }
        }
        out
    })
}

fn kind(span: &Span) -> char {
    match span {
        Span::Emphasis => 'e',
        Span::Strong => 's',
        Span::Strikethrough => 't',
        Span::Link(_) => 'l',
    }
}
