// needs: api_error call codec error response splitter streamed | crates: bytes futures_core
//! Bodies that are a sequence of JSON texts: JSON Lines, also called NDJSON, and `application/json-seq` (RFC 7464).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::Call;
use super::codec::Codec;
use super::error::Error;
use super::response::{BodyError, Reply};
use super::splitter::{Ends, Nesting, Splitter};
use super::streamed::Source;

/// The values of a body that is a sequence of JSON texts, read as they arrive: a [`Stream`], with [`next`](Self::next)
/// and [`try_collect`](Self::try_collect) as inherent methods.
///
/// The call is sent when the stream is first read; its timeout ends with the headers. Blank lines are skipped. An error
/// ends the stream: of the call, of the connection, or of a line that cannot be read. Dropping the stream closes the
/// connection.
#[must_use = "a stream does nothing unless it is read"]
pub struct Lines<T, E = Undocumented> {
    source: Source<T, E>,
    splitter: Splitter,
}

impl<T: Codec, E: ErrorPayload> Lines<T, E> {
    /// Creates the stream of a call that asks for JSON Lines by their media type.
    #[doc(hidden)]
    pub fn new<Whole>(call: impl Into<Call<Whole, E>>, media_type: &str) -> Self {
        let splitter = Splitter::new(Ends::Newline);
        Self { source: Source::new(call.into(), media_type, Reply::json::<T>), splitter }
    }

    /// Creates the stream of a call that asks for a JSON text sequence by its media type.
    #[doc(hidden)]
    pub fn sequence<Whole>(call: impl Into<Call<Whole, E>>, media_type: &str) -> Self {
        let splitter = Splitter::new(Ends::Record(Nesting::default()));
        Self { source: Source::new(call.into(), media_type, record::<T>), splitter }
    }
}

impl<T, E: ErrorPayload> Lines<T, E> {
    /// Limits the length of a line in bytes, in place of the client's limit for bodies.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.source.limit = bytes;
        self
    }

    /// The next value; `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects all remaining values, or returns the first error.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(value) = self.next().await {
            all.push(value?);
        }
        Ok(all)
    }
}

/// Reads a record. A number or a word must end in whitespace, or the rest of it may be lost (RFC 7464 section 2.4).
fn record<T: Codec>(reply: &mut Reply) -> Result<T, BodyError> {
    let text = reply.body.as_bytes();
    let is_bare = !matches!(text.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'));
    if is_bare && text.trim_ascii_end().len() == text.len() {
        return Err(BodyError::Other("the record may be cut off: it does not end in whitespace".to_owned()));
    }
    reply.json()
}

impl<T, E: ErrorPayload> Stream for Lines<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.source.is_closed() {
            return Poll::Ready(None);
        }
        loop {
            match this.splitter.next(this.source.limit) {
                Ok(Some(line)) if is_blank(&line) => continue,
                Ok(Some(line)) => return Poll::Ready(this.source.item(line)),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(this.source.too_long("a line", error)))),
            }
            match ready!(this.source.poll_chunk(context)) {
                Some(Ok(chunk)) => this.splitter.push(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    let rest = this.splitter.rest();
                    return Poll::Ready(if is_blank(&rest) { None } else { this.source.item(rest) });
                }
            }
        }
    }
}

fn is_blank(line: &Bytes) -> bool { line.trim_ascii().is_empty() }

/// Values are moved out, and nothing is pinned.
impl<T, E> Unpin for Lines<T, E> {}

/// Shows what is called, and no values: they may be secrets.
impl<T, E> fmt::Debug for Lines<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Lines").field("operation", &self.source.operation.id()).finish_non_exhaustive()
    }
}
