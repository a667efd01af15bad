//! What a document holds, as views.

use openapiv3::{ReferenceOr, Tag};

use super::{
    LinkRef, OperationRef, RequestBodyRef, SchemaRef, SecuritySchemeRef, ServerRef, WebhookRef,
    store::{Document, follow},
};
use crate::source::NodeId;

/// The title, version and description of a document.
#[derive(Clone, Copy, Debug)]
pub struct InfoRef<'a> {
    /// Where it was written.
    pub origin: NodeId,
    /// The title of the API.
    pub title: &'a str,
    /// The version of the document.
    pub version: &'a str,
    /// The short summary.
    pub summary: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
}

/// A declared tag.
#[derive(Clone, Copy, Debug)]
pub struct TagRef<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its parent.
    pub parent: Option<&'a str>,
    /// What it is for; `nav`, to group operations, if absent.
    pub kind: Option<&'a str>,
    /// Its description.
    pub description: Option<&'a str>,
    /// The link to its documentation.
    pub external_docs: Option<LinkRef<'a>>,
}

impl Document {
    /// Title, version and description.
    pub fn info(&self) -> InfoRef<'_> {
        let info = &self.api.info;
        InfoRef {
            origin: self.facts.origin(&info.extensions),
            title: &info.title,
            version: &info.version,
            summary: self.summary.as_deref(),
            description: info.description.as_deref(),
        }
    }

    /// The link to documentation of the whole API.
    pub fn external_docs(&self) -> Option<LinkRef<'_>> {
        self.api.external_docs.as_ref().map(LinkRef::new)
    }

    /// The document's servers.
    pub fn servers(&self) -> impl Iterator<Item = ServerRef<'_>> {
        self.api.servers.iter().map(|server| ServerRef::new(self, server))
    }

    /// The declared tags.
    pub fn tags(&self) -> impl Iterator<Item = TagRef<'_>> {
        self.api.tags.iter().map(|tag| self.tag(tag))
    }

    fn tag<'a>(&'a self, tag: &'a Tag) -> TagRef<'a> {
        let facts = self.facts.tag(&tag.extensions);
        TagRef {
            name: &tag.name,
            parent: facts.and_then(|facts| facts.parent.as_deref()),
            kind: facts.and_then(|facts| facts.kind.as_deref()),
            description: tag.description.as_deref(),
            external_docs: tag.external_docs.as_ref().map(LinkRef::new),
        }
    }

    /// The security schemes.
    pub fn security_schemes(&self) -> impl Iterator<Item = SecuritySchemeRef<'_>> {
        let declared = &self.components.security_schemes;
        declared.iter().filter_map(|(name, scheme)| {
            Some(SecuritySchemeRef::new(self, name, follow(declared, scheme)?.1))
        })
    }

    /// The component schemas except mere references, in document order.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, SchemaRef<'_>)> {
        self.components.schemas.iter().filter_map(|(name, schema)| match schema {
            ReferenceOr::Item(schema) => Some((name.as_str(), SchemaRef::named(self, name, schema))),
            ReferenceOr::Reference { .. } => None,
        })
    }

    /// The webhooks, in document order.
    pub fn webhooks(&self) -> impl Iterator<Item = WebhookRef<'_>> {
        self.webhooks.iter().map(|(name, operation)| WebhookRef::new(self, name, operation))
    }

    /// The bodies of the requests of callbacks, named after their component or callback.
    pub fn received(&self) -> impl Iterator<Item = (&str, RequestBodyRef<'_>)> {
        self.received.iter().filter_map(|(name, body)| {
            let body = RequestBodyRef::resolve(self, body)?;
            Some((body.name().unwrap_or(name), body))
        })
    }

    /// The operations in document order.
    pub fn operations(&self) -> Vec<OperationRef<'_>> {
        let paths = self.api.paths.paths.keys();
        let mut operations: Vec<OperationRef<'_>> =
            paths.flat_map(|path| OperationRef::of_path(self, path)).collect();
        operations.sort_by_cached_key(|operation| operation.origin());
        operations
    }
}
