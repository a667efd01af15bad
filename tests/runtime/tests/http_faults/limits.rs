//! Limits of time beyond that of an attempt: of a whole call, and of a body that is read as it arrives.

use std::cmp::Ordering;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::body::Body;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::event_stream::Events;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::json_lines::Lines;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use runtime::runtime::transport_reqwest::ReqwestTransport;

use crate::over::{BOTH, Over};
use crate::server::{Fault, FaultyServer};

static GET: Operation = Operation::new("get", "GET", "/x");
static PUT: Operation = Operation::new("put", "PUT", "/x");

const LIMIT: Duration = Duration::from_millis(300);

/// What a call may take beyond its limit, on a machine with other work.
const SLACK: Duration = Duration::from_secs(4);

const TICK: Duration = Duration::from_millis(20);

const HEAD: &str = "HTTP/1.1 200 OK\r\n\r\n";

fn call(client: &Client) -> Call<(), Undocumented> { Call::empty(client, &GET) }

/// Waits for a call that must fail as it runs out of time, and not long after its limit.
#[track_caller]
fn times_out<T>(over: Over, what: &str, future: impl Future<Output = Result<T, Error>>) {
    let started = Instant::now();
    let error = over.wait(future).err();
    let took = started.elapsed();
    assert!(error.as_ref().is_some_and(Error::is_timeout), "{what} over {over:?}: {error:?}");
    assert!(took >= LIMIT && took < LIMIT + SLACK, "{what} over {over:?}: {took:?}");
}

/// Also where each attempt by itself is quick, and where a server asks for patience.
#[test]
fn a_call_ends_within_its_own_limit() {
    let later = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n";
    let slow = [("ignored", Fault::ignores()), ("trickles", Fault::sends(HEAD).then_always("1", TICK))];
    for over in BOTH {
        for (name, fault) in slow.clone() {
            let server = FaultyServer::always(fault);
            let client = over.builder(&server).total_timeout(LIMIT).build().unwrap();
            times_out(over, name, async { call(&client).text().await });
            assert_eq!(server.arrived(), 1);
        }
        let server = FaultyServer::always(Fault::sends("").after(LIMIT / 5));
        let policy = RetryPolicy::new().max_attempts(1_000).delay(TICK, TICK);
        let client = over.builder(&server).retries(policy).total_timeout(4 * LIMIT).build().unwrap();
        let (started, error) = (Instant::now(), over.wait(call(&client).into_future()).unwrap_err());
        assert!(error.is_retryable() && started.elapsed() < 4 * LIMIT + SLACK, "{error}");
        assert!((2..=20).contains(&server.arrived()), "{}", server.arrived());
        let server = FaultyServer::always(Fault::sends(later));
        let client = over.builder(&server).total_timeout(LIMIT).build().unwrap();
        let (started, error) = (Instant::now(), over.wait(call(&client).into_future()).unwrap_err());
        assert!(error.status().is_some() && started.elapsed() < SLACK, "{error}");
        assert_eq!(server.arrived(), 1);
    }
}

/// The connection holds some megabytes, and then what is sent has nowhere to go.
#[test]
fn an_upload_that_nobody_reads_ends() {
    let bytes = Bytes::from(vec![b'1'; 32 << 20]);
    for over in BOTH {
        let server = FaultyServer::always(Fault::ignores());
        let client = over.builder(&server).retries(RetryPolicy::never()).timeout(LIMIT).build().unwrap();
        let mut upload = Call::<()>::empty(&client, &PUT);
        upload.request().upload("application/octet-stream", bytes.clone().into());
        times_out(over, "an upload", upload.into_future());
        assert_eq!(server.arrived(), 1);
    }
}

/// Passes time a thousand times as fast, where it limits something: five minutes are `LIMIT`.
struct Hasty(ReqwestTransport);

impl Transport for Hasty {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.0.send(request)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { self.0.sleep(time) }

    fn limit(&self, time: Duration) -> BoxFuture<'static, ()> { self.0.sleep(time / 1_000) }
}

/// Five minutes without a byte, also behind a connection that broke.
#[test]
fn a_download_ends_where_nobody_sets_a_limit() {
    let part =
        "HTTP/1.1 206 Partial Content\r\nETag: \"a\"\r\nContent-Range: bytes 1-8/9\r\nContent-Length: 8\r\n\r\n2";
    let whole = "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 9\r\n\r\n1";
    for breaks in [0, 1] {
        let server = FaultyServer::start(move |before| match before.cmp(&breaks) {
            Ordering::Less => Fault::sends(whole),
            Ordering::Equal if breaks == 0 => Fault::sends(whole).stays(),
            Ordering::Equal | Ordering::Greater => Fault::sends(part).stays(),
        });
        let hasty = Hasty(ReqwestTransport::without_proxy(None).unwrap());
        let client = Over::Reqwest.builder(&server).timeout(None).transport(hasty).build().unwrap();
        let download = async { Ok(call(&client).stream().await?.into_value().collect(usize::MAX).await?) };
        times_out(Over::Reqwest, "a download", async {
            tokio::time::timeout(SLACK, download).await.unwrap_or_else(|_| Ok(Bytes::from("it hangs")))
        });
    }
}

/// A body that stops or trickles, by each way to read one as it arrives.
#[test]
fn a_stream_that_brings_too_little_ends() {
    let faults = [
        ("never answered", Fault::sends("").stays()),
        ("stops", Fault::sends(HEAD).stays()),
        ("stops within", Fault::sends(format!("{HEAD}1")).stays()),
        ("trickles", Fault::sends(HEAD).then_always(" ", 2 * TICK)),
    ];
    for over in BOTH {
        for (name, fault) in faults.clone() {
            let server = FaultyServer::always(fault);
            let builder = over.builder(&server).retries(RetryPolicy::never()).timeout(LIMIT);
            let client = builder.min_throughput(1_000, LIMIT).build().unwrap();
            times_out(over, name, async { Ok(call(&client).stream().await?.into_value().collect(usize::MAX).await?) });
            times_out(over, name, async { Events::text(call(&client)).try_collect().await });
            times_out(over, name, async { Lines::<i64>::new(call(&client), "application/jsonl").try_collect().await });
        }
    }
}

/// What is not limited in size is read no further than somebody asks for it.
#[test]
fn a_stream_that_is_dropped_ends_the_connection() {
    let faults = [
        Fault::sends(HEAD).then_always("1".repeat(1 << 16), Duration::ZERO),
        Fault::sends(HEAD).then_always("1", TICK),
    ];
    for over in BOTH {
        for fault in faults.clone() {
            let server = FaultyServer::always(fault);
            let client = over.builder(&server).build().unwrap();
            over.wait(async {
                let mut body = call(&client).stream().await.unwrap().into_value();
                assert!(body.next().await.unwrap().is_ok());
                drop(body);
                // not by the end of the runtime, which closes all connections
                assert!(is_left(&server, over).await, "{over:?}");
            });
        }
    }
}

/// Whether the client leaves a connection of the server before long.
async fn is_left(server: &FaultyServer, over: Over) -> bool {
    let end = Instant::now() + SLACK;
    while server.left() == 0 && Instant::now() < end {
        over.pause(TICK).await;
    }
    server.left() > 0
}

/// A line or an event that never ends is not kept for ever.
#[test]
fn an_item_without_end_is_too_large() {
    for over in BOTH {
        let server = FaultyServer::always(
            Fault::sends(format!("{HEAD}data: ")).then_always("1".repeat(1 << 10), Duration::ZERO),
        );
        let client = over.builder(&server).body_limit(1 << 20).build().unwrap();
        let outcomes = over.wait(async {
            let event = Events::text(call(&client)).try_collect().await.err();
            let line = Lines::<String>::new(call(&client), "application/jsonl").try_collect().await.err();
            [event, line]
        });
        for error in outcomes {
            let is_too_large =
                matches!(&error, Some(Error::Transport(error)) if error.kind() == TransportErrorKind::BodyTooLarge);
            assert!(is_too_large, "{over:?}: {error:?}");
        }
    }
}
