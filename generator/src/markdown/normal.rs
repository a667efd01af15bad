//! Makes the pieces of a paragraph writable.

use super::{
    address,
    piece::{Blank, Piece, Span},
};

/// Removes what cannot be written: unpaired or crossing marks, unusable links, space at the inner edges of marks,
/// empty marks. Detects addresses in text.
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

/// Adds text with single spaces, and the spaces at its edges as separate pieces.
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

/// Adds code; adjacent code spans are merged, because they could not be told apart.
fn push_code(out: &mut Vec<Piece>, code: &str) {
    if let Some(Piece::Code(last)) = out.last_mut() {
        last.push_str(code);
    } else if !code.trim().is_empty() {
        out.push(Piece::Code(code.to_owned()));
    }
}

/// Adds a blank before the marks that open here; collapses repeated ones, and drops those at the start.
fn push_blank(out: &mut Vec<Piece>, blank: Blank) {
    let marks = out.iter().rev().take_while(|piece| matches!(piece, Piece::Open(_))).count();
    let at = out.len() - marks;
    match out[..at].last_mut() {
        None => {}
        Some(Piece::Blank(last)) => *last = blank.max(*last),
        Some(_) => out.insert(at, Piece::Blank(blank)),
    }
}

/// Closes a mark before trailing space. A link without text shows its address; one whose text is its address becomes
/// an autolink.
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

/// The text of a link if it equals its address, with or without `mailto:`.
fn own_address(text: &str, address: &str) -> Option<String> {
    let is_mail = text.is_ascii() && address.strip_prefix("mailto:") == Some(text);
    let text = if is_mail { Some(text.to_owned()) } else { address::absolute(text) };
    text.filter(|text| is_mail || text == address)
}

/// Merges adjacent texts, with or without a space between them.
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

/// Keeps only marks that are paired, do not cross, have a usable address, and are not nested in the same kind.
fn paired(pieces: Vec<Piece>) -> Vec<Piece> {
    // At most one of each kind, with the number of nested ones of that kind.
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

/// Detects addresses in running text.
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

/// Splits text at its addresses. One with placeholders is only a pattern and stays text.
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
