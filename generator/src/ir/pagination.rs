//! How to get the next page.

use super::Type;

/// How to get the next page.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The method of pagination.
    pub style: PaginationStyle,
    /// The property of a page that holds its items.
    pub items: String,
    /// Whether a page may lack them.
    pub optional: bool,
    /// The type of an item.
    pub item: Type,
    /// The query parameter for the number of items per page.
    pub limit: Option<String>,
}

/// The methods of pagination.
#[derive(Clone, Debug, PartialEq)]
pub enum PaginationStyle {
    /// By items: the query parameter `offset` is the number of items already received.
    Offset {
        /// The parameter's name on the wire.
        offset: String,
        /// The property that counts the items of all pages, if there is one.
        total: Option<String>,
    },
}
