//! Lowers responses by status and media type.
//!
//! ```yaml
//! responses:
//!   "200": { content: { application/json: { schema: { $ref: "#/components/schemas/User" } } } }
//!   "404": { content: { application/json: { schema: { $ref: "#/components/schemas/Problem" } } } }
//! ```
//! returns `User`, and on failure an error that documents `Problem`. Bodies that differ by status are an enum.

use indexmap::IndexSet;
use openapiv3::{MediaType, Response, StatusCode};

use super::{
    Lowering,
    media::{essence, is_xml, rank},
    schemas::docs,
    usage::{inline, part_of},
};
use crate::{
    document::extension,
    ir::{Case, Described, Docs, OperationId, Outcome, Payload, Primitive, Role, Shape, Status, Type},
    resolve::{DeclaredResponse, OperationView, SchemaRef, Target},
};

/// The lowered responses of an operation.
pub(super) struct Lowered {
    /// The media types of success responses, then those of errors.
    pub accept: Vec<String>,
    /// The outcome on success.
    pub success: Outcome,
    /// The descriptions of success responses.
    pub described: Vec<Described>,
    /// The redirects among them.
    pub redirects: Vec<Status>,
    /// The outcome on failure.
    pub failure: Outcome,
}

/// The context of a response.
struct Answer {
    status: Status,
    succeeds: bool,
    /// Whether it has no body, despite the document.
    empty: bool,
    /// Whether it is the only success with a body.
    alone: bool,
    id: OperationId,
}

impl Answer {
    /// The role of its body; the status of a shared response is in its name.
    fn role(&self, by_status: bool, media_type: Option<&String>) -> Role {
        let status = declared_name(self.status).filter(|_| by_status && !self.alone);
        let media_type = media_type.map(|name| essence(name));
        let words: Vec<String> = status.into_iter().chain(media_type).collect();
        let word = (!words.is_empty()).then(|| words.join(" "));
        if self.succeeds { Role::Response(word) } else { Role::Error(word) }
    }
}

/// A body in one media type.
struct Content<'a> {
    media_type: &'a String,
    media: &'a MediaType,
    payload: Payload,
}

/// Whether a body differs from a known one, and is not just another encoding of it: the same schema in another format,
/// XML beside JSON, text beside a JSON string, or the events that carry a JSON value.
fn is_other(new: &Content<'_>, known: &Content<'_>, same_schema: bool) -> bool {
    match (&new.payload, &known.payload) {
        (one, other) if is_same(one, other) => false,
        (Payload::Text(_) | Payload::Bytes, Payload::Json(_)) if same_schema => false,
        (Payload::Text(_), Payload::Json(ty) | Payload::TextOrJson(ty)) => {
            let same = matches!(ty, Type::Primitive(Primitive::String));
            let form = matches!(essence(new.media_type).as_str(), "text/event-stream" | "text/html");
            !same && !form && !is_xml(new.media_type)
        }
        _ => true,
    }
}

/// Whether two bodies have the same type and are read the same way.
fn is_same(new: &Payload, known: &Payload) -> bool {
    match (new, known) {
        (Payload::Json(new) | Payload::Text(new), Payload::TextOrJson(known)) => new == known,
        (new, known) => new == known,
    }
}

/// The word for a body that is passed as it is written.
fn plain(payload: &Payload) -> Option<&'static str> {
    match payload {
        Payload::Text(_) | Payload::TextOrJson(_) => Some("text"),
        Payload::Bytes => Some("bytes"),
        Payload::Json(_) => None,
    }
}

/// Whether a body is the plain-text form of a scalar that a known body has as JSON.
fn is_text_of(text: &Content<'_>, known: &Content<'_>) -> bool {
    let is_same = match (&text.payload, &known.payload) {
        (Payload::Text(text), Payload::Json(json)) => text == json,
        _ => false,
    };
    is_same && essence(text.media_type) == "text/plain"
}

impl<'a> Lowering<'a> {
    /// Lowers the responses on success and on failure.
    pub(super) fn lower_responses(&mut self, view: &OperationView<'a>, id: OperationId) -> Lowered {
        let declared = self.schemas.document.responses(view.operation);
        let default_succeeds = self.default_succeeds(&declared);
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        let (mut described, mut redirects) = (Vec::new(), Vec::new());
        let (mut accept, mut of_errors) = (IndexSet::new(), IndexSet::new());
        let gives_success = declared.iter().any(|(status, _)| is_success(status));
        let succeeds = |status: &Option<StatusCode>| {
            is_success(status) || is_answer(status, gives_success) || (status.is_none() && default_succeeds)
        };
        let with_body = |(status, response): &&DeclaredResponse<'a>| {
            succeeds(status) && !response.item.content.is_empty()
        };
        let is_one = declared.iter().filter(with_body).count() == 1;
        for (status, response) in declared {
            let code = lower_status(&status);
            let succeeds = succeeds(&status);
            // A response to HEAD has no body, despite the document (RFC 9110 §9.3.2).
            let empty = view.method == "HEAD" || matches!(code, Status::Exact(204 | 205 | 304));
            let place = Answer { status: code, succeeds, empty, alone: succeeds && is_one, id };
            let (cases, media_types) = self.lower_cases(&place, response);
            if succeeds {
                let docs = docs::described(Some(&response.item.description));
                described.push(Described { status: code, docs });
                redirects.extend(Some(code).filter(|_| is_answer(&status, gives_success)));
                success.extend(cases);
                accept.extend(media_types);
            } else {
                failure.extend(cases.into_iter().filter(|case| case.payload.is_some()));
                of_errors.extend(media_types);
            }
        }
        // Without a readable success, any media type may be returned.
        if !accept.is_empty() {
            accept.extend(of_errors);
        }
        Lowered {
            accept: accept.into_iter().collect(),
            success: self.outcome(success, id, Role::Response(None)),
            described,
            redirects,
            failure: self.outcome(failure, id, Role::Error(None)),
        }
    }

    /// Whether `default` describes success: if no success or redirect is declared, and no error with the same body.
    fn default_succeeds(&self, declared: &[DeclaredResponse<'a>]) -> bool {
        let schemas = |response: &Target<'a, Response>| -> Vec<usize> {
            let media = response.item.content.values().filter_map(|media| self.schemas.schema_of(media));
            media.map(SchemaRef::place).collect()
        };
        let default = declared.iter().find(|(status, _)| status.is_none());
        let default = default.map(|(_, one)| schemas(one)).unwrap_or_default();
        !declared.iter().any(|(status, response)| match status {
            None => false,
            Some(StatusCode::Code(100..=399) | StatusCode::Range(1..=3)) => true,
            Some(StatusCode::Code(_) | StatusCode::Range(_)) => {
                schemas(response).iter().any(|place| default.contains(place))
            }
        })
    }

    /// Lowers a response to a case per media type, except mere re-encodings of the same value, and the readable media
    /// types.
    fn lower_cases(&mut self, place: &Answer, response: Target<'a, Response>) -> (Vec<Case>, Vec<String>) {
        let declared = response.item;
        let origin = extension::origin(&declared.extensions)
            .unwrap_or(crate::ir::Origin::root(crate::source::FileId(0)));
        let mut media_types: Vec<_> = declared.content.iter().filter(|_| !place.empty).collect();
        media_types.sort_by_key(|(name, _)| rank(name));
        let mut contents: Vec<Content<'a>> = Vec::new();
        let mut readable: Vec<String> = Vec::new();
        for (media_type, media) in media_types {
            let role = place.role(response.name.is_none(), Some(media_type).filter(|_| !contents.is_empty()));
            let usage = part_of(response.name, place.id, role);
            let payload = self.response_payload((media_type, media), usage);
            let content = Content { media_type, media, payload };
            if let Some(known) = contents.iter_mut().find(|known| is_text_of(&content, known))
                && let Payload::Text(ty) = content.payload
            {
                known.payload = Payload::TextOrJson(ty);
                readable.push(media_type.clone());
                continue;
            }
            let is_new =
                contents.iter().all(|known| is_other(&content, known, self.same_schema(media, known.media)));
            if is_new || contents.iter().any(|known| is_same(&content.payload, &known.payload)) {
                readable.push(media_type.clone());
            }
            if is_new {
                contents.push(content);
            }
        }
        // Bytes are the same in every media type, so use document order as preference.
        if let [Content { payload: Payload::Bytes, .. }] = contents.as_slice() {
            readable.sort_by_key(|name| declared.content.get_index_of(name));
        }
        for content in &contents {
            self.report_plain((content.media_type, content.media), plain(&content.payload), origin);
        }
        let docs = docs::described(Some(&declared.description));
        let case = |media_type: Option<String>, payload: Option<Payload>, by_media_type: bool| Case {
            origin,
            status: place.status,
            media_type,
            by_media_type,
            payload,
            docs: docs.clone(),
        };
        if contents.is_empty() {
            return (vec![case(None, None, false)], readable);
        }
        let several = contents.len() > 1;
        let cases = contents.into_iter();
        let cases = cases.map(|one| case(Some(one.media_type.clone()), Some(one.payload), several));
        (cases.collect(), readable)
    }

    /// Whether two media types have the same schema.
    pub(super) fn same_schema(&self, one: &'a MediaType, other: &'a MediaType) -> bool {
        let (one, other) = (self.schemas.schema_of(one), self.schemas.schema_of(other));
        one.zip(other).is_some_and(|(one, other)| one.same_place(other))
    }

    /// Cases that all have one body become that body, others a declared type.
    fn outcome(&mut self, cases: Vec<Case>, id: OperationId, role: Role) -> Outcome {
        let Some(first) = cases.first() else { return Outcome::None };
        if cases.iter().all(|case| case.payload == first.payload) {
            let statuses = cases.iter().map(|case| case.status).collect();
            return match &first.payload {
                Some(payload) => Outcome::One { statuses, payload: payload.clone() },
                None => Outcome::None,
            };
        }
        let origin = first.origin;
        let declared = self.declare(origin, inline(id, role), Docs::default(), false);
        self.define(declared, Shape::Cases(cases));
        Outcome::Several(declared)
    }
}

/// Whether a status is a success (RFC 9110 §15.3), by code or by range.
fn is_success(status: &Option<StatusCode>) -> bool {
    matches!(status, Some(StatusCode::Code(200..=299) | StatusCode::Range(2)))
}

/// Whether a redirect is an answer, with its `Location` as the result (RFC 9110 §15.4). If the document has successes,
/// the client follows redirects to a new place, which sends them. 304 is an error: it refers to a copy that the caller
/// has.
fn is_answer(status: &Option<StatusCode>, gives_success: bool) -> bool {
    match status {
        Some(StatusCode::Code(300 | 302 | 303)) => true,
        Some(StatusCode::Code(301 | 307 | 308) | StatusCode::Range(3)) => !gives_success,
        _ => false,
    }
}

fn lower_status(status: &Option<StatusCode>) -> Status {
    match status {
        None => Status::Default,
        Some(StatusCode::Code(code)) => Status::Exact(*code),
        Some(StatusCode::Range(first)) => Status::Range(u8::try_from(*first).unwrap_or(5)),
    }
}

fn declared_name(status: Status) -> Option<String> {
    match status {
        Status::Exact(200) => None,
        Status::Exact(code) => Some(code.to_string()),
        Status::Range(first) => Some(format!("{first}XX")),
        Status::Default => Some("default".to_owned()),
    }
}
