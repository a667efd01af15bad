// needs: retry_after transport | crates: http
//! Which failures may pass, so that a later attempt can succeed.

use http::{HeaderMap, StatusCode};

use super::retry_after::retry_after;
use super::transport::{TransportError, TransportErrorKind};

/// A failure that may pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    /// The server did not do what the request asks for.
    NotActed,
    /// It may have done it.
    MayHaveActed,
}

impl Fault {
    /// The fault of a reply, by its status (RFC 9110 section 15) unless its `x-should-retry` decides; `None` if it is
    /// for good. A conflict (409) may pass only if `conflicts` says so.
    pub(super) fn of_reply(status: StatusCode, headers: &HeaderMap, conflicts: bool) -> Option<Self> {
        match headers.get("x-should-retry").map(|value| value.as_bytes()) {
            Some(b"true") => return Some(Fault::NotActed),
            Some(b"false") => return None,
            _ => {}
        }
        match status.as_u16() {
            409 if conflicts => Some(Fault::NotActed),
            408 | 429 => Some(Fault::NotActed),
            // a server that says when to come back has turned the request away
            503 if retry_after(headers).is_some() => Some(Fault::NotActed),
            501 | 505 => None,
            500.. => Some(Fault::MayHaveActed),
            _ => None,
        }
    }

    /// The fault of a request without a response.
    pub(super) fn of_transport(error: &TransportError) -> Option<Self> {
        match error.kind() {
            TransportErrorKind::Connect => Some(Fault::NotActed),
            TransportErrorKind::Timeout | TransportErrorKind::Interrupted => Some(Fault::MayHaveActed),
            TransportErrorKind::BodyTooLarge
            | TransportErrorKind::Redirect
            | TransportErrorKind::Upload
            | TransportErrorKind::Other => None,
        }
    }
}
