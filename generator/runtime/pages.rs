// needs: api_error call client decode_failure error link operation paging request request_error response transport | crates: futures_core
//! The pages of a list.
//!
//! Takes a call for a page, how pages follow each other, and a function that says what a page leads to; yields a stream
//! of pages. The call is repeated unchanged (parameters, headers, timeout) except for the parameter that selects the
//! page. An error ends the stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::{Call, conclude};
use super::client::{Client, url, without_credentials};
use super::decode_failure::DecodeFailure;
use super::error::{Error, Failure};
use super::link::follow;
use super::operation::Operation;
use super::paging::{Paging, Progress, Summary, Turn};
use super::request::Request;
use super::request_error::{RequestError, RequestPart};
use super::response::{BodyError, Reply};
use super::transport::BoxFuture;

/// The pages of a list, fetched on demand: a [`Stream`], with [`next`](Self::next) as an inherent method.
///
/// A page identical to an earlier one ends the stream, because a server that ignores the parameter would send it
/// forever. It is an error if the API counts more items than were received.
#[must_use = "a stream does nothing unless it is read"]
pub struct Pages<P, E = Undocumented> {
    client: Client,
    read: Reader<P, E>,
    progress: Progress,
    next: Next,
}

/// Reads a page from a reply.
type Reader<P, E> = Box<dyn Fn(Reply, &Operation) -> Result<(P, Summary), Error<E>> + Send + Sync>;

/// The state of the next page.
enum Next {
    /// Not requested yet.
    Request(Box<Request>),
    /// Requested, reply pending.
    Reply(Box<Request>, BoxFuture<'static, Result<Reply, Failure>>),
    /// Requested, but it failed.
    Failed(Box<Request>),
    /// No further page.
    End,
}

impl<P, E: ErrorPayload> Pages<P, E> {
    /// Creates the stream of pages that starts with a call's page. `summary` says what a page leads to. The first of
    /// `members` hold the items and what leads to the next page: if one deviates from the document and is therefore
    /// blank, the stream ends with an error, not as if there were no more. The second hold the total count; if it is
    /// blank, the total is unknown.
    #[doc(hidden)]
    pub fn new(
        call: impl Into<Call<P, E>>,
        paging: Paging,
        members: (&'static [&'static str], &'static [&'static str]),
        summary: fn(&P) -> Summary,
    ) -> Self
    where
        P: 'static,
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
                let page = page.into_value();
                let summary = summary(&page);
                Ok((page, if is_counted { summary } else { summary.uncounted() }))
            }),
            progress: Progress::new(paging, &request),
            next: Next::Request(Box::new(request)),
        }
    }

    /// The same pages, each made into something else.
    pub(super) fn map<U>(self, make: fn(P) -> U) -> Pages<U, E>
    where
        P: 'static,
        U: 'static,
        E: 'static,
    {
        let Self { client, read, progress, next } = self;
        let read = move |reply: Reply, operation: &Operation| {
            read(reply, operation).map(|(page, summary)| (make(page), summary))
        };
        Pages { client, read: Box::new(read), progress, next }
    }

    /// The next page; `None` after the last page or an error.
    pub async fn next(&mut self) -> Option<Result<P, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// A text that tells where the next page is, for [`resume`](Self::resume) to go on from there, in another process
    /// too. After an error it leads to the page that failed. `None` after the last page and one that is repeated, and
    /// where pages follow by a token or URL, before the first. It holds no credential of the client.
    pub fn continuation(&self) -> Option<String> {
        match self.next {
            Next::End => None,
            Next::Request(_) | Next::Reply(..) | Next::Failed(_) => self.progress.continuation(),
        }
    }

    /// The pages from where this or another stream of the same call was when it gave this
    /// [`continuation`](Self::continuation). If it is of another kind of list, the next page is an error. A stream that
    /// has come to its end stays there.
    pub fn resume(mut self, continuation: &str) -> Self {
        self.next = match self.next {
            Next::Request(mut request) | Next::Reply(mut request, _) | Next::Failed(mut request) => {
                match self.progress.resume(&mut request, continuation) {
                    Some(turn) => prepare(&self.client, &mut request, &mut self.progress, turn),
                    None => {
                        let problem = "the continuation is not of this list";
                        request.fail(RequestError::new(RequestPart::Query, "", problem));
                    }
                }
                Next::Request(request)
            }
            Next::End => Next::End,
        };
        self
    }

    /// Takes in a page and prepares the request for the next one. A repeated page ends the stream, because the server
    /// ignores the parameter; it is an error if the API counts more items than were received.
    fn take(&mut self, request: &mut Request, reply: Result<Reply, Failure>) -> Result<(Option<P>, Goes), Error<E>> {
        let operation = request.operation();
        let reply = reply?;
        let in_headers = self.progress.in_headers(&reply.headers);
        let repeated = self.progress.repeats(reply.body.as_bytes()).then(|| reply.clone());
        let (page, summary) = (self.read)(reply, operation)?;
        if let Some(reply) = repeated {
            return match self.progress.ended(&summary) {
                Ok(()) => Ok((None, Goes::Nowhere)),
                Err(problem) => {
                    let error = BodyError::Other(problem);
                    Err(Error::Decode(Box::new(DecodeFailure::new(operation, reply, error))))
                }
            };
        }
        match self.progress.advance(request, summary, in_headers) {
            Turn::End => Ok((Some(page), Goes::Nowhere)),
            turn => {
                prepare(&self.client, request, &mut self.progress, turn);
                Ok((Some(page), Goes::On))
            }
        }
    }
}

/// Whether another page follows.
enum Goes {
    On,
    Nowhere,
}

/// Makes the request follow a link, if that is how pages follow each other. Inline as [`paging`](super::paging) is.
#[inline]
fn prepare(client: &Client, request: &mut Request, progress: &mut Progress, turn: Turn) {
    if let Turn::Follow(link) = turn {
        match url(client, request).and_then(|page| follow(&page, &link, "the link to the next page")) {
            Ok(url) => {
                progress.follows(without_credentials(client, &url));
                request.follow(url);
            }
            Err(error) => request.fail(error),
        }
    }
}

impl<P, E: ErrorPayload> Stream for Pages<P, E> {
    type Item = Result<P, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match std::mem::replace(&mut this.next, Next::End) {
                Next::Request(request) => {
                    let reply = this.client.send_request((*request).clone());
                    this.next = Next::Reply(request, reply);
                }
                Next::Reply(mut request, mut pending) => match pending.as_mut().poll(context) {
                    Poll::Pending => {
                        this.next = Next::Reply(request, pending);
                        return Poll::Pending;
                    }
                    Poll::Ready(reply) => {
                        let taken = this.take(&mut request, reply);
                        this.next = match &taken {
                            Ok((_, Goes::On)) => Next::Request(request),
                            Ok((_, Goes::Nowhere)) => Next::End,
                            Err(_) => Next::Failed(request),
                        };
                        return Poll::Ready(taken.map(|(page, _)| page).transpose());
                    }
                },
                last @ (Next::Failed(_) | Next::End) => {
                    this.next = last;
                    return Poll::Ready(None);
                }
            }
        }
    }
}

/// Nothing is structurally pinned: the future is boxed.
impl<P, E> Unpin for Pages<P, E> {}

/// Shows neither items nor parameter values.
impl<P, E> fmt::Debug for Pages<P, E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Pages").field("received", &self.progress.received()).finish_non_exhaustive()
    }
}
