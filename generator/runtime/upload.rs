// needs: body transport | crates: bytes futures_core
//! What a request sends as it is: bytes, or a stream of them that is opened when an attempt is made.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::body::Body;
use super::transport::{MaybeSend, TransportError, TransportErrorKind};

/// What is sent as a body, or as a file of a form: bytes, a file of the disk, or a stream.
///
/// A stream and a file are read while they are sent, so that they need little memory. Clones share what they send. Two
/// are equal if they hold the same bytes, or if one is a clone of the other.
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    /// A stream, which is there for one attempt.
    Once(Arc<Mutex<Option<Body>>>),
    /// Makes a stream for each attempt.
    Each(Arc<Mutex<Open>>),
    /// One behind the other.
    Joined(Arc<[Upload]>),
}

#[cfg(not(target_family = "wasm"))]
type Open = dyn FnMut() -> Body + Send;

/// Not `Send`, because a browser has only one thread.
#[cfg(target_family = "wasm")]
type Open = dyn FnMut() -> Body;

impl Upload {
    /// Sends a stream of chunks. It can be read once: a call that sends it is not repeated, neither after a failure nor
    /// for a redirect that asks for the body again. [`from_fn`](Self::from_fn) makes a stream that can be repeated.
    pub fn from_stream<E>(chunks: impl Stream<Item = Result<Bytes, E>> + MaybeSend + 'static) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::of(Source::Once(Arc::new(Mutex::new(Some(body(chunks))))))
    }

    /// Sends a stream of chunks that a function makes, anew for each attempt.
    pub fn from_fn<S, E>(mut open: impl FnMut() -> S + MaybeSend + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + MaybeSend + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::of(Source::Each(Arc::new(Mutex::new(move || body(open())))))
    }

    fn of(source: Source) -> Self { Self { source, length: None } }

    /// Says how many bytes a stream has, which are then sent with a `Content-Length`; without it they are sent in
    /// chunks (RFC 9112 section 7.1), which some servers refuse. A stream that has fewer or more makes the call fail;
    /// of one whose length is 0 nothing is read.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if !matches!(self.source, Source::Bytes(_)) {
            self.length = Some(bytes);
        }
        self
    }

    /// How many bytes it has, if that is known.
    pub fn length(&self) -> Option<u64> { self.length }

    /// Joins uploads into one, which is bytes if they are.
    pub(super) fn joined(parts: Vec<Upload>) -> Self {
        let bytes: Option<Vec<&[u8]>> = parts.iter().map(|part| Some(&**part.as_bytes()?)).collect();
        match bytes {
            Some(bytes) => Self::from(bytes.concat()),
            None => Self { length: parts.iter().map(Self::length).sum(), source: Source::Joined(parts.into()) },
        }
    }

    fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Once(_) | Source::Each(_) | Source::Joined(_) => None,
        }
    }

    /// Whether it is a stream that was opened and cannot be opened again.
    pub(super) fn is_spent(&self) -> bool {
        match &self.source {
            Source::Bytes(_) | Source::Each(_) => false,
            Source::Once(stream) => lock(stream).is_none(),
            Source::Joined(parts) => parts.iter().any(Self::is_spent),
        }
    }

    /// The body of an attempt; `None` if it is spent.
    pub(super) fn open(&self) -> Option<Body> {
        let body = match &self.source {
            Source::Bytes(bytes) => return Some(Body::from(bytes.clone())),
            Source::Once(stream) => lock(stream).take()?,
            Source::Each(open) => lock(open)(),
            Source::Joined(_) if self.is_spent() => return None,
            Source::Joined(parts) => {
                let parts: Option<VecDeque<Body>> = parts.iter().map(Self::open).collect();
                return Some(Body::from_stream(Chain(parts?)));
            }
        };
        Some(match self.length {
            Some(length) => Body::from_stream(Measured { body, left: length, last: None }),
            None => body,
        })
    }
}

fn lock<T: ?Sized>(shared: &Mutex<T>) -> MutexGuard<'_, T> { shared.lock().unwrap_or_else(PoisonError::into_inner) }

/// The body that a stream is.
fn body<E>(chunks: impl Stream<Item = Result<Bytes, E>> + MaybeSend + 'static) -> Body
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    Body::from_stream(Reading(Box::pin(chunks)))
}

/// A stream whose errors are those of an upload.
struct Reading<S>(Pin<Box<S>>);

impl<S, E> Stream for Reading<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let unread = |error: E| {
            TransportError::new(TransportErrorKind::Upload, "what is sent could not be read").with_source(error)
        };
        self.0.as_mut().poll_next(context).map(|chunk| chunk.map(|chunk| chunk.map_err(unread)))
    }
}

/// Bodies one behind the other.
struct Chain(VecDeque<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(first) = self.0.front_mut() {
            match ready!(Pin::new(first).poll_next(context)) {
                Some(chunk) => return Poll::Ready(Some(chunk)),
                None => self.0.pop_front(),
            };
        }
        Poll::Ready(None)
    }
}

/// A body that must have as many bytes as was said.
struct Measured {
    body: Body,
    left: u64,
    /// The chunk with the last of these bytes, until the body has ended: what comes behind it would be cut off.
    last: Option<Bytes>,
}

impl Stream for Measured {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let wrong = |problem| Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Upload, problem))));
        loop {
            match ready!(Pin::new(&mut self.body).poll_next(context)) {
                Some(Ok(chunk)) => match self.left.checked_sub(chunk.len() as u64) {
                    None => return wrong("what is sent has more bytes than its length says"),
                    Some(0) => (self.left, self.last) = (0, Some(chunk)),
                    Some(left) => {
                        self.left = left;
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                },
                None if self.left > 0 => return wrong("what is sent has fewer bytes than its length says"),
                None => return Poll::Ready(self.last.take().map(Ok)),
                error => return Poll::Ready(error),
            }
        }
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self { Self { length: Some(bytes.len() as u64), source: Source::Bytes(bytes) } }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self { Bytes::from(bytes).into() }
}

impl From<String> for Upload {
    fn from(text: String) -> Self { Bytes::from(text).into() }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self { Bytes::from(text).into() }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self { Bytes::from(bytes).into() }
}

/// No bytes.
impl Default for Upload {
    fn default() -> Self { Bytes::new().into() }
}

impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.source, &other.source) {
            (Source::Bytes(one), Source::Bytes(other)) => one == other,
            (Source::Once(one), Source::Once(other)) => Arc::ptr_eq(one, other),
            (Source::Each(one), Source::Each(other)) => Arc::ptr_eq(one, other),
            (Source::Joined(one), Source::Joined(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for Upload {}

/// Shows the length only: what is sent may hold secrets.
impl fmt::Debug for Upload {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Some(length) => write!(out, "{length} bytes"),
            None => out.write_str("a stream"),
        }
    }
}
