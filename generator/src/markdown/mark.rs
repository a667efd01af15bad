//! Marks: inline HTML as characters that have no meaning in Markdown.
//!
//! `<b>a</b>` written as `**a**` would not be emphasis within a word or next to a bracket; between two marks it always
//! is. Long content (addresses, code) is kept aside in a list, with its number in the text. Unicode reserves these
//! code points for internal use (TUS 23.7); they are removed from the document's text.

use super::piece::{Piece, Span};

/// A literal `<`.
pub(super) const LESS: char = '\u{fdd0}';
/// `<strong>` and `</strong>`.
pub(super) const STRONG: (char, char) = ('\u{fdd1}', '\u{fdd2}');
/// `<em>` and `</em>`.
pub(super) const EMPHASIS: (char, char) = ('\u{fdd3}', '\u{fdd4}');
/// `<del>` and `</del>`.
pub(super) const STRIKETHROUGH: (char, char) = ('\u{fdd9}', '\u{fdda}');
/// `<a href>`, followed by the number of the address, and `</a>`.
pub(super) const LINK: (char, char) = ('\u{fdd5}', '\u{fdd6}');
/// `<code>`, followed by the number of its content.
pub(super) const CODE: char = '\u{fdd7}';
/// Ends a number.
const END: char = '\u{fdd8}';

/// Whether a character is a mark.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Adds a mark with a number.
pub(super) fn push_numbered(out: &mut String, mark: char, number: usize) {
    out.extend([mark]);
    out.push_str(&number.to_string());
    out.extend([END]);
}

/// Splits text with marks into pieces.
pub(super) fn pieces(text: &str, aside: &[String], out: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some(at) = rest.find(is_mark) {
        let (before, after) = rest.split_at(at);
        push_text(out, before);
        let mark = after.chars().next().unwrap_or(END);
        rest = &after[mark.len_utf8()..];
        match mark {
            LESS => push_text(out, "<"),
            _ if mark == STRONG.0 => out.push(Piece::Open(Span::Strong)),
            _ if mark == STRONG.1 => out.push(Piece::Close(Span::Strong)),
            _ if mark == EMPHASIS.0 => out.push(Piece::Open(Span::Emphasis)),
            _ if mark == EMPHASIS.1 => out.push(Piece::Close(Span::Emphasis)),
            _ if mark == STRIKETHROUGH.0 => out.push(Piece::Open(Span::Strikethrough)),
            _ if mark == STRIKETHROUGH.1 => out.push(Piece::Close(Span::Strikethrough)),
            _ if mark == LINK.1 => out.push(Piece::Close(Span::Link(String::new()))),
            _ => {
                let (number, after) = rest.split_once(END).unwrap_or(("", rest));
                let said = number.parse().ok().and_then(|number: usize| aside.get(number));
                rest = after;
                match said {
                    Some(code) if mark == CODE => out.push(Piece::Code(code.clone())),
                    Some(address) => out.push(Piece::Open(Span::Link(address.clone()))),
                    None => {}
                }
            }
        }
    }
    push_text(out, rest);
}

fn push_text(out: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Text(last)) = out.last_mut() {
        last.push_str(text);
    } else if !text.is_empty() {
        out.push(Piece::Text(text.to_owned()));
    }
}

/// Replaces marks by plain text, for use within code.
pub(super) fn plain(text: &str, aside: &[String]) -> String {
    if !text.contains(is_mark) {
        return text.to_owned();
    }
    let mut found = Vec::new();
    pieces(text, aside, &mut found);
    found.iter().map(Piece::text).collect()
}
