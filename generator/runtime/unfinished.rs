// needs: codec response | crates:
//! Why work that was started came to no result.

use std::fmt;

use super::codec::Codec;
use super::response::{BodyError, RawBody, Reply};

/// Work that came to no result: it failed, or was not done in time. It keeps what was last told of it.
#[derive(Clone)]
pub struct Unfinished {
    cause: Cause,
    handle: Option<String>,
    last: Option<Last>,
}

/// What kept work from its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Its state is one of those in which work has failed.
    Failed,
    /// The deadline passed.
    Late,
    /// An error has ended the stream before.
    Left,
}

/// What a reply tells of work.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) state: String,
    pub(super) message: Option<String>,
    pub(super) reply: Reply,
}

impl Unfinished {
    pub(super) fn new(cause: Cause, handle: Option<String>, last: Option<Last>) -> Self { Self { cause, handle, last } }

    /// Whether the work itself failed.
    pub fn is_failed(&self) -> bool { self.cause == Cause::Failed }

    /// Whether the deadline passed. The work may be done later.
    pub fn is_late(&self) -> bool { self.cause == Cause::Late }

    /// The last state; `None` if none was told yet.
    pub fn state(&self) -> Option<&str> { Some(&self.last.as_ref()?.state) }

    /// What the API says beside the state: what failed.
    pub fn message(&self) -> Option<&str> { self.last.as_ref()?.message.as_deref() }

    /// The text by which `resume` goes on waiting, in another process too. It holds no credential of the client.
    pub fn handle(&self) -> Option<&str> { self.handle.as_deref() }

    /// The body of the reply that told the last state, as received.
    pub fn body(&self) -> Option<&RawBody> { Some(&self.last.as_ref()?.reply.body) }

    /// Reads that body: as the type that the call for the state returns, or any other.
    pub fn read<T: Codec>(&self) -> Result<T, BodyError> {
        self.last.as_ref().map_or(Err(BodyError::Empty), |last| last.reply.clone().json())
    }
}

/// ``the work failed: its state is `ERROR`: no such image``
impl fmt::Display for Unfinished {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.cause {
            Cause::Failed => "the work failed",
            Cause::Late => "the work was not done in time",
            Cause::Left => "the work was left before it was done",
        })?;
        match &self.last {
            Some(last) => write!(out, ": its state is `{}`", short(&last.state))?,
            None => out.write_str(": its state is not known")?,
        }
        match (self.message(), self.cause) {
            (Some(message), _) => write!(out, ": {}", short(message)),
            (None, Cause::Late | Cause::Left) if self.handle.is_some() => {
                out.write_str("; `resume` with its handle goes on waiting")
            }
            (None, Cause::Failed | Cause::Late | Cause::Left) => Ok(()),
        }
    }
}

/// How many characters of a text of the server an error shows.
const MOST: usize = 200;

/// The start of a text, on one line.
fn short(text: &str) -> String { text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect() }

/// Does not show the handle, which may be a URL that grants access.
impl fmt::Debug for Unfinished {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Unfinished").field("cause", &self.cause).field("last", &self.last).finish_non_exhaustive()
    }
}

impl std::error::Error for Unfinished {}
