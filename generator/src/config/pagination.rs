//! Reads `[[pagination]]`.

use toml::Spanned;

use super::{NextRule, PaginationRule, PagingRule, parse::Reader, raw};
use crate::diagnostic::{Code, Diagnostic};

/// The header with links to other pages (RFC 8288).
const LINK: &str = "link";

impl Reader<'_> {
    /// Reads a rule; reports keys that are missing, and those that say nothing beside its style.
    pub(super) fn pagination(
        &self,
        mut raw: raw::Pagination,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<PaginationRule> {
        let known = wrong.len();
        let default_limit = raw.default_limit.take().map(|limit| self.locate(limit));
        if let (Some(default), None) = (&default_limit, &raw.limit) {
            let message = "`default_limit` has no parameter to be sent in";
            let said = Diagnostic::new(Code::ConfigInvalid, default.place.clone(), message);
            wrong.push(said.help("name the query parameter beside it: `limit = \"limit\"`"));
        }
        let style = self.style(&mut raw, wrong);
        self.report_unused(&raw, wrong);
        let rule = PaginationRule {
            operations: raw.operations.into_iter().map(|name| self.locate(name)).collect(),
            style: style?,
            limit: raw.limit.map(|limit| self.locate(limit)),
            default_limit,
            items: raw.items.map(|items| self.locate(items)),
            total: raw.total.map(|total| self.locate(total)),
            more: raw.more.map(|more| self.locate(more)),
        };
        Some(rule).filter(|_| wrong.len() == known)
    }

    /// Takes out the keys that the style needs.
    fn style(&self, raw: &mut raw::Pagination, wrong: &mut Vec<Diagnostic>) -> Option<PagingRule> {
        let style = *raw.style.as_ref();
        match style {
            raw::PaginationStyle::Offset => {
                let offset = self.needed(raw.offset.take(), "offset", raw, wrong)?;
                Some(PagingRule::Offset(self.locate(offset)))
            }
            raw::PaginationStyle::Page => {
                let first = raw.first_page.take().map_or(1, Spanned::into_inner);
                let page = self.needed(raw.page.take(), "page", raw, wrong)?;
                Some(PagingRule::Page { parameter: self.locate(page), first })
            }
            raw::PaginationStyle::Cursor => {
                let next = self.next(raw);
                let cursor = self.needed(raw.cursor.take(), "cursor", raw, wrong)?;
                let next = self.needed(next, "next", raw, wrong)?;
                Some(PagingRule::Cursor { parameter: self.locate(cursor), next })
            }
            raw::PaginationStyle::None => Some(PagingRule::None),
            raw::PaginationStyle::Link => {
                Some(PagingRule::Link(self.next(raw).unwrap_or(NextRule::Header(LINK.to_owned()))))
            }
        }
    }

    /// What `next`, `next_item` or `next_header` says; a link in a header is always in `Link`.
    fn next(&self, raw: &mut raw::Pagination) -> Option<NextRule> {
        let is_link = *raw.style.as_ref() == raw::PaginationStyle::Link;
        match raw.next.take() {
            Some(property) => Some(NextRule::Property(self.locate(property))),
            None if is_link => None,
            None if raw.next_item.is_some() => {
                raw.next_item.take().map(|property| NextRule::LastItem(self.locate(property)))
            }
            None => {
                raw.next_header.take().map(|name| NextRule::Header(name.into_inner().to_ascii_lowercase()))
            }
        }
    }

    /// Reports a key that the style needs and that is missing.
    fn needed<T>(
        &self,
        value: Option<T>,
        key: &str,
        raw: &raw::Pagination,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        if value.is_none() {
            let message = format!("pagination by {} needs `{key}`", name(*raw.style.as_ref()));
            let start = raw.operations.first().map_or(raw.style.span().start, |first| first.span().start);
            wrong.push(Diagnostic::new(Code::ConfigInvalid, self.place(start), message));
        }
        value
    }

    /// Reports keys of other styles.
    fn report_unused(&self, raw: &raw::Pagination, wrong: &mut Vec<Diagnostic>) {
        let texts = [
            ("offset", &raw.offset),
            ("page", &raw.page),
            ("cursor", &raw.cursor),
            ("next", &raw.next),
            ("next_item", &raw.next_item),
            ("next_header", &raw.next_header),
        ];
        let texts = texts.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?.span().start)));
        let first = raw.first_page.as_ref().map(|first| ("first_page", first.span().start));
        for (key, start) in texts.chain(first) {
            let message = format!("`{key}` has no effect in pagination by {}", name(*raw.style.as_ref()));
            wrong.push(Diagnostic::new(Code::ConfigInvalid, self.place(start), message));
        }
    }
}

fn name(style: raw::PaginationStyle) -> &'static str {
    match style {
        raw::PaginationStyle::Offset => "`offset`",
        raw::PaginationStyle::Page => "`page`",
        raw::PaginationStyle::Cursor => "`cursor`",
        raw::PaginationStyle::Link => "`link`",
        raw::PaginationStyle::None => "`none`",
    }
}
