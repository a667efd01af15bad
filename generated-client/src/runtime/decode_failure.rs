// needs: operation response | crates: bytes http
//! A successful response whose body cannot be read, with what a person needs to fix it.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::operation::Operation;
use super::response::{BodyError, RawBody, Reply};

/// How many characters of the body the message quotes.
const MOST: usize = 60;

/// A response with a success status and a body, or an item of a streamed one, that could not be read.
#[derive(Clone, Debug)]
pub struct DecodeFailure {
    operation: Operation,
    reply: Reply,
    error: BodyError,
    is_item: bool,
}

impl DecodeFailure {
    /// Records that the reply to a call could not be read.
    #[cold]
    pub fn new(operation: &Operation, reply: Reply, error: BodyError) -> Self {
        Self { operation: *operation, reply, error, is_item: false }
    }

    /// Records that an item of the reply to a call could not be read; the item is the body of `reply`.
    pub(super) fn of_item(operation: &Operation, reply: Reply, error: BodyError) -> Self {
        Self { is_item: true, ..Self::new(operation, reply, error) }
    }

    /// The status code.
    pub fn status(&self) -> StatusCode { self.reply.status }

    /// The response headers.
    pub fn headers(&self) -> &HeaderMap { &self.reply.headers }

    /// The body as received; of a streamed one, the item.
    pub fn body(&self) -> &RawBody { &self.reply.body }

    /// The bytes of the body.
    pub fn bytes(&self) -> &Bytes { self.reply.body.bytes() }

    /// Why the body could not be read.
    pub fn error(&self) -> &BodyError { &self.error }

    /// The media type of the body as stated by the server, without parameters.
    fn media_type(&self) -> Option<&str> {
        let stated = self.reply.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        stated.split(';').next().map(str::trim).filter(|media_type| !media_type.is_empty())
    }

    /// The line for the generator's configuration that makes the response readable. A truncated body has none.
    fn correction(&self) -> Option<String> {
        let BodyError::Json(error) = &self.error else { return None };
        if self.is_item {
            return None;
        }
        let says = match self.media_type() {
            Some(other) if !is_json(other) => other,
            _ if error.is_syntax() => return None,
            _ => "any",
        };
        let path = self.operation.path().replace('~', "~0").replace('/', "~1");
        let (method, status) = (self.operation.method().to_lowercase(), self.reply.status.as_u16());
        Some(format!("\"#/paths/{path}/{method}/responses/{status}\" = \"{says}\""))
    }
}

/// Whether a media type is JSON by its name (RFC 6839 section 3.1).
fn is_json(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type.ends_with("/json") || media_type.ends_with("+json")
}

/// ```text
/// the body of a 200 OK response to `listUsers` could not be read: expected value at $ (line 1, column 1);
/// the body is text/csv, not JSON; it begins "id,name"; to have it read, write below [corrections] in cratewright.toml:
/// "#/paths/~1users/get/responses/200" = "text/csv"
/// ```
impl fmt::Display for DecodeFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (status, id) = (self.reply.status, self.operation.id());
        let part = if self.is_item { "an item of the body" } else { "the body" };
        write!(out, "{part} of a {status} response to `{id}` could not be read: {}", self.error)?;
        match self.media_type() {
            _ if self.is_item => {}
            Some(media_type) if !is_json(media_type) => write!(out, "; the body is {media_type}, not JSON")?,
            Some(_) => {}
            None => out.write_str("; it has no `Content-Type`")?,
        }
        let bytes = self.reply.body.as_bytes();
        if !bytes.is_empty() {
            // a character takes at most four bytes
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * MOST)]);
            let start: String = text.chars().take(MOST).collect();
            write!(out, "; it begins {start:?}")?;
        }
        match self.correction() {
            Some(line) => write!(out, "; to have it read, write below [corrections] in cratewright.toml: {line}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeFailure {}
