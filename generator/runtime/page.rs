// needs: api_error call client error request response style transport | crates: futures-core
//! Every item of a list that comes in pages.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::api_error::ErrorPayload;
use super::call::{Call, accept};
use super::client::Client;
use super::error::{Error, Failure};
use super::request::Request;
use super::response::{BodyError, DecodeFailure, Reply};
use super::style::QueryStyle;
use super::transport::BoxFuture;

/// The items of a page, and how many there are on all pages if the server says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    items: Vec<T>,
    total: Option<f64>,
}

impl<T> Page<T> {
    /// A page of items; none of them where the list is absent.
    pub fn new(items: impl Into<Option<Vec<T>>>, total: impl Total) -> Self {
        Self { items: items.into().unwrap_or_default(), total: total.total() }
    }
}

/// A number of items, of whatever type the document gives it.
pub trait Total {
    /// The number, if there is one.
    fn total(self) -> Option<f64>;
}

macro_rules! totals {
    ($($number:ty),*) => {$(
        impl Total for $number {
            fn total(self) -> Option<f64> {
                Some(self as f64)
            }
        }
    )*};
}
totals!(i32, i64, u32, u64, f64);

impl<N: Total> Total for Option<N> {
    fn total(self) -> Option<f64> {
        self.and_then(Total::total)
    }
}

/// The page does not say.
impl Total for () {
    fn total(self) -> Option<f64> {
        None
    }
}

/// How a response body becomes a page.
type ReadPage<T> = Box<dyn Fn(&Reply) -> Result<Page<T>, BodyError> + Send + Sync>;

/// Every item of every page: a [`Stream`], and without a stream library [`next`](Items::next) and
/// [`try_collect`](Items::try_collect). An error ends it.
#[must_use = "nothing is sent before an item is asked for"]
pub struct Items<'c, T, E> {
    client: &'c Client,
    request: Request,
    read: ReadPage<T>,
    parameter: &'static str,
    offset: u64,
    ready: VecDeque<T>,
    pending: Option<BoxFuture<'c, Result<Reply, Failure>>>,
    done: bool,
    marker: PhantomData<fn() -> E>,
}

impl<'c, T, E> Items<'c, T, E> {
    /// Pages by offset: the query parameter says how many items to pass over. It grows by the number of items received,
    /// which servers may make smaller than what was asked for. Ends with an empty page, or with the total.
    pub fn offset<L, P>(call: Call<'c, L, E, P>, parameter: &'static str, page: fn(L) -> Page<T>) -> Self
    where
        L: 'static,
        T: 'static,
    {
        let (client, request, read) = call.into_parts();
        let offset = request.query_number(parameter).unwrap_or(0);
        Self {
            client,
            request,
            read: Box::new(move |reply| read(reply).map(page)),
            parameter,
            offset,
            ready: VecDeque::new(),
            pending: None,
            done: false,
            marker: PhantomData,
        }
    }
}

impl<'c, T, E: ErrorPayload> Items<'c, T, E> {
    /// The next item; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// All items that are left.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            if self.done {
                return Poll::Ready(None);
            }
            let pending = match &mut self.pending {
                Some(pending) => pending,
                none => {
                    let (client, request) = (self.client, self.request.clone());
                    none.insert(Box::pin(async move { client.execute(request).await }))
                }
            };
            let Poll::Ready(reply) = pending.as_mut().poll(context) else { return Poll::Pending };
            self.pending = None;
            if let Err(error) = self.take(reply) {
                self.done = true;
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Takes the items of a page, and makes the request for the next.
    fn take(&mut self, reply: Result<Reply, Failure>) -> Result<(), Error<E>> {
        let reply = accept(reply, self.request.operation().errors)?;
        let page = match (self.read)(&reply) {
            Ok(page) => page,
            Err(error) => return Err(Error::Decode(Box::new(DecodeFailure::new(reply, error)))),
        };
        self.offset = self.offset.saturating_add(page.items.len() as u64);
        self.done = page.items.is_empty() || page.total.is_some_and(|total| self.offset as f64 >= total);
        self.ready = page.items.into();
        self.request.query(self.parameter, QueryStyle::Form, &self.offset);
        Ok(())
    }
}

impl<T, E> Unpin for Items<'_, T, E> {}

impl<T, E: ErrorPayload> Stream for Items<'_, T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T, E> fmt::Debug for Items<'_, T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Items").field("request", &self.request).field("offset", &self.offset).finish_non_exhaustive()
    }
}
