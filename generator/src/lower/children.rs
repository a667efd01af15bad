//! Which components build on which, by `allOf`.

use std::collections::{HashMap, HashSet};

use crate::resolve::{Document, SchemaRef};

/// The components that build on each component, in document order.
pub(super) struct Children<'a> {
    by_base: HashMap<&'a str, Vec<SchemaRef<'a>>>,
}

impl<'a> Children<'a> {
    /// Looks through every component.
    pub(super) fn new(document: &'a Document) -> Self {
        let mut by_base: HashMap<&'a str, Vec<SchemaRef<'a>>> = HashMap::new();
        for (_, schema) in document.schemas() {
            for branch in &schema.kind().all_of {
                if let Some(base) = document.schema(branch).and_then(SchemaRef::name) {
                    by_base.entry(base).or_default().push(schema);
                }
            }
        }
        Self { by_base }
    }

    /// Those that build on a component, directly or through others.
    pub(super) fn descendants(&self, base: &'a str) -> Vec<SchemaRef<'a>> {
        let (mut found, mut seen) = (Vec::new(), HashSet::from([base]));
        let mut pending = vec![base];
        while let Some(name) = pending.pop() {
            for child in self.by_base.get(name).into_iter().flatten() {
                if let Some(name) = child.name().filter(|name| seen.insert(name)) {
                    found.push(*child);
                    pending.push(name);
                }
            }
        }
        found.sort_by_key(|child| child.origin());
        found
    }
}
