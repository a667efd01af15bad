// needs: api_error client codec decode_failure error event operation request response transport | crates: bytes
//! A call of an operation, ready to be sent: type-erased but for what it returns.
//!
//! A generated method makes a call of an operation and fills its [`Request`]. The setters of optional parameters are methods of
//! `Call<'_, T, E, P>` with a `P` of the operation's own, so that they stand on no other call.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;

use super::api_error::{ApiError, ErrorPayload, Undocumented};
use super::client::Client;
use super::codec::Codec;
use super::decode_failure::DecodeFailure;
use super::error::Error;
use super::event;
use super::operation::Operation;
use super::request::Request;
use super::response::{BodyError, Reply, Response};
use super::transport::BoxFuture;

/// A call that was not sent yet: await it for the value, or [`send`](Self::send) it for status, headers and value.
///
/// `T` is what it returns, `E` what is documented of its errors, and `P` names the operation whose parameters can be set.
#[must_use = "a call does nothing unless it is awaited or sent"]
pub struct Call<'c, T, E = Undocumented, P = ()> {
    pub(super) client: &'c Client,
    pub(super) request: Request,
    pub(super) read: fn(&mut Reply) -> Result<T, BodyError>,
    error: PhantomData<fn() -> E>,
    marker: PhantomData<fn() -> P>,
}

impl<'c, T, E> Call<'c, T, E> {
    /// A call whose response is read by a function, from any 2xx. It can go by [`Reply::status`] and use
    /// [`Reply::json`] and the like.
    pub fn with(
        client: &'c Client,
        operation: &'static Operation,
        read: fn(&mut Reply) -> Result<T, BodyError>,
    ) -> Self {
        Self { client, request: Request::new(operation), read, error: PhantomData, marker: PhantomData }
    }

    /// A call that returns the JSON body of any 2xx, whatever its `Content-Type` says.
    pub fn json(client: &'c Client, operation: &'static Operation) -> Self
    where
        T: Codec,
    {
        Self::with(client, operation, Reply::json::<T>)
    }

    /// The same call as one of an operation with parameters to set.
    pub fn marked<P>(self) -> Call<'c, T, E, P> {
        let read = self.read;
        self.read_as(read)
    }
}

impl<'c, T: Codec, E> Call<'c, T, E> {
    /// A call that returns the scalar that the text of any 2xx is.
    pub fn parsed_text(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::parsed_text::<T>)
    }

    /// A call that returns the scalar in the body of any 2xx, which is text or JSON as its `Content-Type` says.
    pub fn text_or_json(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::text_or_json::<T>)
    }
}

impl<'c, E> Call<'c, (), E> {
    /// A call that returns nothing: any 2xx will do, its body is ignored.
    pub fn empty(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::empty)
    }
}

impl<'c, E> Call<'c, String, E> {
    /// A call that returns the body of any 2xx as text.
    pub fn plain(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::text)
    }
}

impl<'c, E> Call<'c, Bytes, E> {
    /// A call that returns the body of any 2xx as it is.
    pub fn raw(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::bytes)
    }
}

impl<'c, T, E, P> Call<'c, T, E, P> {
    /// Limits each attempt of this call, from connecting to the last byte, in place of the client's timeout.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.request.timeout(timeout);
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
    pub fn text(self) -> Call<'c, String, E, P> { self.read_as(Reply::text) }

    /// The same call, which returns the body of any 2xx as it comes, whatever it is documented to be.
    pub fn bytes(self) -> Call<'c, Bytes, E, P> { self.read_as(Reply::bytes) }

    fn read_as<U, Q>(self, read: fn(&mut Reply) -> Result<U, BodyError>) -> Call<'c, U, E, Q> {
        let Self { client, request, error, .. } = self;
        Call { client, request, read, error, marker: PhantomData }
    }

    /// The request, for the setters of an operation's parameters.
    pub fn request_mut(&mut self) -> &mut Request { &mut self.request }

    /// Sends the call, and returns the value with the status and headers it came with.
    pub fn send(self) -> impl Future<Output = Result<Response<T>, Error<E>>> + Send + use<'c, T, E, P>
    where
        E: ErrorPayload,
    {
        let Self { client, request, read, .. } = self;
        let operation = request.operation();
        async move {
            let reply = client.send_request(request).await?;
            conclude(reply, read, operation)
        }
    }
}

/// What a reply means: a value for any 2xx and for a redirect that is an answer, else an error.
pub(super) fn conclude<T, E: ErrorPayload>(
    mut reply: Reply,
    read: impl FnOnce(&mut Reply) -> Result<T, BodyError>,
    operation: &Operation,
) -> Result<Response<T>, Error<E>> {
    if !operation.is_answer(reply.status) {
        let error = ApiError::new(reply, operation.errors);
        event::deviations(error.deviations(), operation);
        return Err(Error::Api(Box::new(error)));
    }
    let outcome = read(&mut reply);
    event::deviations(reply.deviations(), operation);
    match outcome {
        Ok(value) => Ok(Response::new(reply, value)),
        Err(error) => Err(Error::Decode(Box::new(DecodeFailure::new(operation, reply, error)))),
    }
}

/// Awaiting a call sends it and returns the value alone.
impl<'c, T: 'c, E: ErrorPayload, P: 'c> IntoFuture for Call<'c, T, E, P> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture { Box::pin(async move { self.send().await.map(Response::into_value) }) }
}

impl<T, E, P> Clone for Call<'_, T, E, P> {
    fn clone(&self) -> Self {
        let Self { client, read, error, marker, .. } = *self;
        Self { client, request: self.request.clone(), read, error, marker }
    }
}

/// Says what is called, and none of the values it is called with: they may be secrets.
impl<T, E, P> fmt::Debug for Call<'_, T, E, P> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Call").field("request", &self.request).finish_non_exhaustive()
    }
}

/// Declares what tells apart calls that have optional parameters of their own.
#[allow(unused_macros, reason = "a crate may have none")]
macro_rules! markers {
    ($($name:ident),* $(,)?) => {$(
        /// Marks a call that has optional parameters: its methods set them.
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
    )*};
}
#[allow(unused_imports, reason = "a crate may have none")]
pub(crate) use markers;
