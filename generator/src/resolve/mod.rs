//! The document to reference-free views. In: the document, whose every reference leads to a component. Out: views
//! that lowering reads without ever seeing a reference string.

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

/// A status, `None` standing for `default`, and the response that is declared for it.
pub type DeclaredResponse<'a> = (Option<StatusCode>, Target<'a, Response>);

/// How many references to references are followed.
const MAX_CHAIN: usize = 64;

/// What stands in a place, with its name if it is a component that was referred to.
#[derive(Debug)]
pub struct Target<'a, T> {
    /// The component's name.
    pub name: Option<&'a str>,
    /// The object itself.
    pub item: &'a T,
}

impl<T> Clone for Target<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Target<'_, T> {}

/// A document and what its references lead to.
#[derive(Debug)]
pub struct Document {
    api: OpenAPI,
    further: IndexMap<String, IndexMap<String, Operation>>,
    received: IndexMap<String, ReferenceOr<RequestBody>>,
    components: Components,
}

impl Document {
    /// Takes a document in.
    pub fn new(description: Description) -> Self {
        let Description { mut api, further, received } = description;
        let components = api.components.take().unwrap_or_default();
        Self { api, further, received, components }
    }

    /// Title, version and where they stand.
    pub fn info(&self) -> (&Info, NodeId) {
        (&self.api.info, origin_or_root(&self.api.info.extensions))
    }

    /// Where more is said of all of it.
    pub fn external_docs(&self) -> Option<&ExternalDocumentation> {
        self.api.external_docs.as_ref()
    }

    /// The document's own servers.
    pub fn servers(&self) -> Vec<(&Server, NodeId)> {
        let servers = self.api.servers.iter();
        servers.map(|server| (server, origin_or_root(&server.extensions))).collect()
    }

    /// The declared tags.
    pub fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.api.tags.iter()
    }

    /// The ways to authenticate, by name.
    pub fn security_schemes(&self) -> impl Iterator<Item = (&str, &SecurityScheme, NodeId)> {
        let declared = self.components.security_schemes.iter();
        declared.filter_map(|(name, scheme)| {
            let scheme = follow(scheme, |name| self.components.security_schemes.get_key_value(name))?.item;
            Some((name.as_str(), scheme, scheme_origin(scheme)))
        })
    }

    /// The component schemas that are more than a reference, in document order.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, SchemaRef<'_>)> {
        self.components.schemas.iter().filter_map(|(name, schema)| match schema {
            ReferenceOr::Item(schema) => Some((name.as_str(), SchemaRef::named(name, schema))),
            ReferenceOr::Reference { .. } => None,
        })
    }

    /// What stands in a schema's place, by reference or directly.
    pub fn schema<'a>(&'a self, schema: &'a ReferenceOr<Schema>) -> Option<SchemaRef<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(SchemaRef::inline(schema)),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// What stands in a schema's place, by reference or directly.
    pub fn boxed_schema<'a>(&'a self, schema: &'a ReferenceOr<Box<Schema>>) -> Option<SchemaRef<'a>> {
        match schema {
            ReferenceOr::Item(schema) => Some(SchemaRef::inline(schema)),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// The component schema that a discriminator's `mapping` names.
    pub fn mapped<'a>(&'a self, target: &'a str) -> Option<SchemaRef<'a>> {
        self.component(target)
    }

    /// The component schema at the end of a chain of references, under its own name.
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

    /// A parameter.
    pub fn parameter<'a>(&'a self, parameter: &'a ReferenceOr<Parameter>) -> Option<Target<'a, Parameter>> {
        follow(parameter, |name| self.components.parameters.get_key_value(name))
    }

    /// A request body.
    pub fn request_body<'a>(&'a self, body: &'a ReferenceOr<RequestBody>) -> Option<Target<'a, RequestBody>> {
        follow(body, |name| self.components.request_bodies.get_key_value(name))
    }

    /// The bodies of requests that the server sends; one that is not a component is called as its webhook or callback.
    pub fn received(&self) -> impl Iterator<Item = (&str, &RequestBody)> {
        self.received.iter().filter_map(|(name, body)| {
            let body = self.request_body(body)?;
            Some((body.name.unwrap_or(name), body.item))
        })
    }

    /// A response.
    pub fn response<'a>(&'a self, response: &'a ReferenceOr<Response>) -> Option<Target<'a, Response>> {
        follow(response, |name| self.components.responses.get_key_value(name))
    }

    /// A header.
    pub fn header<'a>(&'a self, header: &'a ReferenceOr<Header>) -> Option<Target<'a, Header>> {
        follow(header, |name| self.components.headers.get_key_value(name))
    }

    /// The responses of an operation by status, `None` standing for `default`, which comes last.
    pub fn responses<'a>(&'a self, operation: &'a Operation) -> Vec<DeclaredResponse<'a>> {
        let coded =
            operation.responses.responses.iter().map(|(code, response)| (Some(code.clone()), response));
        let default = operation.responses.default.iter().map(|response| (None, response));
        let all = coded.chain(default);
        all.filter_map(|(code, response)| Some((code, self.response(response)?))).collect()
    }
}

/// The name of a component from a reference to it, which `normalise` wrote without escapes.
fn component_name(reference: &str) -> &str {
    reference.splitn(4, '/').nth(3).unwrap_or(reference)
}

/// What a chain of references leads to.
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

/// Where an object stands; the document itself for one that the document does not have.
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
