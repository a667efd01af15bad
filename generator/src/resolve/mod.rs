//! Provides views of the document without references: lowering never sees a reference string.

mod operation;
mod schema;

use indexmap::IndexMap;
use openapiv3::{Components, ExternalDocumentation, Header, Info, Operation, Parameter, ReferenceOr};
use openapiv3::{OpenAPI, RequestBody, Response, Schema, SecurityScheme, Server, StatusCode, Tag};

pub use operation::OperationView;
pub use schema::SchemaRef;

use crate::{
    document::{Description, extension},
    source::{FileId, NodeId},
};

/// A status (`None` for `default`) and its declared response.
pub type DeclaredResponse<'a> = (Option<StatusCode>, Target<'a, Response>);

/// The maximum length of a chain of references.
const MAX_CHAIN: usize = 64;

/// An object, with its name if it is a referenced component.
#[derive(Debug)]
pub struct Target<'a, T> {
    /// The name of the component.
    pub name: Option<&'a str>,
    /// The object.
    pub item: &'a T,
}

impl<T> Clone for Target<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Target<'_, T> {}

/// A document with resolved references.
#[derive(Debug)]
pub struct Document {
    api: OpenAPI,
    further: IndexMap<String, IndexMap<String, Operation>>,
    received: IndexMap<String, ReferenceOr<RequestBody>>,
    components: Components,
}

impl Document {
    /// Creates a view of a document.
    pub fn new(description: Description) -> Self {
        let Description { mut api, further, received } = description;
        let components = api.components.take().unwrap_or_default();
        Self { api, further, received, components }
    }

    /// Title, version and their place.
    pub fn info(&self) -> (&Info, NodeId) {
        (&self.api.info, origin_or_root(&self.api.info.extensions))
    }

    /// The link to documentation of the whole API.
    pub fn external_docs(&self) -> Option<&ExternalDocumentation> {
        self.api.external_docs.as_ref()
    }

    /// The document's servers.
    pub fn servers(&self) -> Vec<(&Server, NodeId)> {
        let servers = self.api.servers.iter();
        servers.map(|server| (server, origin_or_root(&server.extensions))).collect()
    }

    /// The declared tags.
    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.api.tags.iter()
    }

    /// The security schemes by name.
    pub fn security_schemes(&self) -> impl Iterator<Item = (&str, &SecurityScheme, NodeId)> {
        let declared = self.components.security_schemes.iter();
        declared.filter_map(|(name, scheme)| {
            let scheme = follow(scheme, |name| self.components.security_schemes.get_key_value(name))?.item;
            Some((name.as_str(), scheme, scheme_origin(scheme)))
        })
    }

    /// The component schemas except mere references, in document order.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, SchemaRef<'_>)> {
        self.components.schemas.iter().filter_map(|(name, schema)| match schema {
            ReferenceOr::Item(schema) => Some((name.as_str(), SchemaRef::named(name, schema))),
            ReferenceOr::Reference { .. } => None,
        })
    }

    /// A schema, with references resolved.
    pub fn schema<'a>(&'a self, schema: &'a ReferenceOr<Schema>) -> Option<SchemaRef<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(SchemaRef::inline(schema)),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// A schema, with references resolved.
    pub fn boxed_schema<'a>(&'a self, schema: &'a ReferenceOr<Box<Schema>>) -> Option<SchemaRef<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(SchemaRef::inline(schema)),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// The component schema named by a discriminator's `mapping`.
    pub fn mapped<'a>(&'a self, target: &'a str) -> Option<SchemaRef<'a>> {
        self.component(target)
    }

    /// The component schema at the end of a chain of references, with its own name.
    fn component<'a>(&'a self, reference: &'a str) -> Option<SchemaRef<'a>> {
        let mut reference = reference;
        for _ in 0..MAX_CHAIN {
            let (name, schema) = self.components.schemas.get_key_value(component_name(reference))?;
            match schema {
                ReferenceOr::Item(schema) => return Some(SchemaRef::named(name, schema)),
                ReferenceOr::Reference { reference: next } => reference = next,
            }
        }
        None
    }

    /// A parameter, with references resolved.
    pub fn parameter<'a>(&'a self, parameter: &'a ReferenceOr<Parameter>) -> Option<Target<'a, Parameter>> {
        follow(parameter, |name| self.components.parameters.get_key_value(name))
    }

    /// A request body, with references resolved.
    pub fn request_body<'a>(&'a self, body: &'a ReferenceOr<RequestBody>) -> Option<Target<'a, RequestBody>> {
        follow(body, |name| self.components.request_bodies.get_key_value(name))
    }

    /// The bodies of requests that the server sends, named after their component, webhook or callback.
    pub fn received(&self) -> impl Iterator<Item = (&str, &RequestBody)> {
        self.received.iter().filter_map(|(name, body)| {
            let body = self.request_body(body)?;
            Some((body.name.unwrap_or(name), body.item))
        })
    }

    /// A response, with references resolved.
    pub fn response<'a>(&'a self, response: &'a ReferenceOr<Response>) -> Option<Target<'a, Response>> {
        follow(response, |name| self.components.responses.get_key_value(name))
    }

    /// A header, with references resolved.
    pub fn header<'a>(&'a self, header: &'a ReferenceOr<Header>) -> Option<Target<'a, Header>> {
        follow(header, |name| self.components.headers.get_key_value(name))
    }

    /// The responses of an operation by status; `None` is `default`, which comes last.
    pub fn responses<'a>(&'a self, operation: &'a Operation) -> Vec<DeclaredResponse<'a>> {
        let coded =
            operation.responses.responses.iter().map(|(code, response)| (Some(code.clone()), response));
        let default = operation.responses.default.iter().map(|response| (None, response));
        let all = coded.chain(default);
        all.filter_map(|(code, response)| Some((code, self.response(response)?))).collect()
    }
}

/// The component name in a reference, which `normalise` wrote without escapes.
fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').nth(3).unwrap_or(reference)
}

/// Follows a chain of references.
fn follow<'a, T>(
    start: &'a ReferenceOr<T>,
    component: impl Fn(&str) -> Option<(&'a String, &'a ReferenceOr<T>)>,
) -> Option<Target<'a, T>> {
    let (mut name, mut at) = (None, start);
    for _ in 0..MAX_CHAIN {
        match at {
            ReferenceOr::Item(item) => return Some(Target { name, item }),
            ReferenceOr::Reference { reference } => {
                let (next, target) = component(component_name(reference))?;
                (name, at) = (Some(next.as_str()), target);
            }
        }
    }
    None
}

type Extensions = indexmap::IndexMap<String, serde_json::Value>;

/// The place of an object; the document's root if it was not in the document.
fn origin_or_root(extensions: &Extensions) -> NodeId {
    extension::origin(extensions).unwrap_or(NodeId::root(FileId(0)))
}

fn scheme_origin(scheme: &SecurityScheme) -> NodeId {
    match scheme {
        SecurityScheme::APIKey { extensions, .. }
        | SecurityScheme::HTTP { extensions, .. }
        | SecurityScheme::OAuth2 { extensions, .. }
        | SecurityScheme::OpenIDConnect { extensions, .. } => origin_or_root(extensions),
    }
}
