// needs: transport | crates: bytes futures_core
//! What a transport carries: the body of a request or of a response.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::transport::{BoxStream, MaybeSend, TransportError, TransportErrorKind};

/// The body of a request or of a response: bytes, or a [`Stream`] of them.
///
/// A stream is read once, by [`next`](Self::next) or as the `Stream` that it is.
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
    /// A body that comes in chunks.
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

    /// A copy, which shares the bytes; `None` if it is a stream.
    pub fn try_clone(&self) -> Option<Self> { self.as_bytes().cloned().map(Self::from) }

    /// The next chunk, which is not empty; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The whole body, which is an error if it has more bytes than `limit`.
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
                // most bodies are one chunk, which needs no copy
                whole = chunk;
            } else {
                joined.extend_from_slice(&std::mem::take(&mut whole));
                joined.extend_from_slice(&chunk);
            }
        }
        Ok(if joined.is_empty() { whole } else { joined.into() })
    }
}

/// Its chunks. Bytes are one.
impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = match &mut self.0 {
            Inner::Bytes(bytes) if bytes.is_empty() => None,
            Inner::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
            Inner::Stream(chunks) => match std::task::ready!(chunks.as_mut().poll_next(context)) {
                Some(Ok(chunk)) if chunk.is_empty() => {
                    // others come to their turn, a limit of time among them, before the next chunk
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

/// Says how much there is, not what: it may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Bytes(bytes) => write!(out, "{} bytes", bytes.len()),
            Inner::Stream(_) => out.write_str("a stream"),
        }
    }
}
