// needs: budget charset codec reader request_id shown writer | crates: bytes http
//! The response to a call: raw, and as the value that the operation returns.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::budget::Allowance;
use super::charset::{charset, decode};
use super::codec::{Codec, Deviation, read_into};
use super::reader::{DecodeError, Kind};
use super::request_id::request_id;
use super::shown::{Headers, Limited, Start};
use super::writer::Writer;

/// A successful response: status, headers, the body as received, and the value read from it.
#[derive(Clone)]
pub struct Response<T> {
    reply: Reply,
    value: T,
}

impl<T> Response<T> {
    /// Combines a reply with the value read from it.
    pub fn new(reply: Reply, value: T) -> Self { Self { reply, value } }

    /// The status code.
    pub fn status(&self) -> StatusCode { self.reply.status }

    /// The response headers.
    pub fn headers(&self) -> &HeaderMap { &self.reply.headers }

    /// The ID under which the server knows the request, if it says so: `x-request-id` and the like.
    pub fn request_id(&self) -> Option<&str> { request_id(&self.reply.headers) }

    /// How many attempts the call took.
    pub fn attempts(&self) -> u32 { self.reply.attempt }

    /// The body as received. It is empty if [`stream`](super::call::Call::stream) left it unread.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The value read from the body.
    pub fn value(&self) -> &T { &self.value }

    /// Where the body differs from the API's description, in the order of the body; at most the first 1,000. The value
    /// was read anyway:
    ///
    /// | in the body | in the value |
    /// |---|---|
    /// | a required member is absent or `null` | blank: `""`, 0, `false`, an empty list, an unknown value |
    /// | `"12"` for a number, `"true"` for a boolean | the number, the boolean |
    /// | `12` or `true` for a string | `"12"`, `"true"` |
    /// | a member whose value is of another kind | blank; the original is in `extra` of its struct |
    ///
    /// The original is sent back as long as the field is not set. With
    /// [`strict_reading`](super::builder::ClientBuilder::strict_reading) each of these is an error.
    pub fn deviations(&self) -> &[Deviation] { &self.reply.deviations }

    /// Returns the value, dropping the rest.
    pub fn into_value(self) -> T { self.value }

    /// Applies a function to the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response { reply: self.reply, value: make(self.value) }
    }
}

/// Shows the start of the body and the value, but no header that may hold a secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Response").field("reply", &self.reply).field("value", &Limited(&self.value)).finish()
    }
}

/// A response as received, whatever its status.
#[derive(Clone)]
pub struct Reply {
    /// The status code.
    pub status: StatusCode,
    /// The response headers.
    pub headers: HeaderMap,
    /// The body, decoded from its `Content-Encoding`.
    pub body: RawBody,
    /// Whether a body that deviates from its description is an error.
    strict: bool,
    /// The documented media types, as listed in `Accept`.
    documented: &'static str,
    /// Limits on what reading the body may cost.
    allowance: Allowance,
    /// Which attempt of the call it answers.
    pub(super) attempt: u32,
    deviations: Vec<Deviation>,
}

impl Reply {
    /// Creates a reply; if `strict`, its body must match its description exactly.
    pub fn new(status: StatusCode, headers: HeaderMap, body: RawBody, strict: bool) -> Self {
        Self {
            status,
            headers,
            body,
            strict,
            documented: "",
            allowance: Allowance::DEFAULT,
            attempt: 1,
            deviations: Vec::new(),
        }
    }

    /// Sets the documented media types, as listed in `Accept`.
    #[must_use]
    pub fn documented(mut self, media_types: &'static str) -> Self {
        self.documented = media_types;
        self
    }

    /// Sets the limits on what reading the body may cost.
    #[must_use]
    pub fn allowing(mut self, allowance: Allowance) -> Self {
        self.allowance = allowance;
        self
    }

    /// Holds the next item of a stream as the body, and forgets the deviations of the item before.
    pub(super) fn hold(&mut self, body: Bytes) {
        self.body = RawBody(body);
        self.deviations.clear();
    }

    /// Reads the body as JSON, whatever its `Content-Type`: servers mislabel it, and a body that is not JSON fails
    /// anyway.
    pub fn json<T: Codec>(&mut self) -> Result<T, BodyError> {
        let mut value = T::blank();
        self.read_body(&mut value)?;
        Ok(value)
    }

    /// Reads the body into a blank value. Stands apart from [`json`](Self::json) to be compiled once for all types.
    fn read_body(&mut self, value: &mut dyn Codec) -> Result<(), BodyError> {
        let body = self.body.bytes().clone();
        if body.is_empty() {
            return Err(BodyError::Empty);
        }
        self.read(value, &body)
    }

    fn read(&mut self, value: &mut dyn Codec, json: &[u8]) -> Result<(), BodyError> {
        let mut deviations = read_into(value, json, self.allowance).map_err(BodyError::Json)?;
        if self.strict && !deviations.is_empty() {
            return Err(BodyError::Json(deviations.remove(0).into_error(json)));
        }
        self.deviations.append(&mut deviations);
        Ok(())
    }

    /// Where the body that was read differs from its description.
    pub fn deviations(&self) -> &[Deviation] { &self.deviations }

    /// Reads the body as text, in the charset of its `Content-Type`, else of the document, else UTF-8.
    pub fn text(&mut self) -> Result<String, BodyError> {
        let decoded = self.charset().map(|charset| decode(charset, self.body.as_bytes()));
        match decoded {
            Some(Ok(text)) => return Ok(text),
            // servers send UTF-8 under invalid charset names
            Some(Err(problem)) if std::str::from_utf8(self.body.as_bytes()).is_err() => {
                return Err(BodyError::Other(problem));
            }
            Some(Err(_)) | None => {}
        }
        String::from_utf8(self.body.as_bytes().to_vec()).map_err(|error| BodyError::Text(error.utf8_error()))
    }

    /// Reads the text of the body as a scalar.
    pub fn parsed_text<T: Codec>(&mut self) -> Result<T, BodyError> {
        let text = self.text()?;
        self.parsed(&text)
    }

    /// Reads a text as a scalar.
    pub(super) fn parsed<T: Codec>(&mut self, text: &str) -> Result<T, BodyError> {
        let mut value = T::blank();
        self.read_text(&mut value, text, T::accepts(Kind::String))?;
        Ok(value)
    }

    fn read_text(&mut self, value: &mut dyn Codec, text: &str, is_string: bool) -> Result<(), BodyError> {
        let mut json = Writer::new();
        json.string(text);
        let read = self.read(value, if is_string { json.written() } else { text.as_bytes() });
        read.map_err(|error| BodyError::Other(format!("the text does not match the document: {error}")))
    }

    /// Reads the body as a scalar: from its text if the `Content-Type` is textual but not JSON, otherwise from JSON.
    pub fn text_or_json<T: Codec>(&mut self) -> Result<T, BodyError> {
        let is_scalar = !T::accepts(Kind::Object) && !T::accepts(Kind::Array);
        if is_scalar && self.is_text() { self.parsed_text() } else { self.json() }
    }

    fn charset(&self) -> Option<&str> {
        let stated = self.content_type();
        if stated.to_ascii_lowercase().contains("charset") {
            return charset(stated);
        }
        let is_meant = |name: &&str| stated.is_empty() || essence(name) == essence(stated);
        self.documented.split(',').filter(is_meant).find_map(charset)
    }

    fn content_type(&self) -> &str {
        self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether the `Content-Type` is textual but not JSON.
    fn is_text(&self) -> bool {
        let essence = essence(self.content_type());
        essence.starts_with("text/") && essence != "text/json"
    }

    /// The bytes of the body.
    pub fn bytes(&mut self) -> Result<Bytes, BodyError> { Ok(self.body.bytes().clone()) }

    /// Ignores the body.
    pub fn empty(&mut self) -> Result<(), BodyError> { Ok(()) }
}

/// A media type without parameters, in lower case (RFC 9110 section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Shows the start of the body, but no header that may hold a secret.
impl fmt::Debug for Reply {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &Headers(&self.headers))
            .field("body", &self.body)
            .field("deviations", &Limited(&self.deviations))
            .finish()
    }
}

/// A response body as received. It prints as text, with U+FFFD in place of invalid UTF-8.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawBody(Bytes);

impl RawBody {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] { &self.0 }

    /// The shared bytes, cheap to clone.
    pub fn bytes(&self) -> &Bytes { &self.0 }
}

impl From<Bytes> for RawBody {
    fn from(bytes: Bytes) -> Self { RawBody(bytes) }
}

impl fmt::Display for RawBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(&String::from_utf8_lossy(&self.0)) }
}

/// Shows the first 1,024 bytes.
impl fmt::Debug for RawBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { Start(&self.0).fmt(out) }
}

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BodyError {
    /// The body is not the expected JSON; the error includes the JSON path.
    Json(DecodeError),
    /// The body is empty.
    Empty,
    /// The body is not UTF-8.
    Text(std::str::Utf8Error),
    /// Another problem, as a message.
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
