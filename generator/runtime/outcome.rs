// needs: body operation transport | crates: bytes http
//! What a transport without a server answers a request with.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};

use super::body::Body;
use super::operation::Operation;
use super::transport::{TransportError, TransportErrorKind};

/// A response, or the kind of failure in place of one.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Reply(StatusCode, HeaderMap, Bytes),
    Failure(TransportErrorKind),
}

/// Whether a request asks for a secret of the client, or where to get one. A test does not expect such requests, and a recording leaves them
/// out.
pub(super) fn is_confidential(request: &Parts) -> bool {
    request.extensions.get::<Operation>().is_some_and(|operation| operation.is_confidential)
}

impl Outcome {
    /// The answer of a token endpoint (RFC 6749 section 5.1), and of the OpenID configuration that leads to one.
    pub(super) fn token() -> Self {
        const ANSWER: &str =
            r#"{"access_token":"REDACTED","token_type":"Bearer","token_endpoint":"https://tokens.invalid"}"#;
        Outcome::Reply(StatusCode::OK, HeaderMap::new(), Bytes::from_static(ANSWER.as_bytes()))
    }

    /// What a transport returns; the message is that of a failure.
    pub(super) fn returned(self, message: &str) -> Result<Response<Body>, TransportError> {
        match self {
            Outcome::Reply(status, headers, body) => {
                let mut response = Response::new(Body::from(body));
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
            Outcome::Failure(kind) => Err(TransportError::new(kind, message)),
        }
    }
}
