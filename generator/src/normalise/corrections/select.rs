//! Finds the places that a key of `[corrections]` applies to in the tree as read, by pointers that pass through no
//! reference.
//!
//! | key | places |
//! |---|---|
//! | `#/components/schemas/User/properties/email` | the place at the JSON pointer; a step into a reference continues at its target, and `properties/email` is also searched in the branches of an `allOf` |
//! | `schemas/user.yaml#/id` | a place in another file |
//! | `#/paths/**/responses/404` | all that match the glob: `*` within one segment, `**` any number of segments |
//! | `User`, `User.address.zip` | the component schema; its property, also in its branches, and a property of that |
//! | `User.tags[]`, `User.labels{}` | the items of a list, the values of a map; in brackets because a property may be called `items` |
//! | `User.*`, `*.created_at` | all that match the glob, `*` within one name |
//!
//! An existing name that contains `*` is matched literally.

use indexmap::IndexMap;

use super::super::locate::{fragment, shown};
use super::{
    glob::{is_glob, matches},
    schemas::{self, Follow, child},
};
use crate::load::FILES;
use crate::source::{Node, NodeId, Pointer, Value, nearest};

/// The maximum number of references that an exact pointer may pass through.
const MAX_DETOURS: usize = 64;

/// A place that a key applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selected {
    /// The pointer, passing through no reference.
    pub pointer: Pointer,
    /// The node there.
    pub id: NodeId,
    /// For a property, the objects in which it was searched; a branch of one may contain it.
    pub objects: Vec<Pointer>,
}

/// The places that a key applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The places, without duplicates.
    pub places: Vec<Selected>,
    /// Whether the key is a glob.
    pub is_glob: bool,
}

/// Finds the places; the error is a message, and possibly a suggestion.
pub(crate) fn select(root: &Node, key: &str) -> Result<Selection, (String, Option<String>)> {
    let mut search = Search { root, places: IndexMap::new(), is_glob: false };
    if key.contains('#') || key.starts_with('/') {
        let pointer = pointer(key).ok_or_else(|| (format!("`{key}` is not a JSON pointer"), None))?;
        search.step(&Pointer::root(), root, pointer.segments(), 0);
    } else {
        search.by_name(key);
    }
    match search.places.is_empty() {
        false => Ok(Selection { places: search.places.into_values().collect(), is_glob: search.is_glob }),
        true => Err((format!("`{key}` matches nothing in the document"), alike(root, key))),
    }
}

/// Parses a pointer, optionally preceded by the path of another file: `schemas/user.yaml#/id`.
pub(in crate::normalise) fn pointer(text: &str) -> Option<Pointer> {
    match text.split_once('#') {
        Some(("", _)) | None => Pointer::parse(text),
        Some((file, pointer)) => {
            let inner = Pointer::parse(&format!("#{pointer}"))?;
            let files = Pointer::parse(&format!("#/{FILES}"))?.join(file);
            Some(inner.segments().iter().fold(files, |place, segment| place.join(segment)))
        }
    }
}

/// The key of a place, from its pointer.
pub(crate) fn text(place: &Pointer) -> String {
    shown(&fragment(place))
}

/// The component schemas and their pointer.
pub(crate) fn components(root: &Node) -> Option<(Pointer, &Node)> {
    let sections: &[&[&str]] = &[&["components", "schemas"], &["definitions"]];
    sections.iter().find_map(|section| {
        let node = section.iter().try_fold(root, |node, key| node.get(key))?;
        Some((section.iter().map(|key| (*key).to_owned()).collect(), node))
    })
}

/// The component that was probably meant.
fn alike(root: &Node, key: &str) -> Option<String> {
    let (_, components) = components(root)?;
    let name = key.rsplit("/schemas/").next()?.split(['/', '.', '[']).next()?;
    let names = components.as_object()?.keys().map(String::as_str);
    let found = nearest(name, names)?;
    (found != name).then(|| format!("there is a schema `{found}`"))
}

/// What to do with the value of a named step: the `[]` and `{}` after it.
#[derive(Clone, Copy)]
enum Inner {
    Items,
    Values,
}

impl Inner {
    fn keyword(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Values => "additionalProperties",
        }
    }
}

struct Search<'n> {
    root: &'n Node,
    places: IndexMap<NodeId, Selected>,
    is_glob: bool,
}

impl<'n> Search<'n> {
    fn add(&mut self, pointer: Pointer, id: NodeId, object: Option<Pointer>) {
        let place = self.places.entry(id).or_insert(Selected { pointer, id, objects: Vec::new() });
        place.objects.extend(object.filter(|object| !place.objects.contains(object)));
    }

    /// Follows the segments of a pointer.
    fn step(&mut self, at: &Pointer, node: &'n Node, segments: &[String], detours: usize) {
        let Some((first, rest)) = segments.split_first() else {
            return self.add(at.clone(), node.id, None);
        };
        if let Some(child) = child(node, first) {
            return self.step(&at.join(first), child, rest, detours);
        }
        if first == "**" {
            self.is_glob = true;
            self.step(at, node, rest, detours);
            for (name, child) in children(node) {
                self.step(&at.join(name), child, segments, detours);
            }
        } else if is_glob(first) {
            self.is_glob = true;
            for (name, child) in children(node).into_iter().filter(|(name, _)| matches(first, name)) {
                self.step(&at.join(name), child, rest, detours);
            }
        } else if let (Some(found), true) =
            (schemas::end(self.root, at).filter(|(pointer, _)| pointer != at), detours < MAX_DETOURS)
        {
            self.step(&found.0, found.1, segments, detours + 1);
        } else if let ("properties", [name, rest @ ..]) = (first.as_str(), rest) {
            self.property_of_branches(at, name, rest, detours);
        }
    }

    /// Searches a property in the branches of an object.
    fn property_of_branches(&mut self, object: &Pointer, name: &str, rest: &[String], detours: usize) {
        let own = node_at(self.root, object).and_then(|node| node.get("properties"));
        for place in schemas::parts(self.root, object, Follow::All, &["properties", name]) {
            let Some(node) = node_at(self.root, &place).filter(|_| own.is_none() && detours < MAX_DETOURS)
            else {
                continue;
            };
            match rest {
                [] => self.add(place, node.id, Some(object.clone())),
                rest => self.step(&place, node, rest, detours + 1),
            }
        }
    }

    /// Finds `Schema` or `Schema.property`; both names may contain dots.
    fn by_name(&mut self, key: &str) {
        let Some((section, components)) = components(self.root) else { return };
        let words: Vec<&str> = key.split('.').collect();
        for count in 1..=words.len() {
            let (pattern, rest) = (words[..count].join("."), &words[count..]);
            for (name, inner) in self.named(components, &pattern) {
                let place = section.join(name);
                self.inner(vec![(place, None)], &inner, rest);
            }
        }
    }

    /// The keys of a mapping that match a word, and the steps into their values.
    fn named(&mut self, entries: &'n Node, word: &str) -> Vec<(&'n str, Vec<Inner>)> {
        let keys = || entries.as_object().into_iter().flat_map(|entries| entries.keys()).map(String::as_str);
        let (mut name, mut inner) = (word, Vec::new());
        loop {
            if let Some(key) = keys().find(|key| *key == name) {
                return vec![(key, inner)];
            }
            if let Some(shorter) = name.strip_suffix("[]") {
                (name, inner) = (shorter, [vec![Inner::Items], inner].concat());
            } else if let Some(shorter) = name.strip_suffix("{}") {
                (name, inner) = (shorter, [vec![Inner::Values], inner].concat());
            } else {
                break;
            }
        }
        if !is_glob(name) {
            return Vec::new();
        }
        self.is_glob = true;
        keys().filter(|key| matches(name, key)).map(|key| (key, inner.clone())).collect()
    }

    /// Steps into lists and maps, then continues with the named properties.
    fn inner(&mut self, places: Vec<(Pointer, Option<Pointer>)>, inner: &[Inner], words: &[&str]) {
        let mut places = places;
        for one in inner {
            let parts = places.iter().flat_map(|(place, _)| self.parts(place, &[one.keyword()]));
            places = parts.map(|part| (part, None)).collect();
        }
        for (place, object) in places {
            let Some(node) = node_at(self.root, &place) else { continue };
            match words {
                [] => self.add(place, node.id, object),
                words => self.properties(&place, words),
            }
        }
    }

    /// Finds the named properties of an object.
    fn properties(&mut self, object: &Pointer, words: &[&str]) {
        for place in self.parts(object, &["properties"]) {
            let Some(properties) = node_at(self.root, &place) else { continue };
            for count in 1..=words.len() {
                let (pattern, rest) = (words[..count].join("."), &words[count..]);
                for (name, inner) in self.named(properties, &pattern) {
                    self.inner(vec![(place.join(name), Some(object.clone()))], &inner, rest);
                }
            }
        }
    }

    /// The places under keywords in the schemas of one value; alternatives are searched only if nothing else is found.
    fn parts(&self, place: &Pointer, below: &[&str]) -> Vec<Pointer> {
        let own = schemas::parts(self.root, place, Follow::All, below);
        if own.is_empty() { schemas::parts(self.root, place, Follow::Alternatives, below) } else { own }
    }
}

/// The node at a place that passes through no reference.
pub(crate) fn node_at<'n>(root: &'n Node, place: &Pointer) -> Option<&'n Node> {
    place.find(root)
}

fn children(node: &Node) -> Vec<(String, &Node)> {
    match &node.value {
        Value::Object(entries) => entries.iter().map(|(key, child)| (key.clone(), child)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
