// needs: base_url body budget credential entries error event idempotency operation percent redirect request request_error response retry secret sleep throughput transport | crates: bytes http
//! The client: the parts that all calls share. The generated crate adds its resources to it.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, StatusCode};

use super::base_url::BaseUrl;
use super::body::Body;
use super::budget::Allowance;
use super::credential::{Ask, Credential, Held, Place, Scheme, Supplier};
use super::entries::get;
use super::error::Failure;
use super::event;
use super::idempotency::idempotency_key;
use super::operation::Operation;
use super::percent::{Keep, encode};
use super::redirect::{self, Redirects};
use super::request::Request;
use super::request_error::{RequestError, RequestPart};
use super::response::{RawBody, Reply};
use super::retry::{Repeats, RetryBudget, RetryPolicy};
use super::secret::Secret;
use super::sleep::within;
use super::throughput::Throughput;
use super::transport::{Attempt, BoxFuture, Transport};

/// A client of the API. Clones are cheap and share connections.
#[derive(Clone)]
pub struct Client {
    pub(super) shared: Arc<Shared>,
}

/// The state that clones of a client share.
pub(super) struct Shared {
    pub(super) base: BaseUrl,
    /// The `User-Agent` and the headers that the caller sets for every call.
    pub(super) headers: HeaderMap,
    pub(super) schemes: &'static [Scheme],
    /// What most operations need, and so raw calls.
    pub(super) security: &'static [&'static [&'static str]],
    /// Keyed by the name of the security scheme.
    pub(super) credentials: Vec<(String, Held)>,
    /// Limit for one attempt, from connecting to the last byte of the body.
    pub(super) timeout: Option<Duration>,
    /// Limit for all attempts of a call.
    pub(super) total_timeout: Option<Duration>,
    pub(super) retries: RetryPolicy,
    pub(super) budget: RetryBudget,
    /// The header of the key by which the server knows the attempts of any call.
    pub(super) idempotency_header: Option<HeaderName>,
    /// Limit for a response body in bytes, after decoding its `Content-Encoding`.
    pub(super) body_limit: usize,
    /// The least that a body must bring while it is read as it arrives.
    pub(super) min_throughput: Option<Throughput>,
    pub(super) redirects: Redirects,
    /// Limits on what reading a body may cost.
    pub(super) allowance: Allowance,
    pub(super) strict_reading: bool,
    pub(super) transport: Arc<dyn Transport>,
}

impl Client {
    /// The base URL that paths are appended to, without a trailing slash.
    pub fn base_url(&self) -> &str { self.shared.base.url() }

    /// Sends a request, and reads the whole response, whatever its status.
    pub(super) fn send_request(&self, mut request: Request) -> BoxFuture<'static, Result<Reply, Failure>> {
        let client = self.clone();
        Box::pin(async move { traced(&client.shared, &mut request, true).await.map(|(reply, _)| reply) })
    }

    /// Sends a request. The body of an answer is left unread: reading it has no limit of time, but must bring the least
    /// that the call or the client asks for, or else this. Any other body is read.
    pub(super) fn open_request(
        &self,
        mut request: Request,
        least: Option<Throughput>,
    ) -> BoxFuture<'static, Result<(Reply, Body), Failure>> {
        let client = self.clone();
        Box::pin(async move {
            let shared = &client.shared;
            let least = request.own_min_throughput().or(shared.min_throughput).or(least);
            let (reply, body) = traced(shared, &mut request, false).await?;
            let body = match least {
                Some(least) => least.hold(body, &shared.transport),
                None => body,
            };
            Ok((reply, body))
        })
    }
}

/// Makes a call, in a span of its own. The request is borrowed here and below: each future would hold one of its own.
async fn traced(shared: &Arc<Shared>, request: &mut Request, is_read: bool) -> Result<(Reply, Body), Failure> {
    let span = event::call(request.operation(), &shared.base);
    let outcome = event::within(&span, run(shared, request, is_read)).await;
    event::ended(&span, outcome.as_ref().map(|(reply, _)| (reply.status, reply.attempt)));
    outcome
}

/// Makes the attempts of a call. Returns the last reply, and its body if that is left unread.
async fn run(shared: &Arc<Shared>, request: &mut Request, is_read: bool) -> Result<(Reply, Body), Failure> {
    let schemes = choose(shared, request)?;
    add_key(shared, request);
    let total = request.own_total_timeout().or(shared.total_timeout);
    let attempts = authorized(shared, request, schemes, is_read, deadline(total));
    within(total, "the call took too long", &*shared.transport, attempts).await
}

/// Makes the attempts with the credentials of these schemes.
async fn authorized(
    shared: &Arc<Shared>,
    request: &mut Request,
    schemes: &[&str],
    is_read: bool,
    deadline: Option<Instant>,
) -> Result<(Reply, Body), Failure> {
    let mut supplied = Vec::new();
    for scheme in schemes {
        match get(&shared.credentials, scheme) {
            Some(Held::Fixed(credential)) => credential.apply(request),
            Some(Held::Supplied(place, supplier)) => supplied.push(Supplied { scheme, place: *place, supplier }),
            None => {}
        }
    }
    if supplied.is_empty() {
        return attempts(shared, request, is_read, deadline, 1).await;
    }
    Box::pin(renewing(shared, request, supplied, is_read, deadline)).await
}

/// A credential that is asked for when a call needs it.
struct Supplied<'a> {
    scheme: &'a str,
    place: Place,
    supplier: &'a Arc<dyn Supplier>,
}

/// Makes the attempts with credentials that are supplied. If the server refuses them (401), they are replaced, once.
async fn renewing(
    shared: &Arc<Shared>,
    request: &Request,
    supplied: Vec<Supplied<'_>>,
    is_read: bool,
    deadline: Option<Instant>,
) -> Result<(Reply, Body), Failure> {
    let (mut first, mut used) = (request.clone(), Vec::new());
    for credential in &supplied {
        used.push(authorize(shared, &mut first, credential, None, deadline).await?);
    }
    let outcome = attempts(shared, &first, is_read, deadline, 1).await;
    let made = match &outcome {
        Ok((reply, _))
            if reply.status == StatusCode::UNAUTHORIZED && used.iter().any(Option::is_some) && request.can_repeat() =>
        {
            reply.attempt
        }
        _ => return outcome,
    };
    drop(outcome);
    let mut second = request.clone();
    for (credential, refused) in supplied.iter().zip(&used) {
        authorize(shared, &mut second, credential, refused.as_ref(), deadline).await?;
    }
    attempts(shared, &second, is_read, deadline, made + 1).await
}

/// Adds a credential to a request, unless a parameter already sets it. Returns the secret.
async fn authorize(
    shared: &Arc<Shared>,
    request: &mut Request,
    Supplied { scheme, place, supplier }: &Supplied<'_>,
    refused: Option<&Secret>,
    deadline: Option<Instant>,
) -> Result<Option<Secret>, Failure> {
    if place.is_set(request, &HeaderMap::new()) {
        return Ok(None);
    }
    let (timeout, retries) = (request.own_timeout(), request.own_retries());
    let ask: &Ask<'_> = &|mut request: Request| {
        timeout.into_iter().for_each(|timeout| request.timeout(timeout));
        retries.into_iter().for_each(|policy| request.retries(policy));
        Box::pin(async move { attempts(shared, &request, true, deadline, 1).await.map(|(reply, _)| reply) })
    };
    let secret = supplier.secret(refused, shared.base.url(), ask).await?;
    let credential = Credential::new(*place, secret.clone());
    let problem = |problem: &str| RequestError::new(RequestPart::Security, scheme, problem);
    credential.check().map_err(problem)?;
    credential.apply(request);
    Ok(Some(secret))
}

/// The time at which a call fails. `None` for a call without a limit, and in a browser, which has no `Instant`.
fn deadline(total: Option<Duration>) -> Option<Instant> {
    let is_browser = cfg!(all(target_family = "wasm", target_os = "unknown"));
    total.filter(|_| !is_browser).and_then(|total| Instant::now().checked_add(total))
}

/// Makes attempts, counted from a number on, until one is an answer or must not be repeated.
async fn attempts(
    shared: &Arc<Shared>,
    request: &Request,
    is_read: bool,
    deadline: Option<Instant>,
    mut number: u32,
) -> Result<(Reply, Body), Failure> {
    let (limit, transport) = (request.own_timeout().or(shared.timeout), &*shared.transport);
    loop {
        let mut followed = 0;
        let attempt = attempt(shared, request, Attempt(number), is_read, &mut followed);
        let outcome = within(limit, "the server took too long", transport, attempt).await;
        event::attempt(number, outcome.as_ref().map(|(reply, _)| reply.status));
        if outcome.as_ref().is_ok_and(|(reply, _)| request.operation().is_answer(reply.status)) {
            shared.budget.pay(number);
            return outcome;
        }
        let Some(wait) = wait(shared, request, &outcome, followed, number) else { return outcome };
        // an attempt that starts after the deadline cannot succeed
        if deadline.is_some_and(|deadline| Instant::now() + wait >= deadline) || !shared.budget.take() {
            return outcome;
        }
        event::retry(request.operation(), number, wait);
        // frees the body, which may be large, while the call waits
        drop(outcome);
        transport.sleep(wait).await;
        number += 1;
    }
}

/// The wait before the next attempt. `None` ends the call.
fn wait(
    shared: &Shared,
    request: &Request,
    outcome: &Result<(Reply, Body), Failure>,
    followed: usize,
    number: u32,
) -> Option<Duration> {
    let key = key_header(shared, request).unwrap_or(IDEMPOTENCY_KEY);
    let has_key = request.has_header(key.as_str());
    let repeats = match followed {
        _ if request.is_idempotent() => Repeats::Harmless,
        0 if has_key => Repeats::Harmless,
        0 => Repeats::IfNotActed,
        // the redirecting server may have acted, and the key may not reach the other server
        _ => Repeats::Harmful,
    };
    let policy = request.own_retries().unwrap_or(shared.retries);
    let wait = policy.wait(repeats, outcome.as_ref().map(|(reply, _)| reply), number, || shared.transport.random());
    wait.filter(|_| shared.transport.can_sleep() && request.can_repeat())
}

/// A URL without the query parameters that hold credentials of the API. Inline as [`paging`](super::paging) is.
#[inline]
pub(super) fn without_credentials(client: &Client, url: &str) -> String {
    let names = client.shared.schemes.iter().filter_map(|scheme| match scheme.place {
        Place::Query { name } => Some(encode(name, Keep::Unreserved)),
        Place::Header { .. } | Place::Cookie { .. } | Place::Bearer | Place::Basic => None,
    });
    let names: Vec<_> = names.collect();
    let Some((start, query)) = url.split_once('?') else { return url.to_owned() };
    let is_kept = |pair: &&str| !names.iter().any(|name| pair.split('=').next() == Some(name.as_ref()));
    let pairs: Vec<&str> = query.split('&').filter(is_kept).collect();
    if pairs.is_empty() { start.to_owned() } else { format!("{start}?{}", pairs.join("&")) }
}

/// The URL that a request asks for, without what credentials add to its query. Inline as [`paging`](super::paging) is.
#[inline]
pub(super) fn url(client: &Client, request: &Request) -> Result<String, RequestError> {
    request.url(&client.shared.base.of(request.operation())?)
}

/// Adds the idempotency key, which all attempts share.
fn add_key(shared: &Shared, request: &mut Request) {
    let name =
        key_header(shared, request).filter(|name| !request.is_idempotent() && !request.has_header(name.as_str()));
    if let Some(name) = name {
        request.header_value(name, idempotency_key(&*shared.transport));
    }
}

/// The header of the key that a call gets: that of all calls, or that of its operation.
fn key_header(shared: &Shared, request: &Request) -> Option<HeaderName> {
    let own = || request.operation().idempotency_header?.parse().ok();
    shared.idempotency_header.clone().or_else(own)
}

/// Makes one attempt.
async fn attempt(
    shared: &Arc<Shared>,
    request: &Request,
    number: Attempt,
    is_read: bool,
    followed: &mut usize,
) -> Result<(Reply, Body), Failure> {
    let operation = request.operation();
    let build = || {
        let built = request.build(&shared.base.of(operation)?, default_headers(shared, operation)?, number);
        built.map(|built| signed(built, shared))
    };
    let (parts, body) = build()?.into_parts();
    let sent = || RequestError::new(RequestPart::Body, "", "is a stream that was sent already");
    let first = http::Request::from_parts(parts, body.ok_or_else(sent)?);
    let again = || build().ok();
    let response = redirect::send(&*shared.transport, operation, first, again, shared.redirects, followed).await?;
    let (parts, body) = response.into_parts();
    let reply = Reply::new(parts.status, parts.headers, RawBody::default(), shared.strict_reading);
    let mut reply = reply.documented(operation.accept).allowing(shared.allowance);
    reply.attempt = number.number();
    let is_answer = operation.is_answer(reply.status);
    if is_answer && !is_read {
        return Ok((reply, body));
    }
    match body.collect(shared.body_limit).await {
        Ok(bytes) => {
            reply.body = RawBody::from(bytes);
            Ok((reply, Body::default()))
        }
        Err(error) if is_answer => Err(error.into()),
        Err(error) => Err(Failure::Unread(Box::new(reply), error)),
    }
}

/// The header of a key that the caller sets where neither the document nor the client names one.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The client that sends a request, in the request's extensions: by it a transport for tests tells what the call asks
/// from what the client adds, its credentials above all.
#[cfg(feature = "testing")]
#[derive(Clone)]
pub(super) struct Sender(pub(super) Arc<Shared>);

/// A client with the settings of another, over a transport that is made of its transport.
#[cfg(all(feature = "testing", not(target_family = "wasm")))]
pub(super) fn over(client: &Client, make: impl FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport>) -> Client {
    let shared = &*client.shared;
    let shared = Shared {
        base: shared.base.clone(),
        headers: shared.headers.clone(),
        credentials: shared.credentials.clone(),
        budget: RetryBudget::new(),
        idempotency_header: shared.idempotency_header.clone(),
        transport: make(Arc::clone(&shared.transport)),
        ..*shared
    };
    Client { shared: Arc::new(shared) }
}

#[cfg(feature = "testing")]
fn signed<B>(mut request: http::Request<B>, shared: &Arc<Shared>) -> http::Request<B> {
    request.extensions_mut().insert(Sender(Arc::clone(shared)));
    request
}

#[cfg(not(feature = "testing"))]
fn signed<B>(request: http::Request<B>, _: &Arc<Shared>) -> http::Request<B> { request }

/// How many headers a request has room for besides those of the client.
const ROOM: usize = 8;

/// The client's headers, plus those that the operation implies.
fn default_headers(shared: &Shared, operation: &Operation) -> Result<HeaderMap, RequestError> {
    let mut headers = HeaderMap::with_capacity(shared.headers.len() + ROOM);
    // a token endpoint may be another server's, and any header but these a credential
    let is_sent = |name: &HeaderName| !operation.is_confidential || [ACCEPT, USER_AGENT].contains(name);
    for (name, value) in shared.headers.iter().filter(|(name, _)| is_sent(name)) {
        headers.append(name, value.clone());
    }
    if !operation.accept.is_empty() && !headers.contains_key(ACCEPT) {
        let accept = HeaderValue::from_maybe_shared(Bytes::from_static(operation.accept.as_bytes()));
        let problem = |_| RequestError::new(RequestPart::Header, "Accept", "has a value that no header can have");
        headers.insert(ACCEPT, accept.map_err(problem)?);
    }
    Ok(headers)
}

/// Picks the schemes of the first alternative of a request's `security` that can be met: each of its schemes
/// has a credential or is already set on the request by hand. An alternative without schemes needs none and is used
/// only if no other can be met.
fn choose(shared: &Shared, request: &Request) -> Result<&'static [&'static str], RequestError> {
    let operation = request.operation();
    let by_hand = |scheme: &str| {
        let known = shared.schemes.iter().find(|known| known.name == scheme);
        known.is_some_and(|known| known.place.is_set(request, &shared.headers))
    };
    let is_met = |scheme: &&str| get(&shared.credentials, scheme).is_some() || by_hand(scheme);
    let security = operation.security.unwrap_or(shared.security);
    let named = security.iter().filter(|schemes| !schemes.is_empty());
    if let Some(schemes) = named.clone().find(|schemes| schemes.iter().all(is_met)) {
        return Ok(schemes);
    }
    if security.iter().any(|schemes| schemes.is_empty()) || security.is_empty() {
        return Ok(&[]);
    }
    let alternatives: Vec<_> = named.map(|schemes| schemes.join(" and ")).collect();
    let problem = format!("the client has no credential for it; it takes {}", alternatives.join(", or "));
    Err(RequestError::new(RequestPart::Security, operation.id, &problem))
}

/// Shows no secret: only the names of headers and credentials.
impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("headers", &self.shared.headers.keys().collect::<Vec<_>>())
            .field("credentials", &self.shared.credentials)
            .field("timeout", &self.shared.timeout)
            .field("total_timeout", &self.shared.total_timeout)
            .field("retries", &self.shared.retries)
            .field("body_limit", &self.shared.body_limit)
            .field("min_throughput", &self.shared.min_throughput)
            .field("redirects", &self.shared.redirects)
            .field("allowance", &self.shared.allowance)
            .field("strict_reading", &self.shared.strict_reading)
            .finish_non_exhaustive()
    }
}
