//! Finds the nodes of a JSON text. The text has been parsed before, so only token boundaries matter.

use super::{Builder, Container, Index};

/// The nodes of a JSON text.
pub(super) fn scan(text: &str) -> Index {
    let bytes = text.as_bytes();
    let mut builder = Builder::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let mut end = at + 1;
        match byte {
            b'{' => {
                builder.open(at..end, Container::Mapping(None));
            }
            b'[' => {
                builder.open(at..end, Container::Sequence(0));
            }
            b'}' | b']' => {
                builder.close();
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'"' => {
                end = string_end(bytes, at);
                builder.node(at..end, || unescape(&text[at..end]));
            }
            _ => {
                end = at + bytes[at..].iter().take_while(|byte| !is_separator(**byte)).count();
                builder.node(at..end, Box::default);
            }
        }
        at = end;
    }
    builder.finish(false)
}

/// The offset after the string that opens at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'"' | b'{' | b'}' | b'[' | b']')
}

/// Unescapes a string token.
fn unescape(token: &str) -> Box<str> {
    let inner = token.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(token);
    if inner.contains('\\') {
        serde_json::from_str(token).unwrap_or_else(|_| inner.into())
    } else {
        inner.into()
    }
}
