// needs: call client decode_failure error link polling request response value | crates:
//! What leads from the call that starts work to its state, and on to its result.

use super::call::Call;
use super::client::{Client, url};
use super::decode_failure::DecodeFailure;
use super::error::Error;
use super::link::follow;
use super::polling::{parsed, text_at};
use super::request::Request;
use super::response::{BodyError, Reply};
use super::value::Value;

/// The call that starts the work; without its body once it was sent.
pub(super) struct Start {
    pub(super) request: Request,
    pub(super) read: Check,
    pub(super) lead: Lead,
}

/// Reads what a call returns, to see that it can be read.
pub(super) type Check = Box<dyn Fn(&mut Reply) -> Result<(), BodyError> + Send + Sync>;

/// What leads from the reply of one call to another call: from the start of work to its state, and on to its result.
#[derive(Clone, Copy, Debug)]
pub enum Lead {
    /// Nothing: the other call is complete.
    Nothing,
    /// Path parameters of the other call.
    Parameters(Filled),
    /// A response header with the URL to ask; it must be at the origin of the call that was answered.
    Header(&'static str),
}

/// What comes of work that is done.
pub enum Goal<T, E, R> {
    /// The last reply to a question for the state.
    State(fn(T) -> R),
    /// What another call returns, to which that reply leads.
    Call(fn(&Client) -> Call<R, E>, Lead),
}

/// Path parameters of a call, each with where its value comes from: a JSON pointer into a reply, or `{name}` for a path
/// parameter of the call that starts the work.
pub type Filled = &'static [(&'static str, &'static str)];

/// A call that was answered, on the way from the start of work to its result.
pub(super) struct Answered<'a> {
    pub(super) client: &'a Client,
    pub(super) request: &'a Request,
    pub(super) reply: &'a Reply,
    /// The call that starts the work.
    pub(super) start: &'a Request,
}

impl Answered<'_> {
    /// Completes the call that a lead leads to; `what` names it in errors.
    pub(super) fn leads_to<E>(&self, next: &mut Request, lead: Lead, what: &str) -> Result<(), Error<E>> {
        match lead {
            Lead::Nothing => Ok(()),
            Lead::Parameters(parameters) => {
                fill(next, parameters, self.reply, self.start).map_err(|error| self.unreadable(error))
            }
            Lead::Header(name) => {
                let link = self.reply.headers.get(name).and_then(|link| link.to_str().ok());
                let missing = || BodyError::Other(format!("it has no header `{name}` to follow the work by"));
                let link = link.ok_or_else(|| self.unreadable(missing()))?;
                next.follow(follow(&url(self.client, self.request)?, link, what)?);
                Ok(())
            }
        }
    }

    fn unreadable<E>(&self, error: BodyError) -> Error<E> { unreadable(self.request, self.reply.clone(), error) }
}

/// The error of a reply that does not say what it is to say of the work.
pub(super) fn unreadable<E>(request: &Request, reply: Reply, error: BodyError) -> Error<E> {
    Error::Decode(Box::new(DecodeFailure::new(request.operation(), reply, error)))
}

/// Sets the path parameters of a call from a reply, and from those of the call that starts the work.
fn fill(request: &mut Request, from: Filled, reply: &Reply, start: &Request) -> Result<(), BodyError> {
    let own = |source: &'static str| source.strip_prefix('{')?.strip_suffix('}');
    // a reply that nothing is read from may be empty
    let is_read = from.iter().any(|(_, source)| own(source).is_none());
    let body = if is_read { parsed(reply)? } else { Value::Null };
    for (parameter, source) in from {
        match own(source) {
            Some(own) => request.path_of(parameter, start, own),
            None => {
                let missing = || BodyError::Other(format!("it has nothing at `{source}` to follow the work by"));
                request.path(parameter, &text_at(&body, source).ok_or_else(missing)?);
            }
        }
    }
    Ok(())
}
