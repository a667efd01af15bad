// needs: api_error body client codec decode_failure error event operation request response resume retry throughput transport | crates: bytes
//! A call of an operation, ready to be sent: type-erased but for what it returns.
//!
//! A generated method makes a call of an operation and fills its [`Request`]. A call holds what it needs of the client:
//! it can be kept, sent to another thread and awaited anywhere.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::api_error::{ApiError, ErrorPayload, Undocumented};
use super::body::Body;
use super::client::Client;
use super::codec::Codec;
use super::decode_failure::DecodeFailure;
use super::error::{Error, Failure};
use super::event;
use super::operation::Operation;
use super::request::Request;
use super::response::{BodyError, Reply, Response};
use super::resume::resumed;
use super::retry::RetryPolicy;
use super::throughput::Throughput;
use super::transport::{BoxFuture, MaybeSend};

/// A call that was not sent yet: await it for the value, or [`send`](Self::send) it for status, headers and value.
///
/// `T` is what it returns, and `E` what is documented of its errors. It borrows nothing, so that it can be kept, and
/// sent to another thread. [`into_future`](IntoFuture::into_future) makes it a future where one is asked for:
/// `tokio::spawn(call.into_future())`.
#[must_use = "a call does nothing unless it is awaited or sent"]
pub struct Call<T, E = Undocumented> {
    pub(super) client: Client,
    pub(super) request: Request,
    pub(super) read: fn(&mut Reply) -> Result<T, BodyError>,
    error: PhantomData<fn() -> E>,
}

#[doc(hidden)]
impl<T, E> Call<T, E> {
    /// A call whose response is read by a function, from any 2xx. It can go by [`Reply::status`] and use
    /// [`Reply::json`] and the like.
    pub fn with(client: &Client, operation: &'static Operation, read: fn(&mut Reply) -> Result<T, BodyError>) -> Self {
        Self { client: client.clone(), request: Request::new(operation), read, error: PhantomData }
    }

    /// A call that returns the JSON body of any 2xx, whatever its `Content-Type` says.
    pub fn json(client: &Client, operation: &'static Operation) -> Self
    where
        T: Codec,
    {
        Self::with(client, operation, Reply::json::<T>)
    }
}

#[doc(hidden)]
impl<T: Codec, E> Call<T, E> {
    /// A call that returns the scalar that the text of any 2xx is.
    pub fn parsed_text(client: &Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::parsed_text::<T>)
    }

    /// A call that returns the scalar in the body of any 2xx, which is text or JSON as its `Content-Type` says.
    pub fn text_or_json(client: &Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::text_or_json::<T>)
    }
}

#[doc(hidden)]
impl<E> Call<(), E> {
    /// A call that returns nothing: any 2xx will do, its body is ignored.
    pub fn empty(client: &Client, operation: &'static Operation) -> Self { Self::with(client, operation, Reply::empty) }
}

#[doc(hidden)]
impl<E> Call<String, E> {
    /// A call that returns the body of any 2xx as text.
    pub fn plain(client: &Client, operation: &'static Operation) -> Self { Self::with(client, operation, Reply::text) }
}

#[doc(hidden)]
impl<E> Call<Bytes, E> {
    /// A call that returns the body of any 2xx as it is.
    pub fn raw(client: &Client, operation: &'static Operation) -> Self { Self::with(client, operation, Reply::bytes) }
}

impl<T, E> Call<T, E> {
    /// Limits each attempt of this call, from connecting to the last byte, in place of the client's timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout(timeout);
        self
    }

    /// Limits this call from its start to the end of its last attempt, in place of the client's limit. Of `items` it
    /// limits each page, of [`stream`](Self::stream), `events` and `lines` the time until the headers.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.request.total_timeout(timeout);
        self
    }

    /// Sets when failed attempts of this call are repeated, in place of the client's policy.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.request.retries(policy);
        self
    }

    /// Sets how many bytes the body of this call must bring in each span of time while it is read as it arrives, in place
    /// of the client's minimum; 0 sets none. See
    /// [`ClientBuilder::min_throughput`](super::builder::ClientBuilder::min_throughput).
    pub fn min_throughput(mut self, bytes: u64, within: Duration) -> Self {
        self.request.min_throughput(Throughput { bytes, within });
        self
    }

    /// Sets a header of this call, in place of the client's default and of any parameter or credential of that name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request.override_header(name, value);
        self
    }

    /// Adds `name=value` to the query of this call, behind what is there.
    pub fn query_pair(mut self, name: &str, value: &str) -> Self {
        self.request.query_pair(name, value);
        self
    }

    /// The same call, which returns the body of any 2xx as text, whatever it is documented to be. It must be UTF-8.
    pub fn text(self) -> Call<String, E> { self.reading(Reply::text) }

    /// The same call, which returns the body of any 2xx as it comes, whatever it is documented to be.
    pub fn bytes(self) -> Call<Bytes, E> { self.reading(Reply::bytes) }

    /// The same call, which returns the JSON body of any 2xx as another type: a model, or a `Value` for any JSON.
    pub fn read_as<U: Codec>(self) -> Call<U, E> { self.reading(Reply::json::<U>) }

    fn reading<U>(self, read: fn(&mut Reply) -> Result<U, BodyError>) -> Call<U, E> {
        let Self { client, request, error, .. } = self;
        Call { client, request, read, error }
    }

    /// Sends the call, and returns the value with the status and headers it came with.
    pub fn send(self) -> impl Future<Output = Result<Response<T>, Error<E>>> + MaybeSend + 'static
    where
        T: 'static,
        E: ErrorPayload,
    {
        let Self { client, request, read, .. } = self;
        let operation = request.operation();
        async move {
            let reply = client.send_request(request).await?;
            conclude(reply, read, operation)
        }
    }

    /// Sends the call, and returns the body of any 2xx as it arrives, whatever it is documented to be. The timeout ends
    /// with the headers, and the size of the body is not limited; a server that stalls is an error, as
    /// [`min_throughput`](Self::min_throughput) says.
    ///
    /// If the connection breaks, the download goes on where it was (`Range`, RFC 9110 section 14.2), as often as the
    /// policy of retries says. This takes a `GET`, and a reply with `Content-Length` and a strong `ETag`; what has changed
    /// meanwhile, or is not sent in ranges, is the error of the connection.
    pub fn stream(self) -> impl Future<Output = Result<Response<Body>, Error<E>>> + MaybeSend + 'static
    where
        T: 'static,
        E: ErrorPayload,
    {
        let Self { client, request, .. } = self;
        let operation = request.operation();
        async move {
            let again = request.clone();
            let (reply, body) = client.open_request(request, Some(Throughput::DEFAULT)).await?;
            let body = resumed(&client, again, &reply, body);
            conclude(reply, |_| Ok(body), operation)
        }
    }
}

/// A reply that is any 2xx or a redirect that is an answer; any other is an error.
pub(super) fn answer<E: ErrorPayload>(reply: Reply, operation: &Operation) -> Result<Reply, Error<E>> {
    if operation.is_answer(reply.status) { Ok(reply) } else { Err(refusal(reply, operation)) }
}

#[cold]
fn refusal<E: ErrorPayload>(reply: Reply, operation: &Operation) -> Error<E> {
    let error = ApiError::new(reply, operation.errors);
    event::deviations(error.deviations(), operation);
    Error::Api(Box::new(error))
}

/// What a reply means: a value if it is an answer, else an error.
pub(super) fn conclude<T, E: ErrorPayload>(
    reply: Reply,
    read: impl FnOnce(&mut Reply) -> Result<T, BodyError>,
    operation: &Operation,
) -> Result<Response<T>, Error<E>> {
    let mut reply = answer(reply, operation)?;
    let outcome = read(&mut reply);
    event::deviations(reply.deviations(), operation);
    match outcome {
        Ok(value) => Ok(Response::new(reply, value)),
        Err(error) => Err(Error::Decode(Box::new(DecodeFailure::new(operation, reply, error)))),
    }
}

/// Awaiting a call sends it and returns the value alone.
impl<T: 'static, E: ErrorPayload> IntoFuture for Call<T, E> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = CallFuture<T, E>;

    fn into_future(self) -> CallFuture<T, E> {
        let Self { client, request, read, error } = self;
        CallFuture { operation: request.operation(), reply: client.send_request(request), read, error }
    }
}

/// The future of a [`Call`], which returns its value. The call is sent when the future is first polled; dropping it
/// cancels the call.
#[must_use = "a future does nothing unless it is polled"]
pub struct CallFuture<T, E> {
    operation: &'static Operation,
    reply: BoxFuture<'static, Result<Reply, Failure>>,
    read: fn(&mut Reply) -> Result<T, BodyError>,
    error: PhantomData<fn() -> E>,
}

impl<T, E: ErrorPayload> Future for CallFuture<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = std::task::ready!(self.reply.as_mut().poll(context))?;
        Poll::Ready(conclude(reply, self.read, self.operation).map(Response::into_value))
    }
}

/// Says what is called, and none of the values it is called with: they may be secrets.
impl<T, E> fmt::Debug for CallFuture<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("CallFuture").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

impl<T, E> Clone for Call<T, E> {
    fn clone(&self) -> Self {
        let Self { client, request, read, error } = self;
        Self { client: client.clone(), request: request.clone(), read: *read, error: *error }
    }
}

/// Says what is called, and none of the values it is called with: they may be secrets.
impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Call").field("request", &self.request).finish_non_exhaustive()
    }
}
