// needs: api_error response | crates: http
//! Headers of responses with a type.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use http::HeaderMap;

use super::api_error::ApiError;
use super::response::Response;

/// A header that responses have, and the type that its value is read as; see [`Response::header`].
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A header of a name in lower case.
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Self { Self { name, value: PhantomData } }

    /// Its name, in lower case.
    pub const fn name(self) -> &'static str { self.name }
}

impl<T: FromStr> Header<T> {
    fn read(self, headers: &HeaderMap) -> Option<T> { headers.get(self.name)?.to_str().ok()?.trim().parse().ok() }
}

impl<T> Response<T> {
    /// The value of a header that the document describes. `None` if the response does not have it, or has something
    /// else in it; [`headers`](Self::headers) has whatever came.
    pub fn header<V: FromStr>(&self, header: Header<V>) -> Option<V> { header.read(self.headers()) }
}

impl<D> ApiError<D> {
    /// The value of a header that the document describes; see [`Response::header`].
    pub fn header<V: FromStr>(&self, header: Header<V>) -> Option<V> { header.read(self.headers()) }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self { *self }
}

impl<T> Copy for Header<T> {}

/// Shows the name.
impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.debug_tuple("Header").field(&self.name).finish() }
}
