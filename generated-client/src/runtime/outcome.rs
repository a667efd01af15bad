// needs: body transport | crates: bytes http
//! What a transport without a server answers a request with.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::body::Body;
use super::transport::{TransportError, TransportErrorKind};

/// A response, or the kind of failure in place of one.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Reply(StatusCode, HeaderMap, Bytes),
    Failure(TransportErrorKind),
}

impl Outcome {
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
