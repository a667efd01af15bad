// needs: transport | crates: bytes http reqwest
//! The transport over `reqwest`, with rustls. No other file knows the library.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::{Client, redirect};

use super::transport::{BoxFuture, Limits, Transport, TransportError, TransportErrorKind};

/// The transport over `reqwest`: connections are pooled, `gzip` is asked for and decoded, proxies are those of the
/// environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: Client,
}

impl ReqwestTransport {
    /// A transport that gives up connecting after a time. [`Limits::connect_timeout`] is ignored from then on.
    pub fn new(connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        Self::build(Client::builder(), connect_timeout)
    }

    /// The same, but connected to servers directly, whatever the environment says of proxies.
    pub fn without_proxy(connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        Self::build(Client::builder().no_proxy(), connect_timeout)
    }

    fn build(builder: reqwest::ClientBuilder, connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        let builder = builder.redirect(redirect::Policy::none());
        let builder = match connect_timeout {
            Some(timeout) => builder.connect_timeout(timeout),
            None => builder,
        };
        builder.build().map(|client| Self { client }).map_err(translate)
    }

    async fn exchange(&self, request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(translate)?;
        *request.timeout_mut() = limits.timeout;
        let mut response = self.client.execute(request).await.map_err(translate)?;
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(translate)? {
            if chunk.len() > limits.body_limit.saturating_sub(body.len()) {
                let message = format!("the response body is larger than {} bytes", limits.body_limit);
                return Err(TransportError::new(TransportErrorKind::BodyTooLarge, message));
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = Response::new(Bytes::from(body));
        *whole.status_mut() = response.status();
        *whole.version_mut() = response.version();
        *whole.headers_mut() = std::mem::take(response.headers_mut());
        Ok(whole)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }
}

/// The library's error as ours, without the URL: its query may hold a credential.
fn translate(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (kind, message) = if error.is_timeout() {
        (TransportErrorKind::Timeout, "the server took too long")
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "no connection to the server")
    } else if error.is_body() || error.is_decode() {
        (TransportErrorKind::Interrupted, "the response body could not be read to its end")
    } else if error.is_request() {
        (TransportErrorKind::Interrupted, "the connection broke before a response came")
    } else {
        (TransportErrorKind::Other, "the request could not be sent")
    };
    TransportError::new(kind, message).with_source(error)
}
