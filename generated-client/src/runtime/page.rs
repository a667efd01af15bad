// needs: api_error call client decode_failure error operation paging request response transport | crates: futures_core
//! All items of a list that comes in pages.
//!
//! In: a call for a page, how pages follow each other, and a function that takes the items out of a page. Out: a stream
//! of items. The call is repeated with all it was given (parameters, headers, timeout) but for the one parameter that
//! says which page. An error ends the stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use futures_core::Stream;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::{Call, conclude};
use super::client::Client;
use super::decode_failure::DecodeFailure;
use super::error::{Error, Failure};
use super::operation::Operation;
use super::paging::{Batch, Paging, Progress};
use super::request::Request;
use super::response::{BodyError, Reply};
use super::transport::BoxFuture;

/// Every item of every page, fetched as they are asked for: a [`Stream`], and without any trait in scope
/// [`next`](Self::next) and [`try_collect`](Self::try_collect).
///
/// A page that is byte for byte one that came before is the last, for a server that does not look at the parameter would
/// send it for ever. Where the API counts more items than came, it is an error.
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

/// Where the next page is to come from.
enum Next {
    /// To be asked for.
    Request(Box<Request>),
    /// Asked for.
    Reply(Box<Request>, BoxFuture<'static, Result<Reply, Failure>>),
    /// There is none.
    End,
}

impl<T, E: ErrorPayload> Items<T, E> {
    /// The items of the pages that a call begins with. `batch` takes a page apart. The first of its members holds the items:
    /// where that is not what the document says, and so is blank, the stream ends with an error, and not as if there were no
    /// more. The second, if there is one, counts the items of all pages; where it is blank, they are not counted.
    #[doc(hidden)]
    pub fn new<Page: 'static>(
        call: impl Into<Call<Page, E>>,
        paging: Paging,
        members: &'static [&'static str],
        batch: fn(Page) -> Batch<T>,
    ) -> Self
    where
        T: 'static,
    {
        let Call { client, request, read, .. } = call.into();
        let read = move |reply: &mut Reply| {
            let page = read(reply)?;
            match reply.deviations().iter().find(|one| members.first().is_some_and(|member| one.blanks(member))) {
                Some(one) => Err(BodyError::Json(one.clone().into_error(reply.body.as_bytes()))),
                None => Ok(page),
            }
        };
        Self {
            client,
            read: Box::new(move |reply, operation| {
                let page = conclude(reply, read, operation)?;
                let is_blank = |member: &&str| page.deviations().iter().any(|one| one.blanks(member));
                let is_counted = !members.iter().skip(1).any(is_blank);
                let batch = batch(page.into_value());
                Ok(if is_counted { batch } else { batch.uncounted() })
            }),
            progress: Progress::new(paging, &request),
            items: Vec::new().into_iter(),
            next: Next::Request(Box::new(request)),
        }
    }

    /// The next item; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All items that are left, or the first error.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut all = Vec::new();
        while let Some(item) = self.next().await {
            all.push(item?);
        }
        Ok(all)
    }

    /// Takes in a page, and makes out the request for the next one. A page that came before ends the stream, for the server
    /// does not look at the parameter; it is an error where the API counts more items than came.
    fn take(&mut self, mut request: Box<Request>, reply: Result<Reply, Failure>) -> Result<(), Error<E>> {
        let reply = reply?;
        let operation = request.operation();
        let repeated = self.progress.repeats(reply.body.as_bytes()).then(|| reply.clone());
        let batch = (self.read)(reply, operation)?;
        match repeated {
            Some(reply) => self.progress.ended(&batch.summary()).map_err(|problem| {
                let error = BodyError::Other(problem);
                Error::Decode(Box::new(DecodeFailure::new(operation, reply, error)))
            }),
            None => {
                if self.progress.advance(&mut request, batch.summary()) {
                    self.next = Next::Request(request);
                }
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

/// Nothing in it is pinned: the future is in a box of its own, items are moved out.
impl<T, E> Unpin for Items<T, E> {}

/// Shows neither items nor values of parameters.
impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Items")
            .field("received", &self.progress.received())
            .field("buffered", &self.items.len())
            .finish_non_exhaustive()
    }
}
