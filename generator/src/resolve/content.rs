//! Media types, how their forms are written, and headers, with references resolved.

use indexmap::IndexMap;
use openapiv3::{Encoding, Header, MediaType, ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

use super::{Document, SchemaRef, store::follow};
use crate::source::NodeId;

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

/// A header of a response or of a part.
#[derive(Clone, Copy, Debug)]
pub struct HeaderRef<'a> {
    document: &'a Document,
    header: &'a Header,
}

/// The styles of query parameters and form properties (OpenAPI 3.1 §4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
}

impl QueryStyle {
    pub(super) fn new(style: &openapiv3::QueryStyle) -> Self {
        match style {
            openapiv3::QueryStyle::Form => Self::Form,
            openapiv3::QueryStyle::SpaceDelimited => Self::SpaceDelimited,
            openapiv3::QueryStyle::PipeDelimited => Self::PipeDelimited,
            openapiv3::QueryStyle::DeepObject => Self::DeepObject,
        }
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
        SchemaRef::resolve(self.document, self.media.schema.as_ref()?)
    }

    /// `example`, or the first of `examples`; only of request bodies
    pub fn example(self) -> Option<&'a Value> {
        self.media.example.as_ref()
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
        headers.filter_map(move |(name, header)| {
            Some((name.as_str(), HeaderRef::resolve(self.document, header)?))
        })
    }
}

impl<'a> HeaderRef<'a> {
    pub(super) fn resolve(document: &'a Document, header: &'a ReferenceOr<Header>) -> Option<Self> {
        let (_, header) = follow(&document.components.headers, header)?;
        Some(Self { document, header })
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.header.extensions)
    }

    /// `required`
    pub fn is_required(self) -> bool {
        self.header.required
    }

    /// `description`
    pub fn description(self) -> Option<&'a str> {
        self.header.description.as_deref()
    }

    /// The schema of its value, its own or that of its content.
    pub fn schema(self) -> Option<SchemaRef<'a>> {
        schema(self.document, &self.header.format)
    }

    /// The media type that its value is written in, instead of a style.
    pub fn content(self) -> Option<MediaTypeRef<'a>> {
        content(self.document, &self.header.format)
    }
}

/// The schema of a parameter's or header's value, its own or that of its content.
pub(super) fn schema<'a>(
    document: &'a Document,
    format: &'a ParameterSchemaOrContent,
) -> Option<SchemaRef<'a>> {
    match format {
        ParameterSchemaOrContent::Schema(schema) => SchemaRef::resolve(document, schema),
        ParameterSchemaOrContent::Content(_) => content(document, format)?.schema(),
    }
}

/// The only entry of `content` (OpenAPI 3.1 §4.8.12.2).
pub(super) fn content<'a>(
    document: &'a Document,
    format: &'a ParameterSchemaOrContent,
) -> Option<MediaTypeRef<'a>> {
    match format {
        ParameterSchemaOrContent::Schema(_) => None,
        ParameterSchemaOrContent::Content(content) => MediaTypeRef::all(document, content).next(),
    }
}
