//! Ways to authenticate.

use super::{Docs, Origin};

/// A way to authenticate: all declared schemes whose credential goes to one place.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// Where it was read.
    pub origin: Origin,
    /// The name of the first of them among the components.
    pub name: String,
    /// Where the credential goes.
    pub place: Place,
    /// What stands before the secret in a header, from configuration or for an HTTP scheme (RFC 9110 §11.4).
    pub prefix: Option<String>,
    /// The environment variable that holds the secret, from configuration.
    pub env: Option<String>,
    /// The words of the method that sets it, from configuration.
    pub setter: Option<String>,
    /// What the document says of it.
    pub docs: Docs,
}

/// Where a credential goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the header of this name.
    Header(String),
    /// In the query, under this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
    /// `Authorization: Bearer` (RFC 6750 §2.1); also OAuth 2 and OpenID Connect, whose token the caller brings.
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
}
