//! URI references (RFC 3986), as far as `$ref` needs them. No I/O.

use crate::source::percent_decode;

/// The target of a reference, without its fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The file that contains the reference.
    Same,
    /// A path, unescaped.
    Path(String),
    /// An `http` or `https` URL.
    Url(Url),
    /// A URI with another scheme.
    Other,
}

/// An `http` or `https` URL without query and fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Url {
    /// `https://example.com`
    origin: String,
    /// `/a/b.yaml`
    path: String,
}

/// Splits a reference into its target and its fragment, as written.
pub(super) fn split(text: &str) -> (Target, Option<&str>) {
    let (rest, fragment) = match text.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (text, None),
    };
    (target(rest.split('?').next().unwrap_or(rest)), fragment)
}

fn target(text: &str) -> Target {
    if text.is_empty() {
        return Target::Same;
    }
    if let Some(url) = Url::parse(text) {
        return Target::Url(url);
    }
    if let Some(path) = text.strip_prefix("file://") {
        return Target::Path(percent_decode(path));
    }
    match text.split_once(':') {
        // A single letter is a drive.
        Some((scheme, _)) if scheme.len() > 1 && !scheme.contains(['/', '\\', '.']) => Target::Other,
        _ => Target::Path(percent_decode(text).replace('\\', "/")),
    }
}

impl Url {
    /// Parses an absolute URL.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
            return None;
        }
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let origin = format!("{}://{}", scheme.to_ascii_lowercase(), authority.to_ascii_lowercase());
        Some(Self { origin, path: format!("/{}", plain(path.trim_start_matches('/'))) })
    }

    /// The URL of a path in a file read from this URL.
    pub(super) fn join(&self, path: &str) -> Self {
        let path = match path.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{}/{path}", self.folder()),
        };
        Self { origin: self.origin.clone(), path: format!("/{}", plain(path.trim_start_matches('/'))) }
    }

    /// The path from this URL's folder to another URL below it.
    pub(super) fn below<'u>(&self, other: &'u Self) -> Option<&'u str> {
        let rest = other.path.strip_prefix(self.folder())?.strip_prefix('/')?;
        (self.origin == other.origin && !rest.is_empty()).then_some(rest)
    }

    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// Removes `.` and `..` from a path; leading `..` stay.
pub(super) fn plain(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_told_apart_from_its_fragment() {
        let path = |text: &str| Target::Path(text.to_owned());
        assert_eq!(split("#/a"), (Target::Same, Some("/a")));
        assert_eq!(split("./a%20b.yml#/c%2Fd"), (path("./a b.yml"), Some("/c%2Fd")));
        assert_eq!(split("a\\b.yml"), (path("a/b.yml"), None));
        assert_eq!(split("C:/a.yml"), (path("C:/a.yml"), None));
        assert_eq!(split("urn:a:b"), (Target::Other, None));
        assert_eq!(split("file:///a.yml"), (path("/a.yml"), None));
    }

    #[test]
    fn urls_join_and_lie_below_one_another() {
        let base = Url::parse("HTTPS://Example.com/v1/api.yaml?x#y").expect("a URL");
        assert_eq!(base.to_string(), "https://example.com/v1/api.yaml");
        assert_eq!(base.join("../b/./c.yaml").to_string(), "https://example.com/b/c.yaml");
        assert_eq!(base.join("/d.yaml").to_string(), "https://example.com/d.yaml");
        let other = Url::parse("https://example.com/v1/m/a.yaml").expect("a URL");
        assert_eq!(base.below(&other), Some("m/a.yaml"));
        assert_eq!(other.below(&base), None);
    }

    #[test]
    fn dots_go() {
        assert_eq!(plain("./a/../b//c/."), "b/c");
        assert_eq!(plain("../../a/../b"), "../../b");
    }
}
