//! References: looked up in the old tree, written for the new one.

use super::super::locate::{Found, fragment, locate, reference};
use super::super::shape::Kind;
use super::{COPIES, Conversion};
use crate::source::{Node, Pointer};

/// The maximum length of a chain of references.
const MAX_CHAIN: usize = 64;

impl<'n> Conversion<'n, '_> {
    /// The end of a chain of references; the node itself if it is not a reference or leads nowhere.
    pub(super) fn followed(&self, node: &'n Node) -> &'n Node {
        let mut at = node;
        for _ in 0..MAX_CHAIN {
            match reference(at).map(|text| self.find(text)) {
                None => return at,
                Some(Some(found)) => at = found.node,
                Some(None) => break,
            }
        }
        node
    }

    /// The place that a reference points to.
    pub(super) fn find(&self, text: &str) -> Option<Found<'n>> {
        let pointer = Some(text).filter(|text| text.starts_with('#')).and_then(Pointer::parse)?;
        locate(self.old, pointer)
    }

    /// The text of a reference to a schema or path item in the new tree. A reference that leads nowhere stays
    /// unchanged and is reported later.
    pub(super) fn reference(&mut self, kind: Kind, text: &str) -> String {
        let Some(found) = self.find(text) else { return text.to_owned() };
        let pointer = match self.moved(found.pointer.segments()) {
            Some(segments) => segments.into_iter().collect(),
            None => self.placed(kind, found.pointer),
        };
        fragment(&pointer)
    }

    /// The new place of a target outside the known sections: unchanged under an extension, otherwise a copy.
    fn placed(&mut self, kind: Kind, from: Pointer) -> Pointer {
        let own = from.segments().first().is_some_and(|first| first.starts_with("x-"));
        let root = if own { Pointer::root() } else { Pointer::root().join(COPIES) };
        let to = from.segments().iter().fold(root, |pointer, segment| pointer.join(segment));
        self.placed.entry(from).or_insert((kind, to)).1.clone()
    }

    /// The place in 3.0 of a place in 2.0.
    fn moved(&self, from: &[String]) -> Option<Vec<String>> {
        let words: Vec<&str> = from.iter().map(String::as_str).collect();
        let (head, rest): (Vec<&str>, &[&str]) = match words.as_slice() {
            ["definitions", rest @ ..] => (vec!["components", "schemas"], rest),
            ["responses", name, rest @ ..] => (vec!["components", "responses", name], rest),
            ["paths", _] => return Some(from.to_vec()),
            ["paths", path, method, "responses", status, rest @ ..] => {
                (vec!["paths", path, method, "responses", status], rest)
            }
            _ => return None,
        };
        let mut to: Vec<String> = head.iter().map(|word| (*word).to_owned()).collect();
        if let ("responses", Some((&"schema", _))) = (*head.get(head.len() - 2)?, rest.split_first()) {
            let operation: Pointer = from.iter().take(3).cloned().collect();
            let operation = operation.find(self.old).filter(|_| head.len() == 5);
            let response = from.iter().take(head.len() - usize::from(head.len() == 3)).cloned();
            let response = response.collect::<Pointer>().find(self.old)?;
            to.extend(["content".to_owned(), self.response_media(response, operation).into_iter().next()?]);
        }
        to.extend(rest.iter().map(|word| (*word).to_owned()));
        Some(to)
    }
}
