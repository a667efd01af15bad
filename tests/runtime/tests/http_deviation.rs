//! Replies that deviate, as calls meet them: told, refused where that is asked for, and never shown without end.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http_server::{API, Server, answer, json};
use runtime::lenient_models::{Badge, Keeper};
use runtime::runtime::api_error::{Documented, Undocumented};
use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::operation::{Operation, Status};
use runtime::runtime::transport::{BoxFuture, Transport, TransportError};

static GET: Operation = Operation::new("getKeeper", "GET", "/keepers/a~b").errors(&[Status::Exact(404)]);

const DEVIATING: &str = r#"{"id":"7","badge":{"number":[]}}"#;

fn keeper<E>(client: &Client) -> Call<Keeper, E> { Call::json(client, &GET) }

#[tokio::test]
async fn a_response_tells_where_it_deviates() {
    let server = Server::always(json(DEVIATING));
    let client = server.client();
    let response = keeper::<Undocumented>(&client).send().await.unwrap();
    let told: Vec<_> = response.deviations().iter().map(|one| (one.path(), one.expected(), one.found())).collect();
    assert_eq!(
        told,
        [("$.id".to_owned(), "a number", "a string"), ("$.badge.number".to_owned(), "a number", "an array"),]
    );
    assert_eq!(response.value().id, 7);
    assert_eq!(response.map(|keeper| keeper.id).deviations().len(), 2);
    let server = Server::always(json(r#"{"id":7,"badge":{"number":1,"since":null}}"#));
    assert!(keeper::<Undocumented>(&server.client()).send().await.unwrap().deviations().is_empty());
}

#[tokio::test]
async fn an_error_tells_where_it_deviates() {
    let server = Server::always(answer("404 Not Found", &[], DEVIATING));
    let Err(Error::Api(error)) = keeper::<Documented<Keeper>>(&server.client()).await else { unreachable!("404") };
    assert_eq!(error.documented().unwrap().id, 7);
    assert_eq!(error.deviations().len(), 2);
}

#[tokio::test]
async fn reading_strictly_is_a_choice() {
    let server = Server::always(json(DEVIATING));
    let client = server.builder().strict_reading(true).build().unwrap();
    let error = keeper::<Undocumented>(&client).await.unwrap_err();
    assert!(error.to_string().contains("expected a number, found a string at $.id (line 1, column 7)"), "{error}");
    let server = Server::always(answer("404 Not Found", &[], DEVIATING));
    let client = server.builder().strict_reading(true).build().unwrap();
    let Err(Error::Api(error)) = keeper::<Documented<Keeper>>(&client).await else { unreachable!("404") };
    assert!(error.unreadable().unwrap().to_string().contains("at $.id"));
}

/// A transport of tests.
struct Canned(&'static str);

impl Transport for Canned {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async { Ok(http::Response::new(Body::from(self.0))) })
    }

    fn strict_reading(&self) -> bool { true }
}

#[tokio::test]
async fn a_transport_of_tests_reads_strictly_unless_told_otherwise() {
    let builder = || ClientBuilder::new(&API).transport(Canned(DEVIATING));
    assert!(keeper::<Undocumented>(&builder().build().unwrap()).await.is_err());
    let client = builder().strict_reading(false).build().unwrap();
    assert_eq!(keeper::<Undocumented>(&client).await.unwrap().id, 7);
}

/// What a person needs: status, media type, path, expectation, the start of the body, and what to write where.
#[tokio::test]
async fn an_error_says_what_to_do() {
    let line = |says: &str| {
        format!(
            "to have it read, write below [corrections] in cratewright.toml: \
             \"#/paths/~1keepers~1a~0b/get/responses/200\" = \"{says}\""
        )
    };
    for (media_type, body, parts) in [
        (
            "text/csv; charset=utf-8",
            "id,name\n1,a",
            vec!["the body is text/csv, not JSON", r#"it begins "id,name\n1,a""#, &line("text/csv")],
        ),
        (
            "application/json",
            "[]",
            vec!["200 OK", "`getKeeper`", "expected an object, found an array at $ (line 1, column 1)", &line("any")],
        ),
        ("application/problem+json", r#"{"number":{}}"#, vec!["at $.number", &line("any")]),
    ] {
        let server = Server::always(answer("200 OK", &[("Content-Type", media_type)], body));
        let client = server.client();
        let error = Call::<Badge>::json(&client, &GET).await.unwrap_err().to_string();
        parts.iter().for_each(|part| assert!(error.contains(part), "{error}\nlacks {part}"));
    }
    let long = "é".repeat(100);
    let server = Server::always(answer("200 OK", &[("Content-Type", "application/json")], format!("{{\"{long}\":")));
    let error = keeper::<Undocumented>(&server.client()).await.unwrap_err().to_string();
    assert!(!error.contains("corrections"), "nothing mends a body that is cut short: {error}");
    assert!(error.ends_with(&format!("it begins {:?}", format!("{{\"{}", "é".repeat(58)))), "{error}");
}

/// No secret, and no body without end, is shown to who debugs.
#[tokio::test]
async fn debug_shows_the_start_and_no_secret() {
    let headers =
        [("Set-Cookie", "sid=hush1"), ("X-Api-Key", "hush2"), ("WWW-Authenticate", "hush3"), ("X-Id", "shown")];
    let long = format!(r#"{{"id":1,"badge":{{"number":1,"since":"{}"}}}}"#, "x".repeat(100_000));
    let server = Server::always(answer("200 OK", &headers, &long));
    let client = server.client();
    let response = keeper::<Undocumented>(&client).send().await.unwrap();
    let failure = Call::<Vec<i64>>::json(&client, &GET).await.unwrap_err();
    let server = Server::always(answer("404 Not Found", &headers, &long));
    let error = keeper::<Documented<Keeper>>(&server.client()).await.unwrap_err();
    for shown in [format!("{response:?}"), format!("{response:#?}"), format!("{error:?}"), format!("{failure:?}")] {
        assert!(!shown.contains("hush"), "{shown}");
        assert!(shown.contains("shown") && shown.contains("100"), "{shown}");
        assert!(shown.len() < 4_000, "{} bytes", shown.len());
        assert!(shown.matches('x').count() < 2_200, "twice 1 KiB at most: of the body and of the value");
    }
}

/// Counts the events that come, and keeps what they say.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<String>>>, Arc<AtomicUsize>);

struct Fields<'a>(&'a mut String);

impl tracing::field::Visit for Fields<'_> {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!("{field}={value:?};"));
    }
}

impl tracing::Subscriber for Listener {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool { true }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(self.1.fetch_add(1, Ordering::Relaxed) as u64 + 1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut said = String::new();
        event.record(&mut Fields(&mut said));
        if said.contains("getKeeper") {
            self.0.lock().unwrap().push(said);
        }
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn each_deviation_is_an_event() {
    let listener = Listener::default();
    let server = Server::always(json(DEVIATING));
    let client = server.client();
    tracing::subscriber::with_default(listener.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { keeper::<Undocumented>(&client).await }).unwrap();
    });
    let said = listener.0.lock().unwrap();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].contains(r#"path="$.badge.number""#) && said[1].contains(r#"found="an array""#), "{said:?}");
}
