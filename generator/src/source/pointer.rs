//! JSON pointers.

use std::fmt;

use super::{Node, Value};

/// A JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), as unescaped segments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    segments: Vec<String>,
}

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses `/a/b`, or the fragment form `#/a/b` with percent-encoding (RFC 6901 §6). `None` if it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let (text, fragment) = match text.strip_prefix('#') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        if text.is_empty() {
            return Some(Self::root());
        }
        let segments = text.strip_prefix('/')?.split('/').map(|raw| {
            let raw = if fragment { percent_decode(raw) } else { raw.to_owned() };
            raw.replace("~1", "/").replace("~0", "~")
        });
        Some(Self { segments: segments.collect() })
    }

    /// Appends a segment.
    #[must_use]
    pub fn join(&self, segment: impl Into<String>) -> Self {
        let mut segments = self.segments.clone();
        segments.push(segment.into());
        Self { segments }
    }

    /// The unescaped segments.
    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    /// The node this points to below `root`.
    pub fn find<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        self.segments.iter().try_fold(root, |node, segment| match &node.value {
            Value::Object(entries) => entries.get(segment),
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        })
    }
}

impl FromIterator<String> for Pointer {
    fn from_iter<I: IntoIterator<Item = String>>(segments: I) -> Self {
        Self { segments: segments.into_iter().collect() }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.segments
            .iter()
            .try_for_each(|segment| write!(f, "/{}", segment.replace('~', "~0").replace('/', "~1")))
    }
}

/// Decodes percent-encoding (RFC 3986 §2.1); invalid escapes, and those that do not decode to UTF-8, are kept.
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let decoded = escape
            .filter(|hex| hex.iter().all(u8::is_ascii_hexdigit))
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match decoded {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_unescape_tilde_and_percent() {
        let pointer = Pointer::parse("#/paths/~1a~1%7Bid%7D/get").expect("a fragment pointer");
        assert_eq!(pointer.segments(), ["paths", "/a/{id}", "get"]);
        assert_eq!(pointer.to_string(), "/paths/~1a~1{id}/get");
    }

    #[test]
    fn a_broken_escape_stays() {
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%41"), "%zzA");
    }
}
