//! URI references (RFC 3986) as far as a `$ref` needs them. In: texts. Out: what they name. Touches no disk.

use crate::source::percent_decode;

/// What a reference names, apart from its fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The file that the reference stands in.
    Same,
    /// A path, with its escapes undone.
    Path(String),
    /// An `http` or `https` URL.
    Url(Url),
    /// Something of another scheme.
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

/// What a reference names, and its fragment as it is written.
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
        // One letter is a drive.
        Some((scheme, _)) if scheme.len() > 1 && !scheme.contains(['/', '\\', '.']) => Target::Other,
        _ => Target::Path(percent_decode(text).replace('\\', "/")),
    }
}

impl Url {
    /// Reads an absolute URL.
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

    /// The URL that a path means in a file that was read from this one.
    pub(super) fn join(&self, path: &str) -> Self {
        let path = match path.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{}/{path}", self.folder()),
        };
        Self { origin: self.origin.clone(), path: format!("/{}", plain(path.trim_start_matches('/'))) }
    }

    /// The path from this URL's folder down to another URL, if it lies there.
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

/// A path without `.` and `..`; leading `..` stay.
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
