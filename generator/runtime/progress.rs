// needs: api_error call client error link pace polling request response retry_after transport unfinished work | crates: futures_core
//! Work that is asked for its state until it is done, as a stream of the replies.
//!
//! The call that starts the work is sent once. Each question for the state is a call of its own, with the retries of
//! any other.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::api_error::{ErrorPayload, Undocumented};
use super::call::{Call, conclude};
use super::client::{Client, url, without_credentials};
use super::error::{Error, Failure};
use super::link::follow;
use super::pace::Pace;
use super::polling::{Meaning, Polling};
use super::request::Request;
use super::response::{BodyError, Reply};
use super::retry_after::retry_after;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};
use super::unfinished::{Cause, Last, Unfinished};
use super::work::{Answered, Goal, Lead, Start, unreadable};

/// Work that goes on: a [`Stream`] of what the API tells of it, with [`next`](Self::next) as an inherent method. It
/// ends after the reply that says that the work is done, or after an error. Dropping it ends the waiting, not the work.
#[must_use = "a stream does nothing unless it is read"]
pub struct Progress<T, E = Undocumented, R = T> {
    client: Client,
    start: Start,
    polling: Polling<T>,
    read: fn(&mut Reply) -> Result<T, BodyError>,
    /// Asks for the state.
    ask: Request,
    goal: Goal<T, E, R>,
    pub(super) pace: Pace,
    step: Step<E>,
    /// Whether it is known where to ask for the state.
    is_started: bool,
    last: Option<(Last, Meaning)>,
}

enum Step<E> {
    /// The work is to be started.
    Start,
    Starting(BoxFuture<'static, Result<Reply, Failure>>),
    /// The state is to be asked for.
    Ask,
    Asking(BoxFuture<'static, Result<Reply, Failure>>),
    Waiting(BoxFuture<'static, ()>),
    /// The error that ends the stream.
    Stop(Box<Error<E>>),
    End,
}

impl<T, E: ErrorPayload, R> Progress<T, E, R> {
    /// Work that a call starts, or one that is under way if nothing leads from that call to another.
    pub(super) fn new(client: &Client, start: Start, polling: Polling<T>, goal: Goal<T, E, R>) -> Self {
        let Call { request: blank, read, .. } = (polling.call)(client);
        let (ask, step, is_started) = match start.lead {
            Lead::Nothing => (start.request.clone(), Step::Ask, true),
            Lead::Parameters(_) | Lead::Header(_) => (blank, Step::Start, false),
        };
        let pace = Pace::new(polling.interval, polling.longest);
        Self { client: client.clone(), start, polling, read, ask, goal, pace, step, is_started, last: None }
    }

    /// Goes on with work that was started before.
    pub(super) fn resume(&mut self, handle: &str) {
        self.ask.limited_like(&self.start.request);
        let base = match self.start.lead {
            Lead::Header(_) => self.start.request.operation(),
            Lead::Nothing | Lead::Parameters(_) => self.ask.operation(),
        };
        let base = self.client.shared.base.of(base).map(|base| base.into_owned());
        match base.and_then(|base| follow(&base, handle, "the handle of the work")) {
            Ok(url) => self.ask.follow(url),
            Err(error) => self.ask.fail(error),
        }
        (self.step, self.is_started) = (Step::Ask, true);
    }

    /// Starts the work, unless that was done, and does not ask for its state yet: for a program that keeps the
    /// [`handle`](Self::handle) before it waits.
    pub async fn start(&mut self) -> Result<(), Error<E>> { poll_fn(|context| self.poll_start(context)).await }

    /// A text by which [`UntilDone::resume`](super::until_done::UntilDone::resume) goes on waiting, in another process
    /// too. `None` before the work was started. It holds no credential of the client.
    pub fn handle(&self) -> Option<String> {
        let url = url(&self.client, &self.ask).ok().filter(|_| self.is_started)?;
        Some(without_credentials(&self.client, &url))
    }

    /// The next thing that is told of the work; `None` once it is done, or after an error.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Waits until the work is done, and returns what comes of it.
    pub async fn result(mut self) -> Result<R, Error<E>> {
        while let Some(told) = self.next().await {
            told?;
        }
        let last = match self.last.take() {
            Some((last, Meaning::Done)) => last.reply,
            Some((last, Meaning::Failed)) => return Err(self.unfinished(Cause::Failed, Some(last))),
            Some((last, Meaning::GoesOn)) => return Err(self.unfinished(Cause::Left, Some(last))),
            None => return Err(self.unfinished(Cause::Left, None)),
        };
        match self.goal {
            Goal::State(result) => {
                let state = (self.read)(&mut last.clone());
                state.map(result).map_err(|error| unreadable(&self.ask, last, error))
            }
            Goal::Call(call, lead) => {
                let Call { mut request, read, .. } = call(&self.client);
                let (client, start) = (&self.client, &self.start.request);
                let told = Answered { client, request: &self.ask, reply: &last, start };
                told.leads_to(&mut request, lead, "the URL of the result")?;
                request.limited_like(&self.ask);
                let operation = request.operation();
                let reply = self.client.send_request(request).await?;
                conclude::<R, E>(reply, read, operation).map(|response| response.into_value())
            }
        }
    }

    /// Starts the work. An error ends the stream.
    fn poll_start(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error<E>>> {
        loop {
            match &mut self.step {
                Step::Start => {
                    let bodiless = self.start.request.without_content();
                    let request = std::mem::replace(&mut self.start.request, bodiless);
                    self.step = Step::Starting(self.client.send_request(request));
                }
                Step::Starting(sent) => {
                    let reply = ready!(sent.as_mut().poll(context));
                    self.step = Step::End;
                    return Poll::Ready(self.started(reply));
                }
                Step::End if !self.is_started => return Poll::Ready(Err(self.unfinished(Cause::Left, None))),
                Step::Ask | Step::Asking(_) | Step::Waiting(_) | Step::Stop(_) | Step::End => {
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }

    /// Takes in the reply that starts the work, and prepares the first question for its state.
    fn started(&mut self, reply: Result<Reply, Failure>) -> Result<(), Error<E>> {
        let (reply, start) = (reply?, &self.start);
        let (kept, wait) = (reply.clone(), retry_after(&reply.headers));
        conclude::<(), E>(reply, |reply| (start.read)(reply), start.request.operation())?;
        let request = &start.request;
        let started = Answered { client: &self.client, request, reply: &kept, start: request };
        started.leads_to(&mut self.ask, start.lead, "the URL of the work")?;
        self.ask.limited_like(&self.start.request);
        self.is_started = true;
        self.step = wait.map_or(Step::Ask, |wait| self.wait(wait));
        Ok(())
    }

    /// Takes in a reply to a question for the state.
    fn take(&mut self, reply: Result<Reply, Failure>) -> Result<T, Error<E>> {
        let reply = reply?;
        let (kept, asked) = (reply.clone(), retry_after(&reply.headers).unwrap_or_default());
        let operation = self.polling.documented(self.ask.operation());
        let state = conclude::<T, E>(reply, self.read, &operation)?.into_value();
        let told = self.polling.told(kept.clone());
        let (last, meaning) = told.map_err(|error| unreadable(&self.ask, kept, error))?;
        self.last = Some((last.clone(), meaning));
        match meaning {
            Meaning::Done => {}
            Meaning::Failed => return Err(self.unfinished(Cause::Failed, Some(last))),
            Meaning::GoesOn => self.step = self.wait(asked),
        }
        Ok(state)
    }

    /// Waits before the next question, at least what the server asks for.
    fn wait(&mut self, asked: Duration) -> Step<E> {
        let transport = &self.client.shared.transport;
        if !transport.can_sleep() {
            let problem = "the transport has no timer to wait with for the work";
            return Step::Stop(Box::new(TransportError::new(TransportErrorKind::Other, problem).into()));
        }
        match self.pace.next(asked) {
            Some(wait) => Step::Waiting(transport.sleep(wait)),
            None => Step::Stop(Box::new(self.late())),
        }
    }

    fn late(&self) -> Error<E> { self.unfinished(Cause::Late, self.last.as_ref().map(|(last, _)| last.clone())) }

    fn unfinished(&self, cause: Cause, last: Option<Last>) -> Error<E> {
        Error::Work(Box::new(Unfinished::new(cause, self.handle(), last)))
    }
}

impl<T, E: ErrorPayload, R> Stream for Progress<T, E, R> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let is_over = this.pace.is_over(&*this.client.shared.transport, context);
        loop {
            match &mut this.step {
                Step::Start | Step::Starting(_) => {
                    if let Err(error) = ready!(this.poll_start(context)) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Step::Ask => this.step = Step::Asking(this.client.send_request(this.ask.clone())),
                Step::Asking(sent) => match sent.as_mut().poll(context) {
                    Poll::Pending if is_over => this.step = Step::Stop(Box::new(this.late())),
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(reply) => {
                        this.step = Step::End;
                        return Poll::Ready(Some(this.take(reply)));
                    }
                },
                Step::Waiting(_) if is_over => this.step = Step::Stop(Box::new(this.late())),
                Step::Waiting(wait) => {
                    ready!(wait.as_mut().poll(context));
                    this.step = Step::Ask;
                }
                Step::Stop(_) => {
                    let Step::Stop(error) = std::mem::replace(&mut this.step, Step::End) else { continue };
                    return Poll::Ready(Some(Err(*error)));
                }
                Step::End => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing is structurally pinned: the futures are boxed.
impl<T, E, R> Unpin for Progress<T, E, R> {}

/// Shows no value that was sent or received.
impl<T, E, R> fmt::Debug for Progress<T, E, R> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Progress").field("ask", &self.ask).field("pace", &self.pace).finish_non_exhaustive()
    }
}
