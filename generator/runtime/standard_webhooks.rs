// needs: signature | crates: base64 http
//! Signatures by the specification Standard Webhooks (<https://www.standardwebhooks.com>).

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue};

use super::signature::{Keys, SecretError, VerifyError};

const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";

/// How far the time of a request may be from the clock.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);

type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Verifies that requests are from the server.
///
/// A request has its ID, the time at which it was sent, and signatures of both and of the body. It is refused if it is
/// more than five minutes old. Its ID is the same each time it is delivered.
#[derive(Clone)]
pub struct Verifier {
    keys: Keys,
    clock: Option<Clock>,
}

impl Verifier {
    /// Verifies by a secret as the server shows it: base64, mostly after `whsec_`.
    pub fn new(secret: &str) -> Result<Self, SecretError> {
        Ok(Self { keys: Keys::new(&decoded(secret)?)?, clock: None })
    }

    /// Also accepts signatures with another secret, such as the former one while it is replaced.
    pub fn or_secret(mut self, secret: &str) -> Result<Self, SecretError> {
        self.keys.add(&decoded(secret)?)?;
        Ok(self)
    }

    /// Sets the clock, in place of the system's: for tests with recorded requests, and for browsers, which have none.
    pub fn with_clock(self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self { clock: Some(Arc::new(clock)), ..self }
    }

    /// Verifies a request. The body is the bytes as they came: parsed and written again it has another signature.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), VerifyError> {
        let (id, timestamp) = (text(headers, ID)?, text(headers, TIMESTAMP)?);
        self.check_age(timestamp)?;
        let listed: Vec<(&str, &str)> =
            text(headers, SIGNATURE)?.split(' ').filter_map(|one| one.split_once(',')).collect();
        if listed.is_empty() {
            return Err(VerifyError::Malformed(SIGNATURE));
        }
        // Other versions are made of keys that the user does not have.
        let mut signatures = listed.iter().filter(|(version, _)| *version == "v1");
        let parts = signed(id.as_bytes(), timestamp.as_bytes(), body);
        let is_right = |text: &str| STANDARD.decode(text).is_ok_and(|signature| self.keys.fits(&parts, &signature));
        if signatures.any(|(_, text)| is_right(text)) { Ok(()) } else { Err(VerifyError::NoMatch) }
    }

    /// Signs a body as the server does, and returns the headers of the request: for tests.
    pub fn sign(&self, id: HeaderValue, body: &[u8]) -> HeaderMap {
        let since = self.now().and_then(|now| now.duration_since(UNIX_EPOCH).ok());
        let timestamp = since.unwrap_or_default().as_secs();
        let signature = self.keys.sign(&signed(id.as_bytes(), timestamp.to_string().as_bytes(), body));
        let signature = format!("v1,{}", STANDARD.encode(signature));
        let signature = HeaderValue::try_from(signature).expect("base64 is text of a header");
        HeaderMap::from_iter([
            (http::HeaderName::from_static(ID), id),
            (http::HeaderName::from_static(TIMESTAMP), timestamp.into()),
            (http::HeaderName::from_static(SIGNATURE), signature),
        ])
    }

    fn check_age(&self, timestamp: &str) -> Result<(), VerifyError> {
        let seconds: u64 = timestamp.parse().map_err(|_| VerifyError::Malformed(TIMESTAMP))?;
        let sent = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).ok_or(VerifyError::TooNew)?;
        let now = self.now().ok_or(VerifyError::NoClock)?;
        match now.duration_since(sent) {
            Ok(age) if age > TOLERANCE => Err(VerifyError::TooOld),
            Err(ahead) if ahead.duration() > TOLERANCE => Err(VerifyError::TooNew),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn now(&self) -> Option<SystemTime> {
        let is_browser = cfg!(all(target_family = "wasm", target_os = "unknown"));
        match &self.clock {
            Some(clock) => Some(clock()),
            None => (!is_browser).then(SystemTime::now),
        }
    }
}

/// What is signed: `{id}.{timestamp}.{body}`
fn signed<'r>(id: &'r [u8], timestamp: &'r [u8], body: &'r [u8]) -> [&'r [u8]; 5] { [id, b".", timestamp, b".", body] }

fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, VerifyError> {
    let value = headers.get(name).ok_or(VerifyError::Missing(name))?;
    value.to_str().map_err(|_| VerifyError::Malformed(name))
}

fn decoded(secret: &str) -> Result<Vec<u8>, SecretError> {
    let text = secret.trim();
    let text = text.strip_prefix("whsec_").unwrap_or(text);
    STANDARD.decode(text).map_err(|_| SecretError("it is not base64"))
}

/// Shows no secret.
impl fmt::Debug for Verifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Verifier").field("keys", &self.keys).finish_non_exhaustive()
    }
}
