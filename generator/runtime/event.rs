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

/// The span of a call.
#[cfg(feature = "tracing")]
pub(super) struct CallSpan(Span);

#[cfg(not(feature = "tracing"))]
pub(super) struct CallSpan;

/// The span of a call of an operation.
#[cfg(feature = "tracing")]
pub(super) fn call(operation: &Operation, base: &BaseUrl) -> CallSpan {
    let (method, template, url) = (operation.method(), operation.path(), base.of(operation).unwrap_or_default());
    CallSpan(info_span!(
        "call",
        otel.name = %format_args!("{method} {template}"),
        otel.kind = "client",
        operation = operation.id(),
        http.request.method = method,
        url.template = template,
        server.address = host(&url),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
    ))
}

#[cfg(not(feature = "tracing"))]
pub(super) fn call(_: &Operation, _: &BaseUrl) -> CallSpan { CallSpan }

/// Runs a call within its span.
#[cfg(feature = "tracing")]
pub(super) fn within<F>(span: &CallSpan, call: F) -> Instrumented<F> { call.instrument(span.0.clone()) }

#[cfg(not(feature = "tracing"))]
pub(super) fn within<F>(_: &CallSpan, call: F) -> F { call }

/// Notes in the span of a call what it came to, and after how many attempts.
#[cfg(feature = "tracing")]
pub(super) fn ended(CallSpan(span): &CallSpan, outcome: Result<(StatusCode, u32), &Failure>) {
    if let Ok((status, attempts)) = &outcome {
        span.record("http.request.resend_count", attempts.saturating_sub(1));
        span.record("http.response.status_code", status.as_u16());
    }
    let status = outcome.map(|(status, _)| status);
    error_type(&status).map(|error| span.record("error.type", error));
}

#[cfg(not(feature = "tracing"))]
pub(super) fn ended(_: &CallSpan, _: Result<(StatusCode, u32), &Failure>) {}

/// Emits an event for what an attempt came to.
#[cfg(feature = "tracing")]
pub(super) fn attempt(number: u32, outcome: Result<StatusCode, &Failure>) {
    let resends = number.saturating_sub(1);
    let (status, error) = (outcome.as_ref().ok().map(StatusCode::as_u16), error_type(&outcome));
    debug!(http.request.resend_count = resends, http.response.status_code = status, error.type = error, "an attempt");
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: u32, _: Result<StatusCode, &Failure>) {}

/// The status of an error, or the kind of a failure.
#[cfg(feature = "tracing")]
fn error_type<'a>(outcome: &'a Result<StatusCode, &Failure>) -> Option<&'a str> {
    match outcome {
        Ok(status) if status.is_client_error() || status.is_server_error() => Some(status.as_str()),
        Ok(_) => None,
        Err(failure) => Some(failure.kind()),
    }
}

/// The host of a URL, without its port.
#[cfg(feature = "tracing")]
fn host(url: &str) -> &str {
    let authority = url.split_once("://").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

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
