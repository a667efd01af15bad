//! The meaningful parts of path templates.
//!
//! ```yaml
//! /api/v3/series/{id}/episodes.json?sort=asc:  # series, a parameter, episodes
//! /#X-Service-Target=Shop.CreateOrder:         # nothing: only the fragment tells it from others
//! ```

use crate::language::words::{is_version, words_of};

/// A segment of a path template.
#[derive(Debug, PartialEq)]
pub(super) enum Segment<'a> {
    /// Text that names something.
    Static(&'a str),
    /// A parameter.
    Parameter(&'a str),
}

/// The meaningful segments and the parameters: without `api`, versions, query and fragment.
pub(super) fn segments(path: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    for text in cut(path).split('/') {
        match text.split_once('{') {
            None => segments.extend(named(text)),
            Some((before, rest)) => {
                let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
                let head = before.split_once('(').map_or(before, |(head, _)| head);
                segments.extend(named(head).filter(|_| !head.eq_ignore_ascii_case("v")));
                let extension = name.starts_with('.') || before.ends_with('.');
                segments.extend((!extension).then_some(Segment::Parameter(name)));
                segments.extend(after.strip_prefix(':').filter(|verb| !verb.contains('{')).and_then(named));
            }
        }
    }
    segments
}

/// The static segments in order.
pub(super) fn statics<'a>(segments: &[Segment<'a>]) -> Vec<&'a str> {
    let text = |segment: &Segment<'a>| match segment {
        Segment::Static(text) => Some(*text),
        Segment::Parameter(_) => None,
    };
    segments.iter().filter_map(text).collect()
}

/// Whether a query or fragment distinguishes the path: whether any part of it is fixed.
pub(super) fn is_cut(path: &str) -> bool {
    let rest = path.get(cut(path).len()..).unwrap_or_default();
    let mut parts = rest.split(['?', '#', '&']).filter(|part| !part.is_empty());
    !rest.starts_with('{') && parts.any(|part| !part.contains('{'))
}

/// The path without query and fragment; the braces of a parameter may contain `?` or `#`.
pub(super) fn cut(path: &str) -> &str {
    let mut depth = 0_usize;
    let end = path.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '?' | '#')
    });
    let path = end.map_or(path, |(at, _)| path.get(..at).unwrap_or(path));
    path.find("{?").and_then(|at| path.get(..at)).unwrap_or(path)
}

fn named(text: &str) -> Option<Segment<'_>> {
    let text = [".json", ".xml"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let names = text != "api" && !is_version(text) && !words_of(text).is_empty();
    names.then_some(Segment::Static(text))
}

#[cfg(test)]
mod tests {
    use super::{Segment::*, is_cut, segments};

    #[test]
    fn of_paths() {
        let series = [Static("series"), Parameter("id"), Static("episodes")];
        assert_eq!(segments("/api/v3/series/{id}/episodes.json?sort=asc"), series);
        assert_eq!(segments("/2018-10-31/tags#arn"), [Static("tags")]);
        assert_eq!(segments("/#X-Service-Target=Shop.CreateOrder"), []);
        assert_eq!(segments("/users('{id}')/boss"), [Static("users"), Parameter("id"), Static("boss")]);
        assert_eq!(segments("/jobs/{id}:cancel"), [Static("jobs"), Parameter("id"), Static("cancel")]);
        assert_eq!(segments("/users{?page,size}"), [Static("users")]);
        assert_eq!(segments("/users{.format}"), [Static("users")]);
        assert_eq!(segments("/page-{number}.html"), [Static("page-"), Parameter("number")]);
        assert_eq!(segments("/v{version}/users"), [Parameter("version"), Static("users")]);
        assert_eq!(segments("/broken{"), [Static("broken"), Parameter("")]);
        assert!(is_cut("/tags#arn") && is_cut("/?a=b") && !is_cut("/users{?page}") && !is_cut("/a/{b?}"));
        assert!(!is_cut("/users?page={page}&size={size}"));
    }
}
