// needs: transport | crates: bytes futures_core
//! What a thread reads by waiting, as a stream.
//!
//! What is here is `#[inline]`: it is compiled in the programs that use it.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_core::Stream;

use super::transport::TransportError;

/// How many bytes are read at a time, and how many such chunks may wait to be taken.
const CHUNK: usize = 64 << 10;
const WAITING: usize = 4;

type Chunk = Result<Bytes, TransportError>;

/// Creates a stream of what a thread sends.
#[inline]
pub(super) fn channel() -> (Sender, Chunks) {
    let shared = Arc::new(Shared::default());
    (Sender(Arc::clone(&shared)), Chunks(shared))
}

/// What both ends share. A channel of the standard library would be compiled again in each crate, with many times the
/// code.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Tells the thread that there is room, or that nobody takes chunks any longer.
    room: Condvar,
}

#[derive(Default)]
struct State {
    chunks: VecDeque<Chunk>,
    /// Whoever waits for a chunk.
    waker: Option<Waker>,
    has_ended: bool,
    is_dropped: bool,
}

impl Shared {
    #[inline]
    fn state(&self) -> MutexGuard<'_, State> { self.state.lock().unwrap_or_else(PoisonError::into_inner) }
}

/// The end of the thread.
pub(super) struct Sender(Arc<Shared>);

impl Sender {
    /// Sends a chunk as soon as there is room for it. Returns whether anybody still takes chunks.
    #[inline]
    pub(super) fn send(&self, chunk: Chunk) -> bool {
        let is_full = |state: &mut State| state.chunks.len() == WAITING && !state.is_dropped;
        let waited = self.0.room.wait_while(self.0.state(), is_full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.is_dropped {
            return false;
        }
        state.chunks.push_back(chunk);
        wake(state);
        true
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
}

/// Ends the stream.
impl Drop for Sender {
    #[inline]
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.has_ended = true;
        wake(state);
    }
}

/// Wakes whoever waits, which may look at once.
#[inline]
fn wake(mut state: MutexGuard<'_, State>) {
    let waker = state.waker.take();
    drop(state);
    waker.into_iter().for_each(Waker::wake);
}

/// The chunks that a thread sends.
pub(super) struct Chunks(Arc<Shared>);

impl Stream for Chunks {
    type Item = Chunk;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Chunk>> {
        let mut state = self.0.state();
        match state.chunks.pop_front() {
            Some(chunk) => {
                self.0.room.notify_one();
                Poll::Ready(Some(chunk))
            }
            None if state.has_ended => Poll::Ready(None),
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// Ends the thread at the next chunk.
impl Drop for Chunks {
    #[inline]
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_dropped = true;
        state.chunks.clear();
        self.0.room.notify_one();
    }
}
