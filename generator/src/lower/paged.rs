//! Finds lists that are paged, where the configuration says nothing of them.
//!
//! ```yaml
//! parameters: [{ name: cursor, in: query, schema: { type: string } }]
//! responses: { "200": { … { properties: { data: { type: array, … }, next_cursor: { type: string } } } } }
//! ```
//! is paged by `cursor`. Only what is plain is found: a page must have one list, or one of a usual name, and either a
//! token or URL of a usual name that leads to the next page, or `has_more` beside a parameter that takes the ID of an
//! item, or a `Link` header, or an offset, or the number of a page whose first is known. A count of one page is not taken for a total,
//! and a page with fewer items than asked for is not taken for the last, since servers cap what they are asked.

use super::Lowering;
use crate::{
    config::{Located, NextRule, PaginationRule, PagingRule},
    diagnostic::Place,
    ir::{Access, Field, Location, Method, Operation, Primitive, Record, Type},
};

/// Properties with a token for the next page, and the query parameters that take it.
const TOKENS: &[(&str, &str)] = &[
    ("next_page_token", "page_token"),
    ("next_page_token", "next_page_token"),
    ("nextPageToken", "pageToken"),
    ("next_cursor", "cursor"),
    ("nextCursor", "cursor"),
    ("next_page", "page_token"),
    ("next_token", "next_token"),
    ("nextToken", "nextToken"),
    ("next_marker", "marker"),
    ("continuation_token", "continuation_token"),
    ("continuationToken", "continuationToken"),
];

/// Properties that say whether another page follows.
const MORE: &[&str] = &["has_more", "hasMore"];

/// Query parameters that take the ID of the last item, of lists that say whether there are more.
const AFTER: &[&str] = &["starting_after", "after", "after_id"];

/// Properties of a page with that ID.
const LAST: &[&str] = &["last_id", "lastId"];

/// Properties with the URL of the next page.
const URLS: &[&str] = &["next_url", "next_page_url", "next_page_uri", "nextLink", "@odata.nextLink"];

/// Properties of a page that hold what leads to the next.
const HOLDERS: &[&str] =
    &["meta", "metadata", "_metadata", "page", "pagination", "paging", "response_metadata"];

/// Those of them whose total counts items, and not pages.
const COUNTING: &[&str] = &["meta", "metadata", "_metadata"];

/// Query parameters that take a token: beside one, `next` may be that.
const TAKING: &[&str] =
    &["after", "before", "cursor", "marker", "next", "page_token", "pageToken", "previous", "token"];

/// Properties of a page with the links to others.
const LINKS: &[&str] = &["links", "_links"];

/// Properties with the number of items of all pages. Not `count`, which is often that of one page.
const TOTALS: &[&str] =
    &["total", "total_count", "totalCount", "total_results", "totalResults", "total_items"];

/// Pairs of query parameters: how many items to skip, and how many to give.
const OFFSETS: &[(&str, &str)] = &[("offset", "limit"), ("skip", "limit"), ("skip", "take")];

/// Query parameters for the number of a page, and for its size.
const NUMBER: &str = "page";
const SIZES: &[&str] = &["per_page", "perPage", "page_size", "pageSize", "limit", "size"];

/// Properties that hold the items, of several lists in a page.
const ITEMS: &[&str] = &["data", "items", "results", "records", "entries", "values"];

impl Lowering<'_> {
    /// The rule by which a list is paged, if it plainly is.
    pub(super) fn paged(&self, operation: &Operation) -> Option<PaginationRule> {
        if operation.method != Method::Get {
            return None;
        }
        let page = self.page(operation).ok()?;
        let at = |value: String| Located { value, place: Place::Node(operation.origin) };
        let (items, record) = match self.resolved(page) {
            Type::List(_) => (None, None),
            ty => {
                let record = self.record(ty)?;
                (Some(self.only_list(record)?), Some(record))
            }
        };
        let style = record
            .and_then(|record| {
                self.leading(record, operation, &at).or_else(|| self.behind(record, operation, &at))
            })
            .or_else(|| self.skipping(operation, &at))
            .or_else(|| linked(operation))
            .or_else(|| self.numbered(operation, &at));
        let more = record.and_then(|record| self.more(record));
        let total =
            record.and_then(|record| self.find(record, TOTALS, COUNTING, |field| self.is_integer(field)));
        Some(PaginationRule {
            operations: Vec::new(),
            style: style?,
            limit: None,
            default_limit: None,
            items: items.map(|items| at(items.to_owned())),
            total: total.map(at),
            more: more.map(|more| at(more.to_owned())),
        })
    }

    /// Where a page says whether another follows.
    fn more<'r>(&self, page: &'r Record) -> Option<&'r str> {
        let is_flag = |field: &&Field| *self.resolved(&field.ty) == Type::Primitive(Primitive::Bool);
        MORE.iter().find_map(|name| field(page, name).filter(is_flag)).map(|field| field.wire.as_str())
    }

    /// By the ID of the last item, of a page that says whether another follows.
    fn behind(
        &self,
        page: &Record,
        operation: &Operation,
        at: &dyn Fn(String) -> Located<String>,
    ) -> Option<PagingRule> {
        self.more(page)?;
        let parameter =
            AFTER.iter().find(|name| takes(operation, name).is_some_and(|ty| self.is_text(ty)))?;
        let text = |field: &Field| self.is_text(&field.ty);
        let next = match LAST.iter().find_map(|name| field(page, name).filter(|field| text(field))) {
            Some(last) => NextRule::Property(at(last.wire.clone())),
            None => {
                let items = field(page, self.only_list(page)?)?;
                let Type::List(item) = self.resolved(&items.ty) else { return None };
                field(self.record(item)?, "id").filter(|id| text(id))?;
                NextRule::LastItem(at("id".to_owned()))
            }
        };
        Some(PagingRule::Cursor { parameter: at((*parameter).to_owned()), next })
    }

    /// By a token or URL in the page.
    fn leading(
        &self,
        page: &Record,
        operation: &Operation,
        at: &dyn Fn(String) -> Located<String>,
    ) -> Option<PagingRule> {
        let text = |field: &Field| self.is_text(&field.ty);
        // where a list takes an offset too, a page has a token only if it is asked for one
        let is_skipping = self.skipping(operation, at).is_some();
        let mut tokens = TOKENS.iter().filter(|(_, parameter)| takes(operation, parameter).is_some());
        let token = tokens
            .find_map(|(name, parameter)| Some((self.find(page, &[*name], HOLDERS, text)?, *parameter)));
        if let Some((next, parameter)) = token.filter(|_| !is_skipping) {
            let next = NextRule::Property(at(next));
            return Some(PagingRule::Cursor { parameter: at(parameter.to_owned()), next });
        }
        let offset = takes(operation, "offset").filter(|ty| self.is_text(ty));
        if let Some(next) = offset.and_then(|_| self.within(page, "next_page", &["offset"], text)) {
            let next = NextRule::Property(at(next));
            return Some(PagingRule::Cursor { parameter: at("offset".to_owned()), next });
        }
        let is_token = TAKING.iter().any(|name| takes(operation, name).is_some());
        let beside = |name| field(page, name).filter(|field| text(field) && !is_token);
        let url = self
            .find(page, URLS, HOLDERS, text)
            .or_else(|| LINKS.iter().find_map(|holder| self.within(page, holder, &["next"], text)))
            .or_else(|| beside("next").zip(beside("previous")).map(|(next, _)| next.wire.clone()))?;
        Some(PagingRule::Link(NextRule::Property(at(url))))
    }

    /// By the number of items to skip.
    fn skipping(&self, operation: &Operation, at: &dyn Fn(String) -> Located<String>) -> Option<PagingRule> {
        let pair = OFFSETS.iter().find(|(skip, limit)| {
            [skip, limit].into_iter().all(|name| takes(operation, name).is_some_and(|ty| self.is_whole(ty)))
        });
        pair.map(|(skip, _)| PagingRule::Offset(at((*skip).to_owned())))
    }

    /// By the number of the page, if the document says what the first one has: with another, a page would be left out.
    fn numbered(&self, operation: &Operation, at: &dyn Fn(String) -> Located<String>) -> Option<PagingRule> {
        let is_whole = |name: &str| takes(operation, name).is_some_and(|ty| self.is_whole(ty));
        if !is_whole(NUMBER) || !SIZES.iter().any(|name| is_whole(name)) {
            return None;
        }
        let number = operation.parameters.iter().find(|known| known.wire == NUMBER)?;
        let first = number.default.as_deref()?.parse().ok().filter(|first| *first < 2)?;
        Some(PagingRule::Page { parameter: at(NUMBER.to_owned()), first })
    }

    /// The property of a page with the items: its only list, or the only one of a usual name.
    fn only_list<'r>(&self, page: &'r Record) -> Option<&'r str> {
        let is_list = |field: &&Field| {
            matches!(self.resolved(&field.ty), Type::List(_)) && field.access != Access::WriteOnly
        };
        let lists: Vec<&Field> = page.fields.iter().filter(is_list).collect();
        let is_usual = |field: &&&Field| ITEMS.contains(&field.wire.as_str());
        let usual: Vec<&Field> = lists.iter().filter(is_usual).copied().collect();
        match (lists.as_slice(), usual.as_slice()) {
            ([only], _) | (_, [only]) => Some(&only.wire),
            _ => None,
        }
    }

    /// The first property of these names that is as it must be, in the page or in what usually holds it.
    fn find(
        &self,
        page: &Record,
        names: &[&str],
        holders: &[&str],
        fits: impl Fn(&Field) -> bool,
    ) -> Option<String> {
        let here = names.iter().find_map(|name| field(page, name).filter(|field| fits(field)));
        let here = here.map(|field| field.wire.clone());
        here.or_else(|| holders.iter().find_map(|holder| self.within(page, holder, names, &fits)))
    }

    /// The path to a property of these names in one of the page.
    fn within(
        &self,
        page: &Record,
        holder: &str,
        names: &[&str],
        fits: impl Fn(&Field) -> bool,
    ) -> Option<String> {
        let holder = field(page, holder)?;
        let record = self.record(&holder.ty)?;
        let found = names.iter().find_map(|name| field(record, name).filter(|field| fits(field)))?;
        Some(format!("{}.{}", holder.wire, found.wire))
    }

    fn is_text(&self, ty: &Type) -> bool {
        self.some(ty, &|ty| match ty {
            Type::Scalar(scalar) => scalar.is_text(),
            ty => *ty == Type::Primitive(Primitive::String),
        })
    }

    fn is_integer(&self, field: &Field) -> bool {
        self.is_whole(&field.ty)
    }

    fn is_whole(&self, ty: &Type) -> bool {
        self.some(ty, &|ty| matches!(ty, Type::Primitive(Primitive::Integer(_))))
    }
}

/// By a `Link` header.
fn linked(operation: &Operation) -> Option<PagingRule> {
    operation.has_link_header.then(|| PagingRule::Link(NextRule::Header("link".to_owned())))
}

fn field<'r>(record: &'r Record, name: &str) -> Option<&'r Field> {
    record.fields.iter().find(|field| field.wire == name && field.access != Access::WriteOnly)
}

/// The type of an optional query parameter.
fn takes<'o>(operation: &'o Operation, name: &str) -> Option<&'o Type> {
    let is_it = |location: &Location| matches!(location, Location::Query { .. });
    let known = operation.parameters.iter().find(|known| known.wire == name && is_it(&known.location));
    known.filter(|known| !known.required).map(|known| &known.ty)
}
