//! Positions of nodes. In: a file's text. Out: for each node, in document order, its first token and the
//! way to it. Built once per file, and only when something about that file has to be said.
//!
//! The numbers must be those that the reader gave while it built the tree, so both count alike: a container
//! before its content, a key before its value, and an alias as if the anchored node were written out again.

mod json;
mod yaml;

use std::ops::Range;

use super::{Format, Pointer};

/// How many nodes a text of this length may hold once its aliases are written out.
///
/// Without aliases there are at most two nodes (a key and an absent value) to a byte, so the limit binds
/// aliases only.
pub fn node_limit(text: &str) -> u32 {
    const ALIASED: usize = 1_000_000;
    let limit = text.len().saturating_mul(2).saturating_add(ALIASED);
    u32::try_from(limit).unwrap_or(u32::MAX)
}

/// The positions of all nodes of one file.
#[derive(Debug)]
pub(super) struct Index {
    spots: Vec<Spot>,
    names: Vec<Box<str>>,
    merges: bool,
}

/// Where one node stands. Bytes and numbers are 32 bits wide because a large file has millions of these.
#[derive(Clone, Copy, Debug)]
struct Spot {
    start: u32,
    end: u32,
    parent: u32,
    step: Step,
}

/// The last step on the way to a node.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The document itself
    Root,
    /// A key, by its name
    Key(u32),
    /// The value of a mapping entry, by the name of its key
    Entry(u32),
    /// An item of a sequence, by its position
    Item(u32),
}

impl Index {
    /// Finds the nodes of a text that parsed. What follows an error is left out.
    pub(super) fn new(text: &str, format: Format) -> Self {
        match format {
            Format::Json => json::scan(text),
            Format::Yaml => yaml::scan(text),
            Format::Toml => Builder::default().finish(false),
        }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    /// The bytes of a node's first token.
    pub(super) fn bytes(&self, ordinal: u32) -> Option<Range<usize>> {
        let spot = self.spots.get(ordinal as usize)?;
        Some(spot.start as usize..spot.end as usize)
    }

    /// The pointer to a node; that of a key is its value's. What a merge key brings in is found where it
    /// comes to stand.
    pub(super) fn pointer(&self, ordinal: u32) -> Pointer {
        let mut steps = self.steps(ordinal);
        let mut segments = Vec::new();
        while let Some(step) = steps.pop() {
            match step {
                Step::Root => {}
                Step::Key(name) | Step::Entry(name) if self.is_merge(name) && !steps.is_empty() => {
                    // A list of merged mappings adds the position in the list.
                    steps.pop_if(|next| matches!(next, Step::Item(_)));
                }
                Step::Key(name) | Step::Entry(name) => segments.push(self.name(name).to_owned()),
                Step::Item(position) => segments.push(position.to_string()),
            }
        }
        segments.into_iter().collect()
    }

    /// The way from a node up to the root.
    fn steps(&self, ordinal: u32) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = ordinal as usize;
        while let Some(spot) = self.spots.get(at) {
            steps.push(spot.step);
            if matches!(spot.step, Step::Root) {
                break;
            }
            at = spot.parent as usize;
        }
        steps
    }

    /// The number of the node at a pointer.
    pub(super) fn find(&self, pointer: &Pointer) -> Option<u32> {
        self.spots.first()?;
        pointer.segments().iter().try_fold(0, |node, segment| self.child(node, segment))
    }

    /// The child of a container. Of equal keys the last counts, and any before one that is merged in.
    fn child(&self, parent: u32, segment: &str) -> Option<u32> {
        let named = self.children(parent).filter(|(_, step)| self.matches(*step, segment)).last();
        named
            .map(|(node, _)| node)
            .or_else(|| self.merged(parent).into_iter().find_map(|node| self.child(node, segment)))
    }

    fn matches(&self, step: Step, segment: &str) -> bool {
        match step {
            Step::Entry(name) => self.name(name) == segment,
            Step::Item(position) => segment.parse() == Ok(position),
            Step::Root | Step::Key(_) => false,
        }
    }

    /// The mappings that the merge keys of a mapping name.
    fn merged(&self, parent: u32) -> Vec<u32> {
        let values = self
            .children(parent)
            .filter(|(_, step)| matches!(step, Step::Entry(name) if self.is_merge(*name)));
        values
            .flat_map(|(value, _)| {
                let items = self.children(value).filter(|(_, step)| matches!(step, Step::Item(_)));
                let items: Vec<_> = items.map(|(item, _)| item).collect();
                if items.is_empty() { vec![value] } else { items }
            })
            .collect()
    }

    /// The children of a container, which lie behind it and before the first node of an earlier parent.
    fn children(&self, parent: u32) -> impl Iterator<Item = (u32, Step)> {
        (parent + 1..)
            .zip(self.spots.iter().skip(parent as usize + 1))
            .take_while(move |(_, spot)| spot.parent >= parent)
            .filter(move |(_, spot)| spot.parent == parent)
            .map(|(node, spot)| (node, spot.step))
    }

    fn is_merge(&self, name: u32) -> bool {
        self.merges && self.name(name) == "<<"
    }

    fn name(&self, name: u32) -> &str {
        self.names.get(name as usize).map_or("", |name| name)
    }
}

/// Numbers nodes as a scanner meets them.
#[derive(Debug, Default)]
struct Builder {
    spots: Vec<Spot>,
    names: Vec<Box<str>>,
    open: Vec<Open>,
}

/// A container that has not ended.
#[derive(Debug)]
struct Open {
    node: u32,
    kind: Container,
}

#[derive(Debug)]
enum Container {
    /// The position of the next item
    Sequence(u32),
    /// The name of the key whose value comes next
    Mapping(Option<u32>),
}

impl Builder {
    /// Takes a node in; `name` gives its text if it turns out to be a key.
    fn node(&mut self, bytes: Range<usize>, name: impl FnOnce() -> Box<str>) -> u32 {
        let parent = self.open.last().map_or(0, |open| open.node);
        let step = match self.open.last_mut().map(|open| &mut open.kind) {
            None => Step::Root,
            Some(Container::Sequence(next)) => {
                *next += 1;
                Step::Item(*next - 1)
            }
            Some(Container::Mapping(key)) => match key.take() {
                Some(name) => Step::Entry(name),
                None => {
                    let index = narrow(self.names.len());
                    self.names.push(name());
                    *key = Some(index);
                    Step::Key(index)
                }
            },
        };
        self.spots.push(Spot { start: narrow(bytes.start), end: narrow(bytes.end), parent, step });
        narrow(self.spots.len() - 1)
    }

    /// Takes a container in, whose content follows.
    fn open(&mut self, bytes: Range<usize>, kind: Container) -> u32 {
        let node = self.node(bytes, Box::default);
        self.open.push(Open { node, kind });
        node
    }

    /// Ends the innermost container.
    fn close(&mut self) -> Option<u32> {
        self.open.pop().map(|open| open.node)
    }

    fn finish(self, merges: bool) -> Index {
        Index { spots: self.spots, names: self.names, merges }
    }
}

/// Files of more than 4 GiB are refused by the reader, so that every offset and number fits.
fn narrow(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
