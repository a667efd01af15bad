//! Calls without an async runtime, over real connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use http::Method;
use http_server::{API, Server, answer, json};
use runtime::runtime::blocking::{Block as _, BlockEach as _};
use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::operation::Operation;
use runtime::runtime::transport::{Transport as _, TransportErrorKind};
use runtime::runtime::transport_ureq::UreqTransport;
use ureq::Agent;

static OPEN: Operation = Operation::new("open", "GET", "/x").accept("application/json");

fn transport() -> UreqTransport {
    UreqTransport::from(Agent::config_builder().proxy(None).timeout_connect(Some(Duration::from_secs(5))))
}

fn client(url: &str) -> Client {
    ClientBuilder::new(&API).base_url(url).secret("Key", "k").transport(transport()).build().unwrap()
}

#[test]
fn a_call_waits_for_its_value() {
    let server = Server::always(answer("200 OK", &[("Content-Type", "application/json"), ("X-Own", "a")], "7"));
    let client = client(&server.url());
    assert_eq!(Call::<i64>::json(&client, &OPEN).block().unwrap(), 7);
    let response =
        Call::<i64>::json(&client, &OPEN).query_pair("a", "b c").header("X-Trace", "1").send().block().unwrap();
    assert_eq!((response.headers()["x-own"].as_bytes(), response.status().as_u16()), (&b"a"[..], 200));
    let seen = &server.seen()[1];
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("GET", "/x?a=b%20c"));
    assert_eq!(
        (seen.header("x-trace").as_deref(), seen.header("accept").as_deref()),
        (Some("1"), Some("application/json"))
    );
    assert_eq!(seen.header("user-agent").as_deref(), Some("test-client/1.0"));
    assert_eq!((seen.header("content-length"), seen.header("transfer-encoding"), seen.body.as_str()), (None, None, ""));
}

#[test]
fn bodies_are_sent_with_any_method() {
    for method in ["POST", "PUT", "PATCH", "DELETE", "GET", "QUERY"] {
        let server = Server::always(json("1"));
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        client(&server.url()).request(method.clone(), "/a").json(&vec![1, 2]).block().unwrap();
        let seen = server.only();
        assert_eq!((seen.method.as_str(), seen.body.as_str()), (method.as_str(), "[1,2]"));
        assert_eq!(seen.header("content-length").as_deref(), Some("5"));
    }
    let server = Server::always(json("1"));
    client(&server.url()).request(Method::POST, "/a").block().unwrap();
    assert_eq!(server.only().header("content-length").as_deref(), Some("0"));
}

#[test]
fn a_body_that_is_a_stream_is_sent() {
    let server = Server::always(json("1"));
    let chunks = Body::from_stream(Chunks(vec!["lo", "hel"]));
    let request = http::Request::post(format!("{}/x", server.url())).body(chunks).unwrap();
    assert_eq!(transport().send(request).block().unwrap().status().as_u16(), 200);
    assert_eq!(server.only().body, "hello");
}

struct Chunks(Vec<&'static str>);

impl futures_core::Stream for Chunks {
    type Item = Result<bytes::Bytes, runtime::runtime::transport::TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop().map(|chunk| Ok(bytes::Bytes::from(chunk))))
    }
}

#[test]
fn lists_are_iterators() {
    let server = Server::start(|seen| match seen.target.contains("offset") {
        false => json(r#"{"count":3,"results":[{"name":"a"},{"name":"b"}]}"#),
        true => json(r#"{"count":3,"results":[{"name":"c"}]}"#),
    });
    let client = Client::builder().base_url(server.url()).api_key("k").transport(transport()).build().unwrap();
    let groups = client.groups();
    let names = groups.list().items().block_each().map(|group| group.unwrap().name);
    assert_eq!(names.collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(groups.list().pages().block_each().count(), 2);
}

#[test]
fn statuses_and_redirects_are_the_client_s() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/x" => answer("302 Found", &[("Location", "/y")], ""),
        "/y" => json("3"),
        _ => answer("404 Not Found", &[], "gone"),
    });
    assert_eq!(Call::<i64>::json(&client(&server.url()), &OPEN).block().unwrap(), 3);
    let error = client(&server.url()).request(Method::GET, "/z").block().unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
    let server = Server::always(answer("503 Service Unavailable", &[("Retry-After", "0")], ""));
    client(&server.url()).request(Method::GET, "/z").block().unwrap_err();
    assert_eq!(server.seen().len(), 3, "it is repeated");
}

#[test]
fn large_bodies_arrive_whole_and_in_chunks() {
    let text = "0123456789".repeat(100_000);
    let server = Server::always(answer("200 OK", &[("Content-Type", "text/plain")], &text));
    let client = client(&server.url());
    assert_eq!(client.request(Method::GET, "/a").text().block().unwrap(), text);
    let body = client.request(Method::GET, "/a").stream().block().unwrap().into_value();
    let chunks: Vec<_> = body.block_each().map(Result::unwrap).collect();
    assert!(chunks.len() > 10 && chunks.concat() == text.as_bytes());
}

#[test]
fn limits_of_time_hold() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let silent = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
        std::thread::sleep(Duration::from_millis(1500));
    });
    let client = client(&url);
    let started = Instant::now();
    let error = client.request(Method::POST, "/a").timeout(Duration::from_millis(200)).block().unwrap_err();
    assert!(error.is_timeout() && started.elapsed() < Duration::from_millis(1400), "{error}");
    silent.join().unwrap();
}

#[test]
fn a_broken_connection_is_told() {
    let nobody = { TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap() };
    let kind = |error: Error| match error {
        Error::Transport(error) => error.kind(),
        other => unreachable!("{other}"),
    };
    let never = runtime::runtime::retry::RetryPolicy::never();
    let lonely = client(&format!("http://{nobody}"));
    assert_eq!(
        kind(lonely.request(Method::GET, "/a").retries(never).block().unwrap_err()),
        TransportErrorKind::Connect
    );
    for text in ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nabc", "garbage\r\n\r\n", ""] {
        let server = Server::always(text.as_bytes().to_vec());
        let client = client(&server.url());
        let error =
            client.request(Method::GET, "/a?secret").query_pair("key", "hush").retries(never).block().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
        assert_eq!(kind(error), TransportErrorKind::Interrupted, "{text}");
    }
}

/// A client over a transport for tokio that waits without tokio fails; it does not panic.
#[test]
fn tokio_is_asked_for_where_it_is_needed() {
    let server = Server::always(json("1"));
    let client = server.builder().build().unwrap();
    let error = Call::<i64>::json(&client, &OPEN).block().unwrap_err();
    assert!(error.to_string().contains("needs a runtime of tokio"), "{error}");
    assert!(server.seen().is_empty());
}
