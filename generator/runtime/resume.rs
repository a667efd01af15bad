// needs: body client error operation request response retry throughput transport | crates: bytes futures_core http
//! A download that goes on where its connection broke (RFC 9110 section 14).
//!
//! What is here is `#[inline]`: it is compiled in the programs that use it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG};
use http::{HeaderMap, StatusCode};

use super::body::Body;
use super::client::Client;
use super::error::Failure;
use super::operation::Operation;
use super::request::Request;
use super::response::Reply;
use super::retry::Repeats;
use super::throughput::Throughput;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};

/// A body that goes on by further requests if it is of a kind that can be: the whole of a `GET`, of a known length, as
/// the server stores it, with an `ETag` by which the server tells whether it still is the same.
#[inline]
pub(super) fn resumed(client: &Client, request: Request, reply: &Reply, body: Body) -> Body {
    let is_whole = reply.status == StatusCode::OK && request.operation().method() == "GET";
    let version = Version::of(&reply.headers).filter(|_| is_whole && !request.has_header("Range"));
    match version.filter(|_| body.as_bytes().is_none()) {
        Some(version) => {
            let client = client.clone();
            Body::from_stream(Resumed { client, request, version, state: State::Open(body), read: 0, tried: 1 })
        }
        None => body,
    }
}

/// What is downloaded.
#[derive(Clone, PartialEq)]
struct Version {
    tag: String,
    length: u64,
}

impl Version {
    #[inline]
    fn of(headers: &HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let is_ranged = text(ACCEPT_RANGES).is_none_or(|unit| unit != "none");
        // an encoding is undone before the bytes are counted
        let is_stored = !headers.contains_key(CONTENT_ENCODING);
        // a weak tag says that it means the same, and not that its bytes are the same
        let tag = text(ETAG).filter(|tag| tag.starts_with('"') && is_ranged && is_stored)?;
        Some(Self { tag: tag.to_owned(), length: text(CONTENT_LENGTH)?.parse().ok()? })
    }
}

struct Resumed {
    client: Client,
    request: Request,
    version: Version,
    state: State,
    /// How many bytes were read.
    read: u64,
    /// How many requests have brought nothing since the last byte, counted as attempts of a call are.
    tried: u32,
}

enum State {
    Open(Body),
    /// The error is that of the connection that broke, if no other can go on.
    Opening(BoxFuture<'static, Result<Body, TransportError>>),
    Ended,
}

impl Stream for Resumed {
    type Item = Result<Bytes, TransportError>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let broken = match &mut self.state {
                State::Open(body) => match ready!(Pin::new(body).poll_next(context)) {
                    Some(Ok(chunk)) => {
                        self.read += chunk.len() as u64;
                        self.tried = 1;
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                    Some(Err(error)) => error,
                    None if self.read < self.version.length => {
                        let message = "the response body ends before its length";
                        TransportError::new(TransportErrorKind::Interrupted, message)
                    }
                    None => return self.end(None),
                },
                State::Opening(pending) => match ready!(pending.as_mut().poll(context)) {
                    Ok(body) => {
                        self.state = State::Open(body);
                        continue;
                    }
                    Err(error) => return self.end(Some(error)),
                },
                State::Ended => return Poll::Ready(None),
            };
            // what has come is whole
            if self.read >= self.version.length {
                return self.end(None);
            }
            match self.go_on(broken) {
                Ok(pending) => self.state = State::Opening(pending),
                Err(error) => return self.end(Some(error)),
            }
        }
    }
}

impl Resumed {
    #[inline]
    fn end(&mut self, error: Option<TransportError>) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.state = State::Ended;
        Poll::Ready(error.map(Err))
    }

    /// Asks for the rest, unless the policy of the call says otherwise.
    #[inline]
    fn go_on(
        &mut self,
        broken: TransportError,
    ) -> Result<BoxFuture<'static, Result<Body, TransportError>>, TransportError> {
        let shared = &self.client.shared;
        let policy = self.request.own_retries().unwrap_or(shared.retries);
        let failure = Failure::Transport(broken.clone());
        let wait = policy.wait(Repeats::Harmless, Err(&failure), self.tried, || shared.transport.random());
        let Some(wait) = wait.filter(|_| shared.transport.can_sleep() && shared.budget.take()) else {
            return Err(broken);
        };
        self.tried += 1;
        let (client, version, read) = (self.client.clone(), self.version.clone(), self.read);
        let request = self.rest();
        Ok(Box::pin(async move {
            client.shared.transport.sleep(wait).await;
            match client.open_request(request, Some(Throughput::DEFAULT)).await {
                Ok((reply, body)) if is_rest(&reply, &version, read) => Ok(body),
                _ => Err(broken),
            }
        }))
    }

    /// The request for what was not read yet.
    #[inline]
    fn rest(&self) -> Request {
        let mut request = self.request.clone();
        request.override_header("Range", &format!("bytes={}-", self.read));
        request.override_header("If-Range", &self.version.tag);
        request.override_header("Accept-Encoding", "identity");
        request
    }
}

/// Whether a reply is the rest of a version (RFC 9110 section 15.3.7).
#[inline]
fn is_rest(reply: &Reply, version: &Version, read: u64) -> bool {
    let text = |name| reply.headers.get(name).and_then(|value| value.to_str().ok());
    let range = format!("bytes {read}-{}/{}", version.length - 1, version.length);
    reply.status == StatusCode::PARTIAL_CONTENT
        && text(CONTENT_RANGE) == Some(&range)
        && text(ETAG) == Some(&version.tag)
}
