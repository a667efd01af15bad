//! Work that is awaited: in memory, where no time passes, and over real connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;
mod waits;

use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use http_server::{API, Server, answer, json};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::blocking::{Block as _, BlockEach as _};
use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::mock::Mock;
use runtime::runtime::operation::Operation;
use runtime::runtime::polling::{Polling, Told};
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{BoxFuture, Transport, TransportError};
use runtime::runtime::until_done::UntilDone;
use runtime::runtime::value::Value;
use runtime::runtime::work::{Goal, Lead};
use waits::{DONE, PILE, Waits, pile, unfinished};

static FIRE: Operation = Operation::new("fire", "POST", "/yards/{yard}/bricks").accept("application/json");
static BURN: Operation = Operation::new("burn", "GET", "/burns/{burn}").accept("application/json");

const STARTED: &str = r#"{"burns":["b/1"]}"#;
const NEW: &str = r#"{"state":"NEW"}"#;
const HOT: &str = r#"{"state":"HOT","heat":900}"#;
const BROKEN: &str = r#"{"state":"BROKEN","error":"the bricks burst"}"#;

fn fire(client: &Client) -> Call<Value> { Call::json(client, &FIRE).with_path("yard", &"a b") }

fn burn(client: &Client, burn: &str) -> Call<Value> { Call::json(client, &BURN).with_path("burn", &burn) }

fn polling() -> Polling<Value> {
    let call = |client: &Client| Call::json(client, &BURN);
    let (done, failed) = (&["DONE"], &["BROKEN", "LOST"]);
    let told = Told::State { at: "/state", done, failed, message: Some("/error") };
    Polling::new(call, told).every(1_000, 3_000)
}

/// As it is emitted.
fn fired(client: &Client) -> UntilDone<Value, Undocumented, Value> {
    let lead = Lead::Parameters(&[("burn", "/burns/0")]);
    let goal = Goal::Call(
        |client| Call::json(client, &PILE),
        Lead::Parameters(&[("yard", "{yard}"), ("pile", "/made/piles/0")]),
    );
    UntilDone::starting(fire(client), polling(), lead, goal)
}

fn located(client: &Client) -> UntilDone<Value> {
    UntilDone::starting(fire(client), polling(), Lead::Header("operation-location"), Goal::State(|state| state))
}

/// Expects the start, and questions for the state that are answered in turn.
fn expect(waits: &Waits, client: &Client, states: &[&str]) {
    waits.0.expect(fire(client)).returns_json(200, STARTED);
    states.iter().for_each(|state| drop(waits.0.expect(burn(client, "b/1")).returns_json(200, state)));
}

#[tokio::test]
async fn work_is_awaited_and_its_result_is_called_for() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[NEW, HOT, HOT, HOT, HOT, DONE]);
    waits.0.expect(pile(&client, 4)).returns_json(200, r#"{"count":9}"#);
    assert_eq!(fired(&client).await.unwrap()["count"].as_i64(), Some(9));
    waits.0.verify();
    // the wait grows by half up to the longest
    assert_eq!(waits.waited(), [1_000, 1_500, 2_250, 3_000, 3_000]);
}

#[tokio::test]
async fn the_last_state_is_the_result_where_nothing_else_is() {
    let waits = Waits::default();
    let client = waits.client();
    waits.0.expect(burn(&client, "7")).returns_json(200, DONE);
    let done = UntilDone::polling(burn(&client, "7"), polling()).await.unwrap();
    assert_eq!(done["made"]["piles"][0].as_i64(), Some(4));
    assert!(waits.waited().is_empty());
}

#[tokio::test]
async fn failure_says_its_state_and_message() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[HOT, BROKEN]);
    let error = fired(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "the work failed: its state is `BROKEN`: the bricks burst");
    assert!(!error.is_timeout() && !error.is_retryable() && error.status().is_none());
    let failed = unfinished::<()>(Err(error));
    assert!(failed.is_failed() && !failed.is_late());
    assert_eq!((failed.state(), failed.message()), (Some("BROKEN"), Some("the bricks burst")));
    assert_eq!(failed.read::<Value>().unwrap()["state"].as_str(), Some("BROKEN"));
    assert_eq!(failed.body().unwrap().to_string(), BROKEN);
    // without a message
    expect(&waits, &client, &[r#"{"state":"LOST"}"#]);
    let failed = unfinished(fired(&client).await);
    assert_eq!(failed.to_string(), "the work failed: its state is `LOST`");
    waits.0.verify();
}

#[tokio::test]
async fn a_deadline_ends_the_waiting_and_says_how_to_go_on() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[NEW, HOT, HOT, HOT, HOT, HOT]);
    let error = fired(&client).deadline(Duration::from_secs(9)).await.unwrap_err();
    assert!(error.is_timeout());
    let message = "the work was not done in time: its state is `HOT`; `resume` with its handle goes on waiting";
    assert_eq!(error.to_string(), message);
    let late = unfinished::<()>(Err(error));
    assert_eq!((late.is_late(), late.is_failed(), late.state()), (true, false, Some("HOT")));
    // the last wait ends at the deadline
    assert_eq!(waits.waited(), [1_000, 1_500, 2_250, 3_000, 1_250]);
    waits.0.verify();
    waits.0.expect(burn(&client, "b/1")).returns_json(200, DONE);
    waits.0.expect(pile(&client, 4)).returns_json(200, "1");
    assert_eq!(fired(&client).resume(late.handle().unwrap()).await.unwrap(), Value::from(1_i64));
    waits.0.verify();
}

#[tokio::test]
async fn a_server_that_asks_to_wait_beyond_the_deadline_ends_it() {
    let waits = Waits::default();
    let client = waits.client();
    waits.0.expect(burn(&client, "7")).returns_json(200, HOT).header("Retry-After", "60");
    let work = UntilDone::polling(burn(&client, "7"), polling()).deadline(Duration::from_secs(59));
    assert!(unfinished(work.await).is_late());
    assert!(waits.waited().is_empty());
}

#[tokio::test]
async fn retry_after_makes_a_wait_longer() {
    let waits = Waits::default();
    let client = waits.client();
    waits.0.expect(fire(&client)).returns_json(202, STARTED).header("Retry-After", "5");
    for (state, after) in [(NEW, "7"), (HOT, "0"), (HOT, "soon"), (DONE, "9")] {
        waits.0.expect(burn(&client, "b/1")).returns_json(200, state).header("Retry-After", after);
    }
    waits.0.expect(pile(&client, 4)).returns_json(200, "1");
    fired(&client).await.unwrap();
    assert_eq!(waits.waited(), [5_000, 7_000, 2_250, 3_000]);
}

#[tokio::test]
async fn intervals_are_the_callers() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[NEW, NEW, NEW, BROKEN]);
    let work = fired(&client).interval(Duration::from_secs(10)).longest_interval(Duration::from_secs(12));
    assert!(unfinished(work.await).is_failed());
    assert_eq!(waits.waited(), [10_000, 12_000, 12_000]);
    // an interval that is longer than the longest stays
    expect(&waits, &client, &[NEW, NEW, BROKEN]);
    assert!(unfinished(fired(&client).interval(Duration::from_secs(60)).await).is_failed());
    assert_eq!(waits.waited()[3..], [60_000, 60_000]);
}

#[tokio::test]
async fn progress_is_a_stream_of_states() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[NEW, HOT, DONE]);
    let mut work = fired(&client).progress();
    assert_eq!(work.handle(), None);
    work.start().await.unwrap();
    assert_eq!(work.handle().as_deref(), Some("https://api.invalid/v1/burns/b%2F1"));
    assert_eq!(waits.0.requests().len(), 1);
    // once is enough
    work.start().await.unwrap();
    let mut states = Vec::new();
    while let Some(state) = work.next().await {
        states.push(state.unwrap()["state"].as_str().unwrap().to_owned());
    }
    assert_eq!(states, ["NEW", "HOT", "DONE"]);
    assert!(work.next().await.is_none());
    waits.0.expect(pile(&client, 4)).returns_json(200, "2");
    assert_eq!(work.result().await.unwrap(), Value::from(2_i64));
    waits.0.verify();
}

#[tokio::test]
async fn an_error_ends_the_stream() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[BROKEN]);
    let mut work = fired(&client).progress();
    assert!(unfinished(work.next().await.unwrap()).is_failed());
    assert!(work.next().await.is_none());
    assert!(unfinished(work.result().await).is_failed());
    // of the call that starts: nothing more is sent
    waits.0.expect(fire(&client)).responds(409, "", "taken");
    let mut work = fired(&client).progress();
    assert_eq!(work.next().await.unwrap().unwrap_err().status().unwrap(), 409);
    assert!(work.next().await.is_none());
    assert_eq!(work.handle(), None);
    assert!(!unfinished(work.start().await).is_failed());
    assert_eq!(unfinished(work.result().await).to_string().split(';').next(), Some(LEFT));
    // of the call that asks, after its retries
    expect(&waits, &client, &[HOT]);
    waits.0.expect(burn(&client, "b/1")).responds(503, "", "").times(3);
    assert_eq!(fired(&client).await.unwrap_err().status().unwrap(), 503);
    waits.0.verify();
}

const LEFT: &str = "the work was left before it was done: its state is not known";

#[tokio::test]
async fn limits_of_the_call_hold_for_each_question() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[]);
    waits.0.expect(burn(&client, "b/1")).responds(503, "", "");
    let lead = Lead::Parameters(&[("burn", "/burns/0")]);
    let start = fire(&client).retries(RetryPolicy::never());
    let work: UntilDone<Value> = UntilDone::starting(start, polling(), lead, Goal::State(|state| state));
    assert_eq!(work.await.unwrap_err().status().unwrap(), 503);
    waits.0.verify();
}

#[tokio::test]
async fn replies_that_lead_nowhere_are_errors() {
    let waits = Waits::default();
    let client = waits.client();
    for body in ["{}", r#"{"burns":[]}"#, r#"{"burns":[""]}"#, r#"{"burns":[null]}"#, r#"{"burns":[{"id":1}]}"#] {
        waits.0.expect(fire(&client)).returns_json(200, body);
        let problem = fired(&client).await.unwrap_err().to_string();
        assert!(problem.contains("`fire` could not be read: it has nothing at `/burns/0`"), "{problem}");
    }
    for body in ["{}", r#"{"state":null}"#, r#"{"state":""}"#, "[]"] {
        expect(&waits, &client, &[body]);
        let problem = fired(&client).await.unwrap_err().to_string();
        assert!(problem.contains("`burn` could not be read: it has no state at `/state`"), "{problem}");
    }
    expect(&waits, &client, &[r#"{"state":"DONE"}"#]);
    let problem = fired(&client).await.unwrap_err().to_string();
    assert!(problem.contains("`burn` could not be read: it has nothing at `/made/piles/0`"), "{problem}");
    waits.0.expect(fire(&client)).returns_json(202, STARTED);
    let problem = located(&client).await.unwrap_err().to_string();
    assert!(problem.contains("`fire` could not be read: it has no header `operation-location`"), "{problem}");
    waits.0.verify();
}

#[tokio::test]
async fn a_url_in_a_header_is_asked_at_the_same_origin() {
    for link in ["https://api.invalid/v1/burns/7?v=2", "/v1/burns/7?v=2", "../../burns/7?v=2"] {
        let waits = Waits::default();
        let client = waits.client();
        waits.0.expect(fire(&client)).responds(202, "application/json", "{}").header("Operation-Location", link);
        waits.0.expect(burn(&client, "7").query_pair("v", "2")).returns_json(200, DONE);
        let mut work = located(&client).progress();
        work.start().await.unwrap();
        assert_eq!(work.handle().as_deref(), Some("https://api.invalid/v1/burns/7?v=2"));
        assert!(work.result().await.is_ok());
        waits.0.verify();
    }
    for link in ["https://other.invalid/burns/7", "https://api.invalid:444/burns/7", "//other.invalid/"] {
        let waits = Waits::default();
        let client = waits.client();
        waits.0.expect(fire(&client)).responds(202, "application/json", "{}").header("Operation-Location", link);
        let problem = located(&client).await.unwrap_err().to_string();
        assert!(problem.contains("the URL of the work cannot be followed: it is at another origin"), "{problem}");
        assert_eq!(waits.0.requests().len(), 1);
    }
}

#[tokio::test]
async fn what_is_set_on_the_call_for_the_state_stays() {
    let waits = Waits::default();
    let client = waits.client();
    let asked = || burn(&client, "7").header("X-Trace", "1");
    waits.0.expect(asked()).returns_json(200, HOT).times(2);
    waits.0.expect(asked()).returns_json(200, DONE).times(2);
    UntilDone::polling(asked(), polling()).await.unwrap();
    let handle = UntilDone::polling(burn(&client, "7"), polling()).progress().handle().unwrap();
    let other = burn(&client, "8").header("X-Trace", "1");
    UntilDone::polling(other, polling()).resume(&handle).await.unwrap();
    waits.0.verify();
}

#[tokio::test]
async fn a_handle_of_another_api_is_refused() {
    let waits = Waits::default();
    let client = waits.client();
    for handle in ["https://other.invalid/burns/7", "http://[", "//other.invalid/burns/7"] {
        for work in [located(&client).resume(handle), UntilDone::polling(burn(&client, "1"), polling()).resume(handle)]
        {
            let error = work.await.unwrap_err();
            assert!(matches!(error, Error::Request(_)), "{error}");
            assert!(error.to_string().contains("the handle of the work cannot be followed"), "{error}");
        }
    }
    assert!(waits.0.requests().is_empty());
}

#[test]
fn it_can_be_waited_for_without_a_runtime() {
    let waits = Waits::default();
    let client = waits.client();
    expect(&waits, &client, &[NEW, DONE]);
    waits.0.expect(pile(&client, 4)).returns_json(200, "1");
    assert_eq!(fired(&client).block().unwrap(), Value::from(1_i64));
    expect(&waits, &client, &[NEW, DONE]);
    assert_eq!(fired(&client).progress().block_each().filter(Result::is_ok).count(), 2);
}

#[test]
fn nothing_is_sent_before_it_is_polled() {
    let waits = Waits::default();
    let client = waits.client();
    let work = fired(&client);
    assert!(!format!("{work:?}").contains("a b"), "{work:?}");
    let mut future = work.into_future();
    assert!(waits.0.requests().is_empty());
    let polled = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(Err(_))));
}

/// What a future is may be sent to another thread.
fn is_send<T: Send>(value: T) -> T { value }

#[tokio::test]
async fn time_passes_over_a_connection() {
    let asked = Mutex::new(0);
    let server = Server::start(move |seen| {
        if seen.method == "POST" {
            let location = [("Operation-Location", "/burns/1"), ("Content-Type", "application/json")];
            return answer("202 Accepted", &location, "{}");
        }
        *asked.lock().unwrap() += 1;
        if *asked.lock().unwrap() > 3 { json(DONE) } else { json(HOT) }
    });
    let client = server.client();
    let start = Instant::now();
    let work = located(&client).interval(Duration::from_millis(40)).into_future();
    let done = tokio::spawn(is_send(work)).await.unwrap().unwrap();
    assert_eq!(done["state"].as_str(), Some("DONE"));
    assert!(start.elapsed() >= Duration::from_millis(40 + 60 + 90), "{:?}", start.elapsed());
    let targets: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/yards/a%20b/bricks", "/burns/1", "/burns/1", "/burns/1", "/burns/1"]);
}

#[tokio::test]
async fn a_deadline_cuts_a_wait_and_a_question_off() {
    let server = Server::start(|seen| {
        if seen.target == "/burns/slow" {
            std::thread::sleep(Duration::from_millis(400));
        }
        json(HOT)
    });
    let client = server.client();
    for (name, state) in [("quick", Some("HOT")), ("slow", None)] {
        let start = Instant::now();
        let work = UntilDone::polling(burn(&client, name), polling());
        let late = unfinished(work.interval(Duration::from_secs(60)).deadline(Duration::from_millis(150)).await);
        assert!(late.is_late() && start.elapsed() < Duration::from_secs(10));
        assert_eq!(late.state(), state);
        assert_eq!(late.handle(), Some(format!("{}/burns/{name}", server.url()).as_str()));
    }
}

/// A transport that cannot wait.
struct Timeless(Mock);

impl Transport for Timeless {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request)
    }

    fn can_sleep(&self) -> bool { false }
}

#[tokio::test]
async fn a_transport_without_a_timer_is_an_error() {
    let mock = Mock::new();
    let client = ClientBuilder::new(&API).secret("Key", "k").transport(Timeless(mock.clone())).build().unwrap();
    mock.expect(burn(&client, "7")).returns_json(200, HOT);
    let mut work = UntilDone::polling(burn(&client, "7"), polling()).progress();
    assert_eq!(work.next().await.unwrap().unwrap()["state"].as_str(), Some("HOT"));
    let error = work.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("the transport has no timer"), "{error}");
}

/// A reply that nothing is read from may be empty.
#[tokio::test]
async fn work_may_start_without_a_body() {
    static QUENCH: Operation = Operation::new("quench", "DELETE", "/burns/{burn}");
    let waits = Waits::default();
    let client = waits.client();
    let quench = |client: &Client| Call::<(), Undocumented>::empty(client, &QUENCH).with_path("burn", &"b/1");
    waits.0.expect(quench(&client)).responds(204, "", "");
    waits.0.expect(burn(&client, "b/1")).returns_json(200, DONE);
    let lead = Lead::Parameters(&[("burn", "{burn}")]);
    let work: UntilDone<Value> = UntilDone::starting(quench(&client), polling(), lead, Goal::State(|state| state));
    assert_eq!(work.await.unwrap()["state"].as_str(), Some("DONE"));
    waits.0.verify();
}
