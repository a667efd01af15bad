// needs: body operation transport | crates: bytes http
//! Layers: what a program adds around every exchange, between the client and its transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Extensions, Request, Response};

use super::body::Body;
use super::operation::Operation;
use super::transport::{Attempt, BoxFuture, Transport, TransportError, TransportErrorKind};

/// Sees and changes requests before they are sent, and responses before they are read: to sign, to count, to log, to
/// inject faults.
///
/// A request comes with its credentials, once for each attempt of a call and for each redirect that is followed; those
/// to a token endpoint come too. Its URL and headers may hold secrets, and so do the bodies of a
/// [confidential](Exchange::is_confidential) exchange. What a layer takes counts against the timeout of the attempt, and
/// its error is repeated as one of the transport is.
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
    /// Takes a request, and returns the response to it: usually that of [`Exchange::send`].
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        exchange: Exchange<'a>,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>>;
}

/// What a layer is told of an exchange, and the rest of its way: the layers behind, and the transport.
#[derive(Clone)]
pub struct Exchange<'a> {
    operation: Operation,
    attempt: Attempt,
    /// The extensions of the request before its layers.
    extensions: Extensions,
    layers: &'a [Arc<dyn Layer>],
    transport: &'a dyn Transport,
}

impl<'a> Exchange<'a> {
    /// The operation that is called: its `operationId`, method and path template.
    pub fn operation(&self) -> &Operation { &self.operation }

    /// Which attempt of the call it is.
    pub fn attempt(&self) -> Attempt { self.attempt }

    /// Whether a token is asked for: secrets are in the bodies of the request and of the response.
    pub fn is_confidential(&self) -> bool { self.operation.is_confidential }

    /// Sends a request on its way. A layer that cannot use the answer may send another.
    pub fn send(&self, mut request: Request<Body>) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        match self.layers.split_first() {
            Some((layer, layers)) => layer.send(request, Exchange { layers, ..self.clone() }),
            None => {
                // a request that a layer has made anew lacks what transports know it by
                let own = std::mem::replace(request.extensions_mut(), self.extensions.clone());
                request.extensions_mut().extend(own);
                self.transport.send(request)
            }
        }
    }

    /// Waits, by the timer of the transport.
    pub fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { self.transport.sleep(time) }
}

/// Says what is called, and nothing of the request: it may hold secrets.
impl fmt::Debug for Exchange<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Exchange")
            .field("operation", &self.operation.id)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
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
        let request = original::with_original(request);
        let extensions = request.extensions().clone();
        let (Some(&operation), Some(&attempt)) = (extensions.get(), extensions.get()) else {
            let error = TransportError::new(TransportErrorKind::Other, "the request is not of a call");
            return Box::pin(std::future::ready(Err(error)));
        };
        Exchange { operation, attempt, extensions, layers: &self.layers, transport: &*self.transport }.send(request)
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

    /// The request without its extensions, one of which is the client: what a mock keeps would keep the mock.
    #[derive(Clone)]
    struct Original(Request<Option<Bytes>>);

    /// Adds to a request what it is now.
    pub(super) fn with_original(request: Request<Body>) -> Request<Body> {
        let (mut parts, body) = request.into_parts();
        let mut original = Request::new(body.as_bytes().cloned());
        *original.method_mut() = parts.method.clone();
        *original.uri_mut() = parts.uri.clone();
        *original.version_mut() = parts.version;
        *original.headers_mut() = parts.headers.clone();
        parts.extensions.insert(Original(original));
        Request::from_parts(parts, body)
    }

    /// What a request was. The body of one that was a stream is what the layers have made of it.
    pub(in super::super) fn original(parts: &Parts, body: &Bytes) -> (Parts, Bytes) {
        let Some(Original(request)) = parts.extensions.get().cloned() else { return (parts.clone(), body.clone()) };
        let (mut original, kept) = request.into_parts();
        original.extensions = parts.extensions.clone();
        (original, kept.unwrap_or_else(|| body.clone()))
    }
}

#[cfg(not(feature = "testing"))]
mod original {
    use http::Request;

    use super::Body;

    pub(super) fn with_original(request: Request<Body>) -> Request<Body> { request }
}
