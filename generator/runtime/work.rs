// needs: call client polling request response value | crates:
//! What leads from the call that starts work to its state, and on to its result.

use super::call::Call;
use super::client::Client;
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

/// What leads from the reply that starts work to its state.
#[derive(Clone, Copy, Debug)]
pub enum Lead {
    /// Nothing: the call for the state is complete.
    Nothing,
    /// Path parameters of the call for the state.
    Parameters(Filled),
    /// A response header with the URL to ask; it must be at the origin of the call.
    Header(&'static str),
}

/// What comes of work that is done.
pub enum Goal<T, R> {
    /// The last reply to a question for the state.
    State(fn(T) -> R),
    /// What another call returns, whose path parameters come from that reply.
    Call(fn(&Client) -> Call<R>, Filled),
}

/// Path parameters of a call, each with where its value comes from: a JSON pointer into a reply, or `{name}` for a path
/// parameter of the call that starts the work.
pub type Filled = &'static [(&'static str, &'static str)];

/// Sets the path parameters of a call from a reply, and from those of the call that starts the work.
pub(super) fn fill(request: &mut Request, from: Filled, reply: &Reply, start: &Request) -> Result<(), BodyError> {
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
