// needs: call client response unfinished value | crates:
//! How the state of work is asked for, and what a reply tells of it.

use std::fmt;
use std::time::Duration;

use super::call::Call;
use super::client::Client;
use super::response::{BodyError, Reply};
use super::unfinished::Last;
use super::value::Value;

/// The wait after the first question, and the longest, where the configuration says nothing.
const INTERVAL: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// How the state of work is asked for, and where a reply has it, by JSON pointers.
pub struct Polling<T> {
    pub(super) call: fn(&Client) -> Call<T>,
    state: &'static str,
    message: Option<&'static str>,
    done: &'static [&'static str],
    failed: &'static [&'static str],
    pub(super) interval: Duration,
    pub(super) longest: Duration,
}

impl<T> Polling<T> {
    /// A call without its path parameters asks for the state.
    pub fn new(call: fn(&Client) -> Call<T>, state: &'static str) -> Self {
        Self { call, state, message: None, done: &[], failed: &[], interval: INTERVAL, longest: LONGEST }
    }

    /// Sets the states in which work is done.
    #[must_use]
    pub fn done(mut self, states: &'static [&'static str]) -> Self {
        self.done = states;
        self
    }

    /// Sets the states in which work has failed.
    #[must_use]
    pub fn failed(mut self, states: &'static [&'static str]) -> Self {
        self.failed = states;
        self
    }

    /// Sets where a reply says what failed.
    #[must_use]
    pub fn message(mut self, pointer: &'static str) -> Self {
        self.message = Some(pointer);
        self
    }

    /// Sets the first wait and the longest, in milliseconds.
    #[must_use]
    pub fn every(mut self, interval: u64, longest: u64) -> Self {
        (self.interval, self.longest) = (Duration::from_millis(interval), Duration::from_millis(longest));
        self
    }

    /// What a reply tells, and what that means. A state that is neither of success nor of failure goes on.
    pub(super) fn told(&self, reply: Reply) -> Result<(Last, Meaning), BodyError> {
        let body = parsed(&reply)?;
        let missing = || BodyError::Other(format!("it has no state at `{}`", self.state));
        let state = text_at(&body, self.state).ok_or_else(missing)?;
        let message = self.message.and_then(|pointer| text_at(&body, pointer));
        let is_one = |states: &[&str]| states.contains(&state.as_str());
        let meaning = match () {
            () if is_one(self.done) => Meaning::Done,
            () if is_one(self.failed) => Meaning::Failed,
            () => Meaning::GoesOn,
        };
        Ok((Last { state, message, reply }, meaning))
    }
}

/// What a state means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    GoesOn,
    Done,
    Failed,
}

/// The body of a reply as any JSON.
pub(super) fn parsed(reply: &Reply) -> Result<Value, BodyError> { reply.clone().json() }

/// The text of what a JSON pointer leads to: of a string that is not empty, a number or a boolean.
pub(super) fn text_at(body: &Value, pointer: &str) -> Option<String> {
    let text = match body.pointer(pointer)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

impl<T> fmt::Debug for Polling<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Polling")
            .field("state", &self.state)
            .field("done", &self.done)
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}
