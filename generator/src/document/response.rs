//! Responses and media types.

use indexmap::IndexMap;
use openapiv3::{Encoding, Header, MediaType, ReferenceOr, Response, Responses, StatusCode};

use super::{parameter::query_style, reader::Builder};
use crate::{diagnostic::Code, source::Node};

impl Builder<'_> {
    /// `responses`
    pub(super) fn responses(&mut self, node: Option<Node>) -> Responses {
        let mut responses = Responses::default();
        let Some(fields) = node.and_then(|node| self.fields(node, "responses")) else { return responses };
        for (key, node) in fields.into_entries() {
            let id = node.id;
            if key.starts_with("x-") {
                continue;
            }
            let Some(response) = self.reference_or(node, Builder::response) else { continue };
            match (key.as_str(), status(&key)) {
                ("default", _) => responses.default = Some(response),
                (_, Some(status)) => {
                    responses.responses.insert(status, response);
                }
                (_, None) => {
                    let message =
                        format!("`{key}` is neither a status nor a range such as `4XX`; it is left out");
                    self.diagnostics.report(Code::WrongType, id, message);
                }
            }
        }
        responses
    }

    /// A response.
    pub(super) fn response(&mut self, node: Node) -> Option<Response> {
        let mut fields = self.fields(node, "response")?;
        Some(Response {
            extensions: self.placed(&fields),
            description: self.text(fields.take("description"), "description").unwrap_or_default(),
            headers: self.headers(fields.take("headers")),
            content: self.content(fields.take("content")),
            links: IndexMap::new(),
        })
    }

    fn headers(&mut self, node: Option<Node>) -> IndexMap<String, ReferenceOr<Header>> {
        self.map(node, "headers", |builder, node| builder.reference_or(node, Builder::header))
    }

    /// `content`
    pub(super) fn content(&mut self, node: Option<Node>) -> IndexMap<String, MediaType> {
        self.map(node, "content", Builder::media_type)
    }

    pub(super) fn media_type(&mut self, node: Node) -> Option<MediaType> {
        let mut fields = self.fields(node, "media type")?;
        Some(MediaType {
            extensions: IndexMap::new(),
            schema: fields.take("schema").and_then(|node| self.schema_or_reference(node)),
            example: None,
            examples: IndexMap::new(),
            encoding: self.map(fields.take("encoding"), "encoding", Builder::encoding),
        })
    }

    fn encoding(&mut self, node: Node) -> Option<Encoding> {
        let mut fields = self.fields(node, "encoding")?;
        let style = self.text(fields.take("style"), "style");
        let explodes = style.as_deref().is_none_or(|style| style == "form");
        Some(Encoding {
            extensions: IndexMap::new(),
            content_type: self.text(fields.take("contentType"), "contentType"),
            headers: self.headers(fields.take("headers")),
            explode: self.flag(fields.take("explode"), "explode").unwrap_or(explodes),
            style: style.map(|style| query_style(Some(&style))),
            allow_reserved: self.flag(fields.take("allowReserved"), "allowReserved").unwrap_or(false),
        })
    }
}

/// `404` or `4XX` (OpenAPI 3.1 §4.8.16).
fn status(key: &str) -> Option<StatusCode> {
    let key = key.trim();
    if let Some(first) = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx")) {
        return first.parse().ok().filter(|first| (1..=5).contains(first)).map(StatusCode::Range);
    }
    key.parse().ok().filter(|code| (100..=599).contains(code)).map(StatusCode::Code)
}
