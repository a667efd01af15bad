// needs: body transport | crates: bytes futures_core http http_body tower_service
//! The transport over any service of the crate `tower` that speaks the types of the crate `http`.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use http_body::{Body as HttpBody, Frame};
use tower_service::Service;

use super::body::Body;
use super::transport::{BoxFuture, MaybeSend, Transport, TransportError, TransportErrorKind};

/// The transport over a `tower::Service`, with its layers: those of `tower-http` that send headers of traces or decode
/// bodies, a limit of concurrency, a server in the same program.
///
/// The service is cloned for each request. What it fails with counts as an interrupted exchange, and is the source of the
/// error, unless it is a [`TransportError`] itself. Bodies that it does not decode from their `Content-Encoding` are read
/// as they come.
pub struct TowerTransport<S> {
    /// Services need not be `Sync`; the lock is held for as long as a clone takes.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// Creates a transport over a service.
    pub fn new(service: S) -> Self { Self { service: Mutex::new(service) } }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: MaybeSend,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    B: HttpBody<Data = Bytes> + MaybeSend + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut service = self.service.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(translate)?;
            let response = service.call(request).await.map_err(translate)?;
            Ok(response.map(|body| Body::from_stream(Incoming(Box::pin(body)))))
        })
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str("TowerTransport") }
}

/// As services take bodies.
impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        pin!(self).poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool { self.as_bytes().is_some_and(Bytes::is_empty) }

    fn size_hint(&self) -> http_body::SizeHint {
        self.as_bytes().map_or_else(Default::default, |bytes| http_body::SizeHint::with_exact(bytes.len() as u64))
    }
}

/// The data of a body, without its trailers.
struct Incoming<B>(Pin<Box<B>>);

impl<B> Stream for Incoming<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::task::ready!(self.0.as_mut().poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(translate(error)))),
                None => return Poll::Ready(None),
            }
        }
    }
}

fn translate(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::new(TransportErrorKind::Interrupted, "the service failed").with_source(error),
    }
}
