//! Tags.

use super::Docs;

/// A tag that the document declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Its name, as operations refer to it.
    pub name: String,
    /// The name of the tag above it.
    pub parent: Option<String>,
    /// Whether it groups operations, rather than describing them.
    pub groups: bool,
    /// Its description.
    pub docs: Docs,
}
