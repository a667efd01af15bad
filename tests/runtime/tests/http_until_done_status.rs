//! Work whose state a status tells, and the errors of its calls.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;
mod waits;

use std::time::Duration;

use runtime::runtime::api_error::{Documented, Undocumented};
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::operation::{Operation, Status};
use runtime::runtime::polling::{Polling, Told};
use runtime::runtime::until_done::UntilDone;
use runtime::runtime::value::Value;
use runtime::runtime::work::{Goal, Lead};
use waits::{DONE, PILE, Waits, pile, unfinished};

static SOAK: Operation = Operation::new("soak", "POST", "/soaks");
static SOAKED: Operation = Operation::new("soaked", "GET", "/soaks/{soak}").redirects(&[Status::Exact(303)]);

fn soak(client: &Client) -> Call<()> { Call::empty(client, &SOAK) }

fn soaked(client: &Client) -> Call<()> { Call::empty(client, &SOAKED).with_path("soak", &"7") }

/// How the state is told by a status alone.
fn by_status() -> Polling<()> {
    let call = |client: &Client| Call::empty(client, &SOAKED);
    Polling::new(call, Told::Status { pending: &[202, 206] }).every(1_000, 3_000)
}

/// Work whose state is a status, and whose result is where the last reply leads.
fn soaking(client: &Client) -> UntilDone<(), Undocumented, Value> {
    let goal = Goal::Call(|client| Call::json(client, &PILE), Lead::Header("location"));
    UntilDone::starting(soak(client), by_status(), Lead::Header("location"), goal)
}

#[tokio::test]
async fn a_status_alone_tells_the_state() {
    for done in [200, 201, 204, 303] {
        let waits = Waits::default();
        let client = waits.client();
        waits.0.expect(soaked(&client)).responds(202, "text/plain", "soon");
        waits.0.expect(soaked(&client)).responds(206, "", "").header("Retry-After", "2");
        waits.0.expect(soaked(&client)).responds(done, "", "");
        UntilDone::polling(soaked(&client), by_status()).await.unwrap();
        assert_eq!(waits.waited(), [1_000, 2_000]);
        waits.0.verify();
    }
}

#[tokio::test]
async fn a_reply_leads_to_the_result_by_a_header() {
    for (status, link) in [(303, "/v1/yards/a%20b/piles/4"), (201, "https://api.invalid/v1/yards/a%20b/piles/4")] {
        let waits = Waits::default();
        let client = waits.client();
        waits.0.expect(soak(&client)).responds(202, "", "").header("Location", "/v1/soaks/7");
        waits.0.expect(soaked(&client)).responds(202, "", "");
        waits.0.expect(soaked(&client)).responds(status, "", "").header("Location", link);
        waits.0.expect(pile(&client, 4)).returns_json(200, r#"{"count":9}"#);
        assert_eq!(soaking(&client).await.unwrap()["count"].as_i64(), Some(9));
        waits.0.verify();
    }
    for (link, problem) in [
        (None, "`soaked` could not be read: it has no header `location`"),
        (Some("https://other.invalid/4"), "the URL of the result cannot be followed: it is at another origin"),
    ] {
        let waits = Waits::default();
        let client = waits.client();
        waits.0.expect(soak(&client)).responds(202, "", "").header("Location", "/v1/soaks/7");
        let done = waits.0.expect(soaked(&client)).responds(303, "", "");
        link.into_iter().for_each(|link| drop(done.clone().header("Location", link)));
        let error = soaking(&client).await.unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
        waits.0.verify();
    }
}

#[tokio::test]
async fn what_is_late_or_fails_by_status_says_so() {
    let waits = Waits::default();
    let client = waits.client();
    waits.0.expect(soaked(&client)).responds(202, "", "").times(3);
    let work = UntilDone::polling(soaked(&client), by_status()).deadline(Duration::from_secs(2));
    let late = unfinished(work.await);
    assert_eq!((late.is_late(), late.state(), late.message()), (true, Some("202"), None));
    // a status that is an error is that of the call
    waits.0.expect(soaked(&client)).responds(410, "", "dried up");
    let error = UntilDone::polling(soaked(&client), by_status()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 410);
    waits.0.verify();
}

static LOAD: Operation = Operation::new("load", "POST", "/loads").errors(&[Status::Exact(409)]);
static LOADED: Operation = Operation::new("loaded", "GET", "/loads/{load}").errors(&[Status::Exact(404)]);
static CARGO: Operation = Operation::new("cargo", "GET", "/cargo").errors(&[Status::Default]);

/// As it is emitted where each call documents the same errors; `is_same` is whether the call for the state does.
fn loading(client: &Client, is_same: bool) -> UntilDone<Value, Documented<String>, Value> {
    let told = Told::State { at: "/state", done: &["DONE"], failed: &[], message: None };
    let polling = Polling::new(|client| Call::json(client, &LOADED), told);
    let polling = if is_same { polling } else { polling.undocumented() };
    let goal = Goal::Call(|client| Call::json(client, &CARGO), Lead::Parameters(&[]));
    let start: Call<Value, Documented<String>> = Call::json(client, &LOAD);
    UntilDone::starting(start, polling, Lead::Parameters(&[("load", "/load")]), goal)
}

/// The documented body of the error that work ends with.
async fn documented(work: UntilDone<Value, Documented<String>, Value>) -> Option<String> {
    let Err(Error::Api(error)) = work.await else { unreachable!("a call fails") };
    error.documented().cloned()
}

#[tokio::test]
async fn documented_errors_are_those_of_the_call_that_failed() {
    let waits = Waits::default();
    let client = waits.client();
    let load = || Call::<Value>::json(&client, &LOAD);
    let loaded = || Call::<Value>::json(&client, &LOADED).with_path("load", &"7");
    waits.0.expect(load()).returns_json(409, r#""full""#);
    assert_eq!(documented(loading(&client, true)).await.as_deref(), Some("full"));
    for (is_same, expected) in [(true, Some("gone")), (false, None)] {
        waits.0.expect(load()).returns_json(202, r#"{"load":7}"#);
        waits.0.expect(loaded()).returns_json(404, r#""gone""#);
        assert_eq!(documented(loading(&client, is_same)).await.as_deref(), expected);
    }
    waits.0.expect(load()).returns_json(202, r#"{"load":7}"#);
    waits.0.expect(loaded()).returns_json(200, DONE);
    waits.0.expect(Call::<Value>::json(&client, &CARGO)).returns_json(418, r#""a teapot""#);
    assert_eq!(documented(loading(&client, false)).await.as_deref(), Some("a teapot"));
    waits.0.verify();
}
