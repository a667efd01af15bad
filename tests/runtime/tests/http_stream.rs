//! Bodies that come and go in chunks, and the limits that hold over any transport.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;
use http_server::{API, Server, answer, direct, json};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::operation::Operation;
use runtime::runtime::redirect::{self, Redirects};
use runtime::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use runtime::runtime::transport_reqwest::ReqwestTransport;

static GET: Operation = Operation::new("get", "GET", "/get");
static POST: Operation = Operation::new("post", "POST", "/post");

/// Chunks, and behind them nothing: neither more nor an end.
struct Chunks {
    left: VecDeque<Result<Bytes, TransportError>>,
    ends: bool,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.left.pop_front() {
            None if !self.ends => Poll::Pending,
            next => Poll::Ready(next),
        }
    }
}

fn chunks(texts: &[&'static str]) -> Chunks {
    Chunks { left: texts.iter().map(|text| Ok(Bytes::from(*text))).collect(), ends: true }
}

/// Answers with a body; without one not at all.
struct Fixed(Mutex<Option<Body>>);

impl Fixed {
    fn client(body: impl Into<Option<Body>>) -> ClientBuilder {
        ClientBuilder::new(&API).transport(Self(Mutex::new(body.into())))
    }
}

impl Transport for Fixed {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        match self.0.lock().unwrap().take() {
            Some(body) => Box::pin(std::future::ready(Ok(http::Response::new(body)))),
            None => Box::pin(std::future::pending()),
        }
    }
}

fn get(client: &Client) -> Call<Vec<i64>> { Call::json(client, &GET) }

fn kind_of<T: std::fmt::Debug>(outcome: Result<T, Error>) -> TransportErrorKind {
    let Error::Transport(error) = outcome.unwrap_err() else { unreachable!("the transport is at fault") };
    error.kind()
}

#[tokio::test]
async fn a_stream_of_chunks_is_read_whole() {
    let client = Fixed::client(Body::from_stream(chunks(&["", "[1,", "", "2,", "3]"]))).build().unwrap();
    assert_eq!(get(&client).await.unwrap(), [1, 2, 3]);
}

#[tokio::test]
async fn an_answer_is_read_as_it_arrives() {
    let stalled = Chunks { ends: false, ..chunks(&["[1,", "2"]) };
    let client = Fixed::client(Body::from_stream(stalled)).timeout(Duration::from_millis(1)).build().unwrap();
    let response = get(&client).stream().await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().as_bytes().len()), (200, 0));
    let mut body = response.into_value();
    assert!(body.as_bytes().is_none() && body.try_clone().is_none());
    assert_eq!(body.next().await.unwrap().unwrap(), "[1,");
    assert_eq!(body.next().await.unwrap().unwrap(), "2");
    assert!(tokio::time::timeout(Duration::from_millis(10), body.next()).await.is_err(), "there is more to come");
}

#[tokio::test]
async fn an_answer_of_a_server_is_read_as_it_arrives() {
    let server = Server::always(json("[1, 2]"));
    let mut body = get(&server.client()).stream().await.unwrap().into_value();
    let mut read = Vec::new();
    while let Some(chunk) = body.next().await {
        read.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(read, b"[1, 2]");
}

/// Of what is not an answer the body is there.
#[tokio::test]
async fn an_error_is_read_whole() {
    let server = Server::always(answer("404 Not Found", &[], "no such thing"));
    let Err(Error::Api(error)) = get(&server.client()).stream().await else { unreachable!("404") };
    assert_eq!(error.body().as_bytes(), b"no such thing");
}

#[tokio::test]
async fn a_stream_ends_with_its_error() {
    let broken = TransportError::new(TransportErrorKind::Interrupted, "broken");
    let mut stream = chunks(&["[1"]);
    stream.left.extend([Err(broken), Ok(Bytes::from("2]"))]);
    let client = Fixed::client(Body::from_stream(stream)).build().unwrap();
    let mut body = get(&client).stream().await.unwrap().into_value();
    assert_eq!(body.next().await.unwrap().unwrap(), "[1");
    assert_eq!(body.next().await.unwrap().unwrap_err().kind(), TransportErrorKind::Interrupted);
    assert!(body.next().await.is_none());
}

/// Neither the transport nor a runtime counts the time here: a thread does.
#[test]
fn a_transport_need_not_know_of_limits() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let timeout = Duration::from_millis(30);
    let started = Instant::now();
    let client = Fixed::client(None).timeout(timeout).build().unwrap();
    assert_eq!(kind_of(runtime.block_on(get(&client).into_future())), TransportErrorKind::Timeout);
    let stalled = Body::from_stream(Chunks { ends: false, ..chunks(&["[1,"]) });
    let client = Fixed::client(stalled).timeout(timeout).build().unwrap();
    assert_eq!(kind_of(runtime.block_on(get(&client).into_future())), TransportErrorKind::Timeout);
    assert!(started.elapsed() >= 2 * timeout);
    let client = Fixed::client(Body::from("[1,2,3]")).body_limit(6).build().unwrap();
    assert_eq!(kind_of(runtime.block_on(get(&client).into_future())), TransportErrorKind::BodyTooLarge);
    let client = Fixed::client(Body::from_stream(chunks(&["[1,2", ",3]"]))).body_limit(6).build().unwrap();
    assert_eq!(kind_of(runtime.block_on(get(&client).into_future())), TransportErrorKind::BodyTooLarge);
}

/// Answers after some polls, and counts how often it is asked to wait.
struct Slow {
    polls: usize,
    waits: Arc<AtomicUsize>,
}

impl Transport for Slow {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut left = self.polls;
        Box::pin(std::future::poll_fn(move |context| {
            if left == 0 {
                return Poll::Ready(Ok(http::Response::new(Body::from("[1]"))));
            }
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        self.waits.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::pending())
    }
}

/// One timer at most, and none for what is there at once or has no limit.
#[tokio::test]
async fn a_timer_is_asked_for_where_one_is_needed() {
    let limit = Some(Duration::from_secs(60));
    for (polls, limit, waits) in [(0, limit, 0), (1, limit, 1), (9, limit, 1), (9, None, 0)] {
        let counted = Arc::new(AtomicUsize::new(0));
        let transport = Slow { polls, waits: Arc::clone(&counted) };
        let client = ClientBuilder::new(&API).transport(transport).timeout(limit).build().unwrap();
        assert_eq!(get(&client).await.unwrap(), [1]);
        assert_eq!(counted.load(Ordering::Relaxed), waits, "{polls} {limit:?}");
    }
}

/// A stream that is always ready with nothing does not keep the time from passing.
#[tokio::test]
async fn empty_chunks_do_not_stop_the_clock() {
    struct Empty;
    impl Stream for Empty {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(Some(Ok(Bytes::new())))
        }
    }
    let client = Fixed::client(Body::from_stream(Empty)).timeout(Duration::from_millis(20)).build().unwrap();
    assert_eq!(kind_of(get(&client).await), TransportErrorKind::Timeout);
}

fn upload(server: &Server, body: Body) -> http::Request<Body> {
    let mut request = http::Request::new(body);
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = format!("{}/post", server.url()).parse().unwrap();
    request
}

#[tokio::test]
async fn a_stream_is_sent() {
    let server = Server::always(json("1"));
    let request = upload(&server, Body::from_stream(chunks(&["a", "bc"])));
    let transport = ReqwestTransport::without_proxy(None).unwrap();
    let response = transport.send(request).await.unwrap();
    assert_eq!(response.into_body().collect(usize::MAX).await.unwrap(), "1");
    assert_eq!(server.only().header("transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!(server.only().body, "abc");
}

/// What was a stream cannot be sent a second time.
#[tokio::test]
async fn a_redirect_does_not_repeat_a_stream() {
    let server = Server::start(|seen| match seen.target.as_str() {
        "/post" => answer("307 Temporary Redirect", &[("Location", "/else")], ""),
        _ => json("1"),
    });
    let transport = ReqwestTransport::without_proxy(None).unwrap();
    let redirects = Redirects { most: 10, repeat_bodies: false };
    let send = async |body: Body| {
        let copy = || body.try_clone();
        let again = || Some(upload(&server, Body::default()).map(|_| copy()));
        let first = upload(&server, copy().unwrap_or_else(|| Body::from_stream(chunks(&["a"]))));
        redirect::send(&transport, &POST, first, again, redirects, &mut 0).await
    };
    let error = send(Body::from_stream(chunks(&["a"]))).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Redirect);
    assert!(send(Body::from("a")).await.is_ok());
}

#[tokio::test]
async fn a_client_of_ones_own_carries_the_requests() {
    let server = Server::always(json("[7]"));
    let own = reqwest::Client::builder().no_proxy().default_headers([("x-own", "1")].map(header).into_iter().collect());
    let client = direct(ClientBuilder::new(&API).base_url(server.url()));
    let client = client.transport(ReqwestTransport::try_from(own).unwrap()).build().unwrap();
    assert_eq!(Call::<Vec<i64>, Undocumented>::json(&client, &GET).await.unwrap(), [7]);
    assert_eq!(server.only().header("x-own").as_deref(), Some("1"));
}

fn header((name, value): (&'static str, &'static str)) -> (http::HeaderName, http::HeaderValue) {
    (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
}

/// A chunk every ten milliseconds.
struct Trickle(std::pin::Pin<Box<tokio::time::Sleep>>);

impl Stream for Trickle {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        std::task::ready!(self.0.as_mut().poll(context));
        let next = tokio::time::Instant::now() + Duration::from_millis(10);
        self.0.as_mut().reset(next);
        Poll::Ready(Some(Ok(Bytes::from_static(b"ab"))))
    }
}

fn trickle() -> Body { Body::from_stream(Trickle(Box::pin(tokio::time::sleep(Duration::ZERO)))) }

/// Reads a body for a while.
async fn read_for(mut body: Body, time: Duration) -> Option<TransportError> {
    let end = Instant::now() + time;
    while Instant::now() < end {
        if let Err(error) = body.next().await? {
            return Some(error);
        }
    }
    None
}

#[tokio::test]
async fn a_body_that_brings_too_little_is_an_error() {
    let stalled = || Body::from_stream(Chunks { ends: false, ..chunks(&["[1,"]) });
    for (body, bytes) in [(stalled(), 1), (trickle(), 1_000)] {
        let client = Fixed::client(body).min_throughput(bytes, Duration::from_millis(50)).build().unwrap();
        let body = get(&client).stream().await.unwrap().into_value();
        let error = read_for(body, Duration::from_secs(10)).await.unwrap();
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        assert_eq!(error.to_string(), format!("the server sent fewer than {bytes} bytes of the body in 50ms"));
    }
}

#[tokio::test]
async fn a_body_that_brings_enough_goes_on() {
    let client = Fixed::client(trickle()).min_throughput(1_000, Duration::from_millis(50)).build().unwrap();
    // the call asks for less than its client, and none at all is asked for by 0
    let body = get(&client).min_throughput(2, Duration::from_millis(100)).stream().await.unwrap().into_value();
    assert!(read_for(body, Duration::from_millis(500)).await.is_none());
    let client = Fixed::client(trickle()).min_throughput(1_000, Duration::from_millis(50)).build().unwrap();
    let body = get(&client).min_throughput(0, Duration::ZERO).stream().await.unwrap().into_value();
    assert!(read_for(body, Duration::from_millis(300)).await.is_none());
}

/// The server is not at fault for what the reader does meanwhile.
#[tokio::test]
async fn a_reader_may_take_its_time() {
    let client = Fixed::client(trickle()).min_throughput(3, Duration::from_millis(60)).build().unwrap();
    let mut body = get(&client).stream().await.unwrap().into_value();
    for _ in 0..3 {
        assert!(body.next().await.unwrap().is_ok());
        assert!(body.next().await.unwrap().is_ok());
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
}
