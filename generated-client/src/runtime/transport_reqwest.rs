// needs: body transport | crates: bytes futures_core gloo_timers http http_body reqwest tokio
//! The transport over `reqwest`, with rustls; in a browser, over its `fetch`. No other file knows the library.

use std::time::Duration;

#[cfg(target_family = "wasm")]
use gloo_timers::future::TimeoutFuture;
use http::{Request, Response};
use reqwest::{Client, ClientBuilder};
#[cfg(not(target_family = "wasm"))]
use tokio::time::sleep;

use super::body::Body;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The transport over `reqwest`: connections are pooled, `gzip` is asked for and decoded, proxies are those of the
/// environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`). In a browser all of that is the browser's, redirects included.
///
/// `ReqwestTransport::try_from` takes a `reqwest::ClientBuilder` of your own, with its proxy and certificates. Redirects are left to
/// the crate. Headers that it has by default go to every server that a redirect leads to: what only the API may see belongs into
/// [`ClientBuilder::header`](super::builder::ClientBuilder::header), or is a credential.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: Client,
}

impl TryFrom<ClientBuilder> for ReqwestTransport {
    type Error = TransportError;

    fn try_from(builder: ClientBuilder) -> Result<Self, TransportError> {
        #[cfg(not(target_family = "wasm"))]
        let builder = builder.redirect(reqwest::redirect::Policy::none());
        builder.build().map(|client| Self { client }).map_err(translate)
    }
}

#[cfg(not(target_family = "wasm"))]
impl ReqwestTransport {
    /// A transport that gives up connecting after a time.
    pub fn new(connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        Self::build(Client::builder(), connect_timeout)
    }

    /// The same, but connected to servers directly, whatever the environment says of proxies.
    pub fn without_proxy(connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        Self::build(Client::builder().no_proxy(), connect_timeout)
    }

    fn build(builder: ClientBuilder, connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        match connect_timeout {
            Some(timeout) => builder.connect_timeout(timeout).try_into(),
            None => builder.try_into(),
        }
    }

    async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let request = request.map(chunks::outgoing);
        let request = reqwest::Request::try_from(request).map_err(translate)?;
        let response: Response<reqwest::Body> = self.client.execute(request).await.map_err(translate)?.into();
        Ok(response.map(chunks::incoming))
    }
}

#[cfg(target_family = "wasm")]
impl ReqwestTransport {
    /// A transport. How long connecting takes is up to the browser.
    pub fn new(_: Option<Duration>) -> Result<Self, TransportError> { Client::builder().try_into() }

    /// Reads the whole body: a stream would need more of the browser than this.
    async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let request = Request::from_parts(parts, body.collect(usize::MAX).await?);
        let request = reqwest::Request::try_from(request).map_err(translate)?;
        let mut received = self.client.execute(request).await.map_err(translate)?;
        let mut response = Response::new(Body::default());
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        *response.body_mut() = received.bytes().await.map_err(translate)?.into();
        Ok(response)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { Box::pin(sleep(time)) }
}

/// Waits for as long as a browser can, 24 days at most.
#[cfg(target_family = "wasm")]
fn sleep(time: Duration) -> TimeoutFuture { TimeoutFuture::new(time.as_millis().min(i32::MAX as u128) as u32) }

/// Bodies as the library has them.
#[cfg(not(target_family = "wasm"))]
mod chunks {
    use std::pin::Pin;
    use std::sync::{Mutex, PoisonError};
    use std::task::{Context, Poll};

    use bytes::Bytes;
    use futures_core::Stream;
    use http_body::{Body as HttpBody, Frame};

    use super::super::body::Body;
    use super::super::transport::TransportError;
    use super::translate;

    /// What is sent.
    pub(super) fn outgoing(body: Body) -> reqwest::Body {
        match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
        }
    }

    /// What is received.
    pub(super) fn incoming(body: reqwest::Body) -> Body {
        match body.as_bytes() {
            Some(bytes) => Bytes::copy_from_slice(bytes).into(),
            None => Body::from_stream(Incoming(body)),
        }
    }

    /// The library asks for what threads can share; the lock is never taken.
    struct Outgoing(Mutex<Body>);

    impl HttpBody for Outgoing {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
            Pin::new(body).poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
        }
    }

    struct Incoming(reqwest::Body);

    impl Stream for Incoming {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            loop {
                let frame = std::task::ready!(Pin::new(&mut self.0).poll_frame(context));
                match frame.map(|frame| frame.map(Frame::into_data)) {
                    Some(Ok(Ok(data))) => return Poll::Ready(Some(Ok(data))),
                    // trailers
                    Some(Ok(Err(_))) => {}
                    Some(Err(error)) => return Poll::Ready(Some(Err(translate(error)))),
                    None => return Poll::Ready(None),
                }
            }
        }
    }
}

/// The library's error as ours, without the URL: its query may hold a credential.
fn translate(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let (kind, message) = if error.is_timeout() {
        (TransportErrorKind::Timeout, "the server took too long")
    } else if is_connect(&error) {
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

#[cfg(not(target_family = "wasm"))]
fn is_connect(error: &reqwest::Error) -> bool { error.is_connect() }

/// A browser does not tell.
#[cfg(target_family = "wasm")]
fn is_connect(_: &reqwest::Error) -> bool { false }
