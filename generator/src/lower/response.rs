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

use super::{Lowering, docs, operation::inline};
use crate::{
    document::extension,
    ir::{Case, Docs, OperationId, Outcome, Role, Shape, Status},
    resolve::OperationView,
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

impl<'a> Lowering<'a> {
    /// What comes back on success, and on failure.
    pub(super) fn lower_responses(&mut self, view: &OperationView<'a>, id: OperationId) -> Lowered {
        let declared = self.document.responses(view.operation);
        let any_success = declared.iter().any(|(status, _)| is_success(status));
        let (mut success, mut failure) = (Vec::new(), Vec::new());
        for (status, response) in declared {
            let code = lower_status(&status);
            let succeeds = is_success(&status) || (code == Status::Default && !any_success);
            let named = declared_name(code);
            let role = if succeeds { Role::Response(named) } else { Role::Error(named) };
            let mut case = self.lower_case(code, response, id, role);
            if view.method == "HEAD" {
                // A response to HEAD has no body, whatever is documented (RFC 9110 §9.3.2).
                (case.media_type, case.payload) = (None, None);
            }
            if succeeds {
                success.push(case);
            } else if case.payload.is_some() {
                failure.push(case);
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

    /// One response: of several media types, the one that says most of the value.
    fn lower_case(&mut self, status: Status, response: &'a Response, id: OperationId, role: Role) -> Case {
        let origin = extension::origin(&response.extensions)
            .unwrap_or(crate::ir::Origin::root(crate::source::FileId(0)));
        let best = response.content.iter().min_by_key(|(name, _)| super::body::rank(name));
        let empty = matches!(status, Status::Exact(204 | 205 | 304));
        let best = best.filter(|_| !empty);
        Case {
            origin,
            status,
            media_type: best.map(|(name, _)| name.clone()),
            payload: best.map(|(name, media)| self.payload(name, media, inline(id, role))),
            docs: docs::described(Some(&response.description)),
        }
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
