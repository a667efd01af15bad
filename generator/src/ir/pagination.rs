//! How to get the next page.

use super::Type;

/// How to get the next page.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The way.
    pub style: PaginationStyle,
    /// The property of a page that holds its items.
    pub items: String,
    /// Whether a page may come without them.
    pub optional: bool,
    /// The type of an item.
    pub item: Type,
    /// The query parameter for the number of items on a page.
    pub limit: Option<String>,
}

/// The ways to get the next page.
#[derive(Clone, Debug, PartialEq)]
pub enum PaginationStyle {
    /// Counting items: the query parameter `offset` is the number of items already received.
    Offset {
        /// The parameter's name on the wire.
        offset: String,
        /// The property that holds the number of items on all pages, if there is one.
        total: Option<Total>,
    },
}

/// A property that counts the items on all pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// Its key on the wire.
    pub property: String,
}
