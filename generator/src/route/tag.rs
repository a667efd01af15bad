//! Derives resource names from tags.
//!
//! ```yaml
//! tags: [ { name: library }, { name: shelves, parent: library }, { name: beta, kind: badge } ]
//! ```
//! An operation tagged `beta` and `shelves` belongs to `library().shelves()`. Words that nearly all tags have are
//! removed: `StoreV1Order` and `StoreV1Cart`, or `order-controller` and `cart-controller`, become `order` and `cart`.

use std::collections::{HashMap, HashSet};

use super::convention::{MOST_LEVELS, nearly_all};
use crate::{
    ir::{Api, Docs, Resource, Tag},
    language::words::{is_version, split, words_of},
};

/// Last words that say what kind of thing a tag is.
const KINDS: &[&str] = &["api", "apis", "controller"];

/// The hierarchy of tags.
pub(super) struct Tags<'a> {
    parents: HashMap<&'a str, &'a str>,
    /// Tags that describe operations instead of grouping them.
    labels: HashSet<&'a str>,
    /// The words up to a version that nearly all tags start with.
    before: Vec<String>,
    /// Whether nearly all tags end with a word of [`KINDS`].
    after: bool,
}

impl<'a> Tags<'a> {
    /// Reads the declared and used tags.
    pub(super) fn of(api: &'a Api) -> Self {
        let parents = api.tags.iter().filter_map(|tag| Some((tag.name.as_str(), tag.parent.as_deref()?)));
        let labels = api.tags.iter().filter(|tag| !tag.groups);
        let used: HashSet<&str> =
            api.operations.iter().flat_map(|operation| &operation.tags).map(String::as_str).collect();
        let words: Vec<Vec<String>> = used.into_iter().map(words_of).collect();
        Self {
            parents: parents.collect(),
            labels: labels.map(|tag| tag.name.as_str()).collect(),
            before: before(&words),
            after: words.len() > 1
                && nearly_all(words.iter().filter(|words| ends(words)).count(), words.len()),
        }
    }

    /// The first tag that groups operations, preceded by its parents; empty if there is none. A version, and the
    /// `default` that some tools write, are ignored.
    pub(super) fn path(&self, tags: &'a [String]) -> Vec<String> {
        let says = |tag: &&str| !words_of(tag).is_empty() && !is_version(tag.trim()) && *tag != "default";
        let names = |tag: &&str| !self.labels.contains(tag) && says(tag);
        let mut path: Vec<&str> = Vec::new();
        let mut next = tags.iter().map(String::as_str).find(names);
        while let Some(tag) = next.filter(|tag| path.len() < MOST_LEVELS && !path.contains(tag)) {
            path.push(tag);
            next = self.parents.get(tag).copied().filter(says);
        }
        path.into_iter().rev().map(|tag| self.name(tag)).collect()
    }

    /// Gives the resources that are named after declared tags the descriptions of those.
    pub(super) fn describe(&self, declared: &[Tag], resources: &mut [Resource]) {
        let described = declared.iter().filter(|tag| tag.docs != Docs::default());
        let docs: HashMap<Vec<String>, &Docs> =
            described.map(|tag| (words_of(&self.name(&tag.name)), &tag.docs)).collect();
        for resource in resources.iter_mut().skip(1) {
            resource.docs = docs.get(&words_of(&resource.word)).copied().cloned().unwrap_or_default();
        }
    }

    /// A tag without the words common to nearly all tags.
    fn name(&self, tag: &str) -> String {
        let words = split(tag);
        let lower = words_of(tag);
        let start = if lower.starts_with(&self.before) { self.before.len() } else { 0 };
        let end = words.len() - usize::from(self.after && ends(&lower));
        match words.get(start..end) {
            Some(own) if !own.is_empty() && own.len() < words.len() => own.join(" "),
            Some(_) | None => tag.to_owned(),
        }
    }
}

/// The one or two words up to a version that nearly all tags start with.
fn before(tags: &[Vec<String>]) -> Vec<String> {
    let versioned = |words: &Vec<String>| {
        let end = words.iter().take(2).position(|word| is_version(word) || is_dated(word))? + 1;
        (end < words.len()).then(|| words.iter().take(end).cloned().collect::<Vec<_>>())
    };
    let all: Vec<Vec<String>> = tags.iter().filter_map(versioned).collect();
    let common = |one: &&Vec<String>| {
        tags.len() > 1 && nearly_all(all.iter().filter(|other| other == one).count(), tags.len())
    };
    all.iter().find(common).cloned().unwrap_or_default()
}

/// `api20240131`
fn is_dated(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    digits.len() == 8 && is_version(digits)
}

fn ends(words: &[String]) -> bool {
    words.len() > 1 && words.last().is_some_and(|last| KINDS.contains(&last.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_tags_have() {
        let all = |tags: &[&str]| tags.iter().map(|tag| words_of(tag)).collect::<Vec<_>>();
        assert_eq!(before(&all(&["StoreV1Order", "StoreV1Cart"])), ["store", "v1"]);
        assert_eq!(before(&all(&["Api20240131Order", "Api20240131Cart"])), ["api20240131"]);
        assert!(before(&all(&["StoreV1Order", "StoreV2Cart"])).is_empty());
        assert!(before(&all(&["StoreV1Order"])).is_empty());
    }
}
