// needs: api_error call codec error fault kind response splitter streamed | crates: bytes futures_core http
//! Server-Sent Events: bodies in `text/event-stream` (HTML Living Standard, section 9.2).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::Call;
use super::codec::Codec;
use super::error::Error;
use super::fault::Fault;
use super::kind::Kind;
use super::response::{BodyError, Reply};
use super::splitter::{Ends, Splitter, TooLong};
use super::streamed::Source;

/// What a body in `text/event-stream` asks for.
const MEDIA_TYPE: &str = "text/event-stream";

/// The wait before connecting again if the stream asks for none, and how long it may grow.
const WAIT: Duration = Duration::from_secs(3);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// An event of a stream.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The value read from its data.
    pub data: T,
    /// Its type. `None` for a plain message.
    pub event: Option<String>,
    /// The last ID that the stream has given, with this event or before: a request with it in `Last-Event-ID` goes on
    /// from here.
    pub id: Option<String>,
    /// How long the stream has asked to wait before connecting again, with this event or before.
    pub retry: Option<Duration>,
}

/// The events of a body in `text/event-stream`, read as they arrive: a [`Stream`], with [`next`](Self::next) and
/// [`try_collect`](Self::try_collect) as inherent methods.
///
/// The call is sent when the stream is first read; its timeout ends with the headers. The stream ends with the body, or
/// at an event whose data is `[DONE]`, as several APIs mark the last one. An event without data is skipped; so is one
/// whose data is empty, unless it is read as text. An error ends the stream: of the call, of the connection, or of data
/// that cannot be read. It connects again only if [`reconnect`](Self::reconnect) asks for it. Dropping it closes the
/// connection.
#[must_use = "a stream does nothing unless it is read"]
pub struct Events<T, E = Undocumented> {
    source: Source<T, E>,
    splitter: Splitter,
    parser: Parser,
    is_text: bool,
    /// How many connections in a row may bring no event, and how many have not.
    reconnects: u32,
    tried: u32,
}

impl<E: ErrorPayload> Events<String, E> {
    /// Creates the stream of a call's events with their data as it is.
    #[doc(hidden)]
    pub fn text<Whole>(call: impl Into<Call<Whole, E>>) -> Self {
        let read = |reply: &mut Reply| Ok(String::from_utf8_lossy(reply.body.as_bytes()).into_owned());
        Self { is_text: true, ..Self::reading(call.into(), read) }
    }
}

impl<T: Codec, E: ErrorPayload> Events<T, E> {
    /// Creates the stream of a call's events, whose data is JSON, or the text of a scalar.
    #[doc(hidden)]
    pub fn json<Whole>(call: impl Into<Call<Whole, E>>) -> Self { Self::reading(call.into(), data::<T>) }
}

impl<T, E: ErrorPayload> Events<T, E> {
    fn reading<Whole>(call: Call<Whole, E>, read: fn(&mut Reply) -> Result<T, BodyError>) -> Self {
        Self {
            source: Source::new(call, MEDIA_TYPE, read),
            splitter: Splitter::new(Ends::Any),
            parser: Parser::default(),
            is_text: false,
            reconnects: 0,
            tried: 0,
        }
    }

    /// Connects again when the connection breaks, or the body ends before `[DONE]`, until this many connections in a row
    /// bring no event. It does not by default.
    ///
    /// The call is sent as it was, with the ID of the last event in `Last-Event-ID` (HTML, section 9.2.4), after the wait
    /// that the stream has asked for, or 3 seconds, and a random part of it; the wait doubles while no event comes, up to
    /// a minute. A reply of 204
    /// ends the stream, as does one that is an error.
    pub fn reconnect(mut self, most: u32) -> Self {
        self.reconnects = most;
        self
    }

    /// Limits the length of an event in bytes, in place of the client's limit for bodies.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.source.limit = bytes;
        self
    }

    /// The next event; `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects all remaining events, or returns the first error.
    pub async fn try_collect(mut self) -> Result<Vec<Event<T>>, Error<E>> {
        let mut all = Vec::new();
        while let Some(event) = self.next().await {
            all.push(event?);
        }
        Ok(all)
    }

    /// Takes in a line. Returns what the stream gives next, which may be its end; `None` if that takes more lines.
    fn take(&mut self, line: &Bytes) -> Option<Option<Result<Event<T>, Error<E>>>> {
        let (data, event) = match self.parser.line(line, self.source.limit) {
            Ok(taken) => taken?,
            Err(error) => return Some(Some(Err(self.source.too_long("an event", error)))),
        };
        match data.trim() {
            "[DONE]" => {
                self.source.close();
                return Some(None);
            }
            "" if !self.is_text => return None,
            _ => {}
        }
        let (id, retry) = (self.parser.id.clone(), self.parser.retry);
        self.tried = 0;
        let data = self.source.item(Bytes::from(data));
        Some(data.map(|data| Ok(Event { data: data?, event, id, retry })))
    }

    /// The end of the body: what the stream gives next, unless it goes on.
    fn end(&mut self) -> Option<Option<Result<Event<T>, Error<E>>>> {
        let rest = self.splitter.rest();
        let rest = self.parser.without_mark(&rest);
        let other = self.parser.other.take().or_else(|| is_other(&rest).then_some(rest));
        // a body of another format is an error, rather than a stream without events
        if let Some(other) = other.filter(|_| !self.parser.is_stream) {
            let problem = BodyError::Other(format!("it is not in `{MEDIA_TYPE}`"));
            return Some(self.source.unreadable(Some(other), problem));
        }
        let is_last = self.source.status() == Some(StatusCode::NO_CONTENT) || !self.connect_again();
        is_last.then_some(None)
    }

    /// Connects again, if that may help after an error and is asked for.
    fn recovers(&mut self, error: &Error<E>) -> bool {
        let Error::Transport(error) = error else { return false };
        Fault::of_transport(error).is_some() && self.connect_again()
    }

    fn connect_again(&mut self) -> bool {
        if self.tried >= self.reconnects {
            return false;
        }
        let wait = self.parser.retry.unwrap_or(WAIT).saturating_mul(2_u32.saturating_pow(self.tried));
        self.tried += 1;
        self.parser.restart();
        self.splitter = Splitter::new(Ends::Any);
        let wait = wait.min(LONGEST_WAIT.max(self.parser.retry.unwrap_or_default()));
        self.source.reopen(wait, "Last-Event-ID", self.parser.id.as_deref())
    }
}

/// Reads data as JSON, or a scalar that is a string in JSON from text as well. An event stream is in UTF-8, whatever
/// charset its `Content-Type` names (HTML, section 9.2.5).
fn data<T: Codec>(reply: &mut Reply) -> Result<T, BodyError> {
    let is_scalar = !T::accepts(Kind::Object) && !T::accepts(Kind::Array);
    let is_quoted = reply.body.as_bytes().trim_ascii_start().starts_with(b"\"");
    if is_scalar && T::accepts(Kind::String) && !is_quoted {
        let text = String::from_utf8_lossy(reply.body.as_bytes()).into_owned();
        return reply.parsed(&text);
    }
    reply.json()
}

/// The fields of the next event, and what holds from one event to the next.
#[derive(Debug, Default)]
struct Parser {
    /// Lines of data, each followed by LF.
    data: String,
    event: String,
    id: Option<String>,
    /// The ID of the last event that was whole.
    last_id: Option<String>,
    retry: Option<Duration>,
    is_started: bool,
    /// Whether there was a field or a comment.
    is_stream: bool,
    /// The first line that is neither.
    other: Option<Bytes>,
}

impl Parser {
    /// Takes in a line. Returns the data and the type of the event that it ends, if any.
    fn line(&mut self, line: &Bytes, limit: usize) -> Result<Option<(String, Option<String>)>, TooLong> {
        let line = self.without_mark(line);
        if line.is_empty() {
            return Ok(self.event());
        }
        let (name, value) = field(&line);
        match name {
            b"data" if self.data.len() + value.len() > limit => return Err(TooLong),
            b"data" => self.data.extend([&*String::from_utf8_lossy(value), "\n"]),
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" if value.contains(&0) => {}
            b"id" => self.id = Some(String::from_utf8_lossy(value).into_owned()).filter(|id| !id.is_empty()),
            b"retry" => self.retry = milliseconds(value).or(self.retry),
            // a comment
            b"" => {}
            _ => {
                self.other.get_or_insert(line);
                return Ok(None);
            }
        }
        self.is_stream = true;
        Ok(None)
    }

    /// A line without the byte order mark, which only the first one may have.
    fn without_mark(&mut self, line: &Bytes) -> Bytes {
        let is_first = !std::mem::replace(&mut self.is_started, true);
        let mark = "\u{FEFF}".as_bytes();
        if is_first && line.starts_with(mark) { line.slice(mark.len()..) } else { line.clone() }
    }

    /// Drops what has come of an event, before another connection.
    fn restart(&mut self) {
        let (id, retry) = (self.last_id.take(), self.retry);
        *self = Self { id: id.clone(), last_id: id, retry, ..Self::default() };
    }

    /// Ends an event. Returns its data and its type; `None` without data.
    fn event(&mut self) -> Option<(String, Option<String>)> {
        self.last_id.clone_from(&self.id);
        let (mut data, event) = (std::mem::take(&mut self.data), std::mem::take(&mut self.event));
        // the LF behind the last line
        data.pop()?;
        Some((data, Some(event).filter(|event| !event.is_empty())))
    }
}

/// The name and the value of a field. That of a comment is empty.
fn field(line: &[u8]) -> (&[u8], &[u8]) {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return (line, b"") };
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    (name, value.strip_prefix(b" ").unwrap_or(value))
}

/// Whether a line is neither a field nor a comment.
fn is_other(line: &[u8]) -> bool {
    !line.is_empty() && !matches!(field(line).0, b"data" | b"event" | b"id" | b"retry" | b"")
}

fn milliseconds(value: &[u8]) -> Option<Duration> {
    let is_digits = value.iter().all(u8::is_ascii_digit);
    let digits = std::str::from_utf8(value).ok().filter(|_| is_digits)?;
    digits.parse().ok().map(Duration::from_millis)
}

impl<T, E: ErrorPayload> Stream for Events<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.source.is_closed() {
            return Poll::Ready(None);
        }
        loop {
            match this.splitter.next(this.source.limit) {
                Ok(Some(line)) => match this.take(&line) {
                    Some(next) => return Poll::Ready(next),
                    None => continue,
                },
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(this.source.too_long("an event", error)))),
            }
            match ready!(this.source.poll_chunk(context)) {
                Some(Ok(chunk)) => this.splitter.push(&chunk),
                Some(Err(error)) if this.recovers(&error) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    if let Some(last) = this.end() {
                        return Poll::Ready(last);
                    }
                }
            }
        }
    }
}

/// Values are moved out, and nothing is pinned.
impl<T, E> Unpin for Events<T, E> {}

/// Shows what is called, and no values: they may be secrets.
impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Events").field("operation", &self.source.operation.id()).finish_non_exhaustive()
    }
}
