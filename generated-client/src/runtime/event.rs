// needs: base_url deviation error operation | crates: http tracing
//! Spans and events of the `tracing` crate, behind the feature of that name.
//!
//! Names of fields are those of OpenTelemetry's semantic conventions for HTTP clients, so that an exporter needs no
//! mapping. None holds a parameter, a header or a body, which may be secrets: the URL is told by its template.

use std::time::Duration;

use http::StatusCode;
#[cfg(feature = "tracing")]
use tracing::field::Empty;
#[cfg(feature = "tracing")]
use tracing::instrument::{Instrument as _, Instrumented};
#[cfg(feature = "tracing")]
use tracing::{Span, debug, info_span, warn};

use super::base_url::BaseUrl;
use super::deviation::Deviation;
use super::error::Failure;
use super::operation::Operation;

/// Puts a call into a span of its own.
#[cfg(feature = "tracing")]
pub(super) fn call<F>(operation: &Operation, base: &BaseUrl, call: F) -> Instrumented<F> {
    let (method, template) = (operation.method(), operation.path());
    let span = info_span!(
        "call",
        otel.name = %format_args!("{method} {template}"),
        otel.kind = "client",
        operation = operation.id(),
        http.request.method = method,
        url.template = template,
        server.address = base.host(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
    );
    call.instrument(span)
}

#[cfg(not(feature = "tracing"))]
pub(super) fn call<F>(_: &Operation, _: &BaseUrl, call: F) -> F { call }

/// Emits an event for what an attempt came to, and notes it in the span of the call.
#[cfg(feature = "tracing")]
pub(super) fn attempt(number: u32, outcome: Result<StatusCode, &Failure>) {
    let resends = number.saturating_sub(1);
    let status = outcome.as_ref().ok().map(StatusCode::as_u16);
    let error = match &outcome {
        Ok(status) if status.is_client_error() || status.is_server_error() => Some(status.as_str()),
        Ok(_) => None,
        Err(failure) => Some(failure.kind()),
    };
    let span = Span::current();
    span.record("http.request.resend_count", resends);
    status.map(|status| span.record("http.response.status_code", status));
    error.map(|error| span.record("error.type", error));
    debug!(http.request.resend_count = resends, http.response.status_code = status, error.type = error, "an attempt");
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: u32, _: Result<StatusCode, &Failure>) {}

/// Emits an event for an attempt that is to be repeated.
#[cfg(feature = "tracing")]
pub(super) fn retry(operation: &Operation, attempt: u32, wait: Duration) {
    let wait = wait.as_secs_f64();
    debug!(operation = operation.id(), attempt, wait, "an attempt failed and is repeated");
}

#[cfg(not(feature = "tracing"))]
pub(super) fn retry(_: &Operation, _: u32, _: Duration) {}

/// Emits an event for each deviation of a body from the document.
#[cfg(feature = "tracing")]
pub(super) fn deviations(deviations: &[Deviation], operation: &Operation) {
    for deviation in deviations {
        let (path, expected, found) = (deviation.path(), deviation.expected(), deviation.found());
        warn!(operation = operation.id(), path, expected, found, "a reply deviates from the document");
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn deviations(_: &[Deviation], _: &Operation) {}
