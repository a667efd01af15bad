//! Attempts that fail: which are repeated, when, and how often.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::collections::VecDeque;
use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, Request, Response};
use http_server::{API, Server, answer, json};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{Attempt, BoxFuture, Transport, TransportError, TransportErrorKind};

static GET: Operation = Operation::new("get", "GET", "/x");
static PUT: Operation = Operation::new("put", "PUT", "/x");
static POST: Operation = Operation::new("post", "POST", "/x");
static PATCH: Operation = Operation::new("patch", "PATCH", "/x");

/// What a server does with one request.
#[derive(Clone, Debug)]
enum Step {
    Answer(u16, &'static [(&'static str, &'static str)]),
    Fail(TransportErrorKind),
    Hang,
}

use Step::{Answer, Fail, Hang};

/// A server in memory. Time passes at once.
#[derive(Clone, Default)]
struct Script(Arc<Mutex<Played>>);

#[derive(Default)]
struct Played {
    steps: VecDeque<Step>,
    requests: Vec<(HeaderMap, u32, Vec<u8>)>,
    slept: Vec<Duration>,
}

impl Script {
    /// The last step is played again and again.
    fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let played = Played { steps: steps.into_iter().collect(), ..Played::default() };
        Script(Arc::new(Mutex::new(played)))
    }

    fn builder(&self) -> ClientBuilder { ClientBuilder::new(&API).timeout(None).transport(self.clone()) }

    fn client(&self) -> Client { self.builder().build().unwrap() }

    fn slept(&self) -> Vec<Duration> { self.0.lock().unwrap().slept.clone() }

    fn sent(&self) -> usize { self.0.lock().unwrap().requests.len() }

    fn headers(&self, name: &str) -> Vec<Option<String>> {
        let played = self.0.lock().unwrap();
        let value = |headers: &HeaderMap| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        played.requests.iter().map(|(headers, ..)| value(headers)).collect()
    }
}

impl Transport for Script {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut played = self.0.lock().unwrap();
        let attempt = request.extensions().get::<Attempt>().unwrap().number();
        let body = request.body().as_bytes().unwrap().to_vec();
        played.requests.push((request.headers().clone(), attempt, body));
        let step = match played.steps.len() {
            1 => played.steps[0].clone(),
            _ => played.steps.pop_front().unwrap(),
        };
        Box::pin(async move {
            match step {
                Answer(status, headers) => {
                    let mut response = Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(*name, *value);
                    }
                    Ok(response.body(Body::from("1")).unwrap())
                }
                Fail(kind) => Err(TransportError::new(kind, "as the script says")),
                Hang => std::future::pending().await,
            }
        })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.0.lock().unwrap().slept.push(time);
        Box::pin(std::future::ready(()))
    }

    fn random(&self) -> u64 { u64::MAX }
}

fn call(client: &Client, operation: &'static Operation) -> Call<i64> { Call::json(client, operation) }

/// How many requests a call takes that the server answers so at first, and with 200 then.
async fn attempts(operation: &'static Operation, step: Step, policy: RetryPolicy) -> usize {
    let script = Script::new([step, Answer(200, &[])]);
    let _ = call(&script.client(), operation).retries(policy).await;
    script.sent()
}

#[tokio::test]
async fn what_may_pass_is_repeated() {
    let fails = |kind| Fail(kind);
    let conflict = RetryPolicy::new().conflicts(true);
    // the step, and whether GET and PUT, and whether POST and PATCH are repeated
    let cases = [
        (Answer(408, &[]), true, true),
        (Answer(429, &[]), true, true),
        (Answer(500, &[]), true, false),
        (Answer(502, &[]), true, false),
        (Answer(503, &[]), true, false),
        (Answer(503, &[("retry-after", "1")]), true, true),
        (Answer(504, &[]), true, false),
        (Answer(599, &[]), true, false),
        (Answer(501, &[]), false, false),
        (Answer(505, &[]), false, false),
        (Answer(400, &[]), false, false),
        (Answer(404, &[]), false, false),
        (Answer(409, &[]), false, false),
        (Answer(400, &[("x-should-retry", "true")]), true, true),
        (Answer(500, &[("x-should-retry", "true")]), true, true),
        (Answer(429, &[("x-should-retry", "false")]), false, false),
        (Answer(500, &[("x-should-retry", "True")]), true, false),
        (fails(TransportErrorKind::Connect), true, true),
        (fails(TransportErrorKind::Timeout), true, false),
        (fails(TransportErrorKind::Interrupted), true, false),
        (fails(TransportErrorKind::Other), false, false),
        (fails(TransportErrorKind::Redirect), false, false),
        (fails(TransportErrorKind::BodyTooLarge), false, false),
    ];
    for (step, idempotent, any) in cases {
        for (operation, is_repeated) in [(&GET, idempotent), (&PUT, idempotent), (&POST, any), (&PATCH, any)] {
            let sent = attempts(operation, step.clone(), RetryPolicy::new()).await;
            assert_eq!(sent, if is_repeated { 2 } else { 1 }, "{} {step:?}", operation.method());
        }
        let script = Script::new([step.clone()]);
        let error = call(&script.client(), &POST).await.unwrap_err();
        assert_eq!(error.is_retryable(), idempotent, "{step:?}");
        let sent = attempts(&POST, step.clone(), RetryPolicy::new().any_method(true)).await;
        assert_eq!(sent, if idempotent { 2 } else { 1 }, "{step:?} where any method is repeated");
    }
    assert_eq!(attempts(&POST, Answer(409, &[]), conflict).await, 2);
    assert_eq!(attempts(&GET, Answer(500, &[]), RetryPolicy::never()).await, 1);
    assert_eq!(attempts(&GET, Answer(500, &[]), RetryPolicy::new().max_attempts(0)).await, 1);
}

/// The random part is the whole here.
#[tokio::test]
async fn delays_double_up_to_a_limit() {
    let script = Script::new([Answer(500, &[])]);
    let error = call(&script.client(), &GET).retries(RetryPolicy::new().max_attempts(8)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(
        script.slept().iter().map(Duration::as_millis).collect::<Vec<_>>(),
        [500, 1000, 2000, 4000, 8000, 8000, 8000]
    );
    let numbers: Vec<u32> = script.0.lock().unwrap().requests.iter().map(|(_, attempt, _)| *attempt).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    // no overflow, however many
    let script = Script::new([Answer(500, &[])]);
    let policy = RetryPolicy::new().max_attempts(u32::MAX).delay(Duration::MAX, Duration::MAX);
    assert!(call(&script.client(), &GET).retries(policy).await.is_err());
    assert_eq!(script.sent(), 101, "the budget ends it");
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let script = Script::new([
        Answer(429, &[("retry-after", "7")]),
        Answer(503, &[("retry-after-ms", "1500"), ("retry-after", "7")]),
        Answer(200, &[("x-request-id", ""), ("request-id", "r7")]),
    ]);
    let response = call(&script.client(), &GET).send().await.unwrap();
    assert_eq!((response.attempts(), *response.value(), response.request_id()), (3, 1, Some("r7")));
    assert_eq!(script.slept(), [Duration::from_secs(7), Duration::from_millis(1500)]);
    let script = Script::new([Answer(429, &[("retry-after", "0")]), Answer(200, &[])]);
    assert_eq!(call(&script.client(), &GET).await.unwrap(), 1);
    assert_eq!(script.slept(), [Duration::from_millis(500)], "not all clients at once");
    let script = Script::new([Answer(429, &[("retry-after", "61")])]);
    let error = call(&script.client(), &GET).await.unwrap_err();
    assert_eq!(
        (error.retry_after(), script.sent()),
        (Some(Duration::from_secs(61)), 1),
        "that is for the caller to wait"
    );
    let policy = RetryPolicy::new().max_retry_after(Duration::from_secs(61));
    assert!(call(&script.client(), &GET).retries(policy).await.is_err());
    assert_eq!(script.sent(), 4);
}

#[tokio::test]
async fn all_attempts_send_the_same() {
    let script = Script::new([Answer(500, &[]), Fail(TransportErrorKind::Timeout), Answer(200, &[])]);
    let client = script.builder().idempotency_header("Idempotency-Key").build().unwrap();
    let post = || call(&client, &POST).with_json("application/json", &vec![1, 2]).header("x-own", "1");
    assert_eq!(post().await.unwrap(), 1);
    let keys = script.headers("idempotency-key");
    let key = keys[0].clone().unwrap();
    assert_eq!(keys, vec![Some(key.clone()); 3]);
    assert_eq!((key.len(), &key[14..15], &key[19..20]), (36, "4", "b"), "a random UUID: {key}");
    assert_eq!(script.headers("x-own"), vec![Some("1".to_owned()); 3]);
    assert!(script.0.lock().unwrap().requests.iter().all(|(_, _, body)| body == b"[1,2]"));
    // a key of the caller's stays, and methods that need none get none
    assert_eq!(post().header("Idempotency-Key", "mine").await.unwrap(), 1);
    assert_eq!(call(&client, &PUT).await.unwrap(), 1);
    assert_eq!(script.headers("idempotency-key")[3..], [Some("mine".to_owned()), None]);
    let error = script.builder().idempotency_header("not a name").build().unwrap_err();
    assert!(error.to_string().contains("header name"), "{error}");
}

/// A key that a caller sets is known without configuration.
#[tokio::test]
async fn a_call_with_a_key_is_repeated() {
    let script = Script::new([Answer(500, &[]), Answer(200, &[])]);
    assert_eq!(call(&script.client(), &POST).header("Idempotency-Key", "mine").await.unwrap(), 1);
    assert_eq!(script.sent(), 2);
}

/// What redirected has acted, whatever comes behind it.
#[tokio::test]
async fn behind_a_redirect_nothing_is_done_twice() {
    let moved = Answer(303, &[("location", "/orders/7")]);
    for then in [Answer(503, &[("retry-after", "1")]), Answer(429, &[]), Fail(TransportErrorKind::Connect)] {
        for (operation, is_repeated) in [(&POST, false), (&PATCH, false), (&PUT, true), (&GET, true)] {
            let script = Script::new([moved.clone(), then.clone(), Answer(200, &[])]);
            let keyed = call(&script.client(), operation).header("Idempotency-Key", "mine").await;
            assert_eq!((keyed.is_ok(), script.sent()), (is_repeated, if is_repeated { 3 } else { 2 }), "{then:?}");
        }
    }
    // each of its requests says which attempt it belongs to
    let script = Script::new([moved.clone(), moved.clone(), moved, Answer(200, &[])]);
    assert_eq!(call(&script.client(), &GET).await.unwrap(), 1);
    assert_eq!(script.sent(), 4);
}

/// Where waiting is not possible, nothing waits.
#[tokio::test]
async fn without_a_timer_nothing_is_repeated() {
    struct Timeless(Script);
    impl Transport for Timeless {
        fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
            self.0.send(request)
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::pending()) }

        fn can_sleep(&self) -> bool { false }
    }
    let script = Script::new([Answer(503, &[])]);
    let client = ClientBuilder::new(&API).transport(Timeless(script.clone())).build().unwrap();
    assert_eq!(call(&client, &GET).await.unwrap_err().status().unwrap(), 503);
    assert_eq!(script.sent(), 1);
}

/// With a server that always fails, what is sent is bounded; a success earns little.
#[tokio::test]
async fn the_budget_is_shared() {
    let script = Script::new([Answer(500, &[])]);
    let client = script.client();
    for _ in 0..200 {
        let copy = client.clone();
        assert!(call(&copy, &GET).await.is_err());
    }
    assert_eq!(script.sent(), 200 + 100);
    script.0.lock().unwrap().steps = [Answer(200, &[])].into();
    for _ in 0..10 {
        assert!(call(&client, &GET).await.is_ok());
    }
    script.0.lock().unwrap().steps = [Answer(500, &[])].into();
    let before = script.sent();
    for _ in 0..10 {
        assert!(call(&client, &GET).await.is_err());
    }
    assert_eq!(script.sent() - before, 12);
}

#[tokio::test]
async fn the_whole_call_has_a_limit() {
    let script = Script::new([Hang]);
    let error = call(&script.client(), &GET).total_timeout(Duration::from_secs(9)).await.unwrap_err();
    assert!(error.is_timeout() && script.slept() == [Duration::from_secs(9)], "{error}");
    // what would start too late is not waited for, and the last failure is told
    let script = Script::new([Answer(503, &[("retry-after", "30")])]);
    let client = script.builder().total_timeout(Duration::from_secs(10)).build().unwrap();
    assert_eq!(call(&client, &GET).await.unwrap_err().status().unwrap(), 503);
    assert_eq!((script.sent(), script.slept()), (1, Vec::new()));
    // each attempt has its own limit
    let script = Script::new([Hang, Hang, Answer(200, &[])]);
    assert_eq!(call(&script.client(), &GET).timeout(Duration::from_secs(1)).await.unwrap(), 1);
    assert_eq!(script.slept().len(), 4, "two limits and two delays");
}

#[tokio::test]
async fn a_stream_is_opened_again() {
    let script = Script::new([Answer(503, &[]), Fail(TransportErrorKind::Connect), Answer(200, &[])]);
    let response = call(&script.client(), &GET).stream().await.unwrap();
    assert_eq!(response.attempts(), 3);
    assert_eq!(response.into_value().collect(9).await.unwrap(), "1");
}

/// Over a real connection, whose loss the library tells.
#[tokio::test]
async fn a_dropped_connection_is_made_again() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        drop(listener.accept().unwrap());
        let (mut stream, _) = listener.accept().unwrap();
        let _ = std::io::Read::read(&mut stream, &mut [0; 1024]).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n7").unwrap();
    });
    let quick = RetryPolicy::new().delay(Duration::from_millis(1), Duration::from_millis(1));
    let client = http_server::direct(ClientBuilder::new(&API).base_url(url)).retries(quick).build().unwrap();
    let response = Call::<i64, Undocumented>::json(&client, &GET).send().await.unwrap();
    assert_eq!((*response.value(), response.attempts()), (7, 2));
    thread.join().unwrap();
}

/// The status of an error counts, also where its body breaks off or is too large.
#[tokio::test]
async fn an_error_whose_body_cannot_be_read_is_repeated_by_its_status() {
    let server = Server::start(|_| {
        let mut whole =
            answer("429 Too Many Requests", &[("retry-after-ms", "1"), ("Connection", "close")], "slow down");
        whole.truncate(whole.len() - 3);
        whole
    });
    let quick = RetryPolicy::new().delay(Duration::from_millis(1), Duration::from_millis(1));
    let client = server.builder().retries(quick).build().unwrap();
    let error = call(&client, &POST).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)) && server.seen().len() == 3, "{error}");
    let server = Server::always(answer("500 Internal Server Error", &[], "far too much"));
    let client = server.builder().retries(quick).body_limit(5).build().unwrap();
    assert!(call(&client, &GET).await.is_err() && server.seen().len() == 3);
}

/// A call that is dropped while it waits sends nothing more.
#[tokio::test]
async fn a_call_can_be_cancelled() {
    let server = Server::always(answer("503 Service Unavailable", &[("Retry-After", "1")], ""));
    let client = server.client();
    let cancelled = tokio::time::timeout(Duration::from_millis(200), call(&client, &GET).into_future()).await;
    assert!(cancelled.is_err() && server.seen().len() == 1);
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_reply_that_cannot_be_read_is_not_asked_for_again() {
    let server = Server::always(json("\"no number\""));
    let error = call(&server.client(), &GET).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)) && server.seen().len() == 1);
}

/// As is one of an operation whose document has a parameter for keys; it is made where the caller sets none.
#[tokio::test]
async fn a_documented_key_is_made() {
    static KEYED: Operation = Operation::new("pay", "POST", "/x").idempotency("X-Idempotency-Key");
    let script = Script::new([Answer(500, &[]), Answer(200, &[])]);
    assert_eq!(call(&script.client(), &KEYED).await.unwrap(), 1);
    let keys = script.headers("x-idempotency-key");
    assert!(keys.len() == 2 && keys[0].is_some() && keys[0] == keys[1], "{keys:?}");
    let script = Script::new([Answer(500, &[]), Answer(200, &[])]);
    let mine = call(&script.client(), &KEYED).with_header("x-idempotency-key", &"mine");
    assert_eq!(mine.await.unwrap(), 1);
    assert_eq!(script.headers("x-idempotency-key"), vec![Some("mine".to_owned()); 2]);
    // the client's own name goes before the document's
    let script = Script::new([Answer(500, &[]), Answer(200, &[])]);
    let client = script.builder().idempotency_header("Request-Id").build().unwrap();
    assert_eq!(call(&client, &KEYED).await.unwrap(), 1);
    assert_eq!(script.headers("x-idempotency-key"), [None, None]);
    assert!(script.headers("request-id")[1].is_some());
}
