// needs: timer transport | crates:
//! Waiting without an async runtime, and timeouts.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::transport::{Transport, TransportError, TransportErrorKind};

#[cfg(not(target_family = "wasm"))]
pub(super) use super::timer::on_thread;

/// Waits forever: a browser has no threads.
#[cfg(target_family = "wasm")]
pub(super) fn on_thread(_: Duration) -> super::transport::BoxFuture<'static, ()> { Box::pin(std::future::pending()) }

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
