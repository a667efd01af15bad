//! Security schemes.

use super::{Docs, Origin};

/// A way to authenticate: all declared schemes that use the same place.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// Where it was read.
    pub origin: Origin,
    /// The name of the first such scheme.
    pub name: String,
    /// Where the credential is sent.
    pub place: CredentialPlace,
    /// The URL that gives tokens, absolute or relative to the base URL.
    pub token_url: Option<String>,
    /// The environment variable that holds the secret, from configuration.
    pub env: Option<String>,
    /// The words of the method name that sets it, from configuration.
    pub setter: Option<String>,
    /// Its description.
    pub docs: Docs,
}

/// Where a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialPlace {
    /// In a header.
    Header {
        /// Its name.
        name: String,
        /// The text before the secret, from the configuration or the HTTP scheme (RFC 9110 §11.4).
        prefix: Option<String>,
    },
    /// In the query, under this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
    /// `Authorization: Bearer` (RFC 6750 §2.1); also for OAuth 2 and OpenID Connect, where the caller supplies the
    /// token.
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
}
