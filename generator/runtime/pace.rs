// needs: transport | crates:
//! How long to wait between two questions for the state of work, and until when.

use std::fmt;
use std::task::Context;
use std::time::Duration;

use super::transport::{BoxFuture, Transport};

/// The shortest wait, lest the server is asked without a pause.
const SHORTEST: Duration = Duration::from_millis(1);

/// The waits, which grow by half up to the longest.
pub(super) struct Pace {
    pub(super) interval: Duration,
    pub(super) longest: Duration,
    /// The limit of all waits, and of all time that passes.
    pub(super) deadline: Option<Duration>,
    /// The waits so far. Where no time passes, as in a test, the deadline goes by them.
    waited: Duration,
    /// Ends at the deadline.
    timer: Option<BoxFuture<'static, ()>>,
    is_over: bool,
}

impl Pace {
    pub(super) fn new(interval: Duration, longest: Duration) -> Self {
        Self { interval, longest, deadline: None, waited: Duration::ZERO, timer: None, is_over: false }
    }

    /// The next wait, which is at least what the server asks for and ends at the deadline. `None` if the deadline is
    /// there, or the server asks to wait beyond it.
    pub(super) fn next(&mut self, asked: Duration) -> Option<Duration> {
        let left = self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_sub(self.waited));
        if left.is_zero() || asked > left {
            return None;
        }
        let interval = self.interval.max(SHORTEST);
        let wait = interval.max(asked).min(left);
        self.interval = interval.saturating_add(interval / 2).min(self.longest.max(interval));
        self.waited = self.waited.saturating_add(wait);
        Some(wait)
    }

    /// Whether the deadline has passed. The time counts from when this is first asked.
    pub(super) fn is_over(&mut self, transport: &dyn Transport, context: &mut Context<'_>) -> bool {
        if let Some(deadline) = self.deadline.filter(|_| !self.is_over) {
            let timer = self.timer.get_or_insert_with(|| transport.limit(deadline));
            self.is_over = timer.as_mut().poll(context).is_ready();
        }
        self.is_over
    }
}

impl fmt::Debug for Pace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pace")
            .field("interval", &self.interval)
            .field("deadline", &self.deadline)
            .field("waited", &self.waited)
            .finish_non_exhaustive()
    }
}
