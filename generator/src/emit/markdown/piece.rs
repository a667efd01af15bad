//! Pieces of a paragraph, as they were read and as they can be written.

use super::address;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Text without line ends.
    Text(String),
    /// Code.
    Code(String),
    /// An address that stands for itself.
    Address(String),
    /// What parts words.
    Blank(Blank),
    /// The box of a task, ticked or not.
    Task(bool),
    /// What follows is marked.
    Open(Span),
    /// What follows no longer is. The address of a link is that of its beginning.
    Close(Span),
}

/// What parts words, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Blank {
    /// A space.
    Space,
    /// A line end that is only one of the source.
    SoftBreak,
    /// A line end that is meant.
    HardBreak,
}

/// How text can be marked.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Span {
    Emphasis,
    Strong,
    Strikethrough,
    /// With its address, which is empty if it leads nowhere.
    Link(String),
}

impl Span {
    fn is_like(&self, other: &Span) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Piece {
    /// The piece without its markup.
    pub(super) fn text(&self) -> &str {
        match self {
            Piece::Text(text) | Piece::Code(text) | Piece::Address(text) => text,
            Piece::Blank(_) => " ",
            Piece::Task(_) | Piece::Open(_) | Piece::Close(_) => "",
        }
    }
}

/// The same without what cannot be written: marks that do not pair or nest, links that lead nowhere, space at the
/// inner edges of what is marked, marks around nothing. Addresses in text are such.
pub(super) fn normalised(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in paired(pieces) {
        match piece {
            Piece::Text(text) => push_text(&mut out, &text),
            Piece::Code(code) => push_code(&mut out, &code),
            Piece::Blank(blank) => push_blank(&mut out, blank),
            Piece::Close(span) => close(&mut out, span),
            Piece::Address(_) | Piece::Task(_) | Piece::Open(_) => out.push(piece),
        }
    }
    if let Some(Piece::Blank(_)) = out.last() {
        out.pop();
    }
    with_addresses(together(out))
}

/// Adds text with single spaces, those at its edges apart.
fn push_text(out: &mut Vec<Piece>, text: &str) {
    let core = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.starts_with(char::is_whitespace) {
        push_blank(out, Blank::Space);
    }
    if core.is_empty() {
        return;
    }
    out.push(Piece::Text(core));
    if text.ends_with(char::is_whitespace) {
        push_blank(out, Blank::Space);
    }
}

/// Adds code; two side by side could not be told apart.
fn push_code(out: &mut Vec<Piece>, code: &str) {
    if let Some(Piece::Code(last)) = out.last_mut() {
        last.push_str(code);
    } else if !code.trim().is_empty() {
        out.push(Piece::Code(code.to_owned()));
    }
}

/// Adds what parts words: before the marks that begin here, once, and not at the start.
fn push_blank(out: &mut Vec<Piece>, blank: Blank) {
    let marks = out.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
    let at = out.len() - marks;
    match out[..at].last_mut() {
        None => {}
        Some(Piece::Blank(last)) => *last = blank.max(*last),
        Some(_) => out.insert(at, Piece::Blank(blank)),
    }
}

/// Ends what is marked, before the space at its end. A link without a text has its address for one, and one whose
/// text is its address needs no other.
fn close(out: &mut Vec<Piece>, span: Span) {
    let blank = match out.last() {
        Some(Piece::Blank(blank)) => Some(*blank),
        _ => None,
    };
    if blank.is_some() {
        out.pop();
    }
    if let [.., Piece::Open(Span::Link(address)), Piece::Text(text)] = out.as_slice()
        && let Some(text) = own_address(text, address)
    {
        out.truncate(out.len() - 2);
        out.push(Piece::Open(Span::Link(text)));
    }
    match out.pop() {
        Some(Piece::Open(Span::Link(address))) if matches!(span, Span::Link(_)) => {
            out.push(Piece::Address(address))
        }
        Some(Piece::Open(open)) if open.is_like(&span) => {}
        last => {
            out.extend(last);
            out.push(Piece::Close(span));
        }
    }
    if let Some(blank) = blank {
        push_blank(out, blank);
    }
}

/// The text of a link if it is its address, with or without `mailto:`.
fn own_address(text: &str, address: &str) -> Option<String> {
    let is_mail = text.is_ascii() && address.strip_prefix("mailto:") == Some(text);
    let text = if is_mail { Some(text.to_owned()) } else { address::absolute(text) };
    text.filter(|text| is_mail || text == address)
}

/// Texts side by side, with or without a space between them, as one.
fn together(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let spaced = piece == Piece::Blank(Blank::Space) && matches!(pieces.peek(), Some(Piece::Text(_)));
        match (out.last_mut(), &piece) {
            (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(text),
            (Some(Piece::Text(last)), Piece::Blank(_)) if spaced => last.push(' '),
            _ => out.push(piece),
        }
    }
    out
}

/// Only marks that pair, that do not cross, that lead somewhere, and that are not within their like.
fn paired(pieces: Vec<Piece>) -> Vec<Piece> {
    // At most one of each kind, with how many of its like are open within.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut keeps: Vec<bool> =
        pieces.iter().map(|piece| !matches!(piece, Piece::Open(_) | Piece::Close(_))).collect();
    for (at, piece) in pieces.iter().enumerate() {
        let (Piece::Open(span) | Piece::Close(span)) = piece else { continue };
        let is_like = |at: usize| matches!(&pieces[at], Piece::Open(open) if open.is_like(span));
        let found = open.iter().position(|(begin, _)| is_like(*begin));
        match (found, piece) {
            (None, Piece::Open(_)) => open.push((at, 0)),
            (Some(found), Piece::Open(_)) => open[found].1 += 1,
            (Some(found), _) if open[found].1 > 0 => open[found].1 -= 1,
            (Some(found), _) => {
                let begin = open[found].0;
                let leads = !matches!(&pieces[begin], Piece::Open(Span::Link(address)) if address.is_empty());
                (keeps[begin], keeps[at]) = (leads, leads);
                open.truncate(found);
            }
            (None, _) => {}
        }
    }
    pieces.into_iter().zip(keeps).filter(|(_, keeps)| *keeps).map(|(piece, _)| piece).collect()
}

/// Addresses in running text as such.
fn with_addresses(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    let mut linked = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) if !linked => split(&text, &mut out),
            Piece::Open(Span::Link(_)) | Piece::Close(Span::Link(_)) => {
                linked = !linked;
                out.push(piece);
            }
            Piece::Text(_) | Piece::Code(_) | Piece::Address(_) | Piece::Blank(_) | Piece::Task(_) => {
                out.push(piece)
            }
            Piece::Open(_) | Piece::Close(_) => out.push(piece),
        }
    }
    out
}

/// Text with its addresses. One with blanks to fill in is only the pattern of an address.
fn split(text: &str, out: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some((start, end)) = address::find(rest) {
        if start > 0 {
            out.push(Piece::Text(rest[..start].to_owned()));
        }
        let found = rest[start..end].to_owned();
        out.push(if found.contains(['{', '}']) { Piece::Code(found) } else { Piece::Address(found) });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest.to_owned()));
    }
}

/// What pieces say and mark, whatever their lines.
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
