// needs: api_error call call_with client codec fill operation request_error style upload | crates: bytes http
//! Calls of what the document does not describe, with everything that the client does for a call.
//!
//! What is here is `#[inline]`: it is compiled in the programs that use it.

use bytes::Bytes;
use http::Method;

use super::api_error::Undocumented;
use super::call::Call;
use super::call_with::{CallWith, parameters};
use super::client::Client;
use super::codec::Codec;
use super::fill::Fill as _;
use super::operation::Operation;
use super::request_error::{RequestError, RequestPart};
use super::style::PathStyle;
use super::upload::Upload;

parameters!(Raw);

/// A call of a method and a path, made by [`Client::request`]. It returns the body as it comes; `read_as`, `text`,
/// `send` and `stream` read it otherwise.
pub type RawCall = CallWith<Bytes, Undocumented, parameters::Raw>;

impl Client {
    /// A call of any path below the base URL, for what the document does not describe. It is sent as every other call:
    /// with the headers and the credential of the client, its retries and its limits. The credential is the one that
    /// most operations of the API take.
    ///
    /// Slashes in the path separate its segments. What a path cannot have is percent-encoded, a question mark too:
    /// the query is set by `query_pair`. A segment `.` or `..` is an error when the call is sent.
    #[inline]
    pub fn request(&self, method: Method, path: &str) -> RawCall {
        let known = METHODS.iter().find(|known| known.method() == method.as_str());
        let call = Call::raw(self, known.unwrap_or(&METHODS[0]));
        let path = format!("/{}", path.trim_start_matches('/'));
        let call = call.with_reserved_path("path", PathStyle::Simple, &path);
        match known {
            Some(_) => call.with_parameters(),
            None => call.with_request(|request| request.fail(unknown(&method))).with_parameters(),
        }
    }
}

impl RawCall {
    /// Sets the body to JSON: a model, or a `Value` for any JSON.
    pub fn json(self, body: &impl Codec) -> Self { self.with_json("application/json", body) }

    /// Sets the body to bytes, or a stream of them, of a media type.
    pub fn body(self, content_type: &str, body: impl Into<Upload>) -> Self { self.with_upload(content_type, body) }
}

#[inline]
fn unknown(method: &Method) -> RequestError {
    RequestError::new(RequestPart::Method, method.as_str(), "is not one that a raw call can have")
}

/// What raw calls refer to, by method (RFC 9110 section 9.3, RFC 5789, and `QUERY`).
static METHODS: [Operation; 8] = [
    Operation::raw("GET"),
    Operation::raw("HEAD"),
    Operation::raw("POST"),
    Operation::raw("PUT"),
    Operation::raw("PATCH"),
    Operation::raw("DELETE"),
    Operation::raw("OPTIONS"),
    Operation::raw("QUERY"),
];
