//! Which components extend which, by `allOf`.

use std::collections::{HashMap, HashSet};

use crate::resolve::{Document, SchemaRef};

/// The components that extend each component, in document order.
pub(super) struct Children<'a> {
    by_base: HashMap<&'a str, Vec<SchemaRef<'a>>>,
    /// Those that are alternatives of a component they extend.
    families: HashSet<&'a str>,
    /// The places of the alternatives that each component lists.
    listed: HashMap<&'a str, HashSet<usize>>,
}

impl<'a> Children<'a> {
    /// Examines every component.
    pub(super) fn new(document: &'a Document) -> Self {
        let mut children = Self { by_base: HashMap::new(), families: HashSet::new(), listed: HashMap::new() };
        for (_, schema) in document.schemas() {
            for base in schema.all_of().iter().filter_map(SchemaRef::name) {
                children.by_base.entry(base).or_default().push(schema);
            }
        }
        for (name, schema) in document.schemas() {
            let members = match listed(schema) {
                listed if !listed.is_empty() => {
                    let built = children.by_base.get(name).into_iter().flatten();
                    let members = built.filter(|child| listed.contains(&child.place())).copied().collect();
                    children.listed.insert(name, listed);
                    members
                }
                _ if schema.discriminator().is_some() => children.descendants(name),
                _ => Vec::new(),
            };
            children.families.extend(members.into_iter().filter_map(SchemaRef::name));
        }
        children
    }

    /// Whether a component lists the schema at a place among its alternatives.
    pub(super) fn lists(&self, base: &str, place: usize) -> bool {
        self.listed.get(base).is_some_and(|places| places.contains(&place))
    }

    /// Whether a component is an alternative of a component that it extends.
    pub(super) fn is_in_family(&self, name: &str) -> bool {
        self.families.contains(name)
    }

    /// The components that extend a component, directly or indirectly.
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

/// The places of the alternatives that a schema lists.
fn listed(schema: SchemaRef<'_>) -> HashSet<usize> {
    schema.one_of().iter().chain(schema.any_of().iter()).map(SchemaRef::place).collect()
}
