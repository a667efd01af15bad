// needs: body operation transport value | crates: bytes http
//! What a transport without a server answers a request with.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Response, StatusCode};

use super::body::Body;
use super::operation::Operation;
use super::transport::{TransportError, TransportErrorKind};
use super::value::Value;

/// A response, or the kind of failure in place of one.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Reply(StatusCode, HeaderMap, Bytes),
    Failure(TransportErrorKind),
}

/// Whether a request asks for a secret of the client, or where to get one. A test does not expect such requests, and a
/// recording leaves them out.
pub(super) fn is_confidential(request: &Parts) -> bool {
    request.extensions.get::<Operation>().is_some_and(|operation| operation.is_confidential)
}

impl Outcome {
    /// The answer of a token endpoint (RFC 6749 section 5.1), and of the OpenID configuration that leads to one.
    pub(super) fn token(request: &Parts) -> Self {
        let url = request.uri.to_string();
        let issuer = Value::from(url.split("/.well-known/").next().unwrap_or_default());
        let answer = format!(
            r#"{{"access_token":"REDACTED","token_type":"Bearer","issuer":{issuer},"token_endpoint":"https://tokens.invalid"}}"#
        );
        Outcome::Reply(StatusCode::OK, HeaderMap::new(), Bytes::from(answer))
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
