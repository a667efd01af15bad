//! Server-Sent Events, however the body is cut into chunks.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod in_memory;

use std::time::Duration;

use bytes::Bytes;
use in_memory::{answering, answering_as, breaking, finish, splits};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::event_stream::{Event, Events};
use runtime::runtime::operation::Operation;
use runtime::runtime::transport::TransportErrorKind;

static WATCH: Operation = Operation::new("watch", "GET", "/watch").accept("application/json, text/event-stream");

fn texts(client: &Client) -> Events<String> { Events::text(Call::<(), Undocumented>::empty(client, &WATCH)) }

fn numbers(client: &Client) -> Events<i64> { Events::json(Call::<(), Undocumented>::empty(client, &WATCH)) }

/// Data, type and ID of each event, the same for every way to cut the body.
fn told(body: &[u8]) -> Vec<(String, String, String)> {
    let read = |chunks: Vec<Bytes>| {
        let events = finish(texts(&answering(200, chunks, 1 << 10).0).try_collect()).unwrap();
        let parts = |event: Event<String>| (event.data, event.event.unwrap_or_default(), event.id.unwrap_or_default());
        events.into_iter().map(parts).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = splits(body).into_iter().map(read).collect();
    all.dedup();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn data(body: &str) -> Vec<String> { told(body.as_bytes()).into_iter().map(|(data, ..)| data).collect() }

fn event(data: &str, event: &str, id: &str) -> (String, String, String) {
    (data.to_owned(), event.to_owned(), id.to_owned())
}

/// The examples of HTML, section 9.2.6, in words of our own.
#[test]
fn the_standards_examples() {
    assert_eq!(data("data: DEPOT\ndata: +2\ndata: 10\n\n"), ["DEPOT\n+2\n10"]);
    let ids = b": a comment\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n";
    assert_eq!(told(ids), [event("first", "", "1"), event("second", "", ""), event(" third", "", "")]);
    // the last block has no blank line behind it
    assert_eq!(data("data\n\ndata\ndata\n\ndata:"), ["", "\n"]);
    assert_eq!(data("data:test\n\ndata: test\n\n"), ["test", "test"]);
    assert_eq!(
        told(b"event: add\ndata: 7\n\nevent: remove\ndata: 8\n\n"),
        [event("7", "add", ""), event("8", "remove", "")]
    );
}

#[test]
fn lines_end_in_any_way() {
    for end in ["\n", "\r", "\r\n"] {
        let body = ["data: a", "data: b", "", "id: 5", "data: c", "", ""].join(end);
        assert_eq!(told(body.as_bytes()), [event("a\nb", "", ""), event("c", "", "5")], "{end:?}");
    }
    assert_eq!(data("data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\n"), ["a\nb\nc", "d"]);
    assert_eq!(data("data: a\r\rdata: b\n\r"), ["a", "b"]);
}

#[test]
fn a_byte_order_mark_is_one_at_the_start_alone() {
    assert_eq!(data("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\ndata: c\n\n"), ["a", "c"]);
}

/// Before a line that is cut off, too.
#[test]
fn a_byte_order_mark_makes_no_other_format() {
    assert_eq!(data("\u{FEFF}"), [""; 0]);
    assert_eq!(data("\u{FEFF}data: cut off"), [""; 0]);
}

#[test]
fn events_are_utf_8_in_any_charset() {
    let client = answering_as("text/event-stream; charset=iso-8859-1", "data: ü\n\n");
    let events = Events::<String>::json(Call::<(), Undocumented>::empty(&client, &WATCH));
    assert_eq!(finish(events.try_collect()).unwrap()[0].data, "ü");
}

#[test]
fn what_is_no_event_is_skipped() {
    assert_eq!(told(b"event: ping\nid: 4\n\ndata: a\n\n"), [event("a", "", "4")]);
    assert_eq!(told(b"id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n"), [event("a", "", "1"), event("b", "", "1")]);
    assert_eq!(data(":\n:\n\nspeed: 7\nDATA: x\ndata: a\n\n\n\n"), ["a"]);
    assert_eq!(data("data: a\n\ndata: cut off\n"), ["a"]);
    assert_eq!(data(""), [""; 0]);
    assert_eq!(data(": nothing yet\n"), [""; 0]);
}

#[test]
fn invalid_utf_8_is_replaced() {
    assert_eq!(told(b"data: \xC3(\xF0\x9F\n\n")[0].0, "\u{FFFD}(\u{FFFD}");
    assert_eq!(data("data: \u{1F682}\n\n"), ["\u{1F682}"]);
}

#[test]
fn the_time_to_connect_again_holds_on() {
    let body = "retry: 1500\n\ndata: a\n\nretry: 2s\ndata: b\n\nretry: 99999999999999999999999\nretry:\ndata: c\n\nretry: 0\ndata: d\n\n";
    let (client, accept) = answering(200, vec![body.into()], 1 << 10);
    let retries: Vec<_> = finish(texts(&client).try_collect()).unwrap().into_iter().map(|event| event.retry).collect();
    let first = Some(Duration::from_millis(1500));
    assert_eq!(retries, [first, first, first, Some(Duration::ZERO)]);
    assert_eq!(*accept.lock().unwrap(), "text/event-stream");
}

#[test]
fn data_is_read_as_json() {
    let body = "data: 1\n\ndata:\n\ndata: 2\nid: 9\n\ndata: [DONE]\n\ndata: 3\n\n";
    for chunks in splits(body.as_bytes()) {
        let mut events = numbers(&answering(200, chunks, 1 << 10).0);
        let next = |events: &mut Events<i64>| finish(events.next()).map(|event| event.unwrap().data);
        assert_eq!((next(&mut events), next(&mut events), next(&mut events)), (Some(1), Some(2), None));
        assert!(finish(events.next()).is_none());
    }
    // JSON on several lines
    let pretty = "data: [\ndata: 1,\ndata: 2\ndata: ]\n\n";
    let (client, _) = answering(200, vec![pretty.into()], 1 << 10);
    let mut lists = Events::<Vec<i64>>::json(Call::<(), Undocumented>::empty(&client, &WATCH));
    assert_eq!(finish(lists.next()).unwrap().unwrap().data, [1, 2]);
}

#[test]
fn text_is_taken_as_it_is() {
    assert_eq!(data("data: \"a\"\n\ndata: 1\n\ndata:\n\ndata: [DONE]\n\n"), ["\"a\"", "1", ""]);
}

/// A scalar other than a string has its text in quotes or without.
#[test]
fn scalars_need_no_quotes() {
    let (client, _) = answering(200, vec!["data: a b\n\ndata: \"c\"\n\n".into()], 1 << 10);
    let words = Events::<String>::json(Call::<(), Undocumented>::empty(&client, &WATCH));
    let words: Vec<_> = finish(words.try_collect()).unwrap().into_iter().map(|event| event.data).collect();
    assert_eq!(words, ["a b", "c"]);
}

#[test]
fn what_cannot_be_read_ends_the_stream() {
    for chunks in splits(b"data: 1\n\ndata: {\n\ndata: 2\n\n") {
        let mut events = numbers(&answering(200, chunks, 1 << 10).0);
        assert_eq!(finish(events.next()).unwrap().unwrap().data, 1);
        let Some(Err(Error::Decode(failure))) = finish(events.next()) else { unreachable!("not a number") };
        assert_eq!(failure.body().as_bytes(), b"{");
        let said = failure.to_string();
        assert!(said.starts_with("an item of the body of a 200 OK response to `watch` could not be read: "), "{said}");
        assert!(!said.contains("corrections"), "{said}");
        assert!(finish(events.next()).is_none());
    }
}

#[test]
fn another_body_is_no_stream_without_events() {
    for body in ["{\"a\":1}", "<html>\n<p>\n", "no\n\n"] {
        for chunks in splits(body.as_bytes()) {
            let error = finish(texts(&answering(200, chunks, 1 << 10).0).try_collect()).unwrap_err().to_string();
            assert!(error.contains("not in `text/event-stream`; it begins"), "{error}");
        }
    }
}

#[test]
fn errors_end_the_stream() {
    let mut events = texts(&breaking("data: a\n\ndata: b"));
    assert_eq!(finish(events.next()).unwrap().unwrap().data, "a");
    let Some(Err(Error::Transport(error))) = finish(events.next()) else { unreachable!("it broke") };
    assert_eq!(error.kind(), TransportErrorKind::Interrupted);
    assert!(finish(events.next()).is_none());
    let (client, _) = answering(404, vec!["data: a\n\n".into()], 1 << 10);
    let mut events = texts(&client);
    let Some(Err(Error::Api(error))) = finish(events.next()) else { unreachable!("404") };
    assert_eq!(error.body().as_bytes(), b"data: a\n\n");
    assert!(finish(events.next()).is_none());
}

#[test]
fn an_event_has_a_limit() {
    let bodies = ["data: 123456789\n\n", "data: 12345\ndata: 12345\n\n", ": a long comment", "data: 12345678901234"];
    for chunks in bodies.iter().flat_map(|body| splits(body.as_bytes())) {
        let mut events = texts(&answering(200, chunks, 14).0).limit(10);
        let Some(Err(Error::Transport(error))) = finish(events.next()) else { unreachable!("it is too long") };
        assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
        assert_eq!(error.to_string(), "an event of the response body is larger than 10 bytes");
        assert!(finish(events.next()).is_none());
    }
    // of each event, and not of all
    let chunks = vec![Bytes::from("data: 1\n\n".repeat(100))];
    assert_eq!(finish(texts(&answering(200, chunks, 10).0).try_collect()).unwrap().len(), 100);
}

#[test]
fn a_stream_shows_no_values() {
    let (client, _) = answering(200, vec!["data: secret\n\n".into()], 1 << 10);
    let mut events = texts(&client);
    assert!(finish(events.next()).is_some());
    assert_eq!(format!("{events:?}"), "Events { operation: \"watch\", .. }");
}
