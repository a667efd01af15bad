// needs: error fault response retry_after | crates:
//! Which failed attempts are repeated, and after how long.
//!
//! An attempt is repeated if a later one may succeed, and if repeating does no harm: the method is idempotent (RFC 9110
//! section 9.2.2), the request has an idempotency key, or the failure shows that the server did not act.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::error::Failure;
use super::fault::Fault;
use super::response::Reply;
use super::retry_after::retry_after;

/// The longest delay that a policy can have.
const LONGEST_DELAY: Duration = Duration::from_secs(24 * 60 * 60);

/// When a failed attempt of a call is repeated.
///
/// Repeated are attempts that fail to connect, time out or lose their connection, and those that are answered with 408,
/// 429 or a status from 500 on, except 501 and 505. A header `x-should-retry: true` or `false` of the reply decides
/// otherwise. A method that is not idempotent, such as `POST` and `PATCH`, is repeated without an idempotency key only
/// where the server did not act: after a failure to connect, 408, 429, a 503 with `Retry-After`, or
/// `x-should-retry: true`, and never behind a redirect.
///
/// Between two attempts passes a random time of up to the delay, which doubles with each attempt, and at least what the
/// server asks for (`Retry-After`, in seconds or as a date, or `retry-after-ms`).
///
/// A client that sees most of its calls fail stops repeating them. It can make a hundred further attempts; a call that
/// succeeds at first earns a fifth of one, and a call that succeeds later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    delay: Duration,
    longest_delay: Duration,
    longest_wait: Duration,
    conflicts: bool,
    any_method: bool,
}

impl RetryPolicy {
    /// The default: three attempts, with a delay of 0.5 s that doubles up to 8 s. A server that asks to wait for more
    /// than 60 s ends the call.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            delay: Duration::from_millis(500),
            longest_delay: Duration::from_secs(8),
            longest_wait: Duration::from_secs(60),
            conflicts: false,
            any_method: false,
        }
    }

    /// One attempt.
    pub const fn never() -> Self { Self::new().max_attempts(1) }

    /// Limits the number of attempts, the first included. 0 is 1.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the delay before the second attempt, and the longest before any; at most a day.
    #[must_use]
    pub const fn delay(mut self, first: Duration, longest: Duration) -> Self {
        self.delay = first;
        self.longest_delay = longest;
        self
    }

    /// Limits the time that a server may ask to wait. If it asks for more, the call fails with the reply that says so.
    #[must_use]
    pub const fn max_retry_after(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// Sets whether 409 is repeated too, for APIs that answer so while something else holds a lock.
    #[must_use]
    pub const fn conflicts(mut self, repeated: bool) -> Self {
        self.conflicts = repeated;
        self
    }

    /// Sets whether a method that is not idempotent is repeated without an idempotency key even if the server may have
    /// acted: what it does may then be done twice.
    #[must_use]
    pub const fn any_method(mut self, repeated: bool) -> Self {
        self.any_method = repeated;
        self
    }

    /// The wait before the next attempt. `None` ends the call.
    pub(super) fn wait(
        &self,
        repeats: Repeats,
        outcome: Result<&Reply, &Failure>,
        attempt: u32,
        random: impl Fn() -> u64,
    ) -> Option<Duration> {
        let reply = match outcome {
            Ok(reply) => Some(reply),
            Err(Failure::Unread(reply, _)) => Some(&**reply),
            Err(Failure::Transport(_) | Failure::Request(_)) => None,
        };
        let fault = match (reply, outcome) {
            (Some(reply), _) => Fault::of_reply(reply.status, &reply.headers, self.conflicts)?,
            (None, Err(Failure::Transport(error))) => Fault::of_transport(error)?,
            (None, _) => return None,
        };
        let is_harmless = match repeats {
            Repeats::Harmless => true,
            Repeats::IfNotActed => self.any_method || fault == Fault::NotActed,
            Repeats::Harmful => self.any_method,
        };
        if attempt >= self.attempts || !is_harmless {
            return None;
        }
        let asked = reply.and_then(|reply| retry_after(&reply.headers)).unwrap_or_default();
        // without the random part, all clients would return at the same time
        (asked <= self.longest_wait).then(|| asked.max(self.jittered(attempt, random())))
    }

    /// A random part of the delay before an attempt ("full jitter").
    fn jittered(&self, attempt: u32, random: u64) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let delay = self.delay.saturating_mul(factor).min(self.longest_delay).min(LONGEST_DELAY);
        delay.mul_f64(random as f64 / u64::MAX as f64)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self { Self::new() }
}

/// The effect of sending a request again.
#[derive(Clone, Copy, Debug)]
pub(super) enum Repeats {
    /// That of sending it once.
    Harmless,
    /// That of sending it once, if the server did not act.
    IfNotActed,
    /// The server may act twice.
    Harmful,
}

/// The tokens that a further attempt costs.
const COST: u32 = 5;

/// The tokens that a call earns when its first attempt succeeds.
const PAY: u32 = 1;

/// The most tokens that a budget holds.
const MOST: u32 = 500;

/// A token bucket that limits the further attempts of all clones of a client.
#[derive(Debug)]
pub(super) struct RetryBudget(AtomicU32);

impl RetryBudget {
    /// A full budget.
    pub(super) fn new() -> Self { Self(AtomicU32::new(MOST)) }

    /// Takes what a further attempt costs; `false` if too little is left.
    pub(super) fn take(&self) -> bool { self.change(|left| left.checked_sub(COST)) }

    /// Adds the tokens of a call that succeeded: the cost of its last attempt, if that was not the first.
    pub(super) fn pay(&self, attempt: u32) {
        let payment = if attempt > 1 { COST } else { PAY };
        self.change(|left| (left < MOST).then(|| (left + payment).min(MOST)));
    }

    fn change(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}
