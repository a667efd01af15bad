//! Downloads and event streams whose connection breaks.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::time::Duration;

use bytes::Bytes;
use http::Method;
use http_server::{API, Seen, Server, answer, json};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::blocking::Block as _;
use runtime::runtime::blocking::BlockEach as _;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::event_stream::{Event, Events};
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{TransportError, TransportErrorKind};
use runtime::runtime::transport_ureq::UreqTransport;
use ureq::Agent;

static WATCH: Operation = Operation::new("watch", "GET", "/watch");

const WHOLE: &str = "0123456789";

fn quick(builder: ClientBuilder) -> Client {
    builder.secret("Key", "k").retries(RetryPolicy::new().delay(Duration::ZERO, Duration::ZERO)).build().unwrap()
}

/// An answer whose body ends before its length, as one does whose connection breaks.
fn broken(status: &str, headers: &[(&str, &str)], body: &str, length: usize) -> Vec<u8> {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n{body}").into_bytes()
}

/// The first bytes that a request asks for.
fn start(seen: &Seen) -> usize {
    let range = seen.header("range").unwrap_or_default();
    range.strip_prefix("bytes=").and_then(|range| range.strip_suffix('-')).map_or(0, |start| start.parse().unwrap())
}

/// Sends three bytes of what is asked for, then breaks.
fn piece(seen: &Seen, tag: &str) -> Vec<u8> {
    let start = start(seen);
    let (end, rest) = ((start + 3).min(WHOLE.len()), WHOLE.len() - start);
    let range = format!("bytes {start}-9/10");
    let (status, range) = match start {
        0 => ("200 OK", vec![]),
        _ => ("206 Partial Content", vec![("Content-Range", range.as_str())]),
    };
    broken(status, &[&[("ETag", tag)], &range[..]].concat(), &WHOLE[start..end], rest)
}

async fn download(client: &Client) -> (String, Option<TransportError>) {
    let mut body = client.request(Method::GET, "/file").stream().await.unwrap().into_value();
    let mut read = Vec::new();
    while let Some(chunk) = body.next().await {
        match chunk {
            Ok(chunk) => read.extend_from_slice(&chunk),
            Err(error) => return (String::from_utf8(read).unwrap(), Some(error)),
        }
    }
    (String::from_utf8(read).unwrap(), None)
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke() {
    let server = Server::start(|seen| piece(seen, "\"v1\""));
    let (read, error) = download(&quick(server.builder())).await;
    assert_eq!(read, WHOLE, "{error:?}");
    let seen = server.seen();
    let asked: Vec<_> = seen.iter().map(|seen| (seen.header("range"), seen.header("if-range"))).collect();
    let rest = |range: &str| (Some(range.to_owned()), Some("\"v1\"".to_owned()));
    assert_eq!(asked, [(None, None), rest("bytes=3-"), rest("bytes=6-"), rest("bytes=9-")]);
    assert!(seen.iter().all(|seen| seen.header("authorization").as_deref() == Some("APIKey k")));
    assert!(seen[1..].iter().all(|seen| seen.header("accept-encoding").as_deref() == Some("identity")));
}

#[test]
fn a_download_without_a_runtime_goes_on_too() {
    let server = Server::start(|seen| piece(seen, "\"v1\""));
    let transport = UreqTransport::from(Agent::config_builder().proxy(None));
    let client = quick(ClientBuilder::new(&API).base_url(server.url()).transport(transport));
    let body = client.request(Method::GET, "/file").stream().block().unwrap().into_value();
    let read: Result<Vec<Bytes>, TransportError> = body.block_each().collect();
    assert_eq!(read.unwrap().concat(), WHOLE.as_bytes());
}

/// A connection that breaks behind the last byte has brought all there is.
#[tokio::test]
async fn a_download_that_is_whole_is_not_asked_for_again() {
    let server = Server::always(broken("200 OK", &[("ETag", "\"v1\"")], WHOLE, 10));
    let (read, error) = download(&quick(server.builder())).await;
    assert_eq!((read.as_str(), error.is_none(), server.seen().len()), (WHOLE, true, 1));
}

/// What cannot go on ends with the error of the connection, and with what came before it.
#[tokio::test]
async fn a_download_that_cannot_go_on_is_an_error() {
    // another version is there, as a reply without a range, or as one with another tag
    let replaced = |seen: &Seen| match start(seen) {
        0 => piece(seen, "\"v1\""),
        _ => answer("200 OK", &[("ETag", "\"v2\"")], "abcdefghij"),
    };
    let retagged = |seen: &Seen| piece(seen, if start(seen) == 0 { "\"v1\"" } else { "\"v2\"" });
    let misplaced = |seen: &Seen| match start(seen) {
        0 => piece(seen, "\"v1\""),
        _ => answer("206 Partial Content", &[("ETag", "\"v1\""), ("Content-Range", "bytes 2-9/10")], "23456789"),
    };
    let servers = [Server::start(replaced), Server::start(retagged), Server::start(misplaced)];
    for server in servers {
        let (read, error) = download(&quick(server.builder())).await;
        assert_eq!((read.as_str(), error.unwrap().kind()), ("012", TransportErrorKind::Interrupted));
        assert_eq!(server.seen().len(), 2);
    }
}

/// Nothing is asked for again where the bytes may be others, or where the caller asks for a part himself.
#[tokio::test]
async fn a_download_that_may_be_another_is_not_repeated() {
    let headers: [&[(&str, &str)]; 3] =
        [&[], &[("ETag", "W/\"v1\"")], &[("ETag", "\"v1\""), ("Accept-Ranges", "none")]];
    for headers in headers {
        let server = Server::always(broken("200 OK", headers, "012", 10));
        let (read, error) = download(&quick(server.builder())).await;
        assert_eq!((read.as_str(), error.is_some(), server.seen().len()), ("012", true, 1));
    }
    let server = Server::always(broken("200 OK", &[("ETag", "\"v1\"")], "012", 10));
    let call = quick(server.builder()).request(Method::GET, "/file").header("Range", "bytes=0-");
    assert!(call.stream().await.unwrap().into_value().collect(100).await.is_err());
    let call = quick(server.builder()).request(Method::POST, "/file");
    assert!(call.stream().await.unwrap().into_value().collect(100).await.is_err());
    assert_eq!(server.seen().len(), 2);
}

/// As many connections in a row may bring nothing as a call has attempts.
#[tokio::test]
async fn a_download_ends_that_brings_nothing_more() {
    let server = Server::start(|seen| match start(seen) {
        0 => piece(seen, "\"v1\""),
        at => broken(
            "206 Partial Content",
            &[("ETag", "\"v1\""), ("Content-Range", &format!("bytes {at}-9/10"))],
            "",
            10 - at,
        ),
    });
    let policy = RetryPolicy::new().delay(Duration::ZERO, Duration::ZERO).max_attempts(4);
    let client = server.builder().secret("Key", "k").retries(policy).build().unwrap();
    let (read, error) = download(&client).await;
    assert_eq!((read.as_str(), error.is_some(), server.seen().len()), ("012", true, 4));
}

fn events(client: &Client) -> Events<String> { Events::text(Call::<(), Undocumented>::empty(client, &WATCH)) }

const STREAM: (&str, &str) = ("Content-Type", "text/event-stream");

/// The data of the events, and the error that ends them.
async fn told(mut events: Events<String>) -> (Vec<String>, Option<Error>) {
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(Event { data, .. }) => all.push(data),
            Err(error) => return (all, Some(error)),
        }
    }
    (all, None)
}

/// An event that was not whole when the connection broke comes again, and with it its ID.
#[tokio::test]
async fn an_event_stream_goes_on_behind_its_last_event() {
    let server = Server::start(|seen| match seen.header("last-event-id").as_deref() {
        None => broken("200 OK", &[STREAM], "retry: 0\n\nid: 1\ndata: a\n\nid: 2\ndata: lost\n", 100),
        Some("1") => answer("200 OK", &[STREAM], "id: 2\ndata: b\n\n: the body ends"),
        Some(_) => answer("200 OK", &[STREAM], "data: c\n\ndata: [DONE]\n\ndata: d\n\n"),
    });
    let (all, error) = told(events(&quick(server.builder())).reconnect(3)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(all, ["a", "b", "c"]);
    let ids: Vec<_> = server.seen().iter().map(|seen| seen.header("last-event-id").unwrap_or_default()).collect();
    assert_eq!(ids, ["", "1", "2"]);
}

#[tokio::test]
async fn an_event_stream_ends_where_the_server_says_so() {
    for status in ["204 No Content", "404 Not Found"] {
        let server = Server::start(move |seen| match seen.header("last-event-id") {
            None => answer("200 OK", &[STREAM], "retry: 0\nid: 1\ndata: a\n\n"),
            Some(_) => answer(status, &[], ""),
        });
        let (all, error) = told(events(&quick(server.builder())).reconnect(3)).await;
        assert_eq!((all.len(), server.seen().len()), (1, 2));
        assert_eq!(
            error.and_then(|error| error.status()).map(|status| status.as_u16()),
            status.starts_with('4').then_some(404)
        );
    }
}

#[tokio::test]
async fn an_event_stream_that_brings_nothing_ends() {
    let server = Server::always(answer("200 OK", &[STREAM], "retry: 0\n\n"));
    let (all, error) = told(events(&quick(server.builder())).reconnect(2)).await;
    assert_eq!((all.len(), error.is_none(), server.seen().len()), (0, true, 3));
    let server = Server::always(broken("200 OK", &[STREAM], "retry: 0\n\n", 100));
    let (_, error) = told(events(&quick(server.builder())).reconnect(2)).await;
    assert!(matches!(error, Some(Error::Transport(_))));
    assert_eq!(server.seen().len(), 3);
}

/// Unasked, the end is the end, and what breaks is an error.
#[tokio::test]
async fn an_event_stream_does_not_connect_again_by_itself() {
    let server = Server::always(answer("200 OK", &[STREAM], "id: 1\ndata: a\n\n"));
    assert_eq!(told(events(&quick(server.builder()))).await.0, ["a"]);
    // a body of another format is an error, and `reconnect` does not repeat the call
    let other = Server::always(json("{}"));
    let (_, error) = told(events(&quick(other.builder())).reconnect(5)).await;
    assert!(matches!(error, Some(Error::Decode(_))));
    assert_eq!((server.seen().len(), other.seen().len()), (1, 1));
}
