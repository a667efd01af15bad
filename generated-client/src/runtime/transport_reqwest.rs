// needs: body transport | crates: bytes futures_core gloo_timers http http_body js_sys reqwest tokio
//! The transport over `reqwest`, or over `fetch` in a browser. Only this file uses the library.

use std::time::Duration;

#[cfg(target_family = "wasm")]
use gloo_timers::future::TimeoutFuture;
use http::{Request, Response};
#[cfg(target_family = "wasm")]
use js_sys::Math;
use reqwest::{Client, ClientBuilder};
#[cfg(not(target_family = "wasm"))]
use tokio::runtime::Handle;
#[cfg(not(target_family = "wasm"))]
use tokio::time::sleep;

use super::body::Body;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The transport over `reqwest`: it pools connections, requests and decodes `gzip`, and uses the proxies of the
/// environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`). In a browser, the browser does all of this, and follows
/// redirects.
///
/// `ReqwestTransport::try_from` takes your own `reqwest::ClientBuilder`, with its proxy and certificates; its redirect
/// policy is replaced. Its default headers are sent to every server a redirect leads to: set headers meant only for
/// the API with [`ClientBuilder::header`](super::builder::ClientBuilder::header), or as a credential.
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
    /// Creates a transport with a time limit for connecting.
    pub fn new(connect_timeout: Option<Duration>) -> Result<Self, TransportError> {
        Self::build(Client::builder(), connect_timeout)
    }

    /// Like `new`, but ignoring the proxies of the environment.
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
        if Handle::try_current().is_err() {
            let message = "the transport over reqwest needs a runtime of tokio; without one there is UreqTransport";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        }
        let request = request.map(chunks::outgoing);
        let request = reqwest::Request::try_from(request).map_err(translate)?;
        let response: Response<reqwest::Body> = self.client.execute(request).await.map_err(translate)?.into();
        Ok(response.map(chunks::incoming))
    }
}

#[cfg(target_family = "wasm")]
impl ReqwestTransport {
    /// Creates a transport. The browser decides how long connecting may take.
    pub fn new(_: Option<Duration>) -> Result<Self, TransportError> { Client::builder().try_into() }

    /// Reads the whole body: streaming requires more browser support.
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

    fn can_sleep(&self) -> bool { true }

    #[cfg(target_family = "wasm")]
    fn random(&self) -> u64 {
        let half = || (Math::random() * f64::from(u32::MAX)) as u64;
        half() << 32 | half()
    }
}

/// Waits for at most 24 days, the limit of browsers.
#[cfg(target_family = "wasm")]
fn sleep(time: Duration) -> TimeoutFuture { TimeoutFuture::new(time.as_millis().min(i32::MAX as u128) as u32) }

/// Converts bodies to and from those of `reqwest`.
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

    /// Converts a request body.
    pub(super) fn outgoing(body: Body) -> reqwest::Body {
        match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
        }
    }

    /// Converts a response body.
    pub(super) fn incoming(body: reqwest::Body) -> Body {
        match body.as_bytes() {
            Some(bytes) => Bytes::copy_from_slice(bytes).into(),
            None => Body::from_stream(Incoming(body)),
        }
    }

    /// `reqwest` requires `Sync`; the lock is never contended.
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

/// Converts a `reqwest` error, without the URL, whose query may hold a credential.
fn translate(error: reqwest::Error) -> TransportError {
    if let Some(error) = TransportError::of_upload(&error) {
        return error;
    }
    let error = error.without_url();
    let (kind, message) = if is_connect(&error) {
        (TransportErrorKind::Connect, "no connection to the server")
    } else if error.is_timeout() {
        (TransportErrorKind::Timeout, "the server took too long")
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

/// A browser does not report connection failures separately.
#[cfg(target_family = "wasm")]
fn is_connect(_: &reqwest::Error) -> bool { false }
