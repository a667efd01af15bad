//! The document as a whole, and its components.

use indexmap::IndexMap;
use openapiv3::{Components, ExternalDocumentation, Operation, Tag};
use openapiv3::{Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response, Schema};

use super::{
    HeaderRef, ParameterRef, RequestBodyRef, ResponseRef, SchemaRef, SecuritySchemeRef, ServerRef, Status,
    server,
};
use crate::{
    document::{Description, facts::Facts},
    source::{FileId, NodeId},
};

/// The maximum length of a chain of references.
pub(super) const MAX_CHAIN: usize = 64;

/// A document with resolved references.
#[derive(Debug)]
pub struct Document {
    pub(super) api: OpenAPI,
    pub(super) facts: Facts,
    further: IndexMap<String, IndexMap<String, Operation>>,
    received: IndexMap<String, ReferenceOr<RequestBody>>,
    components: Components,
    summary: Option<String>,
}

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

/// A link to documentation elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct LinkRef<'a> {
    /// The address.
    pub url: &'a str,
    /// What is there.
    pub description: Option<&'a str>,
}

impl<'a> LinkRef<'a> {
    pub(super) fn new(link: &'a ExternalDocumentation) -> Self {
        Self { url: &link.url, description: link.description.as_deref() }
    }
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
    /// Creates a view of a document.
    pub fn new(description: Description) -> Self {
        let Description { mut api, further, received, summary, facts } = description;
        let components = api.components.take().unwrap_or_default();
        Self { api, facts, further, received, components, summary }
    }

    /// The root of the document.
    pub(super) fn root(&self) -> NodeId {
        NodeId::root(FileId(0))
    }

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
        let declared = self.components.security_schemes.iter();
        declared.filter_map(|(name, scheme)| {
            let component = |name: &str| self.components.security_schemes.get_key_value(name);
            Some(server::security_scheme(self, name, follow(scheme, component)?.1))
        })
    }

    /// The component schemas except mere references, in document order.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, SchemaRef<'_>)> {
        self.components.schemas.iter().filter_map(|(name, schema)| match schema {
            ReferenceOr::Item(schema) => Some((name.as_str(), SchemaRef::named(self, name, schema))),
            ReferenceOr::Reference { .. } => None,
        })
    }

    /// A schema, with references resolved.
    pub(super) fn schema<'a>(&'a self, schema: &'a ReferenceOr<Schema>) -> Option<SchemaRef<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(SchemaRef::inline(self, schema)),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// A schema, with references resolved.
    pub(super) fn boxed_schema<'a>(&'a self, schema: &'a ReferenceOr<Box<Schema>>) -> Option<SchemaRef<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(SchemaRef::inline(self, schema)),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// The component schema at the end of a chain of references, with its own name.
    pub(super) fn component<'a>(&'a self, reference: &'a str) -> Option<SchemaRef<'a>> {
        let mut reference = reference;
        for _ in 0..MAX_CHAIN {
            let (name, schema) = self.components.schemas.get_key_value(component_name(reference))?;
            match schema {
                ReferenceOr::Item(schema) => return Some(SchemaRef::named(self, name, schema)),
                ReferenceOr::Reference { reference: next } => reference = next,
            }
        }
        None
    }

    /// A parameter, with references resolved.
    pub(super) fn parameter<'a>(&'a self, parameter: &'a ReferenceOr<Parameter>) -> Option<ParameterRef<'a>> {
        let (name, item) = follow(parameter, |name| self.components.parameters.get_key_value(name))?;
        Some(ParameterRef::new(self, name, item))
    }

    /// A request body, with references resolved.
    pub(super) fn request_body<'a>(
        &'a self,
        body: &'a ReferenceOr<RequestBody>,
    ) -> Option<RequestBodyRef<'a>> {
        let (name, item) = follow(body, |name| self.components.request_bodies.get_key_value(name))?;
        Some(RequestBodyRef::new(self, name, item))
    }

    /// The bodies of requests that the server sends, named after their component, webhook or callback.
    pub fn received(&self) -> impl Iterator<Item = (&str, RequestBodyRef<'_>)> {
        self.received.iter().filter_map(|(name, body)| {
            let body = self.request_body(body)?;
            Some((body.name().unwrap_or(name), body))
        })
    }

    /// A response, with references resolved.
    pub(super) fn response<'a>(
        &'a self,
        status: Status,
        response: &'a ReferenceOr<Response>,
    ) -> Option<ResponseRef<'a>> {
        let (name, item) = follow(response, |name| self.components.responses.get_key_value(name))?;
        Some(ResponseRef::new(self, name, status, item))
    }

    /// A header, with references resolved.
    pub(super) fn header<'a>(&'a self, header: &'a ReferenceOr<Header>) -> Option<HeaderRef<'a>> {
        let (_, item) = follow(header, |name| self.components.headers.get_key_value(name))?;
        Some(HeaderRef::new(self, item))
    }

    /// The operations of a path whose method `openapiv3` has no field for, by method.
    pub(super) fn further(&self, path: &str) -> impl Iterator<Item = (&str, &Operation)> {
        let further = self.further.get(path).into_iter().flatten();
        further.map(|(method, operation)| (method.as_str(), operation))
    }
}

/// The component name in a reference, which `normalise` wrote without escapes.
fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').nth(3).unwrap_or(reference)
}

/// Follows a chain of references. Returns the object, and its name if it is a component.
fn follow<'a, T>(
    start: &'a ReferenceOr<T>,
    component: impl Fn(&str) -> Option<(&'a String, &'a ReferenceOr<T>)>,
) -> Option<(Option<&'a str>, &'a T)> {
    let (mut name, mut at) = (None, start);
    for _ in 0..MAX_CHAIN {
        match at {
            ReferenceOr::Item(item) => return Some((name, item)),
            ReferenceOr::Reference { reference } => {
                let (next, target) = component(component_name(reference))?;
                (name, at) = (Some(next.as_str()), target);
            }
        }
    }
    None
}
