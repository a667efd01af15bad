// needs: transport | crates: bytes futures_core
//! What a thread reads by waiting, as a stream.

use std::io::{self, ErrorKind, Read};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;

use super::transport::TransportError;

/// How many bytes are read at a time, and how many such chunks may wait to be taken.
const CHUNK: usize = 64 << 10;
const WAITING: usize = 4;

type Chunk = Result<Bytes, TransportError>;

/// Creates a stream of what a thread sends.
pub(super) fn channel() -> (Sender, Chunks) {
    let (sender, receiver) = sync_channel(WAITING);
    let waker = Arc::new(Mutex::new(None));
    (Sender { chunks: Some(sender), waker: Arc::clone(&waker) }, Chunks { receiver, waker })
}

/// The end of the thread.
pub(super) struct Sender {
    /// `None` once the stream has ended.
    chunks: Option<SyncSender<Chunk>>,
    waker: Arc<Mutex<Option<Waker>>>,
}

impl Sender {
    /// Sends a chunk as soon as there is room for it. Returns whether anybody still takes chunks.
    pub(super) fn send(&self, chunk: Chunk) -> bool {
        let is_sent = self.chunks.as_ref().is_some_and(|chunks| chunks.send(chunk).is_ok());
        self.wake();
        is_sent
    }

    /// Sends what is read, until it ends or nobody takes it.
    pub(super) fn pass_on(self, mut source: impl Read, failed: impl Fn(io::Error) -> TransportError) {
        let mut buffer = vec![0; CHUNK];
        loop {
            let chunk = match source.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => Ok(Bytes::copy_from_slice(&buffer[..count])),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Err(failed(error)),
            };
            let is_last = chunk.is_err();
            if !self.send(chunk) || is_last {
                return;
            }
        }
    }

    fn wake(&self) {
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).take();
        waker.into_iter().for_each(Waker::wake);
    }
}

/// Ends the stream.
impl Drop for Sender {
    fn drop(&mut self) {
        self.chunks = None;
        self.wake();
    }
}

/// The chunks that a thread sends.
pub(super) struct Chunks {
    receiver: Receiver<Chunk>,
    waker: Arc<Mutex<Option<Waker>>>,
}

impl Stream for Chunks {
    type Item = Chunk;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Chunk>> {
        // before looking, so that what is sent meanwhile wakes
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
        match self.receiver.try_recv() {
            Ok(chunk) => Poll::Ready(Some(chunk)),
            Err(TryRecvError::Empty) => Poll::Pending,
            Err(TryRecvError::Disconnected) => Poll::Ready(None),
        }
    }
}
