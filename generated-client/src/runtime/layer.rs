// needs: body operation transport | crates: bytes http
//! Layers: what a program adds around every exchange, between the client and its transport.

use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};

use super::body::Body;
use super::operation::Operation;
use super::transport::{Attempt, BoxFuture, Transport, TransportError};

/// Sees and changes requests before they are sent, and responses before they are read: to sign, to count, to log, to
/// inject faults.
///
/// A request comes with its credentials, once for each attempt of a call and for each redirect that is followed; those
/// to a token endpoint come too. Its URL and headers may hold secrets. What a layer takes counts against the timeout of
/// the attempt, and its error is repeated as one of the transport is.
///
/// ```ignore
/// struct Counted(AtomicU64);
///
/// impl Layer for Counted {
///     fn send<'a>(
///         &'a self,
///         request: Request<Body>,
///         exchange: Exchange<'a>,
///     ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
///         self.0.fetch_add(1, Ordering::Relaxed);
///         exchange.send(request)
///     }
/// }
/// ```
pub trait Layer: Send + Sync {
    /// Takes a request, and returns the response to it: usually that of [`Exchange::send`]. A request that takes the
    /// place of the one given should keep its extensions, which transports know it by.
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        exchange: Exchange<'a>,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>>;
}

/// What a layer is told of an exchange, and the rest of its way: the layers behind, and the transport.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    operation: Operation,
    attempt: Attempt,
    layers: &'a [Arc<dyn Layer>],
    transport: &'a dyn Transport,
}

impl<'a> Exchange<'a> {
    /// The operation that is called: its `operationId`, method and path template.
    pub fn operation(&self) -> &Operation { &self.operation }

    /// Which attempt of the call it is.
    pub fn attempt(&self) -> Attempt { self.attempt }

    /// Sends a request on its way. A layer that gets no answer it can use may send another.
    pub fn send(&self, request: Request<Body>) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        match self.layers.split_first() {
            Some((layer, layers)) => layer.send(request, Exchange { layers, ..*self }),
            None => self.transport.send(request),
        }
    }

    /// Waits, by the timer of the transport.
    pub fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { self.transport.sleep(time) }
}

/// A transport with layers before it.
pub(super) struct Layered {
    layers: Vec<Arc<dyn Layer>>,
    transport: Arc<dyn Transport>,
}

impl Layered {
    /// A transport behind these layers, of which the first sees a request first.
    pub(super) fn over(transport: Arc<dyn Transport>, layers: Vec<Arc<dyn Layer>>) -> Arc<dyn Transport> {
        if layers.is_empty() { transport } else { Arc::new(Self { layers, transport }) }
    }
}

impl Transport for Layered {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let request = original::kept(request);
        let (operation, attempt) = (request.extensions().get().copied(), request.extensions().get().copied());
        // a request of the client has both
        let (Some(operation), Some(attempt)) = (operation, attempt) else { return self.transport.send(request) };
        Exchange { operation, attempt, layers: &self.layers, transport: &*self.transport }.send(request)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { self.transport.sleep(time) }

    fn limit(&self, time: Duration) -> BoxFuture<'static, ()> { self.transport.limit(time) }

    fn can_sleep(&self) -> bool { self.transport.can_sleep() }

    fn random(&self) -> u64 { self.transport.random() }

    fn strict_reading(&self) -> bool { self.transport.strict_reading() }
}

#[cfg(feature = "testing")]
pub(super) use original::original;

/// What a request was before its layers: transports for tests go by it, so that a layer changes neither what a test
/// expects nor what was recorded.
#[cfg(feature = "testing")]
mod original {
    use bytes::Bytes;
    use http::Request;
    use http::request::Parts;

    use super::Body;

    #[derive(Clone)]
    struct Original(Request<Option<Bytes>>);

    /// Keeps a request in its own extensions.
    pub(super) fn kept(request: Request<Body>) -> Request<Body> {
        let (mut parts, body) = request.into_parts();
        let original = Request::from_parts(parts.clone(), body.as_bytes().cloned());
        parts.extensions.insert(Original(original));
        Request::from_parts(parts, body)
    }

    /// What a request was, whose body is what a layer has made of a stream.
    pub(in super::super) fn original(parts: &Parts, body: &Bytes) -> (Parts, Bytes) {
        match parts.extensions.get::<Original>().cloned() {
            Some(Original(request)) => {
                let (parts, kept) = request.into_parts();
                (parts, kept.unwrap_or_else(|| body.clone()))
            }
            None => (parts.clone(), body.clone()),
        }
    }
}

#[cfg(not(feature = "testing"))]
mod original {
    use http::Request;

    use super::Body;

    pub(super) fn kept(request: Request<Body>) -> Request<Body> { request }
}
