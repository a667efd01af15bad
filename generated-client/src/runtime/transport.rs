// needs: body sleep | crates: futures_core http
//! What carries a request to the server: the one place where a client meets an HTTP library.
//!
//! Anything that implements [`Transport`] can stand in for it: another library, a recorder, a test without a network.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_core::Stream;
use http::{Request, Response};

use super::body::Body;
use super::sleep;

/// A future that can be sent to another thread, whatever makes it. In a browser it cannot: there is but one.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A future, whatever makes it. It stays on the one thread that a browser has.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A stream that can be sent to another thread, whatever makes it.
#[cfg(not(target_family = "wasm"))]
pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// A stream, whatever makes it.
#[cfg(target_family = "wasm")]
pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;

/// What can be sent to another thread; in a browser everything, for there is but one.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}

#[cfg(not(target_family = "wasm"))]
impl<T: Send> MaybeSend for T {}

/// Everything: a browser has one thread.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}

#[cfg(target_family = "wasm")]
impl<T> MaybeSend for T {}

/// Sends requests. Redirects are not to be followed, and neither time nor the size of a body is to be limited: the client does
/// that.
pub trait Transport: Send + Sync {
    /// Sends a request, and returns the response as soon as its headers are there: its [`Body`] may be bytes, or a stream of
    /// what is still to come, decoded from its `Content-Encoding`. The request's extensions hold the
    /// [`Operation`](super::operation::Operation) that is called.
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Waits, so that a call that takes too long can be given up. By default a thread of its own does, for each call that is
    /// under way, and a call for which no thread is to be had fails: a transport of a runtime that has a timer uses that, and
    /// one that wraps another hands this on. A browser has no threads: there the default waits for ever, and calls take as long as
    /// they take.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { sleep::on_thread(time) }

    /// Whether a body that is not what the document says is an error, unless the client's builder says otherwise: `true` for
    /// a transport of tests, which are to find such bodies.
    fn strict_reading(&self) -> bool { false }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { (**self).sleep(time) }

    fn strict_reading(&self) -> bool { (**self).strict_reading() }
}

/// What went wrong between the client and the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: name, address, TLS, refusal.
    Connect,
    /// The connection or the whole attempt took too long.
    Timeout,
    /// The response body is larger than the client's limit.
    BodyTooLarge,
    /// The connection broke, or what came over it was not HTTP.
    Interrupted,
    /// A redirect that may not be followed: one too many, to plain HTTP, or to what is not a URL.
    Redirect,
    /// Anything else.
    Other,
}

/// Why there is no response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// An error of a kind, in words. They must hold no URL, for its query may hold a credential.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    /// The same error with what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind { self.kind }
}

impl fmt::Display for TransportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(&self.message) }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
