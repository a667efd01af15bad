//! Lowers request bodies, and the content of bodies by media type.

use super::{
    Lowering,
    media::{Rank, concrete, essence, is_form_data, is_json, is_range, rank, subtype},
    parameter::query_style,
    schemas::docs,
    usage::part_of,
};
use crate::{
    diagnostic::Code,
    ir::{Body, Content, OperationId, Origin, Payload, Primitive, Role, Style, Type, Usage, UsageParent},
    resolve::{MediaTypeRef, OperationRef, QueryStyle, RequestBodyRef, SchemaRef},
};

/// The contents that requests and responses share.
enum Modelled {
    Json(Type),
    Text(Type),
    Bytes,
}

impl From<Modelled> for Content {
    fn from(modelled: Modelled) -> Self {
        match modelled {
            Modelled::Json(ty) => Self::Json(ty),
            Modelled::Text(ty) => Self::Text(ty),
            Modelled::Bytes => Self::Bytes,
        }
    }
}

impl From<Modelled> for Payload {
    fn from(modelled: Modelled) -> Self {
        match modelled {
            Modelled::Json(ty) => Self::Json(ty),
            Modelled::Text(ty) => Self::Text(ty),
            Modelled::Bytes => Self::Bytes,
        }
    }
}

impl<'a> Lowering<'a> {
    /// The possible bodies of a request: the most precise one, then those in other media types that are not just
    /// another encoding of the same value. Empty if there is no content.
    pub(super) fn lower_bodies(&mut self, operation: OperationRef<'a>, id: OperationId) -> Vec<Body> {
        let Some(body) = operation.request_body() else { return Vec::new() };
        let Some(main) = self.preferred(body) else { return Vec::new() };
        if !body.is_required() && main.schema().is_some_and(is_empty) {
            return Vec::new();
        }
        let usage = part_of(body.name(), id, Role::Body);
        let mut bodies = vec![self.lower_body(main, body, usage.clone())];
        let mut others: Vec<_> = body.content().filter(|other| other.name() != main.name()).collect();
        others.sort_by_key(|other| other.name());
        for (index, other) in others.into_iter().enumerate() {
            let (name, origin) = (other.name(), body.origin());
            let is_patch = is_patch(main.name()) && is_patch(name);
            let holds_object = self.schemas.holds_object(other);
            let is_choice = |known: &Body| known.content.is_opaque() && !holds_object;
            if same_schema(main, other) && !is_patch && !is_choice(&bodies[0]) {
                let message = format!("`{name}` is another way to write what is sent in `{}`", main.name());
                self.schemas.report(Code::OtherMediaTypes, origin, message);
                continue;
            }
            let usage = usage.role(Role::Variant(index + 1, Some(subtype(name))));
            let body = self.lower_body(other, body, usage);
            match bodies.iter_mut().find(|known| known.content == body.content && !is_patch) {
                Some(known) if is_choice(known) => known.offer(name),
                Some(known) => {
                    let message = format!("a body in `{name}` is sent as `{}`", known.media_type);
                    self.schemas.report(Code::OtherMediaTypes, origin, message);
                }
                None => bodies.push(body),
            }
        }
        bodies
    }

    /// The types of JSON bodies in the requests of callbacks.
    pub(super) fn lower_received(&mut self) -> Vec<Type> {
        let bodies = self.schemas.document.received().filter_map(|(name, body)| {
            let json = body.content().filter(|media| is_json(media.name()));
            Some((name, json.min_by_key(|media| order(*media))?.schema()?))
        });
        let bodies: Vec<(&str, SchemaRef<'a>)> = bodies.collect();
        let parent = |name: &str| UsageParent::Component(name.to_owned());
        let usage = |name: &str| Usage::Inline { parent: parent(name), roles: vec![Role::Body] };
        bodies.into_iter().map(|(name, schema)| self.lower(schema, usage(name))).collect()
    }

    fn lower_body(&mut self, media: MediaTypeRef<'a>, body: RequestBodyRef<'a>, usage: Usage) -> Body {
        let content = self.request_content(media, usage);
        let plain = match &content {
            Content::Text(_) => Some("text"),
            Content::Bytes => Some("bytes"),
            Content::Json(_) | Content::Form(..) | Content::Multipart(_) => None,
        };
        self.report_plain(media, plain, body.origin());
        let name = media.name();
        let is_offered = is_range(name) && content.is_opaque();
        Body {
            origin: body.origin(),
            required: body.is_required(),
            media_type: if is_offered { name.to_owned() } else { concrete(name, &content) },
            offered: is_offered.then(|| name.to_owned()).into_iter().collect(),
            content,
            docs: docs::described(body.description()),
            sample: self.schemas.sample_of_body(media),
        }
    }

    /// The most precise media type. A multipart form with files takes precedence, because only it can send them.
    fn preferred(&self, body: RequestBodyRef<'a>) -> Option<MediaTypeRef<'a>> {
        let mut content = body.content();
        let with_files = content.find(|media| is_form_data(media.name()) && self.schemas.has_file(*media));
        with_files.or_else(|| body.content().min_by_key(|media| order(*media)))
    }

    /// The content sent in a media type.
    fn request_content(&mut self, media: MediaTypeRef<'a>, usage: Usage) -> Content {
        let (media_type, schema) = (media.name(), media.schema());
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => self.json(media_type, schema, usage).into(),
            (Rank::Json, None) => Content::Json(Type::Any),
            (Rank::Form, Some(schema)) if self.schemas.is_structured(schema) => {
                Content::Form(self.lower_value(schema, usage), styles(media))
            }
            (Rank::Multipart, Some(schema)) if is_form_data(media_type) => {
                self.lower_multipart(schema, media, usage).map_or(Content::Bytes, Content::Multipart)
            }
            (Rank::Text | Rank::Form, schema) => self.text_or_bytes(media_type, schema).into(),
            (Rank::Multipart | Rank::Other, _) => Content::Bytes,
        }
    }

    /// The payload received in a media type.
    pub(super) fn response_payload(&mut self, media: MediaTypeRef<'a>, usage: Usage) -> Payload {
        let (media_type, schema) = (media.name(), media.schema());
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => self.json(media_type, schema, usage).into(),
            (Rank::Json, None) => Payload::Json(Type::Any),
            (Rank::Text | Rank::Form, schema) => self.text_or_bytes(media_type, schema).into(),
            (Rank::Multipart | Rank::Other, _) => Payload::Bytes,
        }
    }

    /// A JSON value; but binary content is bytes whatever the media type, and a string in another media type is not
    /// JSON.
    fn json(&mut self, media_type: &str, schema: SchemaRef<'a>, usage: Usage) -> Modelled {
        if self.schemas.is_binary(schema) {
            return Modelled::Bytes;
        }
        // A JSON Patch is a list of operations, whatever its schema (RFC 6902 §3).
        if essence(media_type) == JSON_PATCH && !self.schemas.has_type(schema, "array") {
            return Modelled::Json(Type::Any);
        }
        match self.lower(schema, usage) {
            ty @ Type::Primitive(Primitive::String) if is_range(media_type) => Modelled::Text(ty),
            ty => Modelled::Json(ty),
        }
    }

    /// A scalar as text, or text, unless the document says that the content is binary.
    fn text_or_bytes(&mut self, media_type: &str, schema: Option<SchemaRef<'a>>) -> Modelled {
        if schema.is_some_and(|schema| schema.format() == Some("binary")) {
            return Modelled::Bytes;
        }
        let is_plain = essence(media_type) == "text/plain";
        let scalar = schema
            .filter(|_| is_plain)
            .and_then(|schema| self.schemas.overridden(schema).or_else(|| self.schemas.scalar(schema)));
        Modelled::Text(match scalar {
            Some(ty @ (Type::Primitive(_) | Type::Scalar(_))) => ty,
            _ => Type::Primitive(Primitive::String),
        })
    }

    /// Reports an object that is passed as raw text or bytes; `plain` is the word for it.
    pub(super) fn report_plain(&mut self, media: MediaTypeRef<'a>, plain: Option<&str>, origin: Origin) {
        let Some(plain) = plain else { return };
        if self.schemas.holds_object(media) {
            let message =
                format!("a value in `{}` is passed as the {plain} that it is written in", media.name());
            self.schemas.report(Code::MediaTypeDegraded, origin, message);
        }
    }
}

/// RFC 6902 §6
const JSON_PATCH: &str = "application/json-patch+json";

/// The sort key of media types: the most precisely modelled first, plain JSON before other JSON, a list of operations
/// last.
pub(super) fn order(media: MediaTypeRef<'_>) -> (Rank, bool, bool, &str) {
    let essence = essence(media.name());
    (rank(media.name()), essence != "application/json", essence == JSON_PATCH, media.name())
}

/// Whether two media types have the same schema.
pub(super) fn same_schema(one: MediaTypeRef<'_>, other: MediaTypeRef<'_>) -> bool {
    one.schema().zip(other.schema()).is_some_and(|(one, other)| one.same_place(other))
}

/// Whether an object has no properties and the document allows no others.
fn is_empty(schema: SchemaRef<'_>) -> bool {
    let is_plain = !schema.has_properties() && schema.required().is_empty() && schema.all_of().is_empty();
    schema.additional().is_forbidden() && is_plain && schema.alternatives().is_empty()
}

/// Whether the media type determines how the value is applied, so that the same value in another type is a different
/// request: `application/merge-patch+json`. Beside plain JSON it is just another name.
fn is_patch(media_type: &str) -> bool {
    subtype(media_type).contains("patch")
}

/// The styles of form properties that are explicit or not the default (OpenAPI 3.1 §4.8.15): an object without a style
/// is JSON, in style `form` each of its properties is a pair.
fn styles(media: MediaTypeRef<'_>) -> Vec<(String, Style)> {
    let styled = media.encodings().filter_map(|(name, encoding)| {
        let json = encoding.content_type().is_some_and(is_json);
        let style = match (encoding.style(), json) {
            (Some(style), _) => return Some((name.to_owned(), query_style(style, Some(encoding.explode())))),
            (None, true) => Style::Json,
            (None, false) => query_style(QueryStyle::Form, Some(encoding.explode())),
        };
        Some((name.to_owned(), style)).filter(|(_, style)| *style != Style::FormExplode)
    });
    styled.collect()
}
