// needs: codec reader | crates: bytes http
//! What came back: raw, and read as what the operation returns.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::codec::{Codec, from_json};
use super::reader::DecodeError;

/// A successful response: status, headers, the body as it came, and the value read from it.
#[derive(Clone, Debug)]
pub struct Response<T> {
    reply: Reply,
    value: T,
}

impl<T> Response<T> {
    /// A reply and what was read from it.
    pub fn new(reply: Reply, value: T) -> Self { Self { reply, value } }

    /// The status.
    pub fn status(&self) -> StatusCode { self.reply.status }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap { &self.reply.headers }

    /// The body as it came, also where the document says that there is none.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The value.
    pub fn value(&self) -> &T { &self.value }

    /// The value, without the rest.
    pub fn into_value(self) -> T { self.value }

    /// The same response with something made of its value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response { reply: self.reply, value: make(self.value) }
    }
}

/// A response as it came, whatever its status.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decoded from its `Content-Encoding`.
    pub body: RawBody,
}

impl Reply {
    /// The body as JSON, whatever its `Content-Type` says: servers mislabel it, and a body that is not JSON fails anyway.
    pub fn json<T: Codec>(&self) -> Result<T, BodyError> {
        if self.body.as_bytes().is_empty() {
            return Err(BodyError::Empty);
        }
        from_json(self.body.as_bytes()).map_err(BodyError::Json)
    }

    /// The body as text, which must be UTF-8.
    pub fn text(&self) -> Result<String, BodyError> {
        String::from_utf8(self.body.as_bytes().to_vec()).map_err(|error| BodyError::Text(error.utf8_error()))
    }

    /// The body as it is.
    pub fn bytes(&self) -> Result<Bytes, BodyError> { Ok(self.body.bytes().clone()) }

    /// Nothing of the body.
    pub fn empty(&self) -> Result<(), BodyError> { Ok(()) }
}

/// A response body as it came. It prints as text, with U+FFFD in place of what is not UTF-8.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawBody(Bytes);

impl RawBody {
    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] { &self.0 }

    /// Its bytes, to be kept: copies share them.
    pub fn bytes(&self) -> &Bytes { &self.0 }
}

impl From<Bytes> for RawBody {
    fn from(bytes: Bytes) -> Self { RawBody(bytes) }
}

impl fmt::Display for RawBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(&String::from_utf8_lossy(&self.0)) }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { write!(out, "{:?}", String::from_utf8_lossy(&self.0)) }
}

/// Why a body is not what was expected.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BodyError {
    /// It is not the JSON that was expected; the error has the JSON path.
    Json(DecodeError),
    /// It is empty.
    Empty,
    /// It is not UTF-8.
    Text(std::str::Utf8Error),
    /// Something else, in words.
    Other(String),
}

impl fmt::Display for BodyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BodyError::Json(error) => error.fmt(out),
            BodyError::Empty => out.write_str("the body is empty"),
            BodyError::Text(error) => error.fmt(out),
            BodyError::Other(problem) => out.write_str(problem),
        }
    }
}

impl std::error::Error for BodyError {}

/// A response with a good status and a body that could not be read.
#[derive(Clone, Debug)]
pub struct DecodeFailure {
    reply: Reply,
    error: BodyError,
}

impl DecodeFailure {
    /// A failure to read a reply.
    pub fn new(reply: Reply, error: BodyError) -> Self { Self { reply, error } }

    /// The status.
    pub fn status(&self) -> StatusCode { self.reply.status }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap { &self.reply.headers }

    /// The body as it came.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The bytes of the body.
    pub fn bytes(&self) -> &Bytes { self.reply.body.bytes() }

    /// Why it could not be read.
    pub fn error(&self) -> &BodyError { &self.error }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the body of a {} response could not be read: {}", self.reply.status, self.error)
    }
}

impl std::error::Error for DecodeFailure {}
