// needs: call client operation response unfinished value | crates:
//! How the state of work is asked for, and what a reply tells of it.

use std::fmt;
use std::time::Duration;

use super::call::Call;
use super::client::Client;
use super::operation::Operation;
use super::response::{BodyError, Reply};
use super::unfinished::Last;
use super::value::Value;

/// The wait after the first question, and the longest, where the configuration says nothing.
const INTERVAL: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// How the state of work is asked for, and how a reply tells it.
pub struct Polling<T> {
    pub(super) call: fn(&Client) -> Call<T>,
    told: Told,
    /// Whether errors of the call are read as those of the work.
    is_documented: bool,
    pub(super) interval: Duration,
    pub(super) longest: Duration,
}

/// How a reply tells the state of work.
#[derive(Clone, Copy, Debug)]
pub enum Told {
    /// By a value in its body. A state that is neither of success nor of failure goes on.
    State {
        /// The JSON pointer to the state.
        at: &'static str,
        /// The states in which work is done.
        done: &'static [&'static str],
        /// The states in which work has failed.
        failed: &'static [&'static str],
        /// The JSON pointer to what says what failed.
        message: Option<&'static str>,
    },
    /// By its status.
    Status {
        /// The statuses with which work goes on. With any other answer it is done.
        pending: &'static [u16],
    },
}

impl<T> Polling<T> {
    /// A call without its path parameters asks for the state.
    pub fn new(call: fn(&Client) -> Call<T>, told: Told) -> Self {
        Self { call, told, is_documented: true, interval: INTERVAL, longest: LONGEST }
    }

    /// Sets the first wait and the longest, in milliseconds.
    #[must_use]
    pub fn every(mut self, interval: u64, longest: u64) -> Self {
        (self.interval, self.longest) = (Duration::from_millis(interval), Duration::from_millis(longest));
        self
    }

    /// Leaves errors of the call unread, where the errors of the work are others.
    #[must_use]
    pub fn undocumented(mut self) -> Self {
        self.is_documented = false;
        self
    }

    /// An operation, with the errors that are read.
    pub(super) fn documented(&self, operation: &Operation) -> Operation {
        if self.is_documented { *operation } else { Operation { errors: &[], ..*operation } }
    }

    /// What a reply tells, and what that means.
    pub(super) fn told(&self, reply: Reply) -> Result<(Last, Meaning), BodyError> {
        let (at, done, failed, message) = match self.told {
            Told::State { at, done, failed, message } => (at, done, failed, message),
            Told::Status { pending } => {
                let status = reply.status.as_u16();
                let meaning = if pending.contains(&status) { Meaning::GoesOn } else { Meaning::Done };
                return Ok((Last { state: status.to_string(), message: None, reply }, meaning));
            }
        };
        let body = parsed(&reply)?;
        let missing = || BodyError::Other(format!("it has no state at `{at}`"));
        let state = text_at(&body, at).ok_or_else(missing)?;
        let message = message.and_then(|pointer| text_at(&body, pointer));
        let is_one = |states: &[&str]| states.contains(&state.as_str());
        let meaning = match () {
            () if is_one(done) => Meaning::Done,
            () if is_one(failed) => Meaning::Failed,
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
        out.debug_struct("Polling").field("told", &self.told).finish_non_exhaustive()
    }
}
