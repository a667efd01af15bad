//! How to get the next page.

use super::Type;

/// How to get the next page.
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// The method of pagination.
    pub style: PaginationStyle,
    /// Where a page has its items; `None` if it is a list of them.
    pub items: Option<MemberPath>,
    /// The type of an item.
    pub item: Type,
    /// Where a page has the number of items of all pages.
    pub total: Option<MemberPath>,
    /// Where a page says whether another follows.
    pub more: Option<MemberPath>,
    /// The query parameter for the number of items per page.
    pub limit: Option<String>,
}

/// The properties that lead to a value in a page, outermost first; at least one.
pub type MemberPath = Vec<String>;

/// The methods of pagination.
#[derive(Clone, Debug, PartialEq)]
pub enum PaginationStyle {
    /// By items: this query parameter is the number of items already received.
    Offset(String),
    /// By pages.
    Page {
        /// The query parameter for the number of the page.
        parameter: String,
        /// The number of the first page.
        first: u32,
    },
    /// By a token that each page gives for the next.
    Cursor {
        /// The query parameter for the token.
        parameter: String,
        /// Where a page has it.
        next: Next,
    },
    /// By the URL of the next page.
    Link(Next),
}

/// Where a page has what leads to the next.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// In the page.
    Member(MemberPath),
    /// In the last of its items.
    LastItem(MemberPath),
    /// In a response header of this name in lower case.
    Header(String),
}

impl PaginationStyle {
    /// Where the page itself has what leads to the next.
    pub fn next(&self) -> Option<&MemberPath> {
        match self {
            Self::Cursor { next: Next::Member(path), .. } | Self::Link(Next::Member(path)) => Some(path),
            Self::Cursor { next: Next::Header(_) | Next::LastItem(_), .. }
            | Self::Link(Next::Header(_) | Next::LastItem(_)) => None,
            Self::Offset(_) | Self::Page { .. } => None,
        }
    }
}
