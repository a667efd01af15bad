// needs: body sleep | crates: futures_core http
//! Carries requests to the server: the only interface between the client and an HTTP library.
//!
//! Any implementation of [`Transport`] can replace the default: another library, a recorder, a test without a network.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_core::Stream;
use http::{Request, Response};

use super::body::Body;
use super::sleep;

/// A boxed future that can be sent to another thread. In a browser it is not `Send`.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future; not `Send`, because a browser has only one thread.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed stream that can be sent to another thread.
#[cfg(not(target_family = "wasm"))]
pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// A boxed stream; not `Send`, because a browser has only one thread.
#[cfg(target_family = "wasm")]
pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;

/// A type that can be sent to another thread; in a browser, any type.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}

#[cfg(not(target_family = "wasm"))]
impl<T: Send> MaybeSend for T {}

/// Any type: a browser has only one thread.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}

#[cfg(target_family = "wasm")]
impl<T> MaybeSend for T {}

/// Sends requests. Implementations must not follow redirects or limit time or body size: the client does all of these.
pub trait Transport: Send + Sync {
    /// Sends a request, and returns the response once its headers have arrived. Its [`Body`] is bytes or a stream,
    /// decoded from its `Content-Encoding`. The request's extensions hold the called
    /// [`Operation`](super::operation::Operation) and the [`Attempt`].
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>>;

    /// Waits before an attempt is repeated, and to [`limit`](Self::limit) calls and attempts. By default each wait takes
    /// a thread of its own, and ends at once if none can be started; a transport whose runtime has a timer should use
    /// that, and one that wraps another should delegate. A browser has no threads: there the default waits forever, so
    /// calls never time out.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { sleep::on_thread(time) }

    /// Waits, to end attempts and calls that take too long. By default it is [`sleep`](Self::sleep). A transport for
    /// tests whose `sleep` returns at once can wait forever here, so that calls are not ended at once.
    fn limit(&self, time: Duration) -> BoxFuture<'static, ()> { self.sleep(time) }

    /// Whether [`sleep`](Self::sleep) ends: attempts are repeated only then. `false` by default in a browser, for a
    /// transport with a timer to say otherwise.
    fn can_sleep(&self) -> bool { cfg!(not(target_family = "wasm")) }

    /// Random bits: for the delay before an attempt is repeated, and for idempotency keys. By default they come from
    /// the seeds that the standard library hashes with. A browser has none: a transport for one must have its own bits,
    /// or keys repeat from one page to the next. One that wraps another should delegate; one for tests can return what
    /// it likes.
    fn random(&self) -> u64 { RandomState::new().hash_one(0) }

    /// Whether a body that deviates from the document is an error, unless the client's builder says otherwise: `true`
    /// for a test transport, which should find such bodies.
    fn strict_reading(&self) -> bool { false }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { (**self).sleep(time) }

    fn limit(&self, time: Duration) -> BoxFuture<'static, ()> { (**self).limit(time) }

    fn can_sleep(&self) -> bool { (**self).can_sleep() }

    fn random(&self) -> u64 { (**self).random() }

    fn strict_reading(&self) -> bool { (**self).strict_reading() }
}

/// Which attempt of a call a request is, counted from 1; in the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt(pub(super) u32);

impl Attempt {
    /// Its number: 1 for the first.
    pub fn number(self) -> u32 { self.0 }
}

/// The kind of problem between client and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection failed or took too long: name resolution, address, TLS or refusal. Nothing was sent.
    Connect,
    /// The attempt took too long, or the whole call.
    Timeout,
    /// The response body is larger than the client's limit.
    BodyTooLarge,
    /// The connection broke, or the response was not HTTP.
    Interrupted,
    /// A redirect that is not followed: one too many, to plain HTTP, or with a malformed URL.
    Redirect,
    /// What is sent could not be read: a file, or a stream of the caller's.
    Upload,
    /// Anything else.
    Other,
}

/// Why there is no response.
#[derive(Clone, Debug)]
pub struct TransportError(Box<Problem>);

#[derive(Clone, Debug)]
struct Problem {
    kind: TransportErrorKind,
    message: String,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// Creates an error from its kind and a message. The message must not contain a URL, whose query may hold a
    /// credential.
    #[cold]
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Problem { kind, message: message.into(), source: None }))
    }

    /// Adds the cause of the error.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// The kind of problem.
    pub fn kind(&self) -> TransportErrorKind { self.0.kind }

    /// The error of an upload among the causes of another error: a library that sends the body wraps it.
    pub(super) fn of_upload(error: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let wrapped = |cause: &'_ (dyn std::error::Error + 'static)| {
            let within = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            let found = cause.downcast_ref::<Self>().or_else(|| within?.downcast_ref::<Self>());
            found.filter(|found| found.0.kind == TransportErrorKind::Upload).cloned()
        };
        std::iter::successors(Some(error), |error| error.source()).find_map(wrapped)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str(&self.0.message) }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
