// needs: api_error call client decode_failure error link operation paging request response transport | crates: futures_core
//! All items of a paginated list.
//!
//! Takes a call for a page, how pages follow each other, and a function that extracts the items of a page; yields a
//! stream of items. The call is repeated unchanged (parameters, headers, timeout) except for the parameter that
//! selects the page. An error ends the stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use futures_core::Stream;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::{Call, conclude};
use super::client::{Client, url};
use super::decode_failure::DecodeFailure;
use super::error::{Error, Failure};
use super::link::follow;
use super::operation::Operation;
use super::paging::{Batch, Paging, Progress, Turn};
use super::request::Request;
use super::response::{BodyError, Reply};
use super::transport::BoxFuture;

/// The items of all pages, fetched on demand: a [`Stream`], with [`next`](Self::next) and
/// [`try_collect`](Self::try_collect) as inherent methods.
///
/// A page identical to an earlier one ends the stream, because a server that ignores the parameter would send it
/// forever. It is an error if the API counts more items than were received.
#[must_use = "a stream does nothing unless it is read"]
pub struct Items<T, E = Undocumented> {
    client: Client,
    read: Reader<T, E>,
    progress: Progress,
    items: IntoIter<T>,
    next: Next,
}

/// Reads a page from a reply.
type Reader<T, E> = Box<dyn Fn(Reply, &Operation) -> Result<Batch<T>, Error<E>> + Send + Sync>;

/// The state of the next page.
enum Next {
    /// Not requested yet.
    Request(Box<Request>),
    /// Requested, reply pending.
    Reply(Box<Request>, BoxFuture<'static, Result<Reply, Failure>>),
    /// No further page.
    End,
}

impl<T, E: ErrorPayload> Items<T, E> {
    /// Creates the stream of items that starts with a call's page. `batch` takes a page apart. The first of `members`
    /// hold the items and what leads to the next page: if one deviates from the document and is therefore blank, the
    /// stream ends with an error, not as if there were no more. The second hold the total count; if it is blank, the
    /// total is unknown.
    #[doc(hidden)]
    pub fn new<Page: 'static>(
        call: impl Into<Call<Page, E>>,
        paging: Paging,
        members: (&'static [&'static str], &'static [&'static str]),
        batch: fn(Page) -> Batch<T>,
    ) -> Self
    where
        T: 'static,
    {
        let Call { client, request, read, .. } = call.into();
        let read = move |reply: &mut Reply| {
            let page = read(reply)?;
            match reply.deviations().iter().find(|one| members.0.iter().any(|member| one.blanks(member))) {
                Some(one) => Err(BodyError::Json(one.clone().into_error(reply.body.as_bytes()))),
                None => Ok(page),
            }
        };
        Self {
            client,
            read: Box::new(move |reply, operation| {
                let page = conclude(reply, read, operation)?;
                let is_blank = |member: &&str| page.deviations().iter().any(|one| one.blanks(member));
                let is_counted = !members.1.iter().any(is_blank);
                let batch = batch(page.into_value());
                Ok(if is_counted { batch } else { batch.uncounted() })
            }),
            progress: Progress::new(paging, &request),
            items: Vec::new().into_iter(),
            next: Next::Request(Box::new(request)),
        }
    }

    /// The next item; `None` after the last item or an error.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects all remaining items, or returns the first error.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    /// Takes in a page and prepares the request for the next one. A repeated page ends the stream, because the server
    /// ignores the parameter; it is an error if the API counts more items than were received.
    fn take(&mut self, mut request: Box<Request>, reply: Result<Reply, Failure>) -> Result<(), Error<E>> {
        let reply = reply?;
        let operation = request.operation();
        let in_headers = self.progress.in_headers(&reply.headers);
        let repeated = self.progress.repeats(reply.body.as_bytes()).then(|| reply.clone());
        let batch = (self.read)(reply, operation)?;
        match repeated {
            Some(reply) => self.progress.ended(&batch.summary()).map_err(|problem| {
                let error = BodyError::Other(problem);
                Error::Decode(Box::new(DecodeFailure::new(operation, reply, error)))
            }),
            None => {
                self.next = match self.progress.advance(&mut request, batch.summary(), in_headers) {
                    Turn::End => Next::End,
                    Turn::Ask => Next::Request(request),
                    Turn::Follow(link) => {
                        match url(&self.client, &request).and_then(|page| follow(&page, &link)) {
                            Ok(url) => request.follow(url),
                            Err(error) => request.fail(error),
                        }
                        Next::Request(request)
                    }
                };
                self.items = batch.items.into_iter();
                Ok(())
            }
        }
    }
}

impl<T, E: ErrorPayload> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match std::mem::replace(&mut this.next, Next::End) {
                Next::End => return Poll::Ready(None),
                Next::Request(request) => {
                    let reply = this.client.send_request((*request).clone());
                    this.next = Next::Reply(request, reply);
                }
                Next::Reply(request, mut pending) => match pending.as_mut().poll(context) {
                    Poll::Pending => {
                        this.next = Next::Reply(request, pending);
                        return Poll::Pending;
                    }
                    Poll::Ready(reply) => {
                        if let Err(error) = this.take(request, reply) {
                            return Poll::Ready(Some(Err(error)));
                        }
                    }
                },
            }
        }
    }
}

/// Nothing is structurally pinned: the future is boxed and items are moved out.
impl<T, E> Unpin for Items<T, E> {}

/// Shows neither items nor parameter values.
impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Items")
            .field("received", &self.progress.received())
            .field("buffered", &self.items.len())
            .finish_non_exhaustive()
    }
}
