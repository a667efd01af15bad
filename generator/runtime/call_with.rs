// needs: api_error body call codec error response retry transport | crates: bytes
//! Calls that have optional parameters.
//!
//! ```text
//! parameters!(ListUsers);
//!
//! pub type ListUsers = CallWith<UserPage, Documented<Problem>, parameters::ListUsers>;
//!
//! impl ListUsers {
//!     pub fn limit(self, limit: i64) -> Self { self.with_query("limit", &limit) }
//! }
//! ```
//!
//! The setters of an operation are methods of its own type, so that they stand on no other call, and its page in the
//! documentation lists no others. The struct behind all of them has no page, which would list the setters of every
//! operation.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;

use super::api_error::ErrorPayload;
use super::body::Body;
use super::call::{Call, CallFuture};
use super::codec::Codec;
use super::error::Error;
use super::response::Response;
use super::retry::RetryPolicy;
use super::transport::MaybeSend;

/// A [`Call`] with optional parameters, which are those of the operation that `P` stands for.
#[doc(hidden)]
#[must_use = "a call does nothing unless it is awaited or sent"]
pub struct CallWith<T, E, P> {
    pub(super) call: Call<T, E>,
    parameters: PhantomData<fn() -> P>,
}

impl<T, E, P> CallWith<T, E, P> {
    /// See [`Call::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self { self.call.timeout(timeout).into() }

    /// See [`Call::total_timeout`].
    pub fn total_timeout(self, timeout: Duration) -> Self { self.call.total_timeout(timeout).into() }

    /// See [`Call::retries`].
    pub fn retries(self, policy: RetryPolicy) -> Self { self.call.retries(policy).into() }

    /// See [`Call::min_throughput`].
    pub fn min_throughput(self, bytes: u64, within: Duration) -> Self { self.call.min_throughput(bytes, within).into() }

    /// See [`Call::header`].
    pub fn header(self, name: &str, value: &str) -> Self { self.call.header(name, value).into() }

    /// See [`Call::query_pair`].
    pub fn query_pair(self, name: &str, value: &str) -> Self { self.call.query_pair(name, value).into() }

    /// See [`Call::text`].
    pub fn text(self) -> Call<String, E> { self.call.text() }

    /// See [`Call::bytes`].
    pub fn bytes(self) -> Call<Bytes, E> { self.call.bytes() }

    /// See [`Call::read_as`].
    pub fn read_as<U: Codec>(self) -> Call<U, E> { self.call.read_as() }

    /// See [`Call::send`].
    pub fn send(self) -> impl Future<Output = Result<Response<T>, Error<E>>> + MaybeSend + 'static
    where
        T: 'static,
        E: ErrorPayload,
        P: 'static,
    {
        self.call.send()
    }

    /// See [`Call::stream`].
    pub fn stream(self) -> impl Future<Output = Result<Response<Body>, Error<E>>> + MaybeSend + 'static
    where
        T: 'static,
        E: ErrorPayload,
        P: 'static,
    {
        self.call.stream()
    }
}

impl<T: 'static, E: ErrorPayload, P> IntoFuture for CallWith<T, E, P> {
    type Output = Result<T, Error<E>>;
    type IntoFuture = CallFuture<T, E>;

    fn into_future(self) -> CallFuture<T, E> { self.call.into_future() }
}

#[doc(hidden)]
impl<T, E> Call<T, E> {
    /// The same call as one with optional parameters.
    pub fn with_parameters<P>(self) -> CallWith<T, E, P> { self.into() }
}

impl<T, E, P> From<Call<T, E>> for CallWith<T, E, P> {
    fn from(call: Call<T, E>) -> Self { Self { call, parameters: PhantomData } }
}

/// Whose parameters are set.
impl<T, E, P> From<CallWith<T, E, P>> for Call<T, E> {
    fn from(call: CallWith<T, E, P>) -> Self { call.call }
}

impl<T, E, P> Clone for CallWith<T, E, P> {
    fn clone(&self) -> Self { self.call.clone().into() }
}

impl<T, E, P> fmt::Debug for CallWith<T, E, P> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { self.call.fmt(out) }
}

/// Declares what tells apart calls that have optional parameters of their own.
macro_rules! parameters {
    ($($name:ident),* $(,)?) => {
        mod parameters {
            $(
                #[derive(Clone, Copy, Debug)]
                pub struct $name;
            )*
        }
    };
}
pub(crate) use parameters;
