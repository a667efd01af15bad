//! What a subscriber of `tracing` is told of calls.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http_server::{Server, answer, json};
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::operation::Operation;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

static GET: Operation = Operation::new("getThing", "GET", "/things/{id}").security(&[&["Key"]]);

/// Keeps what it is told, a line for each span, record and event.
#[derive(Clone, Default)]
struct Listener {
    lines: Arc<Mutex<Vec<String>>>,
    /// The spans there were, and those that are entered.
    spans: Arc<Mutex<Vec<&'static Metadata<'static>>>>,
    entered: Arc<Mutex<Vec<Id>>>,
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) { self.0.push_str(&format!(" {field}={value:?}")); }
}

impl Listener {
    fn keep(&self, what: &str, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(what.to_owned());
        record(&mut fields);
        self.lines.lock().unwrap().push(fields.0);
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool { metadata.target().starts_with("runtime") }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.keep("span", |fields| span.record(fields));
        let mut spans = self.spans.lock().unwrap();
        spans.push(span.metadata());
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, _: &Id, values: &Record<'_>) { self.keep("record", |fields| values.record(fields)); }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) { self.keep("event", |fields| event.record(fields)); }

    fn enter(&self, span: &Id) { self.entered.lock().unwrap().push(span.clone()); }

    fn exit(&self, _: &Id) { self.entered.lock().unwrap().pop(); }

    fn current_span(&self) -> Current {
        let entered = self.entered.lock().unwrap();
        let Some(id) = entered.last() else { return Current::none() };
        Current::new(id.clone(), self.spans.lock().unwrap()[id.into_u64() as usize - 1])
    }
}

/// What is told of a call.
fn told(client: &Client) -> (Result<i64, Error>, Vec<String>) {
    let listener = Listener::default();
    let outcome = tracing::subscriber::with_default(listener.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = Call::json(client, &GET).with_path("id", &"hush-path").with_query("q", &"hush-query");
        runtime.block_on(call.into_future())
    });
    let lines = listener.lines.lock().unwrap().clone();
    (outcome, lines)
}

#[test]
fn a_call_is_a_span_and_an_attempt_an_event() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => answer("503 Service Unavailable", &[("Retry-After", "0")], "hush-body"),
        _ => json("1"),
    });
    let client = server.builder().secret("Key", "hush-key").build().unwrap();
    let (outcome, told) = told(&client);
    assert_eq!(outcome.unwrap(), 1);
    let span = &told[0];
    for field in [
        r#"otel.name=GET /things/{id}"#,
        r#"otel.kind="client""#,
        r#"operation="getThing""#,
        r#"http.request.method="GET""#,
        r#"url.template="/things/{id}""#,
        r#"server.address="127.0.0.1""#,
    ] {
        assert!(span.starts_with("span ") && span.contains(field), "{field}: {told:?}");
    }
    let is_attempt = |line: &&String| line.starts_with("event") && line.contains("http.request.resend_count");
    let attempts: Vec<&String> = told.iter().filter(is_attempt).collect();
    assert_eq!(attempts.len(), 2, "{told:?}");
    assert!(attempts[0].contains("resend_count=0") && attempts[0].contains("status_code=503"), "{told:?}");
    assert!(attempts[0].contains(r#"error.type="503""#), "{told:?}");
    assert!(attempts[1].contains("resend_count=1") && attempts[1].contains("status_code=200"), "{told:?}");
    assert!(!attempts[1].contains("error.type"), "{told:?}");
    let records: Vec<&String> = told.iter().filter(|line| line.starts_with("record")).collect();
    assert!(records.iter().any(|line| line.contains("http.response.status_code=200")), "{told:?}");
    assert!(records.iter().any(|line| line.contains("resend_count=1")), "{told:?}");
    assert!(records.iter().all(|line| !line.contains("error.type")), "it succeeded at last: {told:?}");
    assert!(told.iter().all(|line| !line.contains("hush")), "{told:?}");
}

#[test]
fn a_failure_is_told_by_its_kind() {
    let server = Server::always(Vec::new());
    let client = server.builder().secret("Key", "hush-key").build().unwrap();
    let (outcome, told) = told(&client);
    outcome.unwrap_err();
    assert!(
        told.iter().any(|line| line.starts_with("record") && line.contains(r#"error.type="interrupted""#)),
        "{told:?}"
    );
    assert!(told.iter().all(|line| !line.contains("hush")), "{told:?}");
}
