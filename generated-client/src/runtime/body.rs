// needs: transport | crates: bytes futures_core
//! The body of a request or a response, as a transport carries it.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::transport::{BoxStream, MaybeSend, TransportError, TransportErrorKind};

/// The body of a request or a response: bytes or a [`Stream`] of them.
///
/// A stream can be read once, with [`next`](Self::next) or as a `Stream`.
#[derive(Default)]
pub struct Body(Inner);

enum Inner {
    Bytes(Bytes),
    Stream(BoxStream<Result<Bytes, TransportError>>),
}

impl Default for Inner {
    fn default() -> Self { Inner::Bytes(Bytes::new()) }
}

impl Body {
    /// Creates a body from a stream of chunks.
    pub fn from_stream(chunks: impl Stream<Item = Result<Bytes, TransportError>> + MaybeSend + 'static) -> Self {
        Body(Inner::Stream(Box::pin(chunks)))
    }

    /// The whole body; `None` if it is a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => Some(bytes),
            Inner::Stream(_) => None,
        }
    }

    /// Clones the body, sharing the bytes; `None` if it is a stream.
    pub fn try_clone(&self) -> Option<Self> { self.as_bytes().cloned().map(Self::from) }

    /// The next chunk, never empty; `None` after the last chunk or an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads the whole body; fails if it has more than `limit` bytes.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let mut whole = Bytes::new();
        let mut joined = Vec::new();
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            if chunk.len() > limit.saturating_sub(whole.len() + joined.len()) {
                let message = format!("the response body is larger than {limit} bytes");
                return Err(TransportError::new(TransportErrorKind::BodyTooLarge, message));
            }
            if whole.is_empty() && joined.is_empty() {
                // most bodies are a single chunk, which needs no copy
                whole = chunk;
            } else {
                joined.extend_from_slice(&std::mem::take(&mut whole));
                joined.extend_from_slice(&chunk);
            }
        }
        Ok(if joined.is_empty() { whole } else { joined.into() })
    }
}

/// Yields the chunks; a body of bytes is a single chunk.
impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = match &mut self.0 {
            Inner::Bytes(bytes) if bytes.is_empty() => None,
            Inner::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            Inner::Stream(chunks) => match std::task::ready!(chunks.as_mut().poll_next(context)) {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    // yield to other futures, such as a timeout, before the next chunk
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                other => other,
            },
        };
        if !matches!(next, Some(Ok(_))) {
            self.0 = Inner::default();
        }
        Poll::Ready(next)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self { Body(Inner::Bytes(bytes)) }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self { Bytes::from(bytes).into() }
}

impl From<String> for Body {
    fn from(text: String) -> Self { Bytes::from(text).into() }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self { Bytes::from(text).into() }
}

/// Shows the length only: the body may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Bytes(bytes) => write!(out, "{} bytes", bytes.len()),
            Inner::Stream(_) => out.write_str("a stream"),
        }
    }
}
