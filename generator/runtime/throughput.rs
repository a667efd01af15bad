// needs: body transport | crates: bytes futures_core
//! The least that a body must bring while it is read, so that a server which stalls is an error.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::body::Body;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// How many bytes must come in each span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Throughput {
    pub(super) bytes: u64,
    pub(super) within: Duration,
}

impl Throughput {
    /// Of a download, for which nobody says otherwise: a connection that brings nothing at all is broken.
    pub(super) const DEFAULT: Self = Self { bytes: 1, within: Duration::from_secs(300) };

    /// A body that fails if it brings less. One that is there already is returned as it is.
    pub(super) fn hold(self, body: Body, transport: &Arc<dyn Transport>) -> Body {
        if self.bytes == 0 || body.as_bytes().is_some() {
            return body;
        }
        let transport = Arc::clone(transport);
        Body::from_stream(Held { body, least: self, transport, timer: None, came: 0, is_waiting: false })
    }
}

/// A body and the span that it is in.
struct Held {
    body: Body,
    least: Throughput,
    transport: Arc<dyn Transport>,
    /// The rest of the span.
    timer: Option<BoxFuture<'static, ()>>,
    /// What has come in it.
    came: u64,
    /// Whether the reader waits for the server, rather than the server for the reader.
    is_waiting: bool,
}

impl Stream for Held {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let has_waited = std::mem::replace(&mut this.is_waiting, false);
        if let Poll::Ready(chunk) = Pin::new(&mut this.body).poll_next(context) {
            this.came += chunk.iter().flatten().map(|chunk| chunk.len() as u64).sum::<u64>();
            return Poll::Ready(chunk);
        }
        let mut is_judged = has_waited;
        loop {
            let Throughput { bytes, within } = this.least;
            let timer = this.timer.get_or_insert_with(|| this.transport.limit(within));
            this.is_waiting = true;
            ready!(timer.as_mut().poll(context));
            if is_judged && this.came < bytes {
                let message = format!("the server sent fewer than {bytes} bytes of the body in {within:?}");
                return Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout, message))));
            }
            // the reader took part of the first span
            is_judged = true;
            (this.timer, this.came) = (None, 0);
        }
    }
}
