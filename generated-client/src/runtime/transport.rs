// needs: | crates: bytes http
//! What carries a request to the server: the one place where a client meets an HTTP library.
//!
//! Anything that implements [`Transport`] can stand in for it: another library, a recorder, a test without a network.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

/// A future that can be sent to another thread, whatever makes it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and reads the whole response. Redirects are not to be followed: the runtime does that.
pub trait Transport: Send + Sync {
    /// Sends a request, within limits. Response bodies are to be decoded from their `Content-Encoding`. The request's
    /// extensions hold the `Operation` that is called.
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// Whether a body that is not what the document says is an error, unless the client's builder says otherwise: `true` for
    /// a transport of tests, which are to find such bodies.
    fn strict_reading(&self) -> bool { false }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>, limits: Limits) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        (**self).send(request, limits)
    }

    fn strict_reading(&self) -> bool { (**self).strict_reading() }
}

/// How long a request may take, and how much may come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Until the connection stands, TLS included. A transport whose library sets this once and for all may ignore it.
    pub connect_timeout: Option<Duration>,
    /// For one attempt, from connecting to the last byte of the body.
    pub timeout: Option<Duration>,
    /// Bytes of a response body, counted after decoding its `Content-Encoding`.
    pub body_limit: usize,
}

impl Limits {
    /// 5 s to connect, 120 s in all, 64 MiB.
    pub const DEFAULT: Limits = Limits {
        connect_timeout: Some(Duration::from_secs(5)),
        timeout: Some(Duration::from_secs(120)),
        body_limit: 64 << 20,
    };
}

/// What went wrong between the client and the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: name, address, TLS, refusal.
    Connect,
    /// The connection or the whole attempt took too long.
    Timeout,
    /// The response body is larger than [`Limits::body_limit`].
    BodyTooLarge,
    /// The connection broke, or what came over it was no HTTP.
    Interrupted,
    /// A redirect that may not be followed: one too many, to plain HTTP, or to what is no URL.
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
