//! Responses, by status and media type.
//!
//! ```yaml
//! responses:
//!   "200": { content: { application/json: { schema: { $ref: "#/components/schemas/User" } } } }
//!   "404": { content: { application/json: { schema: { $ref: "#/components/schemas/Problem" } } } }
//! ```
//! is a call that gives `User`, and on failure an error that documents `Problem`. Bodies that differ by status
//! are an enum.

use openapiv3::{Response, StatusCode};

use super::{
    Lowering,
    body::{essence, is_xml, rank},
    docs,
    operation::{inline, part_of},
};
use crate::{
    document::extension,
    ir::{Case, Docs, OperationId, Outcome, Payload, Primitive, Role, Shape, Status, Type},
    resolve::{OperationView, Target},
};

/// What comes back.
pub(super) struct Lowered {
    /// The media types of success.
    pub accept: Vec<String>,
    /// On success.
    pub success: Outcome,
    /// On failure.
    pub failure: Outcome,
}

/// A place that a response stands in.
struct Answer {
    status: Status,
    succeeds: bool,
    /// Whether it has no body, whatever is documented.
    empty: bool,
    id: OperationId,
}

impl Answer {
    /// What its body is for; the status is told by the name of a shared response.
    fn role(&self, by_status: bool, media_type: Option<&String>) -> Role {
        let status = declared_name(self.status).filter(|_| by_status);
        let media_type = media_type.map(|name| essence(name));
        let words: Vec<String> = status.into_iter().chain(media_type).collect();
        let word = (!words.is_empty()).then(|| words.join(" "));
        if self.succeeds { Role::Response(word) } else { Role::Error(word) }
    }
}

/// Whether a body is something else than one that is known, and not the same value in other words: XML beside JSON,
/// a text beside a JSON string, the events that a JSON value is sent in.
fn is_other(media_type: &str, payload: &Payload, known: &Payload) -> bool {
    match (payload, known) {
        (_, _) if payload == known => false,
        (Payload::Text, Payload::Json(ty)) => {
            let same = matches!(ty, Type::Primitive(Primitive::String));
            let form = matches!(essence(media_type).as_str(), "text/event-stream" | "text/html");
            !same && !form && !is_xml(media_type)
        }
        _ => true,
    }
}

impl<'a> Lowering<'a> {
    /// What comes back on success, and on failure.
    pub(super) fn lower_responses(&mut self, view: &OperationView<'a>, id: OperationId) -> Lowered {
        let declared = self.document.responses(view.operation);
        let any_success = declared.iter().any(|(status, _)| is_success(status));
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        for (status, response) in declared {
            let code = lower_status(&status);
            let succeeds = is_success(&status) || (code == Status::Default && !any_success);
            // A response to HEAD has no body, whatever is documented (RFC 9110 §9.3.2).
            let empty = view.method == "HEAD" || matches!(code, Status::Exact(204 | 205 | 304));
            let place = Answer { status: code, succeeds, empty, id };
            let cases = self.lower_cases(&place, response);
            if succeeds {
                success.extend(cases);
            } else {
                failure.extend(cases.into_iter().filter(|case| case.payload.is_some()));
            }
        }
        let mut accept: Vec<String> = Vec::new();
        for media_type in success.iter().filter_map(|case: &Case| case.media_type.clone()) {
            if !accept.contains(&media_type) {
                accept.push(media_type);
            }
        }
        Lowered {
            accept,
            success: self.outcome(success, id, Role::Response(None)),
            failure: self.outcome(failure, id, Role::Error(None)),
        }
    }

    /// One response: a case for each media type that is more than another way to write the same value.
    fn lower_cases(&mut self, place: &Answer, response: Target<'a, Response>) -> Vec<Case> {
        let declared = response.item;
        let origin = extension::origin(&declared.extensions)
            .unwrap_or(crate::ir::Origin::root(crate::source::FileId(0)));
        let mut media_types: Vec<_> = declared.content.iter().filter(|_| !place.empty).collect();
        media_types.sort_by_key(|(name, _)| rank(name));
        let mut payloads: Vec<(String, Payload)> = Vec::new();
        for (name, media) in media_types {
            let role = place.role(response.name.is_none(), Some(name).filter(|_| !payloads.is_empty()));
            let payload = self.response_payload(name, media, part_of(response.name, place.id, role));
            if payloads.iter().all(|(_, known)| is_other(name, &payload, known)) {
                payloads.push((name.clone(), payload));
            }
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
        if payloads.is_empty() {
            return vec![case(None, None, false)];
        }
        let several = payloads.len() > 1;
        payloads.into_iter().map(|(name, payload)| case(Some(name), Some(payload), several)).collect()
    }

    /// Cases that all have one body are that body; else they are a type of their own.
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

/// Whether it is a status of success (RFC 9110 §15.3), by code or by range.
fn is_success(status: &Option<StatusCode>) -> bool {
    matches!(status, Some(StatusCode::Code(200..=299) | StatusCode::Range(2)))
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
