//! Words for responses: `ok`, `not found text`.

use crate::ir::{Case, Status};

/// The words for a response: its status by its reason phrase (RFC 9110 §15), and its media type unless that is JSON.
pub(super) fn case_text(case: &Case) -> String {
    let status = status_text(case.status);
    match case.media_type.as_deref().filter(|_| case.by_media_type) {
        None | Some("application/json" | "application/problem+json") => status,
        Some("text/plain") => format!("{status} text"),
        Some("application/octet-stream") => format!("{status} bytes"),
        Some(other) => format!("{status} {}", other.split_once('/').map_or(other, |(_, subtype)| subtype)),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Exact(code) => match http_reason(code) {
            Some(reason) => reason.to_owned(),
            None => format!("status {code}"),
        },
        Status::Range(first) => match first {
            2 => "success".to_owned(),
            4 => "client error".to_owned(),
            5 => "server error".to_owned(),
            other => format!("status {other}XX"),
        },
        Status::Default => "default".to_owned(),
    }
}

/// The reason phrase of a common status code.
fn http_reason(code: u16) -> Option<&'static str> {
    let reason = match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        428 => "precondition required",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return None,
    };
    Some(reason)
}
