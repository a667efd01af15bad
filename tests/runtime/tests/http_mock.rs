//! The transport in memory: what it matches, what it says of a call that is not expected, what it leaves to the client.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use runtime::models::{Group, Level};
use runtime::resources::UploadBody;
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::credential::{Place, Scheme};
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::mock::Mock;
use runtime::runtime::oauth::ClientCredentials;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::server::ListedServer;
use runtime::runtime::token::Token;
use runtime::runtime::tokens::TokenProvider;
use runtime::runtime::transport::{Attempt, BoxFuture, TransportErrorKind};
use runtime::runtime::value::Value;

fn mocked() -> (Mock, Client) {
    let mock = Mock::new();
    let client = Client::builder().api_key("1234$abcdef").transport(mock.clone()).build().unwrap();
    (mock, client)
}

fn group(name: &str) -> Group { Group { name: name.to_owned(), ..Group::default() } }

/// What `verify` panics with.
fn verified(mock: &Mock) -> Result<(), String> {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| mock.verify()));
    outcome.map_err(|payload| payload.downcast_ref::<String>().cloned().unwrap_or_default())
}

#[tokio::test]
async fn expected_calls_are_answered() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).returns(&group("admins"));
    mock.expect(client.groups().get(7)).returns_json(200, r#"{"name":"users"}"#);
    mock.expect(client.groups().get(404)).responds(404, "application/json", r#""no such group""#);
    mock.expect(client.groups().delete(1)).responds(204, "", "");
    assert_eq!(client.groups().get(7).await.unwrap().name, "users");
    assert_eq!(client.groups().get(0).await.unwrap().name, "admins");
    let Err(Error::Api(error)) = client.groups().get(404).await else { unreachable!() };
    assert_eq!((error.status().as_u16(), error.body().to_string()), (404, r#""no such group""#.to_owned()));
    client.groups().delete(1).await.unwrap();
    mock.verify();
}

#[tokio::test]
async fn the_same_call_is_answered_in_sequence() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).returns(&group("a"));
    mock.expect(client.groups().get(0)).returns(&group("b")).times(2);
    let mut names = Vec::new();
    for _ in 0..3 {
        names.push(client.groups().get(0).await.unwrap().name);
    }
    assert_eq!(names, ["a", "b", "b"]);
    mock.verify();
    let again = client.groups().get(0).await.unwrap_err().to_string();
    assert_eq!(again, "GET /groups/0 comes more often than the mock expects it, which is 3 times");
    assert!(verified(&mock).unwrap_err().contains("GET /groups/0 comes more often"));
}

#[tokio::test]
async fn attempts_are_those_of_the_client_and_take_no_time() {
    let start = std::time::Instant::now();
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).responds(503, "", "").header("Retry-After", "30");
    mock.expect(client.groups().get(0)).fails(TransportErrorKind::Connect);
    mock.expect(client.groups().get(0)).returns(&group("a"));
    let response = client.groups().get(0).send().await.unwrap();
    assert_eq!((response.attempts(), response.value().name.as_str()), (3, "a"));
    mock.verify();
    assert!(start.elapsed().as_secs() < 10, "nothing waits for 30 seconds");

    mock.expect(client.groups().get(1)).fails(TransportErrorKind::Timeout);
    let error = client.groups().get(1).retries(RetryPolicy::never()).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let number = |one: &http::Request<bytes::Bytes>| one.extensions().get::<Attempt>().unwrap().number();
    assert_eq!(mock.requests().iter().map(number).collect::<Vec<_>>(), [1, 2, 3, 1]);
}

#[tokio::test]
async fn redirects_are_followed() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).responds(307, "", "").header("Location", "/groups/1");
    mock.expect(client.groups().get(1)).returns(&group("moved"));
    assert_eq!(client.groups().get(0).await.unwrap().name, "moved");
    mock.verify();
}

#[tokio::test]
async fn a_miss_says_what_differs_and_is_not_repeated() {
    let (mock, client) = mocked();
    let none = client.groups().get(5).await.unwrap_err();
    assert_eq!(none.to_string(), "GET /groups/5 is not expected by the mock, which expects no call");
    mock.expect(client.groups().get(7)).returns(&group("a"));
    mock.expect(client.groups().list().limit(5)).returns_json(200, r#"{"count":0,"results":[]}"#);
    mock.expect(client.groups().update(3, &group("a"))).returns(&group("a"));

    let path = client.groups().get(5).await.unwrap_err();
    let nearest = "is not expected by the mock; the nearest call that is, is";
    assert_eq!(
        path.to_string(),
        format!("GET /groups/5 {nearest} GET /groups/7: the path is /groups/5, not /groups/7")
    );
    assert!(matches!(&path, Error::Transport(error) if error.kind() == TransportErrorKind::Other));

    let query = client.groups().list().limit(6).levels(vec![Level::Unknown(4)]).await.unwrap_err();
    let differs =
        "the query parameter `levels` is 4, and not expected; the query parameter `limit` is 6, not 5".to_owned();
    assert_eq!(query.to_string(), format!("GET /groups?limit=6&levels=4 {nearest} GET /groups?limit=5: {differs}"));
    let lacking = client.groups().list().await.unwrap_err().to_string();
    assert!(lacking.ends_with("the query parameter `limit` is missing, expected 5"), "{lacking}");

    let method = client.groups().delete(7).await.unwrap_err().to_string();
    assert!(method.ends_with("the method is DELETE, not GET"), "{method}");
    let body = client.groups().update(3, &group("b")).await.unwrap_err().to_string();
    assert!(body.ends_with(r#": `$.name` of the body is "b", not "a""#), "{body}");

    assert_eq!(mock.requests().len(), 6, "no miss is repeated");
    let problems = verified(&mock).unwrap_err();
    for problem in [
        "\n  GET /groups/7 is expected once, and did not come\n",
        "\n  GET /groups/5 is not expected by the mock, which expects no call\n",
        "\n  DELETE /groups/7 is not expected",
    ] {
        assert!(problems.contains(problem), "{problems}");
    }
}

#[tokio::test]
async fn how_often_a_call_comes_is_checked() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).returns(&group("a")).any_times();
    mock.verify();
    client.groups().get(0).await.unwrap();
    client.groups().get(0).await.unwrap();
    mock.verify();
    mock.expect(client.groups().get(1)).returns(&group("a")).times(2);
    client.groups().get(1).await.unwrap();
    let problem = verified(&mock).unwrap_err();
    assert!(problem.ends_with("GET /groups/1 is expected twice, and came once"), "{problem}");
    mock.expect(client.groups().get(2)).returns(&group("a")).times(0);
    let error = client.groups().get(2).await.unwrap_err().to_string();
    assert!(error.ends_with("which is never"), "{error}");
}

#[tokio::test]
async fn the_order_of_parameters_means_nothing() {
    let (mock, client) = mocked();
    let page = r#"{"count":0,"results":[]}"#;
    mock.expect(client.groups().list().limit(1).query_pair("a", "1").query_pair("a", "2")).returns_json(200, page);
    client.groups().list().query_pair("a", "1").limit(1).query_pair("a", "2").await.unwrap();
    mock.expect(client.groups().list().query_pair("a", "1").query_pair("a", "2")).returns_json(200, page);
    let error = client.groups().list().query_pair("a", "2").query_pair("a", "1").await.unwrap_err().to_string();
    assert!(error.ends_with("the query parameter `a` is 2, 1, not 1, 2"), "{error}");
}

#[tokio::test]
async fn pages_are_expected_one_by_one() {
    let (mock, client) = mocked();
    let list = || client.groups().list().limit(2);
    mock.expect(list()).returns_json(200, r#"{"count":3,"results":[{"name":"a"},{"name":"b"}]}"#);
    mock.expect(list().query_pair("offset", "2")).returns_json(200, r#"{"count":3,"results":[{"name":"c"}]}"#);
    assert_eq!(list().items().try_collect().await.unwrap().len(), 3);
    mock.verify();
}

#[tokio::test]
async fn headers_of_the_call_count_and_those_of_the_client_do_not() {
    let mock = Mock::new();
    let told = Client::builder().api_key("other secret").header("X-Team", "a").idempotency_header("Idempotency-Key");
    let told = told.transport(mock.clone()).build().unwrap();
    let client = Client::builder().api_key("1234$abcdef").transport(mock.clone()).build().unwrap();
    mock.expect(client.groups().get(0)).returns(&group("a")).times(2);
    told.groups().get(0).await.unwrap();
    client.groups().get(0).await.unwrap();
    mock.expect(client.groups().update(0, &group("a"))).returns(&group("a"));
    told.groups().update(0, &group("a")).await.unwrap();
    mock.verify();

    mock.expect(client.groups().get(1).header("X-Trace", "1")).returns(&group("a"));
    for (call, problem) in [
        (told.groups().get(1), "the header `x-trace` is missing, expected 1"),
        (told.groups().get(1).header("X-Trace", "2"), "the header `x-trace` is 2, not 1"),
        (
            told.groups().get(1).header("X-Trace", "1").header("X-Token", "hidden"),
            "the header `x-token` is (not shown), and not expected",
        ),
    ] {
        let error = call.await.unwrap_err().to_string();
        assert!(error.ends_with(problem), "{error}");
    }
    told.groups().get(1).header("X-Trace", "1").await.unwrap();
}

#[tokio::test]
async fn bodies_are_compared_by_what_they_say() {
    let (mock, client) = mocked();
    let call = |text: &'static str| {
        let (client, text) = (client.clone(), bytes::Bytes::from(text));
        Call::<Value, Undocumented>::json(&client, &POST).with_upload("application/json", text)
    };
    mock.expect(call(r#"{"a":[1,{"b c":2}],"d":null}"#)).returns(&Value::Null).any_times();
    call(r#"{ "d": null, "a": [1.0, {"b c": 2}] }"#).await.unwrap();
    for (body, problem) in [
        (r#"{"a":[1,{"b c":3}],"d":null}"#, r#"`$.a[1]["b c"]` of the body is 3, not 2"#),
        (r#"{"a":[1],"d":null}"#, r#"`$.a[1]` of the body is missing, expected {"b c":2}"#),
        (r#"{"a":[1,{"b c":2}]}"#, "`$.d` of the body is missing, expected null"),
        (r#"{"a":[1,{"b c":2}],"d":null,"e":true}"#, "`$.e` of the body is true, and not expected"),
        ("[]", r#"`$` of the body is [], not {"a":[1,{"b c":2}],"d":null}"#),
        ("", r#"the body is empty, not {"a":[1,{"b c":2}],"d":null}"#),
        ("{", r#"the body from byte 1 on is at its end, not "a":[1,{"b c":2}],"d":null}"#),
        ("ä", r#"the body is ä, not {"a":[1,{"b c":2}],"d":null}"#),
    ] {
        let error = call(body).await.unwrap_err().to_string();
        assert!(error.ends_with(problem), "{error}");
    }
    let text = call("1").with_upload("text/plain", bytes::Bytes::from("1"));
    let error = text.await.unwrap_err().to_string();
    assert!(error.contains("the header `content-type` is text/plain, not application/json"), "{error}");
}

static POST: Operation = Operation::new("post", "POST", "/post");

#[tokio::test]
async fn forms_of_parts_are_compared_without_their_boundary() {
    let (mock, client) = mocked();
    let form = |title: &str| UploadBody { title: Some(title.to_owned()), ..UploadBody::default() };
    mock.expect(client.groups().upload(1, &form("a"))).responds(204, "", "").any_times();
    client.groups().upload(1, &form("a")).await.unwrap();
    let error = client.groups().upload(1, &form("b")).await.unwrap_err().to_string();
    assert!(error.contains(r"the body from byte 164 on is b\r\n--boundary\r\nContent-Disposition: form-"), "{error}");
    assert!(error.contains(r", not a\r\n--boundary\r\n"), "{error}");
}

/// Credentials in each place where a request can have one.
static API: Api = Api {
    user_agent: "test/1.0",
    servers: &[ListedServer { url: "https://api.invalid/v1", variables: &[] }],
    base_path: "",
    base_url_env: None,
    schemes: &[
        Scheme::new("query", Place::Query { name: "api key" }),
        Scheme::new("cookie", Place::Cookie { name: "session" }),
        Scheme::new("header", Place::Header { name: "X-Key", prefix: "" }),
        Scheme::new("bearer", Place::Bearer),
    ],
    security: &[],
    strict_reading: false,
    idempotency_header: None,
};
static GET: Operation = Operation::new("get", "GET", "/get").security(&[&["query", "cookie", "header", "bearer"]]);

#[tokio::test]
async fn credentials_are_left_out_of_account_and_not_told() {
    let mock = Mock::new();
    let secret = "sesame-open/1";
    let schemes = ["query", "cookie", "header", "bearer"];
    let builder = schemes.iter().fold(ClientBuilder::new(&API), |builder, scheme| builder.secret(scheme, secret));
    let client = builder.header("Cookie", "lang=de").transport(mock.clone()).build().unwrap();
    let bare = ClientBuilder::new(&API).transport(mock.clone()).build().unwrap();
    let call = |client: &Client| Call::<Value, Undocumented>::json(client, &GET).with_cookie("own", &1);
    mock.expect(call(&bare)).returns(&Value::Null);
    call(&client).await.unwrap();
    let sent = mock.requests().remove(0);
    assert_eq!(sent.uri(), "https://api.invalid/v1/get?api%20key=sesame-open%2F1");
    assert_eq!(sent.headers()["cookie"], "lang=de; own=1; session=sesame-open/1");
    assert_eq!(sent.headers()["x-key"], secret);
    assert_eq!(sent.headers()["authorization"], format!("Bearer {secret}"));

    let echoed = format!("before {secret} after");
    let error = call(&client).query_pair("q", secret).with_upload("text/plain", echoed).await.unwrap_err();
    let long = format!("{}{secret}", "a".repeat(75));
    let cut = call(&client).query_pair("q", &long).await.unwrap_err();
    let said = format!("{cut} {error} {error:?} {mock:?} {}", verified(&mock).unwrap_err());
    assert!(said.contains("the query parameter `q` is REDACTED, and not expected"), "{said}");
    assert!(said.contains("the body is before REDACTED after, not empty"), "{said}");
    assert!(!said.contains("sesame"), "{said}");
    let other = call(&client).with_cookie("own", &2).await.unwrap_err().to_string();
    assert!(other.ends_with("the header `cookie` has another value"), "{other}");
}

#[tokio::test]
async fn values_are_written_as_the_call_reads_them() {
    let (mock, client) = mocked();
    let text = || Call::<String, Undocumented>::plain(&client, &PLAIN);
    mock.expect(text()).returns(&"two words".to_owned());
    assert_eq!(text().await.unwrap(), "two words");
    let parsed = || Call::<i64, Undocumented>::parsed_text(&client, &PLAIN);
    mock.expect(parsed()).returns(&7);
    assert_eq!(parsed().await.unwrap(), 7);
    let json = || Call::<String, Undocumented>::json(&client, &PLAIN);
    mock.expect(json()).returns(&"two words".to_owned());
    assert_eq!(json().await.unwrap(), "two words");
    mock.verify();
}

static PLAIN: Operation = Operation::new("plain", "GET", "/plain");

#[tokio::test]
async fn bodies_that_deviate_are_errors() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).returns_json(200, r#"{"name":null}"#);
    let error = client.groups().get(0).await.unwrap_err();
    assert!(matches!(&error, Error::Decode(_)), "{error}");
}

#[test]
#[should_panic(expected = "the text is not JSON: ")]
fn json_is_checked() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0)).returns_json(200, "{");
}

#[test]
#[should_panic(expected = "the expected call cannot be sent: header `a b`")]
fn an_invalid_call_is_not_expected() {
    let (mock, client) = mocked();
    mock.expect(client.groups().get(0).header("a b", "")).responds(204, "", "");
}

/// A key that the client makes is not part of what a call asks, and a client that fetches tokens gets one.
#[tokio::test]
async fn what_a_client_adds_by_itself_is_left_out_of_account() {
    static KEYED: Operation =
        Operation::new("pay", "POST", "/pay").security(&[&["bearer"]]).idempotency("X-Key-Of-Call");
    let mock = Mock::new();
    let credentials = ClientCredentials::new("id", "secret").issuer("https://login.invalid");
    let builder = ClientBuilder::new(&API).tokens("bearer", credentials);
    let client = builder.transport(mock.clone()).build().unwrap();
    let pay = || Call::<i64, Undocumented>::json(&client, &KEYED);
    mock.expect(pay()).responds(500, "", "");
    mock.expect(pay()).returns(&1);
    assert_eq!(pay().await.unwrap(), 1);
    mock.verify();
    let requests = mock.requests();
    assert_eq!(requests.len(), 2, "those for the token are not among them");
    assert_eq!(requests[0].headers()["authorization"], "Bearer REDACTED");
    assert_eq!(requests[0].headers()["x-key-of-call"], requests[1].headers()["x-key-of-call"]);
}

/// Time does not pass in a mock, also not for what a call waits for outside of it.
#[tokio::test]
async fn no_call_takes_too_long() {
    struct Slow;
    impl TokenProvider for Slow {
        fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn std::error::Error + Send + Sync>>> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Ok(Token::new("a"))
            })
        }
    }
    static SECURED: Operation = Operation::new("secured", "GET", "/x").security(&[&["bearer"]]);
    let mock = Mock::new();
    let builder = ClientBuilder::new(&API).tokens("bearer", Slow).total_timeout(Duration::from_secs(60));
    let client = builder.transport(mock.clone()).build().unwrap();
    let call = || Call::<i64, Undocumented>::json(&client, &SECURED);
    mock.expect(call()).returns(&1);
    assert_eq!(call().await.unwrap(), 1);
}
