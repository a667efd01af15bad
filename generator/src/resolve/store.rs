//! The document as it was built, and where its references lead.

use indexmap::IndexMap;
use openapiv3::{Components, OpenAPI, Operation, PathItem, ReferenceOr, RequestBody};

use crate::{
    document::{Description, facts::Facts},
    source::{FileId, NodeId},
};

/// The maximum length of a chain of references.
const MAX_CHAIN: usize = 64;

/// A document with resolved references.
#[derive(Debug)]
pub struct Document {
    pub(super) api: OpenAPI,
    pub(super) facts: Facts,
    pub(super) components: Components,
    /// Operations of webhooks, by name.
    pub(super) webhooks: IndexMap<String, Operation>,
    /// Bodies of the requests of callbacks, by name.
    pub(super) received: IndexMap<String, ReferenceOr<RequestBody>>,
    pub(super) summary: Option<String>,
    further: IndexMap<String, IndexMap<String, Operation>>,
}

impl Document {
    /// Creates a view of a document.
    pub fn new(description: Description) -> Self {
        let Description { mut api, further, webhooks, received, summary, facts } = description;
        let components = api.components.take().unwrap_or_default();
        Self { api, facts, further, webhooks, received, components, summary }
    }

    /// The root of the document.
    pub(super) fn root(&self) -> NodeId {
        NodeId::root(FileId(0))
    }

    /// The operations of a path whose method `openapiv3` has no field for, by method.
    pub(super) fn further(&self, path: &str) -> impl Iterator<Item = (&str, &Operation)> {
        let further = self.further.get(path).into_iter().flatten();
        further.map(|(method, operation)| (method.as_str(), operation))
    }

    /// The path item of a path, and the path it was written under.
    pub(super) fn path_item(&self, path: &str) -> Option<(&str, &PathItem)> {
        let mut path = path;
        for _ in 0..MAX_CHAIN {
            match self.api.paths.paths.get_key_value(path)? {
                (written, ReferenceOr::Item(item)) => return Some((written, item)),
                (_, ReferenceOr::Reference { reference }) => path = reference.strip_prefix("#/paths/")?,
            }
        }
        None
    }
}

/// Follows a chain of references into a section of components. Returns the object, and its name if it is a component.
pub(super) fn follow<'a, T>(
    section: &'a IndexMap<String, ReferenceOr<T>>,
    start: &'a ReferenceOr<T>,
) -> Option<(Option<&'a str>, &'a T)> {
    match start {
        ReferenceOr::Item(item) => Some((None, item)),
        ReferenceOr::Reference { reference } => {
            component(section, reference).map(|(name, item)| (Some(name), item))
        }
    }
}

/// The component at the end of a chain of references, with its own name.
pub(super) fn component<'a, T>(
    section: &'a IndexMap<String, ReferenceOr<T>>,
    reference: &'a str,
) -> Option<(&'a str, &'a T)> {
    let mut reference = reference;
    for _ in 0..MAX_CHAIN {
        let (name, target) = section.get_key_value(component_name(reference))?;
        match target {
            ReferenceOr::Item(item) => return Some((name, item)),
            ReferenceOr::Reference { reference: next } => reference = next,
        }
    }
    None
}

/// The component name in a reference, which `normalise` wrote without escapes.
fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').nth(3).unwrap_or(reference)
}
