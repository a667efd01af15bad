//! Request bodies and responses with references resolved.

use openapiv3::{ReferenceOr, RequestBody, Response};

use super::{Document, HeaderRef, MediaTypeRef, store::follow};
use crate::source::NodeId;

/// A request body, with its name if it is a component.
#[derive(Clone, Copy, Debug)]
pub struct RequestBodyRef<'a> {
    document: &'a Document,
    name: Option<&'a str>,
    body: &'a RequestBody,
}

/// A response, with its name if it is a component.
#[derive(Clone, Copy, Debug)]
pub struct ResponseRef<'a> {
    document: &'a Document,
    name: Option<&'a str>,
    status: Status,
    response: &'a Response,
}

/// The statuses that a response is declared for (OpenAPI 3.1 §4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// `1XX` to `5XX`, by the first digit.
    Range(u8),
    /// `default`
    Default,
}

impl<'a> RequestBodyRef<'a> {
    pub(super) fn resolve(document: &'a Document, body: &'a ReferenceOr<RequestBody>) -> Option<Self> {
        let (name, body) = follow(&document.components.request_bodies, body)?;
        Some(Self { document, name, body })
    }

    /// The name of the component.
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.body.extensions)
    }

    /// `required`
    pub fn is_required(self) -> bool {
        self.body.required
    }

    /// `description`
    pub fn description(self) -> Option<&'a str> {
        self.body.description.as_deref()
    }

    /// `content`
    pub fn content(self) -> impl Iterator<Item = MediaTypeRef<'a>> {
        MediaTypeRef::all(self.document, &self.body.content)
    }
}

impl<'a> ResponseRef<'a> {
    pub(super) fn resolve(
        document: &'a Document,
        status: Status,
        response: &'a ReferenceOr<Response>,
    ) -> Option<Self> {
        let (name, response) = follow(&document.components.responses, response)?;
        Some(Self { document, name, status, response })
    }

    /// The name of the component.
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// The statuses it is declared for.
    pub fn status(self) -> Status {
        self.status
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.response.extensions)
    }

    /// `description`
    pub fn description(self) -> &'a str {
        &self.response.description
    }

    /// `content`
    pub fn content(self) -> impl Iterator<Item = MediaTypeRef<'a>> {
        MediaTypeRef::all(self.document, &self.response.content)
    }

    /// `headers`
    pub fn headers(self) -> impl Iterator<Item = (&'a str, HeaderRef<'a>)> {
        let (document, headers) = (self.document, self.response.headers.iter());
        headers.filter_map(move |(name, header)| Some((name.as_str(), HeaderRef::resolve(document, header)?)))
    }

    /// Whether it has a header of a name, which is in any case (RFC 9110 §5.1).
    pub fn has_header(self, name: &str) -> bool {
        self.response.headers.keys().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Whether it has no content.
    pub fn is_empty(self) -> bool {
        self.response.content.is_empty()
    }
}
