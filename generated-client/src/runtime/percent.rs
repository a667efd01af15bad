// needs: | crates:
//! Percent-encoding of text in URLs and cookies (RFC 3986 section 2.1).

use std::borrow::Cow;

/// Which bytes are kept; every other byte of the UTF-8 text becomes `%XX` with upper-case digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// RFC 3986 section 2.3: letters, digits and `-._~`. RFC 6570 uses this in every expansion except `{+x}`.
    Unreserved,
    /// `allowReserved`: also the reserved characters and existing `%XX` triples (RFC 6570 section 3.2.3). Characters
    /// that would end a query value or change its meaning (`#`, `&`, `+`, `[`, `]`) are still encoded: OpenAPI 3.1.1
    /// leaves them to the application.
    Reserved,
    /// `allowReserved` in a path (OpenAPI 3.2.0 section 4.12.2.2): what a path may contain (RFC 3986 section 3.3),
    /// including slashes, and existing `%XX` triples.
    ReservedPath,
    /// The literal text of a template: all that a path and a query may contain (RFC 3986 sections 3.3 and 3.4), and
    /// `%`.
    Literal,
    /// Everything: headers, parts of forms and cookies in the style `cookie` have no percent-encoding.
    All,
    /// `cookie-octet` of RFC 6265 section 4.1.1 except `%`, so that the text can be decoded.
    CookieOctets,
    /// Like `CookieOctets`, but without `&`, which separates the parts of a list or an object.
    CookieParts,
}

impl Keep {
    fn keeps(self, byte: u8) -> bool {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        match self {
            Keep::Unreserved => unreserved,
            Keep::Reserved => unreserved || b":/?@!$'()*,;=".contains(&byte),
            Keep::ReservedPath => unreserved || b":@!$&'()*+,;=/".contains(&byte),
            Keep::Literal => unreserved || b":@!$&'()*+,;=?/%".contains(&byte),
            Keep::All => true,
            Keep::CookieOctets => is_cookie_octet(byte) && byte != b'%',
            Keep::CookieParts => is_cookie_octet(byte) && byte != b'%' && byte != b'&',
        }
    }

    fn keeps_triples(self) -> bool { matches!(self, Keep::Reserved | Keep::ReservedPath) }
}

/// Whether a byte may appear in a cookie value (RFC 6265 section 4.1.1).
pub fn is_cookie_octet(byte: u8) -> bool { byte.is_ascii_graphic() && !b"\",;\\".contains(&byte) }

/// Percent-encodes every byte that is not kept.
pub fn encode<'t>(text: impl Into<Cow<'t, str>>, keep: Keep) -> Cow<'t, str> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let text = text.into();
    let bytes = text.as_bytes();
    if bytes.iter().all(|byte| keep.keeps(*byte)) {
        return text;
    }
    let mut encoded = String::with_capacity(3 * text.len());
    for (index, byte) in bytes.iter().copied().enumerate() {
        if keep.keeps(byte) || (keep.keeps_triples() && starts_with_triple(&bytes[index..])) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded.into()
}

/// Whether the bytes start with `%XX`.
fn starts_with_triple(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}
