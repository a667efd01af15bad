// needs: codec link request request_error style value | crates: http
//! How one page leads to the next, and which page is the last.
//!
//! What is here is `#[inline]`: it is compiled in the programs that use it.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use http::HeaderMap;

use super::codec::{Codec, to_parts};
use super::link::next_link;
use super::request::Request;
use super::request_error::{RequestError, RequestPart};
use super::style::QueryStyle;
use super::value::Value;

/// How pages follow each other. Names are those of query parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// By the number of items to skip. Counts the items *received*, which may be fewer than the limit.
    Offset {
        /// The parameter for the number of items to skip.
        parameter: &'static str,
        /// Its value if the caller does not set it.
        start: u64,
        /// The parameter for the maximum number of items per page.
        limit: Option<&'static str>,
    },
    /// By page number.
    PageNumber {
        /// The parameter for the page number.
        parameter: &'static str,
        /// The number of the first page.
        start: u64,
        /// The parameter for the maximum number of items per page.
        limit: Option<&'static str>,
    },
    /// By a token that each page gives for the next.
    Cursor {
        /// The parameter for the token.
        parameter: &'static str,
        /// The response header with the token; otherwise it is in the page.
        header: Option<&'static str>,
    },
    /// By the URL of the next page, relative or absolute. It must be at the origin of the page before.
    Link {
        /// Whether it is in a `Link` header, with the relation `next` (RFC 8288); otherwise it is in the page.
        is_header: bool,
    },
}

/// What a page says of itself and of the pages behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    count: u64,
    total: Option<u64>,
    /// Whether another page follows, if the page says so.
    more: Option<bool>,
    next: Option<String>,
}

impl Summary {
    /// A page of so many items.
    #[inline]
    pub fn of(items: usize) -> Self { Self { count: items as u64, total: None, more: None, next: None } }

    /// Sets the total number of items of all pages. A value that is not a count (negative, NaN) is ignored.
    #[must_use]
    pub fn total(mut self, total: impl Into<Total>) -> Self {
        self.total = total.into().0;
        self
    }

    /// Sets the token or URL that leads to the next page. Without one, or with an empty one, it is the last.
    #[must_use]
    #[inline]
    pub fn leading_to(mut self, next: Option<String>) -> Self {
        self.next = next;
        self
    }

    /// Sets whether another page follows.
    #[must_use]
    #[inline]
    pub fn more(mut self, more: Option<bool>) -> Self {
        self.more = more;
        self
    }

    /// Drops the total number of items, and whether there are more.
    #[inline]
    pub(super) fn uncounted(self) -> Self { Self { total: None, more: None, ..self } }
}

/// The text of a token or URL that a page gives: of a string, a number or a boolean. `None` if it is `null`, absent or
/// anything else.
#[inline]
pub fn token(value: &dyn Codec) -> Option<String> {
    match to_parts(value).ok()? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The total number of items, converted from the type that the document gives the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total(Option<u64>);

impl From<i64> for Total {
    #[inline]
    fn from(count: i64) -> Self { Total(count.try_into().ok()) }
}

impl From<i32> for Total {
    #[inline]
    fn from(count: i32) -> Self { Total(count.try_into().ok()) }
}

impl From<u64> for Total {
    #[inline]
    fn from(count: u64) -> Self { Total(Some(count)) }
}

impl From<u32> for Total {
    #[inline]
    fn from(count: u32) -> Self { Total(Some(count.into())) }
}

/// Counts are `type: number` in many documents.
impl From<f64> for Total {
    #[inline]
    fn from(count: f64) -> Self {
        // the cast is exact below 2^53, and no list is longer than that
        Total((count >= 0.0 && count.is_finite()).then_some(count.ceil() as u64))
    }
}

impl<C: Into<Total>> From<Option<C>> for Total {
    fn from(count: Option<C>) -> Self { count.map_or(Total(None), Into::into) }
}

/// What to do after a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It was the last.
    End,
    /// Send the request, which asks for the next page.
    Ask,
    /// Follow this link to the next page.
    Follow(String),
}

/// The progress through the pages.
#[derive(Debug)]
pub(super) struct Progress {
    paging: Paging,
    /// The offset or number of the current page.
    position: u64,
    /// Whether the caller started at the first page.
    from_start: bool,
    /// Items received so far, over all pages.
    received: u64,
    /// The token or link that leads to the next page.
    next: Option<String>,
    /// The tokens and links already used: a repeated one would loop.
    used: HashSet<String>,
    /// The hashes of the pages received, keyed randomly so that a server cannot provoke collisions.
    pages: HashSet<u64>,
    hasher: RandomState,
}

impl Progress {
    /// Starts at the page that the request asks for.
    #[inline]
    pub(super) fn new(paging: Paging, request: &Request) -> Self {
        let (position, start) = match paging {
            Paging::Offset { parameter, start, .. } | Paging::PageNumber { parameter, start, .. } => {
                (request.query_number(parameter).unwrap_or(start), start)
            }
            Paging::Cursor { .. } | Paging::Link { .. } => (0, 0),
        };
        let from_start = position <= start;
        Self {
            paging,
            position,
            from_start,
            received: 0,
            next: None,
            used: HashSet::new(),
            pages: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// Whether an identical page was received before. Pages reached by a token or link may be equal.
    #[inline]
    pub(super) fn repeats(&mut self, body: &[u8]) -> bool {
        match self.paging {
            Paging::Offset { .. } | Paging::PageNumber { .. } => !self.pages.insert(self.hasher.hash_one(body)),
            Paging::Cursor { .. } | Paging::Link { .. } => false,
        }
    }

    /// The token or link that the headers of a response hold, if it is to be found there.
    #[inline]
    pub(super) fn in_headers(&self, headers: &HeaderMap) -> Option<String> {
        match self.paging {
            Paging::Cursor { header: Some(name), .. } => Some(headers.get(name)?.to_str().ok()?.to_owned()),
            Paging::Link { is_header: true } => next_link(headers),
            _ => None,
        }
    }

    /// Ends at a repeated page; an error if the API counts more items than were received.
    #[inline]
    pub(super) fn ended(&self, page: &Summary) -> Result<(), String> {
        let seen = match self.paging {
            Paging::Offset { .. } => Some(self.position),
            // how many items precede the caller's first page is unknown
            Paging::PageNumber { .. } | Paging::Cursor { .. } | Paging::Link { .. } => {
                Some(self.received).filter(|_| self.from_start)
            }
        };
        match page.total.zip(seen).filter(|(total, seen)| page.count > 0 && seen < total) {
            Some((total, seen)) => Err(format!("the page repeats an earlier one after {seen} of {total} items")),
            None => Ok(()),
        }
    }

    /// Items received so far, over all pages.
    #[inline]
    pub(super) fn received(&self) -> u64 { self.received }

    /// Takes in a page and what its headers hold, and updates the request for the next one.
    #[inline]
    pub(super) fn advance(&mut self, request: &mut Request, page: Summary, in_headers: Option<String>) -> Turn {
        self.received = self.received.saturating_add(page.count);
        if page.more == Some(false) {
            return Turn::End;
        }
        match self.paging {
            Paging::Offset { parameter, limit, .. } => {
                self.position = self.position.saturating_add(page.count);
                let position = self.position;
                turn(request, &page, limit, position, parameter, position)
            }
            Paging::PageNumber { parameter, limit, .. } => {
                self.position = self.position.saturating_add(1);
                let (position, received) = (self.position, self.received);
                if page.total.is_some() && !self.from_start {
                    // it includes items before the caller's first page, which are not known: only an empty page tells
                    let page = Summary { total: None, ..page };
                    return turn(request, &page, None, received, parameter, position);
                }
                turn(request, &page, limit, received, parameter, position)
            }
            Paging::Cursor { .. } | Paging::Link { .. } => {
                let next = in_headers.or(page.next).filter(|next| !next.is_empty());
                match next {
                    Some(next) => self.lead(request, next),
                    None if page.more == Some(true) && page.count > 0 => {
                        let problem = "the page says that another follows, and not what leads to it";
                        request.fail(RequestError::new(RequestPart::Query, "", problem));
                        Turn::Ask
                    }
                    None => Turn::End,
                }
            }
        }
    }

    /// Goes where a token or link leads, if it is not empty and leads there for the first time.
    #[inline]
    fn lead(&mut self, request: &mut Request, next: String) -> Turn {
        if next.is_empty() || !self.used.insert(next.clone()) {
            return Turn::End;
        }
        self.next = Some(next.clone());
        match self.paging {
            Paging::Cursor { parameter, .. } => {
                request.query(parameter, QueryStyle::Form, &next);
                Turn::Ask
            }
            _ => Turn::Follow(next),
        }
    }

    /// The link to the next page, once it is known where it leads.
    #[inline]
    pub(super) fn follows(&mut self, url: String) { self.next = Some(url); }

    /// The name of the style, and what tells the next page from others: with the number of a page, how many items
    /// precede it, if that is known.
    #[inline]
    pub(super) fn continuation(&self) -> Option<String> {
        let (style, position) = (self.style(), self.position);
        match self.paging {
            Paging::Offset { .. } => Some(format!("{style}:{position}")),
            Paging::PageNumber { .. } if self.from_start => Some(format!("{style}:{position}:{}", self.received)),
            Paging::PageNumber { .. } => Some(format!("{style}:{position}")),
            Paging::Cursor { .. } | Paging::Link { .. } => Some(format!("{style}:{}", self.next.as_deref()?)),
        }
    }

    /// Goes on where [`continuation`](Self::continuation) was asked for; `None` if it is not of this style.
    #[inline]
    pub(super) fn resume(&mut self, request: &mut Request, continuation: &str) -> Option<Turn> {
        let rest = continuation.strip_prefix(self.style())?.strip_prefix(':')?;
        match self.paging {
            Paging::Offset { parameter, .. } | Paging::PageNumber { parameter, .. } => {
                let (position, received) = rest.split_once(':').map_or((rest, None), |(at, of)| (at, Some(of)));
                self.position = position.parse().ok()?;
                self.from_start = received.is_some();
                self.received = received.map_or(Some(0), |received| received.parse().ok())?;
                request.query(parameter, QueryStyle::Form, &self.position);
                Some(Turn::Ask)
            }
            Paging::Cursor { .. } | Paging::Link { .. } => {
                self.from_start = false;
                self.used.remove(rest);
                Some(self.lead(request, rest.to_owned())).filter(|turn| *turn != Turn::End)
            }
        }
    }

    #[inline]
    fn style(&self) -> &'static str {
        match self.paging {
            Paging::Offset { .. } => "offset",
            Paging::PageNumber { .. } => "page",
            Paging::Cursor { .. } => "cursor",
            Paging::Link { .. } => "link",
        }
    }
}

/// Asks for the page at a position, if one is expected after this page, with `seen` items of the total received.
#[inline]
fn turn(
    request: &mut Request,
    page: &Summary,
    limit: Option<&str>,
    seen: u64,
    parameter: &'static str,
    position: u64,
) -> Turn {
    let limit = limit.and_then(|name| request.query_number(name));
    let goes_on = match page.total {
        _ if page.count == 0 => false,
        _ if page.more == Some(true) => true,
        Some(total) => seen < total,
        None => limit.is_none_or(|limit| page.count >= limit),
    };
    if goes_on {
        request.query(parameter, QueryStyle::Form, &position);
        Turn::Ask
    } else {
        Turn::End
    }
}
