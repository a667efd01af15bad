//! How the Gcore IAM client behaves when things go wrong, go elsewhere or go on: errors, redirects, timeouts, pages.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, TcpListener},
    time::Duration,
};

use acceptance::{
    recording::{self, Recorded},
    server::{Answer, Server},
};
use gcore_iam::{
    Call, Client, Error,
    models::{User, UserInvite, UserRole},
};

type Cases = BTreeMap<String, Recorded>;

fn client(url: String) -> Client {
    Client::builder().base_url(url).api_key("1234$abcdef").build().expect("a client")
}

fn invite() -> UserInvite {
    UserInvite::new(456, "dev@example.com", UserRole::new())
}

/// A user's answer with this id.
fn numbered(cases: &Cases, id: i64) -> String {
    let seed = String::from_utf8(cases["users.get/seed"].answer_body()).expect("the seed is text");
    seed.replacen("\"id\": 123", &format!("\"id\": {id}"), 1)
}

#[tokio::test]
async fn a_status_is_an_error_with_its_body() {
    let cases = recording::all();
    for (name, status) in [
        ("status/400", 400),
        ("status/401", 401),
        ("status/402", 402),
        ("status/403", 403),
        ("status/404", 404),
        ("status/406", 406),
        ("status/418", 418),
        ("status/502", 502),
        ("redirect/no-location", 304),
        ("users.get/raw-error", 404),
    ] {
        let server = cases[name].serve();
        match client(server.url()).iam().users().get(0).await {
            Err(Error::Api(error)) => {
                assert_eq!(error.status(), status, "{name}");
                assert_eq!(error.bytes().as_ref(), cases[name].answer_body(), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_documented_error_body_is_typed() {
    let cases = recording::all();
    let server = cases["status/404"].serve();
    let error = client(server.url()).iam().users().get(0).await.expect_err("a 404");
    let Error::Api(api) = &error else { panic!("{error}") };
    let body = api.documented().expect("the document has a body for 404");
    assert_eq!(
        (body.exception_class.as_str(), body.message.as_str(), body.request_id.as_str()),
        ("X", "m", "r")
    );
    assert_eq!(api.body().to_string(), String::from_utf8_lossy(&cases["status/404"].answer_body()));
    // `?` makes it the crate's one error.
    fn one(error: gcore_iam::Error) -> String {
        error.to_string()
    }
    assert!(one(error.into()).starts_with("404 Not Found"));
}

/// The SDK sends POST again on 408, 409, 429 and 5xx, without an idempotency key: an invitation whose answer was lost
/// is sent twice. Nothing is sent twice here; see the support table.
#[tokio::test]
async fn nothing_is_sent_twice() {
    let cases = recording::all();
    let server = cases["users.invite/409"].serve();
    let error = client(server.url()).iam().users().invite(invite()).await.expect_err("a 409");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(409));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn redirects_are_followed() {
    let cases = recording::all();
    for name in ["redirect/302-get", "redirect/307-get"] {
        let server = cases[name].serve();
        let user = client(server.url()).iam().users().get(0).await.expect("a user behind a redirect");
        assert_eq!(user.id, 123);
        let received = server.received();
        assert_eq!(received.len(), 2, "{name}");
        assert_eq!(received[1].headers.get("authorization").map(String::as_str), Some("APIKey 1234$abcdef"));
    }
    let server = cases["redirect/307-post"].serve();
    client(server.url()).iam().users().invite(invite()).await.expect("an invitation behind a redirect");
    let received = server.received();
    assert_eq!((received[1].method.as_str(), &received[1].body), ("POST", &received[0].body));
}

#[tokio::test]
async fn a_credential_stays_with_its_origin() {
    let cases = recording::all();
    let body = numbered(&cases, 5);
    let other = Server::start(move |_| Answer::json(200, body.clone()));
    let location = format!("{}/elsewhere", other.url());
    let first = Server::start(move |_| Answer::empty(302).header("Location", &location));
    client(first.url()).iam().users().get(0).await.expect("a user elsewhere");
    assert_eq!(other.received()[0].headers.get("authorization"), None);
}

#[tokio::test]
async fn transport_errors_say_which() {
    let cases = recording::all();
    let body = numbered(&cases, 1);
    let slow_body = body.clone();
    let slow = Server::start(move |_| Answer {
        delay: Duration::from_secs(3),
        ..Answer::json(200, slow_body.clone())
    });
    let error = client(slow.url())
        .iam()
        .users()
        .get(0)
        .timeout(Duration::from_millis(200))
        .await
        .expect_err("too late");
    assert!(error.is_timeout(), "{error}");

    let cut = Server::start(move |_| Answer { cut: Some(100), ..Answer::json(200, body.clone()) });
    let error = client(cut.url()).iam().users().get(0).await.expect_err("too short");
    assert!(matches!(error, Error::Transport(_)), "{error}");

    let port = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        listener.local_addr().expect("an address").port()
    };
    let error =
        client(format!("http://127.0.0.1:{port}")).iam().users().get(0).await.expect_err("nobody there");
    assert!(matches!(error, Error::Transport(_)) && !error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let server = Server::start(|_| Answer::json(200, vec![b' '; 10_000]));
    let client =
        Client::builder().base_url(server.url()).api_key("k").body_limit(1_000).build().expect("a client");
    let error = client.iam().users().get(0).await.expect_err("too large");
    assert!(matches!(error, Error::Transport(_)), "{error}");
}

async fn ids(cases: &Cases, name: &str, limit: i64) -> (Vec<i64>, usize) {
    let server = cases[name].serve();
    let list = client(server.url()).iam().users().list().limit(limit).items().try_collect().await;
    let users: Vec<User> = list.unwrap_or_else(|error| panic!("{name}: {error}"));
    (users.iter().map(|user| user.id).collect(), server.received().len())
}

#[tokio::test]
async fn items_go_over_every_page() {
    let cases = recording::all();
    assert_eq!(ids(&cases, "users.list/limit2-iterate", 2).await, (vec![0, 1, 2, 3, 4], 3));
    assert_eq!(ids(&cases, "users.list/count-float", 2).await, (vec![1, 2, 3], 2));
    assert_eq!(ids(&cases, "users.list/short-page", 50).await, (vec![0, 1, 2], 2));
    assert_eq!(ids(&cases, "users.list/limit0-iterate", 0).await, (vec![], 1));
    assert_eq!(ids(&cases, "users.list/empty", 50).await, (vec![], 1));
    assert_eq!(ids(&cases, "users.list/empty-but-count", 50).await, (vec![], 1));
}

#[tokio::test]
async fn pages_repeat_what_was_asked() {
    let cases = recording::all();
    let server = cases["users.list/extra-query-kept"].serve();
    let client = client(server.url());
    let list = client.iam().users().list().limit(2).query_pair("q", "x y").header("X-A", "1");
    let mut items = list.items();
    let mut seen = Vec::new();
    while let Some(user) = items.next().await {
        seen.push(user.expect("a user").id);
    }
    assert_eq!(seen, [0, 1, 2, 3, 4]);
    let received = server.received();
    cases["users.list/extra-query-kept"].assert_request(&received[0]);
    let queries: Vec<&str> = received.iter().map(|request| request.query.as_str()).collect();
    assert_eq!(queries, ["limit=2&q=x%20y", "limit=2&q=x%20y&offset=2", "limit=2&q=x%20y&offset=4"]);
    assert!(received.iter().all(|request| request.headers.get("x-a").is_some_and(|value| value == "1")));
}

#[tokio::test]
async fn an_error_ends_the_items_after_those_before_it() {
    let cases = recording::all();
    let server = cases["users.list/second-page-404"].serve();
    let client = client(server.url());
    let mut items = client.iam().users().list().limit(2).items();
    assert!(items.next().await.is_some_and(|user| user.is_ok()));
    assert!(items.next().await.is_some_and(|user| user.is_ok()));
    let error = items.next().await.expect("one more").expect_err("a 404");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert!(items.next().await.is_none());
}

/// The SDK fails with an `AttributeError` on a plain array, with a `TypeError` after the first page on a `count` that
/// is missing or a string, and finds no users at all under `result` or in `null`. Here what has no items is an error that
/// says so, with the bytes to be read by hand; a count that is missing or a string keeps no item back.
#[tokio::test]
async fn what_is_no_page_is_an_error() {
    let cases = recording::all();
    for (name, says) in [
        ("users.list/limit-omit", "expected an object"),
        ("users.list/plain-array-iterate", "expected an object"),
        ("users.list/plain-array-raw", "expected an object"),
        ("users.list/old-result-key", "missing field `results`"),
        ("users.list/results-null", "$.results"),
    ] {
        let server = cases[name].serve();
        match client(server.url()).iam().users().list().items().try_collect().await {
            Err(Error::Decode(failure)) => {
                assert!(failure.to_string().contains(says), "{name}: {failure}");
                assert_eq!(failure.bytes().as_ref(), cases[name].answer_body());
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    for (name, deviation) in [
        ("users.list/count-missing", "expected a value, found nothing at $.count"),
        ("users.list/count-string", "expected a number, found a string at $.count"),
    ] {
        let server = cases[name].serve();
        let client = client(server.url());
        let page = client.iam().users().list().limit(50).send().await.expect("a page");
        assert_eq!(page.deviations().iter().map(ToString::to_string).collect::<Vec<_>>(), [deviation]);
        let mut users = client.iam().users().list().limit(50).items();
        let first = users.next().await.expect("one at least").expect("a user");
        assert_eq!(Some(&first), page.value().results.first(), "{name}");
    }
}

/// Calls borrow nothing: they are kept, sent to other threads, joined and raced.
#[tokio::test]
async fn calls_belong_to_nobody() {
    struct Kept<T, E>(Call<T, E>);
    fn is_owned<T: Send + 'static>(value: T) -> T {
        value
    }
    let cases = recording::all();
    let server = cases["users.get/seed"].serve();
    let kept = {
        let client = client(server.url());
        is_owned(Kept(client.iam().users().get(0)))
    };
    let again = kept.0.clone();
    let spawned = tokio::spawn(is_owned(kept.0.into_future()));
    let (first, second) = tokio::join!(spawned, again.into_future());
    let first = first.expect("the task does not panic").expect("a user");
    assert_eq!(second.expect("a user"), first);
    let client = client(server.url());
    drop(is_owned(client.iam().users().list().limit(1).into_future()));
    drop(is_owned(client.iam().users().list().items()));
    tokio::select! {
        user = client.iam().users().get(0).into_future() => assert_eq!(user.expect("a user"), first),
        () = tokio::time::sleep(std::time::Duration::from_secs(30)) => panic!("the server answers at once"),
    }
}

#[tokio::test]
async fn overrides_reach_the_wire() {
    let cases = recording::all();
    let server = cases["override/extra"].serve();
    let call = client(server.url());
    let call = call.iam().users().get(0).header("X-A", "1").header("Accept", "application/vnd.x+json");
    let pairs = [
        ("s", "a b/c&d=é+%"),
        ("list", "1"),
        ("list", "2"),
        ("list", "x y"),
        ("obj.k.n", "1"),
        ("t", "true"),
        ("f", "false"),
        ("zero", "0"),
        ("fl", "1.5"),
    ];
    let call = pairs.into_iter().fold(call, |call, (name, value)| call.query_pair(name, value));
    let response = call.timeout(Duration::from_secs(7)).send().await.expect("a user");
    assert_eq!(response.status(), 200);
    assert_eq!(response.value().id, 123);
    cases["override/extra"].assert_request(&server.received()[0]);
}

#[tokio::test]
async fn a_key_that_no_header_can_hold_is_refused_before_anything_is_sent() {
    for key in ["", "line\nbreak"] {
        let built = Client::builder().base_url("http://127.0.0.1:9").api_key(key).build();
        let error = built.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(!error.is_empty() && !error.contains("line\nbreak"), "{error}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let client =
        Client::builder().base_url("http://127.0.0.1:9").api_key("1234$abcdef").build().expect("a client");
    let users = client.iam();
    let printed = format!("{client:?} {:?} {:?}", users.users(), users.users().get(0));
    assert!(!printed.contains("abcdef"), "{printed}");
}
