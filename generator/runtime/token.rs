// needs: error request_error secret | crates:
//! A token that is sent as a credential.

use std::time::Duration;

use super::error::Failure;
use super::request_error::{RequestError, RequestPart};
use super::secret::Secret;

/// A token, and for how long it is valid. Its `Debug` does not show the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub(super) secret: Secret,
    pub(super) expires_in: Option<Duration>,
}

impl Token {
    /// A token that is used until the server refuses it.
    pub fn new(token: impl Into<String>) -> Self { Self { secret: Secret::from(token.into()), expires_in: None } }

    /// Sets for how long it is valid. Another is fetched before that: half a minute, or a tenth of the time if that is
    /// less.
    #[must_use]
    pub fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }
}

/// The error of a call that gets no token.
pub(super) fn lacking(scheme: &str, problem: &str) -> Failure {
    RequestError::new(RequestPart::Security, scheme, &format!("there is no token: {problem}")).into()
}
