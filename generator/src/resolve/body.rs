//! Request bodies, responses and their contents with references resolved.

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType, RequestBody, Response};

use super::{Document, HeaderRef, QueryStyle, SchemaRef};
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

/// A media type and its declaration.
#[derive(Clone, Copy, Debug)]
pub struct MediaTypeRef<'a> {
    document: &'a Document,
    name: &'a str,
    media: &'a MediaType,
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug)]
pub struct EncodingRef<'a> {
    document: &'a Document,
    encoding: &'a Encoding,
}

impl<'a> RequestBodyRef<'a> {
    pub(super) fn new(document: &'a Document, name: Option<&'a str>, body: &'a RequestBody) -> Self {
        Self { document, name, body }
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
    pub(super) fn new(
        document: &'a Document,
        name: Option<&'a str>,
        status: Status,
        response: &'a Response,
    ) -> Self {
        Self { document, name, status, response }
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

    /// Whether it has no content.
    pub fn is_empty(self) -> bool {
        self.response.content.is_empty()
    }
}

impl<'a> MediaTypeRef<'a> {
    /// The media types of `content`.
    pub(super) fn all(
        document: &'a Document,
        content: &'a IndexMap<String, MediaType>,
    ) -> impl Iterator<Item = Self> {
        content.iter().map(move |(name, media)| Self { document, name, media })
    }

    /// The media type or range, as declared.
    pub fn name(self) -> &'a str {
        self.name
    }

    /// `schema`
    pub fn schema(self) -> Option<SchemaRef<'a>> {
        self.document.schema(self.media.schema.as_ref()?)
    }

    /// `encoding`
    pub fn encodings(self) -> impl Iterator<Item = (&'a str, EncodingRef<'a>)> {
        let document = self.document;
        self.media
            .encoding
            .iter()
            .map(move |(name, encoding)| (name.as_str(), EncodingRef { document, encoding }))
    }

    /// How a property is written, if that is stated.
    pub fn encoding(self, property: &str) -> Option<EncodingRef<'a>> {
        Some(EncodingRef { document: self.document, encoding: self.media.encoding.get(property)? })
    }
}

impl<'a> EncodingRef<'a> {
    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.encoding.extensions)
    }

    /// `contentType`
    pub fn content_type(self) -> Option<&'a str> {
        self.encoding.content_type.as_deref()
    }

    /// `style`
    pub fn style(self) -> Option<QueryStyle> {
        self.encoding.style.as_ref().map(QueryStyle::new)
    }

    /// `explode`
    pub fn explode(self) -> bool {
        self.encoding.explode
    }

    /// `allowReserved`
    pub fn allows_reserved(self) -> bool {
        self.encoding.allow_reserved
    }

    /// `headers`
    pub fn headers(self) -> impl Iterator<Item = (&'a str, HeaderRef<'a>)> {
        let headers = self.encoding.headers.iter();
        headers.filter_map(move |(name, header)| Some((name.as_str(), self.document.header(header)?)))
    }
}
