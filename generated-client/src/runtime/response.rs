// needs: budget charset codec reader shown writer | crates: bytes http
//! What came back: raw, and read as what the operation returns.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::budget::Allowance;
use super::charset::{charset, decode};
use super::codec::{Codec, Deviation, read_allowing};
use super::reader::{DecodeError, Kind};
use super::shown::{Headers, Limited, Start};
use super::writer::Writer;

/// A successful response: status, headers, the body as it came, and the value read from it.
#[derive(Clone)]
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

    /// The body as it came, whatever the document says of it. It is empty where [`stream`](super::call::Call::stream) has left it to
    /// be read.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The value.
    pub fn value(&self) -> &T { &self.value }

    /// Where the body is not what the API's description says, in the order of the body; of very many the first 1,000. The
    /// value was read all the same:
    ///
    /// | in the body | in the value |
    /// |---|---|
    /// | a required member is absent or `null` | a blank one: `""`, 0, `false`, an empty list, an unknown value |
    /// | `"12"` for a number, `"true"` for a boolean | the number, the boolean |
    /// | `12` or `true` for a string | `"12"`, `"true"` |
    /// | a member whose value is of another kind | a blank one; what came is in `extra` of its struct |
    ///
    /// What came is sent back as it came, as long as the field is not set. With
    /// [`strict_reading`](super::builder::ClientBuilder::strict_reading) each of these is an error.
    pub fn deviations(&self) -> &[Deviation] { &self.reply.deviations }

    /// The value, without the rest.
    pub fn into_value(self) -> T { self.value }

    /// The same response with something made of its value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response { reply: self.reply, value: make(self.value) }
    }
}

/// Shows the start of the body and of the value, and no header that may hold a secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Response").field("reply", &self.reply).field("value", &Limited(&self.value)).finish()
    }
}

/// A response as it came, whatever its status.
#[derive(Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decoded from its `Content-Encoding`.
    pub body: RawBody,
    /// Whether a body that deviates from its description is an error.
    strict: bool,
    /// The media types that the document has, as `Accept` lists them.
    documented: &'static str,
    /// What reading the body may cost.
    allowance: Allowance,
    deviations: Vec<Deviation>,
}

impl Reply {
    /// A reply, whose body is to be just as it is described if it is to be read strictly.
    pub fn new(status: StatusCode, headers: HeaderMap, body: RawBody, strict: bool) -> Self {
        Self { status, headers, body, strict, documented: "", allowance: Allowance::DEFAULT, deviations: Vec::new() }
    }

    /// The same, to a call of an operation with these media types in its `Accept`.
    #[must_use]
    pub fn documented(mut self, media_types: &'static str) -> Self {
        self.documented = media_types;
        self
    }

    /// The same, whose body may cost so much to be read.
    #[must_use]
    pub fn allowing(mut self, allowance: Allowance) -> Self {
        self.allowance = allowance;
        self
    }

    /// The body as JSON, whatever its `Content-Type` says: servers mislabel it, and a body that is not JSON fails anyway.
    pub fn json<T: Codec>(&mut self) -> Result<T, BodyError> {
        let body = self.body.bytes().clone();
        if body.is_empty() {
            return Err(BodyError::Empty);
        }
        self.read(&body)
    }

    fn read<T: Codec>(&mut self, json: &[u8]) -> Result<T, BodyError> {
        let (value, mut deviations) = read_allowing(json, self.allowance).map_err(BodyError::Json)?;
        if self.strict && !deviations.is_empty() {
            return Err(BodyError::Json(deviations.remove(0).into_error(json)));
        }
        self.deviations.append(&mut deviations);
        Ok(value)
    }

    /// Where the body that was read is not what is described.
    pub fn deviations(&self) -> &[Deviation] { &self.deviations }

    /// The body as text, in the charset that its `Content-Type` says, else that of the document, else UTF-8.
    pub fn text(&mut self) -> Result<String, BodyError> {
        let decoded = self.charset().map(|charset| decode(charset, self.body.as_bytes()));
        match decoded {
            Some(Ok(text)) => return Ok(text),
            // servers send UTF-8 under names that no charset has
            Some(Err(problem)) if std::str::from_utf8(self.body.as_bytes()).is_err() => {
                return Err(BodyError::Other(problem));
            }
            Some(Err(_)) | None => {}
        }
        String::from_utf8(self.body.as_bytes().to_vec()).map_err(|error| BodyError::Text(error.utf8_error()))
    }

    /// The body as the scalar that its text is.
    pub fn parsed_text<T: Codec>(&mut self) -> Result<T, BodyError> {
        let text = self.text()?;
        let mut json = Writer::new();
        json.string(&text);
        let read = if T::accepts(Kind::String) { self.read(json.written()) } else { self.read(text.as_bytes()) };
        read.map_err(|error| BodyError::Other(format!("the text is not what is documented: {error}")))
    }

    /// The body as a scalar: as its text if the `Content-Type` is one of text that is not JSON, else as JSON.
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

    /// Whether the `Content-Type` is one of text that is not JSON.
    fn is_text(&self) -> bool {
        let essence = essence(self.content_type());
        essence.starts_with("text/") && essence != "text/json"
    }

    /// The body as it is.
    pub fn bytes(&mut self) -> Result<Bytes, BodyError> { Ok(self.body.bytes().clone()) }

    /// Nothing of the body.
    pub fn empty(&mut self) -> Result<(), BodyError> { Ok(()) }
}

/// A media type without parameters, in lower case (RFC 9110 section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Shows the start of the body, and no header that may hold a secret.
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

/// Shows the first 1,024 bytes.
impl fmt::Debug for RawBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { Start(&self.0).fmt(out) }
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
