// needs: api_error call error polling progress transport work | crates:
//! A call that starts work, awaited until the work is done.

use std::fmt;
use std::time::Duration;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::Call;
use super::error::Error;
use super::polling::Polling;
use super::progress::Progress;
use super::transport::{BoxFuture, MaybeSend};
use super::work::{Goal, Lead, Start};

/// Work that was not started yet, or is under way: await it for its result, or read its [`progress`](Self::progress).
///
/// The state is asked for at once, then after a wait, which grows by half each time up to the longest. A reply with
/// `Retry-After` makes the wait at least so long. `timeout`, `total_timeout` and `retries` of the call that it is made of
/// hold for each question. Work that fails or is late is [`Error::Work`].
///
/// `T` is what is told of the state, `E` what is documented of the errors of its calls, and `R` the result.
#[must_use = "nothing is started or asked unless it is awaited"]
pub struct UntilDone<T, E = Undocumented, R = T> {
    work: Progress<T, E, R>,
}

#[doc(hidden)]
impl<T, E: ErrorPayload> UntilDone<T, E> {
    /// Work whose state a call asks for.
    pub fn polling(call: impl Into<Call<T, E>>, polling: Polling<T>) -> Self
    where
        T: 'static,
    {
        Self::starting(call, polling, Lead::Nothing, Goal::State(|state| state))
    }
}

#[doc(hidden)]
impl<T, E: ErrorPayload, R> UntilDone<T, E, R> {
    /// Work that a call starts. The errors of the work are those that the call documents, if it does.
    pub fn starting<A: 'static, S>(
        call: impl Into<Call<A, S>>,
        polling: Polling<T>,
        lead: Lead,
        goal: Goal<T, E, R>,
    ) -> Self {
        let Call { client, request, read, .. } = call.into();
        let start = Start { request, read: Box::new(move |reply| read(reply).map(drop)), lead };
        Self { work: Progress::new(&client, start, polling, goal) }
    }
}

impl<T, E: ErrorPayload, R> UntilDone<T, E, R> {
    /// Sets the wait after the first question for the state.
    pub fn interval(mut self, wait: Duration) -> Self {
        self.work.pace.interval = wait;
        self
    }

    /// Sets the longest wait between two questions for the state.
    pub fn longest_interval(mut self, wait: Duration) -> Self {
        self.work.pace.longest = wait;
        self
    }

    /// Limits the time until the work is done, by default not limited. What is late is an [`Error::Work`] with the last
    /// state and the handle that [`resume`](Self::resume) takes. The call that starts the work is not cut off, since its
    /// reply has the handle.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.work.pace.deadline = Some(time);
        self
    }

    /// Goes on waiting for work that was started before, by its [`handle`](Progress::handle), and starts none. The
    /// handle must be of the API that the client calls.
    pub fn resume(mut self, handle: &str) -> Self {
        self.work.resume(handle);
        self
    }

    /// What the API tells of the work, each time that it is asked.
    pub fn progress(self) -> Progress<T, E, R> { self.work }
}

/// Awaiting it starts the work, waits until it is done, and returns its result.
impl<T: 'static, E: ErrorPayload + MaybeSend, R: 'static> IntoFuture for UntilDone<T, E, R> {
    type Output = Result<R, Error<E>>;
    type IntoFuture = BoxFuture<'static, Result<R, Error<E>>>;

    fn into_future(self) -> Self::IntoFuture { Box::pin(self.work.result()) }
}

/// Shows no value that is sent.
impl<T, E, R> fmt::Debug for UntilDone<T, E, R> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("UntilDone").field("work", &self.work).finish()
    }
}
