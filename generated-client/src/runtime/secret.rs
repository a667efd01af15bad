// needs: | crates:
//! Text that must not be printed.

use std::fmt;

/// A password, token or key. It has no `Display`, and its `Debug` is `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Returns the text; keeping it secret is then up to the caller.
    pub fn expose(&self) -> &str { &self.0 }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str("[redacted]") }
}

impl From<String> for Secret {
    fn from(text: String) -> Self { Secret(text) }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self { Secret(text.to_owned()) }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self { Secret(text.clone()) }
}
