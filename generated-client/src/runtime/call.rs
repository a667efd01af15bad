// needs: api_error client codec error operation request response style transport | crates: bytes
//! A call that is being made up: a request, and how its response is read.
//!
//! Generated methods and setters only fill the request; sending, errors and overrides are here, once for all of them.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;

use super::api_error::{ApiError, ErrorPayload, Undocumented};
use super::client::Client;
use super::codec::Codec;
use super::error::{Error, Failure};
use super::operation::{Operation, Status};
use super::request::Request;
use super::response::{BodyError, DecodeFailure, Reply, Response};
use super::style::QueryStyle;
use super::transport::BoxFuture;

/// How a response body becomes a value.
type Read<T> = fn(&Reply) -> Result<T, BodyError>;

/// A call that gives a `T`. Nothing is sent before it is awaited, or [`send`](Call::send) is.
///
/// `E` says what is documented of its errors, `P` which operation's optional parameters it takes.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'c, T, E = Undocumented, P = ()> {
    client: &'c Client,
    request: Request,
    read: Read<T>,
    marker: PhantomData<fn() -> (E, P)>,
}

impl<'c, T, E> Call<'c, T, E> {
    /// A call whose response is read by a function.
    pub fn with(client: &'c Client, operation: &'static Operation, read: Read<T>) -> Self {
        Self { client, request: Request::new(operation), read, marker: PhantomData }
    }

    /// A call that gives a JSON value.
    pub fn json(client: &'c Client, operation: &'static Operation) -> Self
    where
        T: Codec,
    {
        Self::with(client, operation, Reply::json)
    }

    /// The same call, with setters for the optional parameters of an operation.
    pub fn marked<P>(self) -> Call<'c, T, E, P> {
        Call { client: self.client, request: self.request, read: self.read, marker: PhantomData }
    }
}

impl<'c, E> Call<'c, (), E> {
    /// A call that gives nothing: whatever body comes is ignored.
    pub fn empty(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::empty)
    }
}

impl<'c, E> Call<'c, String, E> {
    /// A call that gives text.
    pub fn text(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::text)
    }
}

impl<'c, E> Call<'c, Bytes, E> {
    /// A call that gives bytes.
    pub fn bytes(client: &'c Client, operation: &'static Operation) -> Self {
        Self::with(client, operation, Reply::bytes)
    }
}

/// What generated methods and setters fill.
impl<'c, T, E, P> Call<'c, T, E, P> {
    fn filled(mut self, fill: impl FnOnce(&mut Request)) -> Self {
        fill(&mut self.request);
        self
    }

    /// A path parameter.
    #[doc(hidden)]
    pub fn path(self, name: &'static str, value: &dyn Codec) -> Self {
        self.filled(|request| request.path(name, value))
    }

    /// A query parameter in the default style.
    #[doc(hidden)]
    pub fn query(self, name: &'static str, value: &dyn Codec) -> Self {
        self.filled(|request| request.query(name, QueryStyle::FormExplode, value))
    }

    /// A query parameter.
    #[doc(hidden)]
    pub fn query_styled(self, name: &'static str, style: QueryStyle, value: &dyn Codec) -> Self {
        self.filled(|request| request.query(name, style, value))
    }

    /// A query parameter with `allowReserved: true`.
    #[doc(hidden)]
    pub fn query_reserved(self, name: &'static str, style: QueryStyle, value: &dyn Codec) -> Self {
        self.filled(|request| request.query_reserved(name, style, value))
    }

    /// A header parameter.
    #[doc(hidden)]
    pub fn header_parameter(self, name: &'static str, value: &dyn Codec) -> Self {
        self.filled(|request| request.header(name, value))
    }

    /// A cookie parameter.
    #[doc(hidden)]
    pub fn cookie(self, name: &'static str, value: &dyn Codec) -> Self {
        self.filled(|request| request.cookie(name, value))
    }

    /// A JSON body.
    #[doc(hidden)]
    pub fn body_json(self, content_type: &'static str, value: &dyn Codec) -> Self {
        self.filled(|request| request.json(content_type, value))
    }

    /// A form body.
    #[doc(hidden)]
    pub fn body_form(self, value: &dyn Codec) -> Self {
        self.filled(|request| request.form(value, &[]))
    }

    /// A text body.
    #[doc(hidden)]
    pub fn body_text(self, content_type: &'static str, text: String) -> Self {
        self.filled(|request| request.text(content_type, text))
    }

    /// A body of bytes.
    #[doc(hidden)]
    pub fn body_bytes(self, content_type: &'static str, bytes: Bytes) -> Self {
        self.filled(|request| request.bytes(content_type, bytes))
    }

    /// The client, the request and how its response is read.
    #[doc(hidden)]
    pub fn into_parts(self) -> (&'c Client, Request, Read<T>) {
        (self.client, self.request, self.read)
    }
}

/// What any call can be told.
impl<'c, T, E, P> Call<'c, T, E, P> {
    /// Limits each attempt, from connecting to the last byte, in place of the client's timeout.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.filled(|request| request.timeout(timeout))
    }

    /// Sets a header, in place of any that would be sent.
    pub fn header(self, name: &str, value: &str) -> Self {
        self.filled(|request| request.override_header(name, value))
    }

    /// Adds `name=value` to the query.
    pub fn query_pair(self, name: &str, value: &str) -> Self {
        self.filled(|request| request.query_pair(name, value))
    }
}

impl<'c, T, E: ErrorPayload, P> Call<'c, T, E, P> {
    /// Sends the request, and gives status and headers with the value.
    pub async fn send(self) -> Result<Response<T>, Error<E>> {
        let documented = self.request.operation().errors;
        let reply = self.client.execute(self.request).await;
        let reply = accept(reply, documented)?;
        match (self.read)(&reply) {
            Ok(value) => Ok(Response::new(reply.status, reply.headers, value)),
            Err(error) => Err(Error::Decode(Box::new(DecodeFailure::new(reply, error)))),
        }
    }
}

/// A reply of success; any other is an error.
pub(super) fn accept<E: ErrorPayload>(
    reply: Result<Reply, Failure>,
    documented: &[Status],
) -> Result<Reply, Error<E>> {
    let reply = reply?;
    if reply.status.is_success() { Ok(reply) } else { Err(Error::Api(Box::new(ApiError::new(reply, documented)))) }
}

impl<'c, T: 'static, E: ErrorPayload, P: 'static> IntoFuture for Call<'c, T, E, P> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(Response::into_value) })
    }
}

impl<T, E, P> fmt::Debug for Call<'_, T, E, P> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.request.fmt(out)
    }
}
