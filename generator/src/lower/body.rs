//! Request bodies, and what a media type means for the value in it.

use openapiv3::MediaType;

use super::{Lowering, docs, operation::inline};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Body, OperationId, Payload, Role, Usage},
    resolve::OperationView,
};

impl<'a> Lowering<'a> {
    /// The body of a request: of several media types, the one that says most of the value.
    pub(super) fn lower_body(&mut self, view: &OperationView<'a>, id: OperationId) -> Option<Body> {
        let declared = self.document.request_body(view.operation.request_body.as_ref()?)?;
        let origin = extension::origin(&declared.extensions)?;
        let (media_type, media) =
            declared.content.iter().max_by_key(|(name, _)| std::cmp::Reverse(rank(name)))?;
        let payload = self.payload(media_type, media, inline(id, Role::Body));
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

    /// What a media type with a schema holds.
    pub(super) fn payload(&mut self, media_type: &str, media: &'a MediaType, usage: Usage) -> Payload {
        let schema = media.schema.as_ref().and_then(|schema| self.document.schema(schema));
        match (rank(media_type), schema) {
            (Rank::Json, Some(schema)) => Payload::Json(self.lower(schema, usage)),
            (Rank::Json, None) => Payload::Json(crate::ir::Type::Any),
            (Rank::Form, Some(schema)) => Payload::Form(self.lower_value(schema, usage)),
            (Rank::Text, _) => Payload::Text,
            (Rank::Form, None) | (Rank::Multipart | Rank::Other, _) => Payload::Bytes,
        }
    }
}

/// Media types by how well a value in them is modelled, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// JSON, or a type with the suffix `+json` (RFC 6839 §3.1).
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `text/*` and XML, which stays text.
    Text,
    /// `multipart/*`
    Multipart,
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
    } else if essence.starts_with("text/") || essence.ends_with("/xml") || essence.ends_with("+xml") {
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

/// The type without parameters, in lower case (RFC 9110 §8.3.1).
fn essence(media_type: &str) -> String {
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
