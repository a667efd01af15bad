// needs: asked body difference error har outcome redact transport | crates: bytes http
//! A transport that plays a recording back.

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};

use super::asked::Asked;
use super::body::Body;
use super::difference::{differences, nearest};
use super::error::ConfigError;
use super::har;
use super::outcome::{Outcome, is_confidential};
use super::redact::Secrets;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that answers from what a [`Recorder`](super::recorder::Recorder) has written, without a network.
///
/// A request is looked up as [`Mock`](super::mock::Mock) does it: by method, path, query, body and the headers that its
/// call sets. Where a secret was taken out of the recording, anything fits, so that a client plays back with any
/// credential. Each exchange answers once, and those that ask the same in the order in which they were recorded: a
/// client that repeats a call sees the failure first and then the success, without the wait between. What was not
/// recorded, or not so often, fails with an error of the transport that names the nearest exchange and in what the call
/// differs. It is not repeated.
///
/// Bodies are read as leniently as those of a server.
#[derive(Clone)]
pub struct Replay {
    recorded: Arc<Mutex<Vec<Recorded>>>,
    /// How often random bits were asked for: they are the same in each run.
    randoms: Arc<AtomicU64>,
}

struct Recorded {
    asked: Asked,
    outcome: Outcome,
    is_used: bool,
}

impl Replay {
    /// Reads a recording.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not HAR.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        let wrong = |problem: String| ConfigError::new(format!("the recording {}: {problem}", path.display()));
        let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let recorded = har::read(&text).map_err(wrong)?.into_iter();
        let recorded = recorded.map(|(asked, outcome)| Recorded { asked, outcome, is_used: false });
        Ok(Self { recorded: Arc::new(Mutex::new(recorded.collect())), randoms: Arc::default() })
    }

    async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let body = body.collect(usize::MAX).await?;
        self.take(&parts, &body)?.returned("the exchange failed when it was recorded")
    }

    /// What the next exchange that asks the same came to.
    fn take(&self, parts: &Parts, body: &Bytes) -> Result<Outcome, TransportError> {
        if is_confidential(parts) {
            return Ok(Outcome::token(parts));
        }
        let secrets = Secrets::of(parts);
        let asked = Asked::of_request(parts, body).redacted(&secrets);
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        let mut same = recorded.iter_mut().filter(|one| differences(&asked, &one.asked).is_empty());
        if let Some(next) = same.find(|one| !one.is_used) {
            next.is_used = true;
            return Ok(next.outcome.clone());
        }
        Err(TransportError::new(TransportErrorKind::Other, miss(&asked, &recorded)))
    }
}

/// Says why a request has no answer.
fn miss(asked: &Asked, recorded: &[Recorded]) -> String {
    let shown = asked.shown();
    if recorded.iter().any(|one| differences(asked, &one.asked).is_empty()) {
        return format!("{shown} comes more often than it was recorded");
    }
    let recorded: Vec<Asked> = recorded.iter().map(|one| one.asked.clone()).collect();
    match nearest(asked, &recorded) {
        Some((nearest, differences)) => {
            format!("{shown} was not recorded; the nearest exchange is {}: {differences}", nearest.shown())
        }
        None => format!("{shown} was not recorded, nor anything else"),
    }
}

impl Transport for Replay {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    /// Returns at once, so that the wait before another attempt is left out.
    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::ready(())) }

    /// Never returns: no call takes too long here.
    fn limit(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::pending()) }

    fn can_sleep(&self) -> bool { true }

    /// Counts, so that each idempotency key is another one.
    fn random(&self) -> u64 { self.randoms.fetch_add(1, Ordering::Relaxed) }
}

/// Says how many exchanges are left.
impl fmt::Debug for Replay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        let left = recorded.iter().filter(|one| !one.is_used).count();
        out.debug_struct("Replay").field("left", &left).finish_non_exhaustive()
    }
}
