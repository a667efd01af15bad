//! A transport that sends through the client's own and keeps each exchange.

use std::{
    fs,
    path::Path,
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, response::Parts};
use jupyter_client::transport::{Body, BoxFuture, ReqwestTransport, Transport, TransportError};
use serde_json::{Map, Value, json};

/// Headers that say who calls.
const WITHHELD: [&str; 3] = ["authorization", "cookie", "set-cookie"];

/// The longest body that is recorded, in bytes.
const LONGEST_BODY: usize = 64 << 20;

/// The exchanges of a run, in order.
pub struct Recorder {
    inner: ReqwestTransport,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    call: String,
    exchanges: Vec<Value>,
}

impl Recorder {
    /// One that has recorded nothing.
    pub fn new() -> Result<Self, TransportError> {
        let inner = ReqwestTransport::without_proxy(Some(Duration::from_secs(5)))?;
        Ok(Self { inner, kept: Mutex::default() })
    }

    /// Names the call that the next exchanges belong to: two, where one is a redirect.
    pub fn begin(&self, call: &str) {
        self.kept().call = call.to_owned();
    }

    /// Writes all exchanges to a file, in which the token must not stand.
    pub fn write(&self, path: &Path, token: &str) {
        let text = serde_json::to_string_pretty(&self.kept().exchanges).expect("values are JSON");
        assert!(!text.contains(token), "the recording holds the token");
        fs::write(path, text + "\n").expect("the recording can be written");
    }

    fn keep(&self, request: Value, response: &Parts, body: &Bytes) {
        let response = json!({
            "status": response.status.as_u16(),
            "headers": headers(&response.headers),
            "body": text(body),
        });
        let mut kept = self.kept();
        let exchange = json!({ "case": kept.call, "request": request, "response": response });
        kept.exchanges.push(exchange);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().expect("no call panics while it records")
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let sent = json!({
            "method": request.method().as_str(),
            "path": request.uri().path(),
            "query": request.uri().query().unwrap_or_default(),
            "headers": headers(request.headers()),
            "body": request.body().as_bytes().map_or(Value::Null, text),
        });
        Box::pin(async move {
            let (head, body) = self.inner.send(request).await?.into_parts();
            let body = body.collect(LONGEST_BODY).await?;
            self.keep(sent, &head, &body);
            Ok(Response::from_parts(head, body.into()))
        })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.inner.sleep(time)
    }
}

fn headers(headers: &HeaderMap) -> Value {
    let shown = headers.iter().filter(|(name, _)| !WITHHELD.contains(&name.as_str()));
    let pairs = shown.map(|(name, value)| (name.to_string(), Value::String(text_of(value.as_bytes()))));
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// A body; `null` if there is none.
fn text(body: &Bytes) -> Value {
    if body.is_empty() { Value::Null } else { Value::String(text_of(body)) }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("this API sends text")
}
