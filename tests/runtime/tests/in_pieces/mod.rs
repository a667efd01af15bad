//! What a body that arrives in chunks is read as: the same however it is cut, what a reading of the whole gives, and
//! nothing that is not there. Tests hold bodies to it, and the fuzz target `stream`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod reference;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::body::Body;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::event_stream::Events;
use runtime::runtime::json_lines::Lines;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use runtime::runtime::value::Value;

use super::in_memory::{Chunks, builder, client_of, finish};

static WATCH: Operation = Operation::new("watch", "GET", "/watch");

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Server-Sent Events whose data is text.
    Events,
    /// Server-Sent Events whose data is JSON.
    JsonEvents,
    /// JSON Lines.
    Lines,
    /// A JSON text sequence.
    Records,
    /// Bytes, over connections that break.
    Download,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Events, Self::JsonEvents, Self::Lines, Self::Records, Self::Download];
}

/// The items of a body, and the error that ends it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    pub(crate) items: Vec<String>,
    pub(crate) error: Option<String>,
    is_too_long: bool,
}

/// Chunks, and how many bytes of them were taken.
struct Counted(VecDeque<Bytes>, Arc<AtomicUsize>);

impl Stream for Counted {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.0.pop_front();
        self.1.fetch_add(chunk.as_ref().map_or(0, Bytes::len), Ordering::Relaxed);
        Poll::Ready(chunk.map(Ok))
    }
}

/// A body in chunks that end at the cuts, in any order. Cuts in one place make empty chunks.
fn pieces(body: &[u8], cuts: &[usize]) -> Vec<Bytes> {
    let mut ends: Vec<usize> = cuts.iter().map(|cut| cut % (body.len() + 1)).collect();
    ends.push(body.len());
    ends.sort_unstable();
    let starts = [0].into_iter().chain(ends.iter().copied());
    starts.zip(&ends).map(|(start, end)| Bytes::copy_from_slice(&body[start..*end])).collect()
}

/// Reads a body in chunks, with a limit for items. Takes no more of it than an item that is too long needs.
fn told(kind: Kind, limit: usize, chunks: Vec<Bytes>) -> Told {
    let taken = Arc::new(AtomicUsize::new(0));
    let body: Vec<u8> = chunks.concat();
    let most = chunks.iter().map(Bytes::len).max().unwrap_or_default();
    let client = client_of(Body::from_stream(Counted(chunks.into(), Arc::clone(&taken))));
    let call = Call::<(), Undocumented>::empty(&client, &WATCH);
    let told = match kind {
        Kind::Events => events(Events::text(call).limit(limit), String::clone),
        Kind::JsonEvents => events(Events::<Value>::json(call).limit(limit), Value::to_string),
        Kind::Lines => lines(Lines::<Value>::new(call, "application/jsonl").limit(limit)),
        Kind::Records => lines(Lines::<Value>::sequence(call, "application/json-seq").limit(limit)),
        Kind::Download => unreachable!("a download has no items"),
    };
    if told.is_too_long {
        let held = &body[..taken.load(Ordering::Relaxed).saturating_sub(most)];
        let line = held.iter().rev().take_while(|byte| !matches!(byte, b'\n' | b'\r' | 0x1E));
        assert!(line.count() <= limit, "more than a line and a chunk is held");
    }
    // data, type and ID, in quotes and with escapes
    let longest = told.items.iter().map(String::len).max().unwrap_or_default();
    assert!(longest <= 24 * limit + 256, "an item of {longest} bytes, where {limit} are allowed");
    told
}

fn events<T>(mut events: Events<T>, text: fn(&T) -> String) -> Told {
    let mut told = Told::default();
    while let Some(next) = finish(events.next()) {
        match next {
            Ok(event) => {
                let (id, retry) = (event.id.unwrap_or_default(), event.retry);
                told.items.push(reference::shown(&text(&event.data), &event.event.unwrap_or_default(), &id, retry));
            }
            Err(error) => told.end(&error),
        }
    }
    told
}

fn lines(mut lines: Lines<Value>) -> Told {
    let mut told = Told::default();
    while let Some(next) = finish(lines.next()) {
        match next {
            Ok(value) => told.items.push(value.to_string()),
            Err(error) => told.end(&error),
        }
    }
    told
}

impl Told {
    fn end(&mut self, error: &Error) {
        assert!(self.error.is_none(), "an error is the last");
        self.is_too_long = matches!(error, Error::Transport(it) if it.kind() == TransportErrorKind::BodyTooLarge);
        self.error = Some(error.to_string());
    }
}

/// Holds a body to all that is said of it, whatever it consists of. A limit is for an item, in bytes.
pub(crate) fn hold(kind: Kind, limit: Option<usize>, body: &[u8], cuts: &[usize]) {
    if kind == Kind::Download {
        return hold_download(body, cuts);
    }
    let most = limit.unwrap_or(1 << 20);
    let whole = told(kind, most, pieces(body, &[]));
    assert_eq!(told(kind, most, pieces(body, cuts)), whole, "cut at {cuts:?}");
    assert_eq!(told(kind, most, body.chunks(1).map(Bytes::copy_from_slice).collect()), whole, "byte by byte");
    if limit.is_none() {
        let (items, fails) = reference::told(kind, body);
        assert_eq!((&whole.items, whole.error.is_some()), (&items, fails), "{:?}", whole.error);
    }
}

/// Serves a body over connections that break at the cuts, and goes on where it is asked to.
struct Breaking {
    body: Bytes,
    cuts: Vec<usize>,
}

impl Transport for Breaking {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let range = request.headers().get("range").map(|range| range.to_str().unwrap().to_owned());
        let start = range.as_deref().map(|range| range["bytes=".len()..].trim_end_matches('-').parse().unwrap());
        let (from, length) = (start.unwrap_or(0), self.body.len());
        let end = self.cuts.iter().copied().filter(|cut| *cut > from).min().unwrap_or(length);
        let mut chunks = VecDeque::from([Ok(self.body.slice(from..end))]);
        if end < length {
            chunks.push_back(Err(TransportError::new(TransportErrorKind::Interrupted, "broken")));
        }
        let mut response = http::Response::builder().header("ETag", "\"1\"").header("Content-Length", length - from);
        if start.is_some() {
            let range = format!("bytes {from}-{}/{length}", length - 1);
            response = response.status(206).header("Content-Range", range);
        }
        Box::pin(std::future::ready(Ok(response.body(Body::from_stream(Chunks(chunks))).unwrap())))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::ready(())) }

    fn limit(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::pending()) }
}

/// A download whose connection breaks brings each byte once.
fn hold_download(body: &[u8], cuts: &[usize]) {
    let cuts = cuts.iter().map(|cut| cut % (body.len() + 1)).collect();
    let transport = Breaking { body: Bytes::copy_from_slice(body), cuts };
    let policy = RetryPolicy::new().delay(Duration::ZERO, Duration::ZERO);
    let client: Client = builder().transport(transport).retries(policy).build().unwrap();
    let mut stream = finish(client.request(Method::GET, "/file").stream()).unwrap().into_value();
    let mut read = Vec::new();
    while let Some(chunk) = finish(stream.next()) {
        read.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(read, body);
}
