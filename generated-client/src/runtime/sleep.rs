// needs: transport | crates:
//! Timers without an async runtime, and timeouts.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// The stack of a waiting thread, in bytes.
#[cfg(not(target_family = "wasm"))]
const STACK: usize = 64 << 10;

/// Waits on a separate thread, which ends with the future. If no thread can be started, it returns at once.
#[cfg(not(target_family = "wasm"))]
pub(super) fn on_thread(time: Duration) -> BoxFuture<'static, ()> {
    use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::task::Waker;

    let (sender, cancelled) = channel::<()>();
    // `None` once the time is over
    let waker = Arc::new(Mutex::new(Some(Waker::noop().clone())));
    let shared = Arc::clone(&waker);
    let wait = move |cancelled: Receiver<()>| {
        if cancelled.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
            let waker = shared.lock().unwrap_or_else(PoisonError::into_inner).take();
            waker.into_iter().for_each(Waker::wake);
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || wait(cancelled));
    Box::pin(async move {
        if thread.is_err() {
            return;
        }
        poll_fn(|context| match &mut *waker.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(waker) => {
                waker.clone_from(context.waker());
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
        drop(sender);
    })
}

/// Waits forever: a browser has no threads.
#[cfg(target_family = "wasm")]
pub(super) fn on_thread(_: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::pending()) }

/// Runs an attempt, and fails with a message if it takes longer than the limit. The timer starts only if the attempt is
/// not ready at once.
pub(super) async fn within<T, E: From<TransportError>>(
    limit: Option<Duration>,
    message: &str,
    transport: &dyn Transport,
    attempt: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let mut attempt = pin!(attempt);
    let mut timer = None;
    poll_fn(|context| {
        if let Poll::Ready(outcome) = attempt.as_mut().poll(context) {
            return Poll::Ready(outcome);
        }
        let Some(limit) = limit else { return Poll::Pending };
        match timer.get_or_insert_with(|| transport.limit(limit)).as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(TransportError::new(TransportErrorKind::Timeout, message).into())),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
