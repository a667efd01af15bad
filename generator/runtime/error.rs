// needs: api_error decode_failure fault request_error request_id response retry_after transport unfinished | crates: http
//! The error type of the crate.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::api_error::{ApiError, Documented, Undocumented};
use super::decode_failure::DecodeFailure;
use super::fault::Fault;
use super::request_error::RequestError;
use super::request_id::request_id;
use super::response::Reply;
use super::retry_after::retry_after;
use super::transport::{TransportError, TransportErrorKind};
use super::unfinished::Unfinished;

/// Why a call failed. `D` says what the document describes of error bodies: a call with documented errors fails with
/// `Error<Documented<B>>`, which `?` converts to a plain `Error`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<D = Undocumented> {
    /// The server answered with a status other than 2xx.
    Api(Box<ApiError<D>>),
    /// No response arrived, or only part of one.
    Transport(TransportError),
    /// The status was 2xx, but the body could not be read.
    Decode(Box<DecodeFailure>),
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// The client could not be built.
    Config(ConfigError),
    /// Work that was started failed, or was not done in time; only where calls are awaited until their work is done.
    Work(Box<Unfinished>),
}

impl<D> Error<D> {
    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Error::Api(error) => Some(error.status()),
            Error::Decode(failure) => Some(failure.status()),
            Error::Transport(_) | Error::Request(_) | Error::Config(_) | Error::Work(_) => None,
        }
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Error::Api(error) => Some(error.headers()),
            Error::Decode(failure) => Some(failure.headers()),
            Error::Transport(_) | Error::Request(_) | Error::Config(_) | Error::Work(_) => None,
        }
    }

    /// Whether the call timed out, or the deadline of work passed.
    pub fn is_timeout(&self) -> bool {
        match self {
            Error::Transport(error) => error.kind() == TransportErrorKind::Timeout,
            Error::Work(work) => work.is_late(),
            Error::Api(_) | Error::Decode(_) | Error::Request(_) | Error::Config(_) => false,
        }
    }

    /// Drops the documented error body, as `?` does: for `map_err(Error::undocumented)`, where the target type of
    /// `Error::from` cannot be inferred.
    pub fn undocumented(self) -> Error {
        match self {
            Error::Api(error) => Error::Api(Box::new(error.undocumented())),
            Error::Transport(error) => Error::Transport(error),
            Error::Decode(failure) => Error::Decode(failure),
            Error::Request(error) => Error::Request(error),
            Error::Config(error) => Error::Config(error),
            Error::Work(work) => Error::Work(work),
        }
    }

    /// Whether a later attempt may succeed, as the default [`RetryPolicy`](super::retry::RetryPolicy) sees it; whether
    /// one does harm depends on the call.
    pub fn is_retryable(&self) -> bool {
        match self {
            Error::Api(error) => error.is_retryable(),
            Error::Transport(error) => Fault::of_transport(error).is_some(),
            Error::Decode(_) | Error::Request(_) | Error::Config(_) | Error::Work(_) => false,
        }
    }

    /// The ID under which the server knows the request, if it says so: `x-request-id` and the like.
    pub fn request_id(&self) -> Option<&str> { request_id(self.headers()?) }

    /// How long the server asks to wait before the next attempt (`Retry-After`, RFC 9110 section 10.2.3); zero if the
    /// named time is past.
    pub fn retry_after(&self) -> Option<Duration> { retry_after(self.headers()?) }
}

impl<B> From<Error<Documented<B>>> for Error {
    fn from(error: Error<Documented<B>>) -> Self { error.undocumented() }
}

impl<D> From<TransportError> for Error<D> {
    fn from(error: TransportError) -> Self { Error::Transport(error) }
}

impl<D> From<RequestError> for Error<D> {
    fn from(error: RequestError) -> Self { Error::Request(error) }
}

impl<D> From<ConfigError> for Error<D> {
    fn from(error: ConfigError) -> Self { Error::Config(error) }
}

/// Why there is no reply; the same for every type of call.
#[derive(Debug)]
pub(super) enum Failure {
    Transport(TransportError),
    /// An error reply whose body could not be read.
    Unread(Box<Reply>, TransportError),
    Request(RequestError),
}

#[cfg(feature = "tracing")]
impl Failure {
    /// What kind of failure it is, in a word.
    pub(super) fn kind(&self) -> &'static str {
        let error = match self {
            Failure::Transport(error) | Failure::Unread(_, error) => error,
            Failure::Request(_) => return "request",
        };
        match error.kind() {
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::Timeout => "timeout",
            TransportErrorKind::BodyTooLarge => "body_too_large",
            TransportErrorKind::Interrupted => "interrupted",
            TransportErrorKind::Redirect => "redirect",
            TransportErrorKind::Upload => "upload",
            TransportErrorKind::Other => "other",
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self { Failure::Transport(error) }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self { Failure::Request(error) }
}

impl<D> From<Failure> for Error<D> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Transport(error) | Failure::Unread(_, error) => Error::Transport(error),
            Failure::Request(error) => Error::Request(error),
        }
    }
}

impl<D> fmt::Display for Error<D> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api(error) => error.fmt(out),
            Error::Transport(error) => error.fmt(out),
            Error::Decode(failure) => failure.fmt(out),
            Error::Request(error) => write!(out, "the request could not be built: {error}"),
            Error::Config(error) => error.fmt(out),
            Error::Work(work) => work.fmt(out),
        }
    }
}

/// The source is only what the message does not already include.
impl<D: fmt::Debug> std::error::Error for Error<D> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Transport(error) => error.source(),
            Error::Api(_) | Error::Decode(_) | Error::Request(_) | Error::Config(_) | Error::Work(_) => None,
        }
    }
}

/// Why a client could not be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(Box<str>);

impl ConfigError {
    /// Creates an error from a message, which must not contain a secret.
    #[cold]
    pub fn new(message: impl Into<String>) -> Self { ConfigError(message.into().into_boxed_str()) }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the client could not be made: {}", self.0)
    }
}

impl std::error::Error for ConfigError {}
