// needs: api_error body call client decode_failure error event operation request response splitter style transport | crates: bytes futures_core http
//! What streams of items have in common: the call is sent when a stream is first polled, its body is read chunk by
//! chunk, and an error ends it.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream as _;
use http::StatusCode;

use super::api_error::ErrorPayload;
use super::body::Body;
use super::call::{Call, answer};
use super::client::Client;
use super::decode_failure::DecodeFailure;
use super::error::{Error, Failure};
use super::event;
use super::operation::Operation;
use super::request::Request;
use super::response::{BodyError, Reply};
use super::splitter::TooLong;
use super::style::PlainStyle;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};

/// The body of a response as it arrives, and how its items are read.
pub(super) struct Source<T, E> {
    pub(super) operation: &'static Operation,
    read: fn(&mut Reply) -> Result<T, BodyError>,
    /// The maximum length of an item in bytes.
    pub(super) limit: usize,
    client: Client,
    request: Box<Request>,
    /// Whether the request has a header that was set when it was sent again.
    is_reopened: bool,
    state: State,
    error: PhantomData<fn() -> E>,
}

enum State {
    /// To be sent after a wait.
    Waiting(BoxFuture<'static, ()>),
    /// To be sent.
    Ready,
    /// Sent, headers pending.
    Opening(BoxFuture<'static, Result<(Reply, Body), Failure>>),
    /// The body is being read. The reply holds the current item in place of its body.
    Open(Box<Reply>, Body),
    /// At the end, or after an error.
    Closed,
}

impl<T, E: ErrorPayload> Source<T, E> {
    /// Creates the source of a call that asks for a media type; a function reads an item, which is the body of its
    /// reply.
    pub(super) fn new<Whole>(
        call: Call<Whole, E>,
        media_type: &str,
        read: fn(&mut Reply) -> Result<T, BodyError>,
    ) -> Self {
        let Call { client, mut request, .. } = call;
        request.header("Accept", PlainStyle::Simple, &media_type);
        Self {
            operation: request.operation(),
            read,
            limit: client.shared.body_limit,
            client,
            request: Box::new(request),
            is_reopened: false,
            state: State::Ready,
            error: PhantomData,
        }
    }

    /// The next chunk of the body; `None` at its end or after an error.
    pub(super) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error<E>>>> {
        loop {
            match &mut self.state {
                State::Waiting(wait) => {
                    ready!(wait.as_mut().poll(context));
                    self.state = State::Ready;
                }
                State::Ready => {
                    self.state = State::Opening(self.client.open_request((*self.request).clone(), None));
                }
                State::Opening(pending) => {
                    let opened = ready!(pending.as_mut().poll(context));
                    self.state = State::Closed;
                    let (reply, body) = match opened {
                        Ok((reply, body)) => (answer(reply, self.operation), body),
                        Err(failure) => return Poll::Ready(Some(Err(failure.into()))),
                    };
                    match reply {
                        Ok(reply) => self.state = State::Open(Box::new(reply), body),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                State::Open(_, body) => {
                    let chunk = ready!(Pin::new(body).poll_next(context));
                    if let Some(Err(error)) = chunk {
                        self.close();
                        return Poll::Ready(Some(Err(error.into())));
                    }
                    return Poll::Ready(chunk.map(|chunk| chunk.map_err(Error::from)));
                }
                State::Closed => return Poll::Ready(None),
            }
        }
    }

    /// Whether the stream has ended: what has arrived and was not read is not to be read.
    pub(super) fn is_closed(&self) -> bool { matches!(self.state, State::Closed) }

    /// Ends the stream, and the connection with it.
    pub(super) fn close(&mut self) { self.state = State::Closed; }

    /// Sends the request again after a wait and a random part of it, with a value for a header, or without the value of
    /// the time before. Returns whether it can be sent.
    pub(super) fn reopen(&mut self, wait: Duration, header: &str, value: Option<&str>) -> bool {
        let transport = &self.client.shared.transport;
        if !self.request.can_repeat() || !transport.can_sleep() {
            return false;
        }
        match value {
            Some(value) => self.request.override_header(header, value),
            None if self.is_reopened => self.request.forget_override(header),
            None => {}
        }
        self.is_reopened |= value.is_some();
        // without it, all clients would return at the same time
        let more = wait.mul_f64(transport.random() as f64 / u64::MAX as f64 / 4.0);
        self.state = State::Waiting(transport.sleep(wait + more));
        true
    }

    /// The status of the response that is read.
    pub(super) fn status(&self) -> Option<StatusCode> {
        match &self.state {
            State::Open(reply, _) => Some(reply.status),
            State::Waiting(_) | State::Ready | State::Opening(_) | State::Closed => None,
        }
    }

    /// Reads an item; `None` if the stream has ended.
    pub(super) fn item(&mut self, item: Bytes) -> Option<Result<T, Error<E>>> {
        let State::Open(reply, _) = &mut self.state else { return None };
        reply.hold(item);
        let outcome = (self.read)(reply);
        event::deviations(reply.deviations(), self.operation);
        match outcome {
            Ok(value) => Some(Ok(value)),
            Err(error) => self.unreadable(None, error),
        }
    }

    /// Ends the stream, because an item, the current one by default, cannot be read.
    pub(super) fn unreadable<U>(&mut self, item: Option<Bytes>, error: BodyError) -> Option<Result<U, Error<E>>> {
        match std::mem::replace(&mut self.state, State::Closed) {
            State::Open(mut reply, _) => {
                item.into_iter().for_each(|item| reply.hold(item));
                let failure = DecodeFailure::of_item(self.operation, *reply, error);
                Some(Err(Error::Decode(Box::new(failure))))
            }
            _ => None,
        }
    }

    /// Ends the stream, because an item is longer than the limit.
    pub(super) fn too_long(&mut self, item: &str, _: TooLong) -> Error<E> {
        self.close();
        let message = format!("{item} of the response body is larger than {} bytes", self.limit);
        TransportError::new(TransportErrorKind::BodyTooLarge, message).into()
    }
}
