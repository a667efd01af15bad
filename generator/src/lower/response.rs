//! Lowers responses by status and media type.
//!
//! ```yaml
//! responses:
//!   "200": { content: { application/json: { schema: { $ref: "#/components/schemas/User" } } } }
//!   "404": { content: { application/json: { schema: { $ref: "#/components/schemas/Problem" } } } }
//! ```
//! returns `User`, and on failure an error that documents `Problem`. Bodies that differ by status are an enum.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::{
    Lowering,
    body::same_schema,
    media::{essence, is_xml, rank},
    schemas::docs,
    usage::{inline, part_of},
};
use crate::{
    ir::{
        Case, Described, Docs, OperationId, Outcome, Payload, Primitive, Role, Shape, Status, Streamed, Type,
    },
    resolve::{self, MediaTypeRef, OperationRef, ResponseRef, SchemaRef},
};

/// The lowered responses of an operation.
pub(super) struct Lowered {
    /// The media types of success responses, then those of errors.
    pub accept: Vec<String>,
    /// The outcome on success.
    pub success: Outcome,
    /// The descriptions of success responses.
    pub described: Vec<Described>,
    /// Whether a success has a `Link` header.
    pub has_link_header: bool,
    /// The redirects among them.
    pub redirects: Vec<Status>,
    /// The outcome on failure.
    pub failure: Outcome,
    /// The successes that are streams.
    pub streamed: Vec<Streamed>,
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
    fn role(&self, by_status: bool, media_type: Option<&str>) -> Role {
        let status = declared_name(self.status).filter(|_| by_status && !self.alone);
        let media_type = media_type.map(essence);
        let words: Vec<String> = status.into_iter().chain(media_type).collect();
        let word = (!words.is_empty()).then(|| words.join(" "));
        if self.succeeds { Role::Response(word) } else { Role::Error(word) }
    }
}

/// A body in one media type.
struct InMediaType<'a> {
    media: MediaTypeRef<'a>,
    payload: Payload,
}

/// Whether a body differs from a known one, and is not just another encoding of it: the same schema in another format,
/// XML beside JSON, text beside a JSON string, or the events that carry a JSON value.
fn is_other(new: &InMediaType<'_>, known: &InMediaType<'_>) -> bool {
    match (&new.payload, &known.payload) {
        (one, other) if is_same(one, other) => false,
        (Payload::Text(_) | Payload::Bytes, Payload::Json(_)) if same_schema(new.media, known.media) => false,
        (Payload::Text(_), Payload::Json(ty) | Payload::TextOrJson(ty)) => {
            let same = matches!(ty, Type::Primitive(Primitive::String));
            let form = matches!(essence(new.media.name()).as_str(), "text/event-stream" | "text/html");
            !same && !form && !is_xml(new.media.name())
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
fn is_text_of(text: &InMediaType<'_>, known: &InMediaType<'_>) -> bool {
    let is_same = match (&text.payload, &known.payload) {
        (Payload::Text(text), Payload::Json(json)) => text == json,
        _ => false,
    };
    is_same && essence(text.media.name()) == "text/plain"
}

impl<'a> Lowering<'a> {
    /// Lowers the responses on success and on failure.
    pub(super) fn lower_responses(&mut self, operation: OperationRef<'a>, id: OperationId) -> Lowered {
        let declared = operation.responses();
        let default_succeeds = default_succeeds(&declared);
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        let (mut described, mut redirects) = (Vec::new(), Vec::new());
        let mut streamed: Vec<Streamed> = Vec::new();
        let (mut accept, mut of_errors) = (IndexSet::new(), IndexSet::new());
        let has_link_header =
            declared.iter().any(|response| is_success(response.status()) && response.has_header("link"));
        let gives_success = declared.iter().any(|response| is_success(response.status()));
        let succeeds = |status: resolve::Status| match status {
            resolve::Status::Default => default_succeeds,
            _ => is_success(status) || is_answer(status, gives_success),
        };
        let with_body = |response: &&ResponseRef<'a>| succeeds(response.status()) && !response.is_empty();
        let is_one = declared.iter().filter(with_body).count() == 1;
        for response in declared {
            let code = lower_status(response.status());
            let succeeds = succeeds(response.status());
            // A response to HEAD has no body, despite the document (RFC 9110 §9.3.2).
            let empty = operation.method() == "HEAD" || matches!(code, Status::Exact(204 | 205 | 304));
            let place = Answer { status: code, succeeds, empty, alone: succeeds && is_one, id };
            let (cases, media_types, streams) = self.lower_cases(&place, response);
            for stream in streams {
                // a call has one method of each name
                if streamed.iter().all(|known| known.kind.method() != stream.kind.method()) {
                    streamed.push(stream);
                }
            }
            if succeeds {
                let docs = docs::described(Some(response.description()));
                described.push(Described { status: code, docs });
                redirects.extend(Some(code).filter(|_| is_answer(response.status(), gives_success)));
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
            has_link_header,
            redirects,
            failure: self.outcome(failure, id, Role::Error(None)),
            streamed,
        }
    }

    /// Lowers a response to a case per media type, except mere re-encodings of the same value, the readable media
    /// types, and the streams.
    fn lower_cases(
        &mut self,
        place: &Answer,
        response: ResponseRef<'a>,
    ) -> (Vec<Case>, Vec<String>, Vec<Streamed>) {
        let mut media_types: Vec<_> = response.content().filter(|_| !place.empty).collect();
        media_types.sort_by_key(|media| rank(media.name()));
        let mut contents: Vec<InMediaType<'a>> = Vec::new();
        let (mut readable, mut streams): (Vec<String>, Vec<Streamed>) = (Vec::new(), Vec::new());
        for media in media_types {
            let media_type = media.name();
            let role =
                place.role(response.name().is_none(), Some(media_type).filter(|_| !contents.is_empty()));
            let usage = part_of(response.name(), place.id, role);
            streams.extend(self.lower_streamed(media, &usage, response.origin(), place.succeeds));
            let content = InMediaType { media, payload: self.response_payload(media, usage) };
            if let Some(known) = contents.iter_mut().find(|known| is_text_of(&content, known))
                && let Payload::Text(ty) = content.payload
            {
                known.payload = Payload::TextOrJson(ty);
                readable.push(media_type.to_owned());
                continue;
            }
            let is_new = contents.iter().all(|known| is_other(&content, known));
            if is_new || contents.iter().any(|known| is_same(&content.payload, &known.payload)) {
                readable.push(media_type.to_owned());
            }
            if is_new {
                contents.push(content);
            }
        }
        // Bytes are the same in every media type, so use document order as preference.
        if let [InMediaType { payload: Payload::Bytes, .. }] = contents.as_slice() {
            let order: HashMap<&str, usize> = response.content().map(MediaTypeRef::name).zip(0..).collect();
            readable.sort_by_key(|name| order.get(name.as_str()));
        }
        let is_whole = |content: &&InMediaType<'a>| {
            streams.iter().all(|stream| stream.media_type != content.media.name())
        };
        for content in contents.iter().filter(is_whole) {
            self.report_plain(content.media, plain(&content.payload), response.origin());
        }
        let docs = docs::described(Some(response.description()));
        let case = |media_type: Option<String>, payload: Option<Payload>, by_media_type: bool| Case {
            origin: response.origin(),
            status: place.status,
            media_type,
            by_media_type,
            payload,
            docs: docs.clone(),
        };
        if contents.is_empty() {
            return (vec![case(None, None, false)], readable, streams);
        }
        let several = contents.len() > 1;
        let cases = contents.into_iter();
        let cases = cases.map(|one| case(Some(one.media.name().to_owned()), Some(one.payload), several));
        (cases.collect(), readable, streams)
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

/// Whether `default` describes success: if no success or redirect is declared, and no error with the same body.
fn default_succeeds(declared: &[ResponseRef<'_>]) -> bool {
    let schemas = |response: &ResponseRef<'_>| -> Vec<usize> {
        response.content().filter_map(MediaTypeRef::schema).map(SchemaRef::place).collect()
    };
    let default = declared.iter().find(|response| response.status() == resolve::Status::Default);
    let default = default.map(schemas).unwrap_or_default();
    !declared.iter().any(|response| match response.status() {
        resolve::Status::Default => false,
        resolve::Status::Code(100..=399) | resolve::Status::Range(1..=3) => true,
        resolve::Status::Code(_) | resolve::Status::Range(_) => {
            schemas(response).iter().any(|place| default.contains(place))
        }
    })
}

/// Whether a status is a success (RFC 9110 §15.3), by code or by range.
fn is_success(status: resolve::Status) -> bool {
    matches!(status, resolve::Status::Code(200..=299) | resolve::Status::Range(2))
}

/// Whether a redirect is an answer, with its `Location` as the result (RFC 9110 §15.4). If the document has successes,
/// the client follows redirects to a new place, which sends them. 304 is an error: it refers to a copy that the caller
/// has.
fn is_answer(status: resolve::Status, gives_success: bool) -> bool {
    match status {
        resolve::Status::Code(300 | 302 | 303) => true,
        resolve::Status::Code(301 | 307 | 308) | resolve::Status::Range(3) => !gives_success,
        _ => false,
    }
}

fn lower_status(status: resolve::Status) -> Status {
    match status {
        resolve::Status::Default => Status::Default,
        resolve::Status::Code(code) => Status::Exact(code),
        resolve::Status::Range(first) => Status::Range(first),
    }
}

fn declared_name(status: Status) -> Option<String> {
    (status != Status::Exact(200)).then(|| status.key())
}
