// needs: codec fault operation request_id response retry_after shown | crates: bytes http
//! An error response of the server, and what the document says about its body.
//!
//! A call's error type is `Error<D>`, where `D` says what the document describes: [`Undocumented`] for nothing,
//! [`Documented<B>`](Documented) for a body of type `B` at some statuses. [`ErrorBody`] reads `B`: any type with a
//! codec is read from JSON, or a scalar from text, whatever the status; an enum with a variant per status implements
//! the trait itself.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::codec::{Codec, Deviation};
use super::fault::Fault;
use super::operation::Status;
use super::request_id::request_id;
use super::response::{BodyError, RawBody, Reply};
use super::retry_after::retry_after;
use super::shown::Limited;

/// How the error bodies that a document describes are read from a reply.
///
/// It does not ask for [`Send`]: each method that names an error would have the compiler prove it again, through all
/// types that the error refers to.
pub trait ErrorPayload: Sized + 'static {
    /// Reads the body documented for the reply's status; `documented` lists the statuses that have one.
    fn read(reply: &mut Reply, documented: &[Status]) -> Self;
}

/// The document describes no error body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undocumented;

impl ErrorPayload for Undocumented {
    fn read(_: &mut Reply, _: &[Status]) -> Self { Undocumented }
}

/// The document describes the error body for some statuses.
#[derive(Clone, Debug, PartialEq)]
pub enum Documented<B> {
    /// The body was read.
    Read(B),
    /// A body is documented for this status, but the reply has a different one.
    Unreadable(BodyError),
    /// No body is documented for this status.
    OtherStatus,
}

impl<B: ErrorBody> ErrorPayload for Documented<B> {
    fn read(reply: &mut Reply, documented: &[Status]) -> Self {
        match Status::find(documented, reply.status).map(|key| B::read(key, reply)) {
            Some(Ok(body)) => Documented::Read(body),
            Some(Err(error)) => Documented::Unreadable(error),
            None => Documented::OtherStatus,
        }
    }
}

/// An error body that a document describes.
///
/// Every type with a codec implements it, read from JSON, or a scalar from text. An enum with a variant per status has
/// no codec and implements it by the key:
///
/// ```ignore
/// impl ErrorBody for GetUserError {
///     fn read(key: Status, reply: &mut Reply) -> Result<Self, BodyError> {
///         match key {
///             Status::Exact(404) => reply.json().map(Self::NotFound),
///             Status::Range(5) => Ok(Self::ServerError),
///             _ => reply.json().map(Self::Default),
///         }
///     }
/// }
/// ```
pub trait ErrorBody: Sized + 'static {
    /// Reads the body of a reply whose status falls under a documented key.
    fn read(key: Status, reply: &mut Reply) -> Result<Self, BodyError>;
}

impl<B: Codec + 'static> ErrorBody for B {
    fn read(_: Status, reply: &mut Reply) -> Result<Self, BodyError> { reply.text_or_json() }
}

/// A response with a status other than 2xx, with its headers and body.
#[derive(Clone)]
pub struct ApiError<D = Undocumented> {
    reply: Reply,
    payload: D,
}

impl<D> ApiError<D> {
    /// Reads the documented body from a reply and wraps both as an error.
    pub fn new(mut reply: Reply, documented: &[Status]) -> Self
    where
        D: ErrorPayload,
    {
        let payload = D::read(&mut reply, documented);
        Self { reply, payload }
    }

    /// The status code.
    pub fn status(&self) -> StatusCode { self.reply.status }

    /// The response headers.
    pub fn headers(&self) -> &HeaderMap { &self.reply.headers }

    /// Whether a later attempt may succeed; see [`Error::is_retryable`](super::error::Error::is_retryable).
    pub fn is_retryable(&self) -> bool { Fault::of_reply(self.status(), self.headers(), false).is_some() }

    /// The ID under which the server knows the request, if it says so: `x-request-id` and the like.
    pub fn request_id(&self) -> Option<&str> { request_id(self.headers()) }

    /// How long the server asks to wait before the next attempt (`Retry-After`, RFC 9110 section 10.2.3); zero if the
    /// named time is past.
    pub fn retry_after(&self) -> Option<Duration> { retry_after(self.headers()) }

    /// The body as received; it prints as text.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The bytes of the body.
    pub fn bytes(&self) -> &Bytes { self.reply.body.bytes() }

    /// Reads the body as JSON of any type.
    pub fn json<T: Codec>(&self) -> Result<T, BodyError> { self.reply.clone().json() }

    /// Where the documented body differs from its description but was read anyway.
    pub fn deviations(&self) -> &[Deviation] { self.reply.deviations() }

    /// Drops the documented body and keeps the bytes.
    pub fn undocumented(self) -> ApiError { ApiError { reply: self.reply, payload: Undocumented } }
}

impl<B> ApiError<Documented<B>> {
    /// The documented body for this status. `None` if the document describes no body, or the reply has another one.
    pub fn documented(&self) -> Option<&B> {
        if let Documented::Read(body) = &self.payload { Some(body) } else { None }
    }

    /// Why the documented body could not be read; `None` if it was read or none is documented for the status.
    pub fn unreadable(&self) -> Option<&BodyError> {
        if let Documented::Unreadable(error) = &self.payload { Some(error) } else { None }
    }
}

/// Shows the start of the raw and the parsed body, but no header that may hold a secret.
impl<D: fmt::Debug> fmt::Debug for ApiError<D> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ApiError").field("reply", &self.reply).field("payload", &Limited(&self.payload)).finish()
    }
}

/// `404 Not Found: {"message":"no such user"}`, with at most 200 characters of the body.
impl<D> fmt::Display for ApiError<D> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.reply.status)?;
        let bytes = self.reply.body.as_bytes();
        // a character takes at most four bytes, so 200 of them fit in the first 800
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(804)]);
        let start = text.char_indices().nth(200).map_or(text.as_ref(), |(end, _)| &text[..end]);
        match start.trim() {
            "" => Ok(()),
            start => write!(out, ": {start}"),
        }
    }
}

impl<D: fmt::Debug> std::error::Error for ApiError<D> {}
