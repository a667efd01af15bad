// needs: body client har layer outcome redact transport | crates: bytes http
//! A transport that writes what it carries to a file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};

use super::body::Body;
use super::client::{Client, over};
use super::har;
use super::layer::original;
use super::outcome::is_confidential;
use super::redact::Secrets;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that carries requests by another one, and writes each exchange to a file: HAR 1.2, which
/// [`Replay`](super::replay::Replay) plays back, and which other tools read.
///
/// The file is written anew with each exchange, and replaced as a whole, so that it holds what came so far even if the
/// program is aborted. An exchange is an attempt or a redirect of a call; one that is given up, because the call takes
/// too long, is not in it. That the file cannot be written is an error of the call. A file takes one recorder at a time.
///
/// Secrets are not written. In their place stands `REDACTED`: in the headers, query parameters and cookies of the API's
/// security schemes, in `Authorization`, `Proxy-Authorization`, `Cookie` and `Set-Cookie`, and wherever else the text
/// of a credential of the client occurs, if it has at least 8 bytes. What else is secret is known to you alone, such as
/// a token that the server sends in a body: read a recording before you give it away. What fetches a token for the
/// client is not recorded at all.
///
/// Bodies are recorded whole, and passed on only then: a stream of items arrives at once when it ends.
#[derive(Clone)]
pub struct Recorder {
    transport: Arc<dyn Transport>,
    path: Arc<Path>,
    /// The exchanges so far, as they are written.
    entries: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    /// Creates a recorder over a transport. The file is replaced by the first exchange, and its folder is made then.
    pub fn new(transport: impl Transport + 'static, path: impl Into<PathBuf>) -> Self {
        Self { transport: Arc::new(transport), path: path.into().into(), entries: Arc::default() }
    }

    /// A client that is as another one and records what it sends, whatever that client's transport is:
    /// `Recorder::around(&Client::from_env()?, "tests/users.har")`.
    pub fn around(client: &Client, path: impl Into<PathBuf>) -> Client {
        over(client, |transport| Arc::new(Self::new(transport, path)))
    }

    async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let (start, clock) = (SystemTime::now(), Instant::now());
        let (parts, body) = request.into_parts();
        if is_confidential(&parts) {
            return self.transport.send(Request::from_parts(parts, body)).await;
        }
        let body = body.collect(usize::MAX).await?;
        let secrets = Secrets::of(&parts);
        let (shown, sent) = original(&parts, &body);
        let asked = har::asked(&shown, &sent, &secrets);
        let outcome = self.carry(Request::from_parts(parts, Body::from(body))).await;
        let answered = match &outcome {
            Ok((parts, body)) => har::answered(parts, body, &secrets),
            Err(error) => har::failed(error.kind()),
        };
        self.keep(har::entry(asked, answered, start, clock.elapsed()))?;
        outcome.map(|(parts, body)| Response::from_parts(parts, Body::from(body)))
    }

    async fn carry(&self, request: Request<Body>) -> Result<(Parts, Bytes), TransportError> {
        let (parts, body) = self.transport.send(request).await?.into_parts();
        Ok((parts, body.collect(usize::MAX).await?))
    }

    /// Adds an exchange to the file.
    fn keep(&self, entry: String) -> Result<(), TransportError> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(entry);
        write(&self.path, &har::log(&entries)).map_err(|error| {
            let message = format!("the recording {} cannot be written: {error}", self.path.display());
            TransportError::new(TransportErrorKind::Other, message).with_source(error)
        })
    }
}

/// Replaces a file as a whole: what is written first goes to another file beside it.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    std::fs::write(&part, text)?;
    std::fs::rename(&part, path)
}

impl Transport for Recorder {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> { self.transport.sleep(time) }

    fn limit(&self, time: Duration) -> BoxFuture<'static, ()> { self.transport.limit(time) }

    fn can_sleep(&self) -> bool { self.transport.can_sleep() }

    fn random(&self) -> u64 { self.transport.random() }

    fn strict_reading(&self) -> bool { self.transport.strict_reading() }
}

/// Says where it writes to.
impl fmt::Debug for Recorder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Recorder").field("path", &self.path).finish_non_exhaustive()
    }
}
