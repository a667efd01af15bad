//! Tokens that are fetched when a call needs them, over real connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;
mod secured;

use std::ffi::OsString;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_server::{Seen, Server, answer, json};
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::credential::{Place, Scheme};
use runtime::runtime::error::Error;
use runtime::runtime::oauth::{ClientCredentials, RefreshToken};
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::token::Token;
use runtime::runtime::tokens::{TokenProvider, Tokens};
use runtime::runtime::transport::BoxFuture;
use secured::{SECURED, call, of_token};

/// A server of an API and of its tokens, `t1`, `t2` and so on, which are valid for so many seconds.
fn server(expires_in: &'static str, accepts: impl Fn(&str) -> bool + Send + 'static) -> Server {
    let issued = AtomicUsize::new(0);
    Server::start(move |seen| match seen.target.as_str() {
        "/token" => {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            json(&format!(r#"{{"access_token":"t{number}","token_type":"bearer","expires_in":{expires_in}}}"#))
        }
        _ if accepts(&seen.header("authorization").unwrap_or_default()) => json("1"),
        _ => answer("401 Unauthorized", &[], "who are you"),
    })
}

fn credentials(server: &Server) -> ClientCredentials {
    ClientCredentials::new("my id", "p:w").token_url(format!("{}/token", server.url()))
}

fn client(server: &Server, tokens: impl Into<Tokens>) -> Client {
    server.builder().tokens("Bearer", tokens).build().unwrap()
}

#[tokio::test]
async fn a_token_is_fetched_once_for_many_calls() {
    let server = server("3600", |authorization| authorization == "Bearer t1");
    let client = client(&server, credentials(&server).scopes(["read", "write all"]).parameter("audience", "a&b"));
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client).await })
        })
        .collect();
    for one in calls {
        assert_eq!(one.await.unwrap().unwrap(), 1);
    }
    let asked = of_token(&server);
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].method.as_str(), asked[0].target.as_str()), ("POST", "/token"));
    // RFC 6749 section 2.3.1: encoded as in a form, `my%20id:p%3Aw`
    assert_eq!(asked[0].header("authorization").as_deref(), Some("Basic bXklMjBpZDpwJTNBdw=="));
    assert_eq!(asked[0].header("content-type").as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked[0].body, "grant_type=client_credentials&scope=read%20write%20all&audience=a%26b");
}

#[tokio::test]
async fn credentials_go_into_the_body_where_asked() {
    let server = server("3600", |_| true);
    call(&client(&server, credentials(&server).in_body())).await.unwrap();
    let asked = of_token(&server);
    assert_eq!(asked[0].body, "grant_type=client_credentials&client_id=my%20id&client_secret=p%3Aw");
    assert_eq!(asked[0].header("authorization"), None);
}

#[tokio::test]
async fn a_token_is_replaced_before_it_expires() {
    // a tenth of the time early
    let server = server("\"2\"", |_| true);
    let client = client(&server, credentials(&server));
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(of_token(&server).len(), 1);
    tokio::time::sleep(Duration::from_millis(1900)).await;
    call(&client).await.unwrap();
    assert_eq!(of_token(&server).len(), 2);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let refusing = server("3600", |authorization| authorization == "Bearer t2");
    let client = client(&refusing, credentials(&refusing));
    assert_eq!(call(&client).await.unwrap(), 1);
    assert_eq!(call(&client).await.unwrap(), 1);
    assert_eq!((of_token(&refusing).len(), refusing.seen().len()), (2, 5));
    let again = self::client(&refusing, OnceWrong(AtomicUsize::new(0)));
    let response = Call::<i64>::json(&again, &SECURED).retries(RetryPolicy::never()).send().await.unwrap();
    assert_eq!(response.attempts(), 2);
    let never = server("3600", |_| false);
    let error = call(&self::client(&never, credentials(&never))).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert_eq!((of_token(&never).len(), never.seen().len()), (2, 4));
}

#[tokio::test]
async fn what_was_to_be_sent_is_sent_again_with_the_new_token() {
    static PAY: Operation =
        Operation::new("pay", "POST", "/pay").security(&[&["Bearer"]]).idempotency("Idempotency-Key");
    let server = server("3600", |authorization| authorization == "Bearer t2");
    let client = client(&server, credentials(&server));
    let paid = Call::<i64>::json(&client, &PAY).header("X-Trace", "7");
    assert_eq!(paid.await.unwrap(), 1);
    let sent: Vec<Seen> = server.seen().into_iter().filter(|seen| seen.target == "/pay").collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].header("idempotency-key"), sent[1].header("idempotency-key"));
    assert!(sent[1].header("idempotency-key").is_some() && sent[1].header("x-trace").is_some());
}

#[tokio::test]
async fn a_refresh_token_gives_way_to_its_successor() {
    let issued = AtomicUsize::new(0);
    let server = Server::start(move |seen| match seen.target.as_str() {
        "/token" => {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            json(&format!(r#"{{"access_token":"t{number}","refresh_token":"r{number}"}}"#))
        }
        _ if seen.header("authorization").as_deref() == Some("Bearer t2") => json("1"),
        _ => answer("401 Unauthorized", &[], ""),
    });
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeping = Arc::clone(&kept);
    let token = RefreshToken::new("r0").on_renewal(move |token| keeping.lock().unwrap().push(token.to_owned()));
    let token = token.public_client("app").token_url(format!("{}/token", server.url()));
    assert_eq!(call(&client(&server, token)).await.unwrap(), 1);
    let bodies: Vec<String> = of_token(&server).into_iter().map(|seen| seen.body).collect();
    assert_eq!(
        bodies,
        [
            "grant_type=refresh_token&refresh_token=r0&client_id=app",
            "grant_type=refresh_token&refresh_token=r1&client_id=app",
        ]
    );
    assert_eq!(*kept.lock().unwrap(), ["r1", "r2"]);
}

#[tokio::test]
async fn what_the_token_endpoint_says_is_told() {
    for (status, body, expected) in [
        (
            "400 Bad Request",
            r#"{"error":"invalid_client","error_description":"no such program"}"#,
            "answered 400, invalid_client: no such program",
        ),
        ("404 Not Found", "<html>", "answered 404"),
        ("400 Bad Request", r#"{"error":"wrong","error_description":"not p:w"}"#, "answered 400"),
        ("400 Bad Request", r#"{"error":"wrong","error_description":"not p%3Aw"}"#, "answered 400"),
        ("200 OK", "{}", "answered without one"),
        ("200 OK", r#"{"access_token":""}"#, "answered without one"),
        ("200 OK", "\"a\"", "answered without one"),
        ("200 OK", r#"{"access_token":"a\nb"}"#, "line break"),
    ] {
        let server = Server::start(move |_| answer(status, &[], body));
        let error = call(&client(&server, credentials(&server))).await.unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, Error::Request(_)) && text.contains(expected), "{text}");
        assert!(!text.contains("p:w") && !text.contains("p%3Aw") && !format!("{error:?}").contains("p:w"));
        assert_eq!(server.seen().len(), 1, "the API is not asked");
    }
    // as a call, it is repeated where the server did not act
    let server = Server::always(answer("503 Service Unavailable", &[("Retry-After", "0")], ""));
    call(&client(&server, credentials(&server))).await.unwrap_err();
    assert_eq!(server.seen().len(), 3);
}

/// Gives out a wrong token, then the right one.
struct OnceWrong(AtomicUsize);

impl TokenProvider for OnceWrong {
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn std::error::Error + Send + Sync>>> {
        let token = if self.0.fetch_add(1, Ordering::SeqCst) == 0 { "wrong" } else { "t2" };
        Box::pin(std::future::ready(Ok(Token::new(token))))
    }
}

/// Gives out numbered tokens, and fails from a number on.
struct Numbered(Arc<AtomicUsize>, usize);

impl TokenProvider for Numbered {
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn std::error::Error + Send + Sync>>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            match self.0.fetch_add(1, Ordering::SeqCst) + 1 {
                number if number > self.1 => Err("the vault is closed".into()),
                number => Ok(Token::new(format!("t{number}"))),
            }
        })
    }
}

#[tokio::test]
async fn a_provider_of_the_caller_s_is_asked() {
    let server = server("1", |authorization| authorization == "Bearer t2");
    let count = Arc::new(AtomicUsize::new(0));
    let client = client(&server, Numbered(count.clone(), 2));
    let (a, b) = tokio::join!(call(&client), call(&client));
    assert_eq!((a.unwrap(), b.unwrap(), count.load(Ordering::SeqCst)), (1, 1, 2));
    let closed = self::client(&server, Numbered(Arc::default(), 0));
    let error = call(&closed).await.unwrap_err();
    assert!(error.to_string().contains("security `Bearer`: there is no token: the vault is closed"), "{error}");
}

/// The next call fetches where one was dropped while it did.
#[tokio::test]
async fn a_dropped_call_holds_nobody_up() {
    let server = server("1", |_| true);
    let client = client(&server, Numbered(Arc::default(), 9));
    let first = tokio::time::timeout(Duration::from_millis(5), call(&client)).await;
    assert!(first.is_err());
    assert_eq!(call(&client).await.unwrap(), 1);
}

#[tokio::test]
async fn a_token_set_by_hand_is_not_replaced() {
    let server = server("3600", |authorization| authorization == "by hand");
    let client = client(&server, credentials(&server));
    let by_hand = Call::<i64>::json(&client, &SECURED).header("Authorization", "by hand");
    assert_eq!(by_hand.await.unwrap(), 1);
    assert!(of_token(&server).is_empty());
    let fixed = self::client(&server, "fixed");
    call(&fixed).await.unwrap_err();
    assert!(of_token(&server).is_empty());
}

#[test]
fn nothing_shows_a_secret() {
    let credentials =
        ClientCredentials::new("id", "hush").parameter("assertion", "hush").token_url("https://a.invalid");
    let shown = [
        format!("{credentials:?}"),
        format!("{:?}", RefreshToken::new("hush").client("id", "hush")),
        format!("{:?}", Token::new("hush")),
        format!("{:?}", Tokens::from("hush")),
        format!("{:?}", ClientBuilder::new(&http_server::API).tokens("Bearer", credentials)),
    ];
    assert!(shown.iter().all(|text| !text.contains("hush")), "{shown:?}");
}

#[test]
fn a_token_endpoint_is_needed() {
    let builder = || ClientBuilder::new(&http_server::API);
    for (credentials, expected) in [
        (ClientCredentials::new("a", "b"), "set `token_url`"),
        (ClientCredentials::new("a", "b").token_url("/token"), "is not a URL"),
        (ClientCredentials::new("a", "b").issuer("login"), "is not a URL"),
    ] {
        let error = builder().tokens("Bearer", credentials).build().unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert!(builder().tokens("Nobody", "x").build().is_err());
}

/// What a client sends with every call may be a credential, and a token endpoint may be another server's.
#[tokio::test]
async fn headers_of_the_client_stay_with_the_api() {
    let server = server("3600", |_| true);
    let builder =
        server.builder().header("X-Own", "hush").header("Authorization-Extra", "hush").header("Cookie", "a=hush");
    call(&builder.tokens("Bearer", credentials(&server)).build().unwrap()).await.unwrap();
    let asked = &of_token(&server)[0];
    assert_eq!(
        (asked.header("x-own"), asked.header("authorization-extra"), asked.header("cookie")),
        (None, None, None)
    );
    assert_eq!(asked.header("user-agent").as_deref(), Some("test-client/1.0"));
    let seen = server.seen();
    assert_eq!(seen[1].header("x-own").as_deref(), Some("hush"));
}

/// The token endpoint of the document follows the base URL, wherever that leads.
#[tokio::test]
async fn a_relative_token_endpoint_is_at_the_base_url() {
    static RELATIVE: Api =
        Api { schemes: &[Scheme::new("Bearer", Place::Bearer).token_url("/token")], ..http_server::API };
    let server = server("3600", |authorization| authorization == "Bearer t1");
    let builder = ClientBuilder::new(&RELATIVE).base_url(format!("{}/v1", server.url()));
    let client = http_server::direct(builder.tokens("Bearer", ClientCredentials::new("a", "b"))).build().unwrap();
    assert_eq!(call(&client).await.unwrap(), 1);
    assert_eq!(server.seen().into_iter().map(|seen| seen.target).collect::<Vec<_>>(), ["/token", "/v1/x"]);
}

static FROM_ENV: Api = Api {
    schemes: &[Scheme::new("Bearer", Place::Bearer)
        .env("TEST_TOKEN")
        .client_env("TEST_ID", "TEST_SECRET")
        .token_url_env("TEST_TOKEN_URL")
        .token_url("/token")],
    ..http_server::API
};

/// A builder with what the environment holds, as `from_env` makes it.
fn from_env(variables: &[(&str, &str)]) -> ClientBuilder {
    let find = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
    ClientBuilder::from_variables(&FROM_ENV, &find).client_credentials_from_variables(&find)
}

#[tokio::test]
async fn client_credentials_are_read_from_the_environment() {
    let server = server("3600", |authorization| authorization == "Bearer t1");
    let at = |builder: ClientBuilder| http_server::direct(builder.base_url(server.url())).build().unwrap();
    let program = [("TEST_ID", "a"), ("TEST_SECRET", "b")];
    assert_eq!(call(&at(from_env(&program))).await.unwrap(), 1);
    assert_eq!(of_token(&server)[0].header("authorization").as_deref(), Some("Basic YTpi"));
    // a token wins, unless it is blank
    call(&at(from_env(&[("TEST_TOKEN", "t1"), program[0], program[1]]))).await.unwrap();
    assert_eq!(of_token(&server).len(), 1);
    call(&at(from_env(&[("TEST_TOKEN", " "), program[0], program[1]]))).await.unwrap_err();
    assert_eq!(of_token(&server).len(), 3);
    for (half, set, unset) in [
        (&program[..1], "TEST_ID", "TEST_SECRET"),
        (&program[1..], "TEST_SECRET", "TEST_ID"),
        (&[program[0], ("TEST_SECRET", "\t")], "TEST_ID", "TEST_SECRET"),
    ] {
        let error = from_env(half).build().unwrap_err().to_string();
        let problem = format!("the environment variable `{set}` is set, and `{unset}` is not");
        assert!(error.ends_with(&problem), "{error}");
    }
    let error = call(&at(from_env(&[("TEST_TOKEN_URL", "x")]))).await.unwrap_err();
    assert!(error.to_string().contains("the client has no credential for it"), "{error}");
    // what the program sets wins
    call(&at(from_env(&program).tokens("Bearer", "t1"))).await.unwrap();
    assert_eq!(of_token(&server).len(), 3);
}

#[tokio::test]
async fn the_environment_names_another_token_endpoint() {
    let (api, tokens) = (server("3600", |_| true), server("3600", |_| true));
    let url = format!("{}/token", tokens.url());
    let variables = [("TEST_ID", "a"), ("TEST_SECRET", "b"), ("TEST_TOKEN_URL", url.as_str())];
    let builder = from_env(&variables).base_url(api.url());
    assert_eq!(call(&http_server::direct(builder).build().unwrap()).await.unwrap(), 1);
    assert_eq!((of_token(&api).len(), of_token(&tokens).len()), (0, 1));
    let error = from_env(&[variables[0], variables[1], ("TEST_TOKEN_URL", "hush")]).build().unwrap_err().to_string();
    assert!(error.contains("`Bearer`") && error.contains("is not a URL") && !error.contains("hush"), "{error}");
}

#[test]
fn the_environment_names_the_token_endpoint_that_the_document_lacks() {
    static LACKING: Api = Api {
        schemes: &[Scheme::new("Bearer", Place::Bearer)
            .client_env("TEST_ID", "TEST_SECRET")
            .token_url_env("TEST_TOKEN_URL")],
        ..http_server::API
    };
    let find = |name: &str| (name != "TEST_TOKEN_URL").then(|| OsString::from("a"));
    let builder = ClientBuilder::from_variables(&LACKING, &find).client_credentials_from_variables(&find);
    let error = builder.build().unwrap_err().to_string();
    assert!(error.ends_with("the environment variable `TEST_ID` is set, and `TEST_TOKEN_URL` is not"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_secret_that_is_not_unicode_is_an_error() {
    use std::os::unix::ffi::OsStringExt as _;
    let find = |name: &str| (name == "TEST_SECRET").then(|| OsString::from_vec(vec![0xFF]));
    let builder = ClientBuilder::from_variables(&FROM_ENV, &find).client_credentials_from_variables(&find);
    let error = builder.build().unwrap_err().to_string();
    assert_eq!(error, "the client could not be made: the environment variable `TEST_SECRET` is not Unicode");
}
