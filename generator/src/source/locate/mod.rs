//! Finds the position of each node of a file: its first token and the path to it, in document order. Built once per
//! file, and only for diagnostics.
//!
//! The numbers must match those of the reader that built the tree, so both count the same way: a container before its
//! content, a key before its value, and an alias as a repetition of its anchored node.

mod json;
mod yaml;

use std::ops::Range;

use super::{Format, Pointer};

/// The maximum number of nodes in a text of this length with aliases expanded.
///
/// Without aliases a byte has at most two nodes (a key and an absent value), so the limit only affects aliases.
pub fn node_limit(text: &str) -> u32 {
    const ALIASED: usize = 1_000_000;
    let limit = text.len().saturating_mul(2).saturating_add(ALIASED);
    u32::try_from(limit).unwrap_or(u32::MAX)
}

/// The positions of the nodes of a file.
#[derive(Debug)]
pub(super) struct Index {
    spots: Vec<Spot>,
    names: Vec<Box<str>>,
    merges: bool,
}

/// The position of a node. Offsets and numbers have 32 bits, because a large file has millions of these.
#[derive(Clone, Copy, Debug)]
struct Spot {
    start: u32,
    end: u32,
    parent: u32,
    step: Step,
}

/// The last step of the path to a node.
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
    /// Finds the nodes of a parsed text. Nodes after an error are left out.
    pub(super) fn new(text: &str, format: Format) -> Self {
        match format {
            Format::Json => json::scan(text),
            Format::Yaml => yaml::scan(text),
            Format::Toml => Builder::default().finish(false),
        }
    }

    /// The number of nodes.
    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    /// The byte range of a node's first token.
    pub(super) fn bytes(&self, ordinal: u32) -> Option<Range<usize>> {
        let spot = self.spots.get(ordinal as usize)?;
        Some(spot.start as usize..spot.end as usize)
    }

    /// The pointer to a node; a key has that of its value. Entries of a merge key are found where they are merged
    /// into.
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

    /// The steps from a node up to the root.
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

    /// The child of a container. Of equal keys the last counts, and any takes precedence over a merged one.
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

    /// The children of a container, which follow it and precede the first node of an earlier parent.
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

/// Numbers nodes in the order a scanner finds them.
#[derive(Debug, Default)]
struct Builder {
    spots: Vec<Spot>,
    names: Vec<Box<str>>,
    open: Vec<Open>,
}

/// A container that has not ended yet.
#[derive(Debug)]
struct Open {
    node: u32,
    kind: Container,
}

#[derive(Debug)]
enum Container {
    /// The position of the next item.
    Sequence(u32),
    /// The name of the key whose value comes next.
    Mapping(Option<u32>),
}

impl Builder {
    /// Adds a node; `name` returns its text if it is a key.
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

    /// Adds a container, whose content follows.
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

/// Converts a size to 32 bits. The reader rejects files over 4 GiB, so every offset and number fits.
fn narrow(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
