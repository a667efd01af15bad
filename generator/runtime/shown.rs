// needs: | crates: http
//! How bodies, headers and values are shown in debug output: truncated and without secrets.

use std::fmt;

use http::{HeaderMap, HeaderName};

/// How many bytes of a body or value are shown.
const MOST: usize = 1_024;

/// Words in the names of headers whose values are secrets, such as `Set-Cookie` and `X-Api-Key`.
const SECRET: &[&str] = &["auth", "cookie", "credential", "key", "password", "secret", "session", "signature", "token"];

/// Whether the values of a header may be secrets, by its name.
pub(super) fn is_secret(header: &HeaderName) -> bool { SECRET.iter().any(|word| header.as_str().contains(word)) }

/// The start of a body, as text.
pub(super) struct Start<'a>(pub &'a [u8]);

impl fmt::Debug for Start<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = String::from_utf8_lossy(&self.0[..self.0.len().min(MOST)]);
        match self.0.len() {
            ..=MOST => write!(out, "{text:?}"),
            length => write!(out, "{text:?}… ({length} bytes)"),
        }
    }
}

/// Headers, without the values of those that may hold a secret.
pub(super) struct Headers<'a>(pub &'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = out.debug_map();
        for (name, value) in self.0 {
            let is_hidden = value.is_sensitive() || is_secret(name);
            let shown: &dyn fmt::Debug = if is_hidden { &"(not shown)" } else { value };
            map.entry(&name.as_str(), shown);
        }
        map.finish()
    }
}

/// The start of a value's debug output.
pub(super) struct Limited<'a>(pub &'a dyn fmt::Debug);

impl fmt::Debug for Limited<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_alternate = out.alternate();
        let mut cut = Cut { out, left: MOST, is_full: false };
        let shown = if is_alternate {
            fmt::write(&mut cut, format_args!("{:#?}", self.0))
        } else {
            fmt::write(&mut cut, format_args!("{:?}", self.0))
        };
        if cut.is_full { cut.out.write_str("…") } else { shown }
    }
}

/// Writes a limited number of bytes, then fails.
struct Cut<'a, 'f> {
    out: &'a mut fmt::Formatter<'f>,
    left: usize,
    is_full: bool,
}

impl fmt::Write for Cut<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() <= self.left {
            self.left -= text.len();
            return self.out.write_str(text);
        }
        self.is_full = true;
        let end = (0..=self.left).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        self.left = 0;
        self.out.write_str(&text[..end])?;
        Err(fmt::Error)
    }
}
