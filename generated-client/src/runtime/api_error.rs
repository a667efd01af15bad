// needs: codec operation response shown | crates: bytes http
//! An error that the server answered with, and what the document says its body is.
//!
//! A call's error type is `Error<D>`, where `D` says what is known of the body: [`Undocumented`] nothing,
//! [`Documented<B>`](Documented) that it is a `B` for some statuses. `B` is read by [`ErrorBody`]: anything with a codec
//! reads itself from JSON, or a scalar from text, whatever the status; an enum with a variant per status implements the
//! trait itself.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::codec::{Codec, Deviation};
use super::operation::Status;
use super::response::{BodyError, RawBody, Reply};
use super::shown::Limited;

/// What a document says of the bodies of errors: read from a reply when an error is made.
pub trait ErrorPayload: Sized + Send + Sync + 'static {
    /// Reads what is documented for the status of the reply; `documented` are the statuses that have something.
    fn read(reply: &mut Reply, documented: &[Status]) -> Self;
}

/// The document says nothing of the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undocumented;

impl ErrorPayload for Undocumented {
    fn read(_: &mut Reply, _: &[Status]) -> Self { Undocumented }
}

/// The document has a body for some statuses.
#[derive(Clone, Debug, PartialEq)]
pub enum Documented<B> {
    /// It was read.
    Read(B),
    /// There is one for this status, and what came is something else.
    Unreadable(BodyError),
    /// There is none for this status.
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
/// Every type with a codec is one, read from JSON, or a scalar from text. An enum with a variant per status has no codec,
/// and implements it by the key:
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
pub trait ErrorBody: Sized + Send + Sync + 'static {
    /// Reads the body of a reply whose status falls under a documented key.
    fn read(key: Status, reply: &mut Reply) -> Result<Self, BodyError>;
}

impl<B: Codec + Send + Sync + 'static> ErrorBody for B {
    fn read(_: Status, reply: &mut Reply) -> Result<Self, BodyError> { reply.text_or_json() }
}

/// A status other than 2xx, with all that came with it.
#[derive(Clone)]
pub struct ApiError<D = Undocumented> {
    reply: Reply,
    payload: D,
}

impl<D> ApiError<D> {
    /// The error of a reply.
    pub fn new(mut reply: Reply, documented: &[Status]) -> Self
    where
        D: ErrorPayload,
    {
        let payload = D::read(&mut reply, documented);
        Self { reply, payload }
    }

    /// The status.
    pub fn status(&self) -> StatusCode { self.reply.status }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap { &self.reply.headers }

    /// The body as it came; it prints as text.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The bytes of the body.
    pub fn bytes(&self) -> &Bytes { self.reply.body.bytes() }

    /// The body as JSON of a type that the document does not name here.
    pub fn json<T: Codec>(&self) -> Result<T, BodyError> { self.reply.clone().json() }

    /// Where the documented body is not what its description says, and was read all the same.
    pub fn deviations(&self) -> &[Deviation] { self.reply.deviations() }

    /// The same error without what is documented of its body; the bytes stay.
    pub fn undocumented(self) -> ApiError { ApiError { reply: self.reply, payload: Undocumented } }
}

impl<B> ApiError<Documented<B>> {
    /// The body that is documented for the status; `None` if there is none, or if what came is something else.
    pub fn documented(&self) -> Option<&B> {
        if let Documented::Read(body) = &self.payload { Some(body) } else { None }
    }

    /// Why the documented body could not be read; `None` if it could, or if none is documented for the status.
    pub fn unreadable(&self) -> Option<&BodyError> {
        if let Documented::Unreadable(error) = &self.payload { Some(error) } else { None }
    }
}

/// Shows the start of the body and of what was read of it, and no header that may hold a secret.
impl<D: fmt::Debug> fmt::Debug for ApiError<D> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ApiError").field("reply", &self.reply).field("payload", &Limited(&self.payload)).finish()
    }
}

/// `404 Not Found: {"message":"no such user"}`, with no more than 200 characters of the body.
impl<D> fmt::Display for ApiError<D> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.reply.status)?;
        let bytes = self.reply.body.as_bytes();
        // no character is longer than four bytes, so that 200 of them are within the first 800
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(804)]);
        let start = text.char_indices().nth(200).map_or(text.as_ref(), |(end, _)| &text[..end]);
        match start.trim() {
            "" => Ok(()),
            start => write!(out, ": {start}"),
        }
    }
}

impl<D: fmt::Debug> std::error::Error for ApiError<D> {}
