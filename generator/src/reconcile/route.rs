//! Finds the operation of a request, by method and path template, with or without the path of a server. If several
//! match, literal text is preferred to parameters.

use std::collections::HashSet;

use super::{Document, Exchange, document};
use crate::{ir::Operation, source::percent_decode};

/// A segment of a template: texts with parameters between them.
struct Segment {
    texts: Vec<String>,
}

impl Segment {
    fn new(template: &str) -> Self {
        let mut texts = vec![String::new()];
        let mut rest = template;
        while let Some((before, (_, after))) =
            rest.split_once('{').and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
        {
            if let Some(last) = texts.last_mut() {
                last.push_str(&percent_decode(before));
            }
            texts.push(String::new());
            rest = after;
        }
        if let Some(last) = texts.last_mut() {
            last.push_str(&percent_decode(rest));
        }
        Self { texts }
    }

    fn is_spelled_out(&self) -> bool {
        self.texts.len() == 1
    }

    /// Whether a path segment matches; a parameter has at least one character.
    fn fits(&self, text: &str) -> bool {
        let Some((first, others)) = self.texts.split_first() else { return false };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        let Some((last, between)) = others.split_last() else { return rest.is_empty() };
        for part in between {
            let at = rest
                .char_indices()
                .skip(1)
                .map(|(at, _)| at)
                .find(|at| rest[*at..].starts_with(part.as_str()));
            let Some(at) = at else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.strip_suffix(last.as_str()).is_some_and(|parameter| !parameter.is_empty())
    }
}

fn segments(path: &str) -> Vec<Segment> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.trim_start_matches('/').split('/').map(Segment::new).collect()
}

struct Route<'a> {
    operation: &'a Operation,
    segments: Vec<Segment>,
}

/// How well a template matches: whether each parameter is one segment, then its literal segments, then the length of
/// the server's path.
type Score = (bool, Vec<bool>, usize);

/// All operations, prepared for matching.
pub(super) struct Router<'a> {
    routes: Vec<Route<'a>>,
    /// The possible prefixes of a path, including none.
    bases: Vec<Vec<Segment>>,
    /// The hosts of the document that occur in exchanges; if there are any, exchanges with other hosts belong to
    /// another API.
    hosts: HashSet<String>,
}

impl<'a> Router<'a> {
    pub(super) fn new(document: Document<'a>, exchanges: &[Exchange]) -> Self {
        let operations = document.api.operations.iter();
        let routes = operations.map(|operation| Route { operation, segments: segments(&operation.path) });
        let servers = document::servers(document);
        let mut paths: Vec<String> = vec![String::new()];
        for server in &servers {
            let path = document::path_of(server).trim_matches('/').to_owned();
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        let base = |path: &String| if path.is_empty() { Vec::new() } else { segments(path) };
        let documented: HashSet<String> =
            servers.iter().filter_map(|server| document::host_of(server)).collect();
        let called = exchanges.iter().filter_map(|exchange| exchange.host.clone());
        let hosts = called.filter(|host| documented.contains(host)).collect();
        Self { routes: routes.collect(), bases: paths.iter().map(base).collect(), hosts }
    }

    /// The operation of an exchange.
    pub(super) fn find(&self, exchange: &Exchange) -> Option<&'a Operation> {
        if exchange.host.as_ref().is_some_and(|host| !self.hosts.is_empty() && !self.hosts.contains(host)) {
            return None;
        }
        let path = exchange.path.trim_start_matches('/');
        let parts: Vec<String> = path.split('/').map(percent_decode).collect();
        let found = self.best(&exchange.method, &parts);
        // Servers ignore a trailing slash, unless an empty parameter follows it.
        match parts.split_last() {
            Some((last, shorter)) if found.is_none() && last.is_empty() && !self.may_be_empty(shorter) => {
                self.best(&exchange.method, shorter)
            }
            _ => found,
        }
    }

    fn best(&self, method: &str, parts: &[String]) -> Option<&'a Operation> {
        let mut best: Option<(Score, &'a Operation)> = None;
        for base in &self.bases {
            let Some(rest) = below(base, parts) else { continue };
            for route in self.routes.iter().filter(|route| route.operation.method.as_str() == method) {
                let Some((is_plain, spelled)) = score(&route.segments, rest) else { continue };
                let score = (is_plain, spelled, base.len());
                if best.as_ref().is_none_or(|(known, _)| score > *known) {
                    best = Some((score, route.operation));
                }
            }
        }
        best.map(|(_, operation)| operation)
    }

    /// Whether a template continues a path with only a parameter.
    fn may_be_empty(&self, parts: &[String]) -> bool {
        let longer = |rest: &[String]| {
            self.routes.iter().any(|route| match route.segments.split_last() {
                Some((last, before)) => {
                    before.len() == rest.len()
                        && !last.is_spelled_out()
                        && before.iter().zip(rest).all(|(segment, part)| segment.fits(part))
                }
                None => false,
            })
        };
        self.bases.iter().filter_map(|base| below(base, parts)).any(longer)
    }
}

/// The part after the path of a server.
fn below<'p>(base: &[Segment], parts: &'p [String]) -> Option<&'p [String]> {
    let (before, rest) = parts.split_at_checked(base.len())?;
    base.iter().zip(before).all(|(segment, part)| segment.fits(part)).then_some(rest)
}

/// How well a template matches a path. A parameter may contain slashes, which not every client escapes.
fn score(template: &[Segment], parts: &[String]) -> Option<(bool, Vec<bool>)> {
    let spelled = || template.iter().map(Segment::is_spelled_out).collect();
    if template.len() == parts.len() {
        return template
            .iter()
            .zip(parts)
            .all(|(segment, part)| segment.fits(part))
            .then(|| (true, spelled()));
    }
    let extra = parts.len().checked_sub(template.len())?;
    let spans = |at: usize| {
        let (before, wide, after) = (&template[..at], &template[at], &template[at + 1..]);
        let is_alone = wide.texts.len() == 2 && wide.texts.iter().all(String::is_empty);
        is_alone
            && before.iter().zip(parts).all(|(segment, part)| segment.fits(part))
            && after.iter().zip(&parts[at + extra + 1..]).all(|(segment, part)| segment.fits(part))
            && parts[at..=at + extra].iter().all(|part| !part.is_empty())
    };
    (0..template.len()).any(spans).then(|| (false, spelled()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_has_texts_and_parameters() {
        let fits = |template: &str, text: &str| Segment::new(template).fits(text);
        assert!(fits("{id}", "7") && fits("{name}.{ending}", "a.b.c") && fits("{id}:cancel", "7:cancel"));
        assert!(
            !fits("{id}", "")
                && !fits("users", "user")
                && !fits("{name}.{ending}", "a.")
                && !fits("a{x}", "b")
        );
    }

    #[test]
    fn what_is_spelled_out_wins() {
        let parts = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let of = |template: &str, path: &str| score(&segments(template), &parts(path));
        assert!(of("/users/me", "users/me") > of("/users/{id}", "users/me"));
        assert!(of("/users/{id}", "users/me") > of("/{kind}/me", "users/me"));
        assert!(of("/files/{path}", "files/a/b") < of("/files/{a}/{b}", "files/a/b"));
        assert_eq!(of("/files/{path}/log", "files/a/b"), None);
    }
}
