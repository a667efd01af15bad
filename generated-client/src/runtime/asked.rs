// needs: body client credential layer operation percent redact request request_error transport | crates: bytes http
//! What a request asks: the request without what its client adds. Transports for tests compare requests by it.
//!
//! In: a call that was not sent, or a request as a transport gets it. Out: its parts, ready to be compared. The host is
//! not part of it, since a test may run against any.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::body::Body;
use super::client::{Client, Sender, Shared};
use super::credential::{Place, Scheme};
use super::layer::original;
use super::operation::Operation;
use super::percent::{Keep, encode};
use super::redact::{Secrets, replaced};
use super::request::Request;
use super::request_error::RequestError;
use super::transport::Attempt;

/// What a request asks; see the [module](self).
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    /// As it is in the URL, with the path of the base URL.
    pub(super) path: String,
    /// Names and values as they are in the URL.
    pub(super) query: Vec<(String, String)>,
    /// All headers but credentials.
    pub(super) headers: HeaderMap,
    /// The names of the headers that the call sets, rather than its client.
    pub(super) own: Vec<HeaderName>,
    pub(super) body: Bytes,
    /// Whether the body is a stream, so that what it holds is not known.
    pub(super) is_streamed: bool,
}

impl Asked {
    /// What a call would ask.
    pub(super) fn of_call(client: &Client, request: &Request) -> Result<Self, RequestError> {
        let shared = &*client.shared;
        let base = shared.base.of(request.operation())?;
        let (parts, body) = request.build(&base, HeaderMap::new(), Attempt(1))?.into_parts();
        let bytes = body.as_ref().and_then(Body::as_bytes).cloned();
        let is_streamed = bytes.is_none();
        let asked = Self::new(&parts, bytes.unwrap_or_default(), Some(shared));
        let mut asked = Self { is_streamed, ..asked };
        asked.own = asked.headers.keys().filter(|name| **name != CONTENT_LENGTH).cloned().collect();
        Ok(asked)
    }

    /// What a request asked before its layers, with the parts of it that a transport gets.
    pub(super) fn of_request(parts: &Parts, body: &Bytes) -> Self {
        let (parts, body) = original(parts, body);
        let sender = parts.extensions.get::<Sender>().map(|sender| &*sender.0);
        let mut asked = Self::new(&parts, body, sender);
        // streams of items ask for another media type than the call they are of
        let implied = [ACCEPT, CONTENT_LENGTH];
        let key = parts.extensions.get().and_then(|operation: &Operation| operation.idempotency_header);
        let is_key = |name: &HeaderName| key.is_some_and(|key| key.eq_ignore_ascii_case(name.as_str()));
        let is_own = |name: &&HeaderName| {
            let is_added = sender.is_some_and(|sender| {
                sender.idempotency_header.as_ref() == Some(name)
                    || sender.headers.get(*name) == asked.headers.get(*name)
            });
            !is_added && !is_key(name) && !implied.contains(name)
        };
        asked.own = asked.headers.keys().filter(is_own).cloned().collect();
        asked
    }

    /// What a recorded request asked. It does not say which headers the call set.
    pub(super) fn recorded(method: &str, url: &Uri, headers: HeaderMap, body: Bytes) -> Self {
        let mut asked = Self {
            method: method.to_owned(),
            path: url.path().to_owned(),
            query: pairs(url.query().unwrap_or_default()),
            headers,
            own: Vec::new(),
            body,
            is_streamed: false,
        };
        asked.settle_boundary();
        asked
    }

    fn new(parts: &Parts, body: Bytes, sender: Option<&Shared>) -> Self {
        let schemes = sender.map_or(&[] as &[Scheme], |sender| sender.schemes);
        let mut asked = Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: pairs(parts.uri.query().unwrap_or_default()),
            headers: parts.headers.clone(),
            own: Vec::new(),
            body,
            is_streamed: false,
        };
        let of_client = sender.and_then(|sender| sender.headers.get(COOKIE)).cloned();
        asked.drop_cookies(|pair| of_client.as_ref().is_some_and(|set| split(set).any(|one| one == pair)));
        schemes.iter().for_each(|scheme| asked.drop_credential(scheme.place));
        asked.settle_boundary();
        asked
    }

    fn drop_credential(&mut self, place: Place) {
        match place {
            Place::Query { name } => {
                let name = encode(name, Keep::Unreserved);
                self.query.retain(|(key, _)| *key != name);
            }
            Place::Cookie { name } => self.drop_cookies(|pair| pair.split('=').next() == Some(name)),
            Place::Header { name, .. } => drop(self.headers.remove(name)),
            Place::Bearer | Place::Basic => drop(self.headers.remove(AUTHORIZATION)),
        }
    }

    fn drop_cookies(&mut self, is_dropped: impl Fn(&str) -> bool) {
        let Some(set) = self.headers.remove(COOKIE) else { return };
        let left: Vec<&str> = split(&set).filter(|pair| !is_dropped(pair)).collect();
        if let Some(left) = HeaderValue::from_str(&left.join("; ")).ok().filter(|left| !left.is_empty()) {
            self.headers.insert(COOKIE, left);
        }
    }

    /// Replaces the boundary of a form of parts, which is random.
    fn settle_boundary(&mut self) {
        let stated = self.headers.get(CONTENT_TYPE).and_then(|stated| stated.to_str().ok()).unwrap_or_default();
        let Some((media_type, boundary)) = stated.split_once("; boundary=") else { return };
        let Ok(settled) = HeaderValue::from_str(media_type) else { return };
        self.body = Bytes::from(replaced(&self.body, boundary.as_bytes(), b"boundary"));
        self.headers.insert(CONTENT_TYPE, settled);
    }

    /// The same without secrets.
    pub(super) fn redacted(&self, secrets: &Secrets) -> Self {
        let pairs = self.query.iter().map(|(name, value)| (secrets.text(name), secrets.text(value)));
        Self {
            method: self.method.clone(),
            path: secrets.text(&self.path),
            query: pairs.collect(),
            headers: self.headers.iter().map(|(name, value)| (name.clone(), secrets.value(value))).collect(),
            own: self.own.clone(),
            body: Bytes::from(secrets.bytes(&self.body)),
            is_streamed: self.is_streamed,
        }
    }

    /// `GET /users?limit=5`
    pub(super) fn shown(&self) -> String {
        let pairs = self.query.iter().map(|(name, value)| format!("{name}={value}"));
        let pairs: Vec<String> = pairs.collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method, self.path, pairs.join("&"))
    }
}

/// The pairs of a query, still encoded.
pub(super) fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The pairs of a `Cookie` header (RFC 6265 section 4.2.1).
fn split(cookies: &HeaderValue) -> impl Iterator<Item = &str> {
    cookies.to_str().unwrap_or_default().split(';').map(str::trim)
}
