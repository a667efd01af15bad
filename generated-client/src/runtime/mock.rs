// needs: asked body call client codec difference operation outcome redact response transport value | crates: bytes http
//! A transport in memory: it answers the calls that a test expects, and refuses all others.
//!
//! An expected call is made as any other and given to [`Mock::expect`] rather than awaited. It is matched by what it
//! would send, so that there is nothing to generate for it.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, StatusCode};

use super::asked::Asked;
use super::body::Body;
use super::call::Call;
use super::client::Sender;
use super::codec::{Codec, from_json, to_json, to_parts};
use super::difference::{differences, nearest};
use super::operation::Operation;
use super::outcome::{Outcome, is_confidential};
use super::redact::Secrets;
use super::response::{BodyError, RawBody, Reply};
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use super::value::Value;

/// A transport that answers from memory, for tests: each call that it answers is expected before.
///
/// ```ignore
/// let mock = Mock::new();
/// let client = Client::builder().api_key("any").transport(mock.clone()).build()?;
/// mock.expect(client.users().get(7)).returns_json(200, r#"{"id": 7}"#);
/// mock.expect(client.users().delete(7)).responds(503, "", "").header("Retry-After", "1");
/// mock.expect(client.users().delete(7)).responds(204, "", "");
///
/// program_under_test(&client).await;
/// mock.verify();
/// ```
///
/// A request is the expected one if method, path, query, body, and the headers that either call sets, are the same;
/// JSON bodies are compared by value, and parameters of the query in any order. The host does not count, nor does a body
/// that is a stream or a file of the disk, nor what the client adds to each call, its credentials above all. A client that fetches tokens gets one. A call that is not
/// expected fails with an error of the transport that names the nearest expectation and in what the call differs. It is
/// not repeated.
///
/// Retries, redirects and decoding are those of the client, but no time passes between attempts. A body that deviates
/// from the document is an error, unless [`strict_reading`](super::builder::ClientBuilder::strict_reading) says
/// otherwise. Clones share what is expected and received.
#[derive(Clone, Default)]
pub struct Mock {
    state: Arc<Mutex<State>>,
    /// How often random bits were asked for: they are the same in each run.
    randoms: Arc<AtomicU64>,
}

#[derive(Default)]
struct State {
    expected: Vec<Expected>,
    received: Vec<http::Request<Bytes>>,
    /// What was said of calls that are not expected.
    missed: Vec<String>,
}

/// An expected call and its answer.
struct Expected {
    asked: Asked,
    /// How many times it is expected; `None` for any number.
    times: Option<usize>,
    came: usize,
    outcome: Outcome,
}

impl Mock {
    /// Creates a mock that expects nothing yet.
    pub fn new() -> Self { Self::default() }

    /// Expects a call, once unless [`Answer::times`] says otherwise. It has no effect before the answer is given.
    ///
    /// Calls that ask the same are answered in the order in which they are expected. To try how a client repeats a
    /// call, expect it first with the failure and then with the value.
    ///
    /// # Panics
    ///
    /// If the call cannot be sent, because one of its parameters is not valid.
    #[track_caller]
    pub fn expect<T, E>(&self, call: impl Into<Call<T, E>>) -> Expectation<T> {
        let Call { client, request, read, .. } = call.into();
        let asked = valid("the expected call cannot be sent", Asked::of_call(&client, &request));
        Expectation { mock: self.clone(), asked, operation: request.operation(), read }
    }

    /// Checks that each expected call came as often as it was expected, and no other.
    ///
    /// # Panics
    ///
    /// If a call is missing, or came that was not expected; the message lists them.
    #[track_caller]
    pub fn verify(&self) {
        let problems = self.lock().problems();
        assert!(problems.is_empty(), "the calls are not those that were expected:\n  {}", problems.join("\n  "));
    }

    /// The requests that came, expected or not, in their order: each attempt of a call is one.
    ///
    /// Their extensions hold the called [`Operation`] and the [`Attempt`](super::transport::Attempt).
    pub fn requests(&self) -> Vec<http::Request<Bytes>> { self.lock().received.clone() }

    fn lock(&self) -> MutexGuard<'_, State> { self.state.lock().unwrap_or_else(PoisonError::into_inner) }

    async fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let body = body.collect(usize::MAX).await?;
        let outcome = self.lock().take(parts, body)?;
        outcome.returned("the mock fails as it was told to")
    }
}

impl Transport for Mock {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    /// Returns at once, so that the wait before another attempt is left out.
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::ready(())) }

    /// Never returns: no call takes too long here.
    fn limit(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::pending()) }

    fn can_sleep(&self) -> bool { true }

    /// Counts, so that each idempotency key is another one.
    fn random(&self) -> u64 { self.randoms.fetch_add(1, Ordering::Relaxed) }

    fn strict_reading(&self) -> bool { true }
}

impl State {
    /// Notes a request, and finds what it is answered with.
    fn take(&mut self, mut parts: Parts, body: Bytes) -> Result<Outcome, TransportError> {
        if is_confidential(&parts) {
            return Ok(Outcome::token(&parts));
        }
        let (asked, secrets) = (Asked::of_request(&parts, &body), Secrets::of(&parts));
        parts.extensions.remove::<Sender>();
        self.received.push(http::Request::from_parts(parts, body));
        let is_open = |one: &&mut Expected| one.times.is_none_or(|times| one.came < times);
        let mut matching = self.expected.iter_mut().filter(|one| differences(&asked, &one.asked).is_empty());
        if let Some(expected) = matching.find(is_open) {
            expected.came += 1;
            return Ok(expected.outcome.clone());
        }
        let missed = self.miss(&asked, &secrets);
        self.missed.push(missed.clone());
        Err(TransportError::new(TransportErrorKind::Other, missed))
    }

    /// Says why a request is not expected.
    fn miss(&self, asked: &Asked, secrets: &Secrets) -> String {
        let shown = asked.redacted(secrets).shown();
        let same = self.expected.iter().filter(|one| differences(asked, &one.asked).is_empty());
        let total: Vec<usize> = same.filter_map(|one| one.times).collect();
        if !total.is_empty() {
            let total = times(total.into_iter().sum());
            return format!("{shown} comes more often than the mock expects it, which is {total}");
        }
        let expected: Vec<Asked> = self.expected.iter().map(|one| one.asked.redacted(secrets)).collect();
        match nearest(&asked.redacted(secrets), &expected) {
            Some((nearest, differences)) => {
                let nearest = nearest.shown();
                format!("{shown} is not expected by the mock; the nearest call that is, is {nearest}: {differences}")
            }
            None => format!("{shown} is not expected by the mock, which expects no call"),
        }
    }

    /// What is not as it was expected.
    fn problems(&self) -> Vec<String> {
        let due = self.expected.iter().filter_map(|one| Some((one, one.times.filter(|times| *times != one.came)?)));
        let missing = due.map(|(one, due)| {
            let came = if one.came == 0 { "did not come".to_owned() } else { format!("came {}", times(one.came)) };
            format!("{} is expected {}, and {came}", one.asked.shown(), times(due))
        });
        missing.chain(self.missed.iter().cloned()).collect()
    }
}

/// What a test says, which is checked where it says it.
#[track_caller]
#[allow(clippy::panic, reason = "a test that is wrong fails by panicking")]
fn valid<T, E: fmt::Display>(what: &str, checked: Result<T, E>) -> T {
    match checked {
        Ok(valid) => valid,
        Err(problem) => panic!("{what}: {problem}"),
    }
}

fn times(number: usize) -> String {
    match number {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// A call that is expected as soon as it has an answer.
#[must_use = "a call is expected only with an answer"]
pub struct Expectation<T> {
    mock: Mock,
    asked: Asked,
    operation: &'static Operation,
    read: fn(&mut Reply) -> Result<T, BodyError>,
}

impl<T> Expectation<T> {
    /// Answers with status 200 and this value: as JSON, or as text where the call reads that.
    ///
    /// # Panics
    ///
    /// If the value cannot be written, such as a float that is not a number.
    #[track_caller]
    pub fn returns(self, value: &T) -> Answer
    where
        T: Codec,
    {
        let json = Bytes::from(valid("the value cannot be written", to_json(value)));
        let text = to_parts(value).ok().and_then(|text| text.as_str().map(|text| Bytes::from(text.to_owned())));
        let is_kept = |media_type: &str, body: &Bytes| self.reads(media_type, body).as_ref() == Some(&json);
        match text.filter(|text| !is_kept(JSON, &json) && is_kept(TEXT, text)) {
            Some(text) => self.responds(200, TEXT, text),
            None => self.responds(200, JSON, json),
        }
    }

    /// Answers with a status and a JSON text.
    ///
    /// # Panics
    ///
    /// If the text is not JSON.
    #[track_caller]
    pub fn returns_json(self, status: u16, json: &str) -> Answer {
        valid("the text is not JSON", from_json::<Value>(json.as_bytes()));
        self.responds(status, JSON, json.to_owned())
    }

    /// Answers with a status and a body of a media type. An empty media type leaves out `Content-Type`.
    ///
    /// # Panics
    ///
    /// If no response can have such a status or media type.
    #[track_caller]
    pub fn responds(self, status: u16, media_type: &str, body: impl Into<Bytes>) -> Answer {
        let status = valid("the status of an answer", StatusCode::from_u16(status));
        let mut headers = HeaderMap::new();
        if !media_type.is_empty() {
            headers.insert(CONTENT_TYPE, valid("the media type of an answer", HeaderValue::from_str(media_type)));
        }
        self.answered(Outcome::Reply(status, headers, body.into()))
    }

    /// Fails without a response, as a transport does. What the client repeats by itself depends on the kind.
    pub fn fails(self, kind: TransportErrorKind) -> Answer { self.answered(Outcome::Failure(kind)) }

    /// What the call reads from a body, as JSON.
    fn reads(&self, media_type: &str, body: &Bytes) -> Option<Bytes>
    where
        T: Codec,
    {
        let headers = [(CONTENT_TYPE, HeaderValue::from_str(media_type).ok()?)].into_iter().collect();
        let reply = Reply::new(StatusCode::OK, headers, RawBody::from(body.clone()), false);
        let value = (self.read)(&mut reply.documented(self.operation.accept)).ok()?;
        to_json(&value).ok().map(Bytes::from)
    }

    fn answered(self, outcome: Outcome) -> Answer {
        let mut state = self.mock.lock();
        let index = state.expected.len();
        state.expected.push(Expected { asked: self.asked, times: Some(1), came: 0, outcome });
        drop(state);
        Answer { mock: self.mock, index }
    }
}

/// The media types of values.
const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// The answer to an expected call, which can be told more of.
#[derive(Clone, Debug)]
pub struct Answer {
    mock: Mock,
    index: usize,
}

impl Answer {
    /// Expects the call so many times, each with this answer. With 0, the call must not come.
    pub fn times(self, times: usize) -> Self { self.change(|expected| expected.times = Some(times)) }

    /// Allows the call any number of times, also none, each with this answer.
    pub fn any_times(self) -> Self { self.change(|expected| expected.times = None) }

    /// Adds a header to the response.
    ///
    /// # Panics
    ///
    /// If no response can have such a header, or the answer is a failure, which has none.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        let name = valid("the name of a header", HeaderName::from_bytes(name.as_bytes()));
        let value = valid("the value of a header", HeaderValue::from_str(value));
        let mut is_reply = false;
        let answer = self.change(|expected| {
            if let Outcome::Reply(_, headers, _) = &mut expected.outcome {
                headers.append(name, value);
                is_reply = true;
            }
        });
        assert!(is_reply, "a failure has no headers");
        answer
    }

    fn change(self, change: impl FnOnce(&mut Expected)) -> Self {
        if let Some(expected) = self.mock.lock().expected.get_mut(self.index) {
            change(expected);
        }
        self
    }
}

/// Says how many calls are expected, and how many came.
impl fmt::Debug for Mock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        out.debug_struct("Mock")
            .field("expected", &state.expected.len())
            .field("received", &state.received.len())
            .finish_non_exhaustive()
    }
}

/// Says what is expected.
impl<T> fmt::Debug for Expectation<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Expectation").field("operation", &self.operation.id()).finish_non_exhaustive()
    }
}
