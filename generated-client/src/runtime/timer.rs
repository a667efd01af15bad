// needs: transport | crates:
//! A timer without an async runtime: a thread that waits.

use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use super::transport::BoxFuture;

/// The stack of a waiting thread, in bytes.
const STACK: usize = 64 << 10;

/// Waits on a separate thread, which ends with the future. If no thread can be started, it returns at once.
pub(super) fn on_thread(time: Duration) -> BoxFuture<'static, ()> {
    let shared = Arc::new(Shared::default());
    let of_thread = Arc::clone(&shared);
    match thread::Builder::new().stack_size(STACK).spawn(move || of_thread.wait(time)) {
        Ok(_) => Box::pin(Timer(shared)),
        Err(_) => Box::pin(std::future::ready(())),
    }
}

/// What a timer shares with its thread.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    cancelled: Condvar,
}

#[derive(Default)]
struct State {
    is_over: bool,
    is_cancelled: bool,
    waker: Option<Waker>,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> { self.state.lock().unwrap_or_else(PoisonError::into_inner) }

    fn wait(&self, time: Duration) {
        let waited = self.cancelled.wait_timeout_while(self.state(), time, |state| !state.is_cancelled);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        state.is_over = true;
        let waker = state.waker.take();
        drop(state);
        waker.into_iter().for_each(Waker::wake);
    }
}

struct Timer(Arc<Shared>);

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.state();
        if state.is_over {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

/// Ends the thread, which then wakes nobody.
impl Drop for Timer {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.is_cancelled = true;
        let waker = state.waker.take();
        drop(state);
        drop(waker);
        self.0.cancelled.notify_one();
    }
}
