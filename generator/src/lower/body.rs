//! Request bodies, and what a media type means for the value in it.

use openapiv3::{MediaType, QueryStyle};

use super::{Lowering, docs, operation::part_of, parameter::query_style};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Body, OperationId, Payload, Role, Style, Type, Usage},
    resolve::{OperationView, SchemaRef},
};

impl<'a> Lowering<'a> {
    /// The body of a request: of several media types, the one that says most of the value.
    pub(super) fn lower_body(&mut self, view: &OperationView<'a>, id: OperationId) -> Option<Body> {
        let target = self.document.request_body(view.operation.request_body.as_ref()?)?;
        let declared = target.item;
        let origin = extension::origin(&declared.extensions)?;
        let (media_type, media) = declared.content.iter().min_by_key(|(name, _)| rank(name))?;
        let payload = self.request_payload(media_type, media, part_of(target.name, id, Role::Body));
        if payload == Payload::Bytes && media.schema.is_some() && rank(media_type) == Rank::Multipart {
            let message = format!("`{media_type}` is passed as bytes that the caller has encoded");
            self.report(Code::MediaTypeDegraded, origin, message);
        }
        if declared.content.len() > 1 {
            let message = format!("of {} media types, `{media_type}` is sent", declared.content.len());
            self.report(Code::OtherMediaTypes, origin, message);
        }
        Some(Body {
            origin,
            required: declared.required,
            media_type: concrete(media_type),
            payload,
            docs: docs::described(declared.description.as_deref()),
        })
    }

    /// What is sent in a media type.
    fn request_payload(&mut self, media_type: &str, media: &'a MediaType, usage: Usage) -> Payload {
        let schema = self.schema_of(media);
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => Payload::Json(self.lower(schema, usage)),
            (Rank::Json, None) => Payload::Json(Type::Any),
            (Rank::Form, Some(schema)) => Payload::Form(self.lower_value(schema, usage), styles(media)),
            (Rank::Multipart, Some(schema)) if is_form_data(media_type) => {
                self.lower_multipart(schema, media, usage).map_or(Payload::Bytes, Payload::Multipart)
            }
            (Rank::Text, schema) => text_or_bytes(schema),
            (Rank::Form, None) | (Rank::Multipart | Rank::Other, _) => Payload::Bytes,
        }
    }

    /// What is received in a media type.
    pub(super) fn response_payload(
        &mut self,
        media_type: &str,
        media: &'a MediaType,
        usage: Usage,
    ) -> Payload {
        let schema = self.schema_of(media);
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => Payload::Json(self.lower(schema, usage)),
            (Rank::Json, None) => Payload::Json(Type::Any),
            (Rank::Text | Rank::Form, schema) => text_or_bytes(schema),
            (Rank::Multipart | Rank::Other, _) => Payload::Bytes,
        }
    }

    /// The schema of a media type.
    pub(super) fn schema_of(&self, media: &'a MediaType) -> Option<SchemaRef<'a>> {
        media.schema.as_ref().and_then(|schema| self.document.schema(schema))
    }
}

/// Text, unless the document says that it is no text.
fn text_or_bytes(schema: Option<SchemaRef<'_>>) -> Payload {
    match schema.and_then(|schema| schema.kind().format.as_deref()) {
        Some("binary") => Payload::Bytes,
        Some(_) | None => Payload::Text,
    }
}

/// The styles of properties in a form that are not the default one (OpenAPI 3.1 §4.8.15).
fn styles(media: &MediaType) -> Vec<(String, Style)> {
    let styled = media.encoding.iter().filter_map(|(name, encoding)| {
        let json = encoding.content_type.as_deref().is_some_and(is_json);
        let style = match (&encoding.style, json) {
            (Some(style), _) => query_style(style, Some(encoding.explode)),
            (None, true) => Style::Json,
            (None, false) => query_style(&QueryStyle::Form, Some(encoding.explode)),
        };
        Some((name.clone(), style)).filter(|(_, style)| *style != Style::FormExplode)
    });
    styled.collect()
}

/// Media types by how well a value in them is modelled, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// JSON, or a type with the suffix `+json` (RFC 6839 §3.1).
    Json,
    /// `multipart/*`
    Multipart,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `text/*` and XML, which stays text.
    Text,
    /// Anything else.
    Other,
}

/// How well a value in this media type is modelled.
pub(super) fn rank(media_type: &str) -> Rank {
    let essence = essence(media_type);
    if is_json(&essence) {
        Rank::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Rank::Form
    } else if essence.starts_with("text/") || is_xml(&essence) {
        Rank::Text
    } else if essence.starts_with("multipart/") {
        Rank::Multipart
    } else {
        Rank::Other
    }
}

/// Whether values of this type are JSON: by name, by suffix, or because anything goes.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json" | "*/*" | "application/*")
        || essence.ends_with("+json")
}

/// Whether values of this type are XML (RFC 7303 §4.2).
pub(super) fn is_xml(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

fn is_form_data(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "multipart/form-data" | "multipart/*")
}

/// The type without parameters, in lower case (RFC 9110 §8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A type that can be sent: a range is sent as what it is read as.
fn concrete(media_type: &str) -> String {
    match media_type.contains('*') {
        true if is_json(media_type) => "application/json".to_owned(),
        true if rank(media_type) == Rank::Text => "text/plain".to_owned(),
        true => "application/octet-stream".to_owned(),
        false => media_type.to_owned(),
    }
}
