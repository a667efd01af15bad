//! Tags that are parts of other tags.
//!
//! ```yaml
//! tags: [ { name: library }, { name: shelves, parent: library }, { name: beta, kind: badge } ]
//! ```
//! An operation tagged `beta` and `shelves` is one of `library().shelves()`.

use std::collections::{HashMap, HashSet};

use super::words::{is_version, words_of};
use crate::{document::extension, resolve::Document};

/// How the tags hang together.
pub(super) struct Tags<'a> {
    parents: HashMap<&'a str, &'a str>,
    /// Tags that say something about an operation, not what it belongs to.
    labels: HashSet<&'a str>,
}

impl<'a> Tags<'a> {
    /// The declared tags.
    pub(super) fn of(document: &'a Document) -> Self {
        let parents = document.tags().filter_map(|tag| Some((tag.name.as_str(), extension::parent(tag)?)));
        let labels = document.tags().filter(|tag| !extension::is_navigation(tag));
        Self { parents: parents.collect(), labels: labels.map(|tag| tag.name.as_str()).collect() }
    }

    /// The first tag that names what an operation belongs to, below those that it is part of; empty if none does.
    /// A version, and the `default` that some tools write, name nothing.
    pub(super) fn path(&self, tags: &'a [String]) -> Vec<String> {
        let says = |tag: &&str| !words_of(tag).is_empty() && !is_version(tag.trim()) && *tag != "default";
        let names = |tag: &&str| !self.labels.contains(tag) && says(tag);
        let mut path: Vec<&str> = Vec::new();
        let mut next = tags.iter().map(String::as_str).find(names);
        while let Some(tag) = next.filter(|tag| !path.contains(tag)) {
            path.push(tag);
            next = self.parents.get(tag).copied().filter(says);
        }
        path.into_iter().rev().map(str::to_owned).collect()
    }
}
