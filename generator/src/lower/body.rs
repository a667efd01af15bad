//! Lowers request bodies, and the content of bodies by media type.

use openapiv3::{MediaType, QueryStyle, RequestBody};

use super::{
    Lowering,
    media::{Rank, concrete, essence, is_form_data, is_json, is_range, is_sequence, rank, subtype},
    parameter::query_style,
    schemas::class::Class,
    schemas::docs,
    usage::part_of,
};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Body, Content, OperationId, Origin, Payload, Primitive, Role, Style, Type, Usage, UsageParent},
    resolve::{OperationView, SchemaRef},
};

/// What a body is in requests and in responses alike.
enum Modelled {
    Json(Type),
    Text(Type),
    Bytes,
}

impl From<Modelled> for Content {
    fn from(plain: Modelled) -> Self {
        match plain {
            Modelled::Json(ty) => Self::Json(ty),
            Modelled::Text(ty) => Self::Text(ty),
            Modelled::Bytes => Self::Bytes,
        }
    }
}

impl From<Modelled> for Payload {
    fn from(plain: Modelled) -> Self {
        match plain {
            Modelled::Json(ty) => Self::Json(ty),
            Modelled::Text(ty) => Self::Text(ty),
            Modelled::Bytes => Self::Bytes,
        }
    }
}

/// A media type of a body and its declaration.
pub(super) type Declared<'a> = (&'a String, &'a MediaType);

impl<'a> Lowering<'a> {
    /// The possible bodies of a request: the most precise one, then those in other media types that are not just
    /// another encoding of the same value. Empty if there is no content.
    pub(super) fn lower_bodies(&mut self, view: &OperationView<'a>, id: OperationId) -> Vec<Body> {
        let body =
            view.operation.request_body.as_ref().and_then(|body| self.schemas.document.request_body(body));
        let Some(target) = body else { return Vec::new() };
        let (Some(origin), Some(main)) =
            (extension::origin(&target.item.extensions), self.preferred(target.item))
        else {
            return Vec::new();
        };
        if !target.item.required && self.schemas.schema_of(main.1).is_some_and(|schema| self.is_empty(schema))
        {
            return Vec::new();
        }
        let usage = part_of(target.name, id, Role::Body);
        let mut bodies = vec![self.lower_body(main, target.item, origin, usage.clone())];
        let mut others: Vec<_> = target.item.content.iter().filter(|(name, _)| *name != main.0).collect();
        others.sort_by_key(|(name, _)| *name);
        for (index, other) in others.into_iter().enumerate() {
            let is_patch = is_patch(main.0) && is_patch(other.0);
            let holds_object = self.schemas.holds_object(other.1);
            let is_choice = |known: &Body| known.content.is_opaque() && !holds_object;
            if self.same_schema(main.1, other.1) && !is_patch && !is_choice(&bodies[0]) {
                let message = format!("`{}` is another way to write what is sent in `{}`", other.0, main.0);
                self.schemas.report(Code::OtherMediaTypes, origin, message);
                continue;
            }
            let usage = usage.role(Role::Variant(index + 1, Some(subtype(other.0))));
            let body = self.lower_body(other, target.item, origin, usage);
            match bodies.iter_mut().find(|known| known.content == body.content && !is_patch) {
                Some(known) if is_choice(known) => known.offer(other.0),
                Some(known) => {
                    let message = format!("a body in `{}` is sent as `{}`", other.0, known.media_type);
                    self.schemas.report(Code::OtherMediaTypes, origin, message);
                }
                None => bodies.push(body),
            }
        }
        bodies
    }

    /// The types of JSON bodies in requests that the server sends.
    pub(super) fn lower_received(&mut self) -> Vec<Type> {
        let bodies = self.schemas.document.received().filter_map(|(name, body)| {
            let json = body.content.iter().filter(|(name, _)| is_json(name));
            let (_, media) = json.min_by_key(|(name, _)| (preference(name), *name))?;
            Some((name, self.schemas.schema_of(media)?))
        });
        let bodies: Vec<(&str, SchemaRef<'a>)> = bodies.collect();
        let parent = |name: &str| UsageParent::Component(name.to_owned());
        let usage = |name: &str| Usage::Inline { parent: parent(name), roles: vec![Role::Body] };
        bodies.into_iter().map(|(name, schema)| self.lower(schema, usage(name))).collect()
    }

    fn lower_body(
        &mut self,
        content: Declared<'a>,
        body: &'a RequestBody,
        origin: Origin,
        usage: Usage,
    ) -> Body {
        let payload = self.request_content(content, usage);
        let plain = match &payload {
            Content::Text(_) => Some("text"),
            Content::Bytes => Some("bytes"),
            Content::Json(_) | Content::Form(..) | Content::Multipart(_) => None,
        };
        self.report_plain(content, plain, origin);
        let offered: Vec<String> =
            (is_range(content.0) && payload.is_opaque()).then(|| content.0.clone()).into_iter().collect();
        Body {
            origin,
            required: body.required,
            media_type: if offered.is_empty() { concrete(content.0, &payload) } else { content.0.clone() },
            offered,
            content: payload,
            docs: docs::described(body.description.as_deref()),
        }
    }

    /// The most precise media type. A multipart form with files takes precedence, because only it can send them.
    fn preferred(&mut self, body: &'a RequestBody) -> Option<Declared<'a>> {
        let with_files =
            body.content.iter().find(|(name, media)| is_form_data(name) && self.schemas.has_file(media));
        with_files.or_else(|| body.content.iter().min_by_key(|(name, _)| (preference(name), *name)))
    }

    /// Whether an object has no properties and the document allows no others.
    fn is_empty(&self, schema: SchemaRef<'a>) -> bool {
        use openapiv3::AdditionalProperties;
        let kind = schema.kind();
        let closed = matches!(kind.additional_properties, Some(AdditionalProperties::Any(false)));
        let plain = kind.properties.is_empty() && kind.required.is_empty() && kind.all_of.is_empty();
        closed && plain && kind.one_of.is_empty() && kind.any_of.is_empty()
    }

    /// The content sent in a media type.
    fn request_content(&mut self, (media_type, media): Declared<'a>, usage: Usage) -> Content {
        let schema = self.schemas.schema_of(media);
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => self.json(media_type, schema, usage).into(),
            (Rank::Json, None) => Content::Json(Type::Any),
            (Rank::Form, Some(schema)) if self.schemas.is_structured(schema) => {
                Content::Form(self.lower_value(schema, usage), styles(media))
            }
            (Rank::Multipart, Some(schema)) if is_form_data(media_type) => {
                self.lower_multipart(schema, media, usage).map_or(Content::Bytes, Content::Multipart)
            }
            (Rank::Text | Rank::Form, schema) => self.text_or_bytes(media_type, schema, usage).into(),
            (Rank::Multipart | Rank::Other, _) => Content::Bytes,
        }
    }

    /// The payload received in a media type. The items of a stream get types, although the stream itself is text or
    /// bytes.
    pub(super) fn response_payload(&mut self, (media_type, media): Declared<'a>, usage: Usage) -> Payload {
        let schema = self.schemas.schema_of(media);
        if let Some(schema) = schema.filter(|_| is_sequence(media_type)) {
            let item = self.lower(schema, usage.clone());
            self.streamed.push(item);
        }
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => self.json(media_type, schema, usage).into(),
            (Rank::Json, None) => Payload::Json(Type::Any),
            (Rank::Text | Rank::Form, schema) => self.text_or_bytes(media_type, schema, usage).into(),
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
    fn text_or_bytes(&mut self, media_type: &str, schema: Option<SchemaRef<'a>>, usage: Usage) -> Modelled {
        if schema.is_some_and(|schema| schema.kind().format.as_deref() == Some("binary")) {
            return Modelled::Bytes;
        }
        let is_plain = essence(media_type) == "text/plain";
        let scalar = schema
            .filter(|_| is_plain)
            .and_then(|schema| self.schemas.overridden(schema).or_else(|| self.schemas.scalar(schema)));
        Modelled::Text(match scalar {
            Some(class @ (Class::Primitive(_) | Class::Scalar(_))) => self.lower_plain(class, &usage),
            _ => Type::Primitive(Primitive::String),
        })
    }

    /// Reports an object that is passed as raw text or bytes, which `plain` says.
    pub(super) fn report_plain(
        &mut self,
        (media_type, media): Declared<'a>,
        plain: Option<&str>,
        origin: Origin,
    ) {
        let Some(plain) = plain else { return };
        if self.schemas.holds_object(media) {
            let message = format!("a value in `{media_type}` is passed as the {plain} that it is written in");
            self.schemas.report(Code::MediaTypeDegraded, origin, message);
        }
    }
}

/// RFC 6902 §6
const JSON_PATCH: &str = "application/json-patch+json";

/// The sort key of media types: the most precisely modelled first, plain JSON before other JSON, a list of operations
/// last.
fn preference(media_type: &str) -> (Rank, bool, bool) {
    let essence = essence(media_type);
    (rank(media_type), essence != "application/json", essence == JSON_PATCH)
}

/// Whether the media type determines how the value is applied, so that the same value in another type is a different
/// request: `application/merge-patch+json`. Beside plain JSON it is just another name.
fn is_patch(media_type: &str) -> bool {
    subtype(media_type).contains("patch")
}

/// The styles of form properties that are explicit or not the default (OpenAPI 3.1 §4.8.15): an object without a style
/// is JSON, in style `form` each of its properties is a pair.
fn styles(media: &MediaType) -> Vec<(String, Style)> {
    let styled = media.encoding.iter().filter_map(|(name, encoding)| {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
        let style = match (&encoding.style, json) {
            (Some(style), _) => return Some((name.clone(), query_style(style, Some(encoding.explode)))),
            (None, true) => Style::Json,
            (None, false) => query_style(&QueryStyle::Form, Some(encoding.explode)),
        };
        Some((name.clone(), style)).filter(|(_, style)| *style != Style::FormExplode)
    });
    styled.collect()
}
