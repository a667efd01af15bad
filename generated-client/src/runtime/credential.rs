// needs: error percent request response secret transport | crates: base64 http
//! Credentials and where a request carries them (`securitySchemes`).

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

use super::error::Failure;
use super::percent::is_cookie_octet;
use super::request::{FRAMING, Request};
use super::response::Reply;
use super::secret::Secret;
use super::transport::BoxFuture;

/// Where in a request a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A header, with a prefix such as `"APIKey "` that may be empty (`type: apiKey, in: header`).
    Header {
        /// The name of the header.
        name: &'static str,
        /// The text before the secret, including its space.
        prefix: &'static str,
    },
    /// A query parameter (`type: apiKey, in: query`).
    Query {
        /// The name of the parameter.
        name: &'static str,
    },
    /// A cookie (`type: apiKey, in: cookie`).
    Cookie {
        /// The name of the cookie.
        name: &'static str,
    },
    /// `Authorization: Bearer …` (RFC 6750 section 2.1; `type: http, scheme: bearer`, `oauth2`, `openIdConnect`).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617). The secret is `user:password`, in UTF-8.
    Basic,
}

impl Place {
    /// Whether the caller has already set this place by other means, for the call or for the client.
    pub(super) fn is_set(self, request: &Request, client: &HeaderMap) -> bool {
        let header = match self {
            Place::Query { name } => return request.has_query(name),
            Place::Cookie { name } if request.has_cookie(name) => return true,
            Place::Cookie { .. } => COOKIE.as_str(),
            Place::Header { name, .. } => name,
            Place::Bearer | Place::Basic => AUTHORIZATION.as_str(),
        };
        request.has_header(header) || client.contains_key(header)
    }
}

/// A security scheme of the document; meant for a `static`.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    pub(super) name: &'static str,
    pub(super) place: Place,
    /// The environment variable that holds the secret.
    pub(super) env: Option<&'static str>,
    /// The environment variables that hold the id and the secret of client credentials.
    pub(super) client_env: Option<(&'static str, &'static str)>,
    /// The environment variable that holds the URL of the token endpoint for them.
    pub(super) token_url_env: Option<&'static str>,
    pub(super) endpoint: Option<TokenEndpoint<&'static str>>,
}

impl Scheme {
    /// A scheme by its name in `securitySchemes`, and where its credential is sent.
    pub const fn new(name: &'static str, place: Place) -> Self {
        Self { name, place, env: None, client_env: None, token_url_env: None, endpoint: None }
    }

    /// Sets the environment variable that holds its secret.
    #[must_use]
    pub const fn env(mut self, variable: &'static str) -> Self {
        self.env = Some(variable);
        self
    }

    /// Sets the environment variables that hold the id and the secret by which its tokens are fetched.
    #[must_use]
    pub const fn client_env(mut self, id: &'static str, secret: &'static str) -> Self {
        self.client_env = Some((id, secret));
        self
    }

    /// Sets the environment variable that holds the URL of the token endpoint for them, in place of that of the document.
    #[must_use]
    pub const fn token_url_env(mut self, variable: &'static str) -> Self {
        self.token_url_env = Some(variable);
        self
    }

    /// Sets the URL that gives its tokens (`tokenUrl`): absolute, or relative to the base URL.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.endpoint = Some(TokenEndpoint::At(url));
        self
    }

    /// Sets the URL of the configuration that names the token endpoint (`openIdConnectUrl`): absolute, or relative to
    /// the base URL.
    #[must_use]
    pub const fn open_id_url(mut self, url: &'static str) -> Self {
        self.endpoint = Some(TokenEndpoint::Discovered(url));
        self
    }
}

/// How the endpoint that gives tokens is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenEndpoint<U> {
    /// It is at this URL.
    At(U),
    /// The OpenID configuration at this URL names it (OpenID Connect Discovery 1.0 section 4).
    Discovered(U),
    /// The OpenID configuration of this issuer names it, and must say that it is of this issuer.
    Issuer(U),
}

impl<U> TokenEndpoint<U> {
    /// The same with another form of the URL.
    pub(super) fn try_map<V, E>(&self, form: impl FnOnce(&U) -> Result<V, E>) -> Result<TokenEndpoint<V>, E> {
        match self {
            TokenEndpoint::At(url) => form(url).map(TokenEndpoint::At),
            TokenEndpoint::Discovered(url) => form(url).map(TokenEndpoint::Discovered),
            TokenEndpoint::Issuer(url) => form(url).map(TokenEndpoint::Issuer),
        }
    }
}

/// Sends a request, with the limits and retries of the call that needs its reply.
pub(super) type Ask<'a> = dyn Fn(Request) -> BoxFuture<'a, Result<Reply, Failure>> + Send + Sync + 'a;

/// Supplies a secret when a call needs it.
pub(super) trait Supplier: Send + Sync {
    /// The secret; another one if the server refused this. Relative URLs are resolved against the base URL.
    fn secret<'a>(
        &'a self,
        refused: Option<&'a Secret>,
        base_url: &'a str,
        ask: &'a Ask<'a>,
    ) -> BoxFuture<'a, Result<Secret, Failure>>;
}

/// The credential of a client for a security scheme.
#[derive(Clone)]
pub(super) enum Held {
    /// Set when the client was built.
    Fixed(Credential),
    /// Supplied when a call needs it.
    Supplied(Place, Arc<dyn Supplier>),
}

/// Shows no secret.
impl fmt::Debug for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Held::Fixed(credential) => credential.fmt(out),
            Held::Supplied(place, _) => out.debug_tuple("Supplied").field(place).finish(),
        }
    }
}

/// A secret and where it is sent. Its `Debug` does not show the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    place: Place,
    secret: Secret,
    /// The header to set, if the credential is sent as one; or why it cannot be.
    header: Result<Option<(HeaderName, HeaderValue)>, &'static str>,
}

impl Credential {
    /// Creates a credential for a place.
    pub fn new(place: Place, secret: impl Into<Secret>) -> Self {
        let secret = secret.into();
        Self { place, header: header(place, secret.expose()), secret }
    }

    /// A token for `Authorization: Bearer`.
    pub fn bearer(token: impl Into<Secret>) -> Self { Self::new(Place::Bearer, token) }

    /// A user name without colon (RFC 7617 section 2) and a password for `Authorization: Basic`.
    pub fn basic(user: &str, password: impl Into<Secret>) -> Self {
        let password = password.into();
        Self::new(Place::Basic, format!("{user}:{}", password.expose()))
    }

    /// The secret, to take it out of what is shown or written.
    #[cfg(feature = "testing")]
    pub(super) fn secret(&self) -> &Secret { &self.secret }

    /// Whether the secret is a user name and a password.
    #[cfg(feature = "testing")]
    pub(super) fn is_basic(&self) -> bool { self.place == Place::Basic }

    /// Checks the secret; the error does not reveal it.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let secret = self.secret.expose();
        if secret.trim().is_empty() {
            return Err("the secret is blank");
        }
        if secret.chars().any(char::is_control) {
            return Err("the secret holds a line break or another control character");
        }
        match self.place {
            Place::Basic if !secret.contains(':') => Err("the secret is not `user:password`"),
            Place::Cookie { .. } if !secret.bytes().all(is_cookie_octet) => {
                Err("the secret has characters that no cookie can have")
            }
            _ => self.header.as_ref().map(drop).map_err(|problem| *problem),
        }
    }

    /// Adds the credential to a request, unless a parameter already sets it. It was checked when the client was built,
    /// so nothing fails here.
    pub(super) fn apply(&self, request: &mut Request) {
        match self.place {
            place if place.is_set(request, &HeaderMap::new()) => {}
            Place::Query { name } => request.query_pair(name, self.secret.expose()),
            // verbatim: a value issued by the server may already be encoded
            Place::Cookie { name } => request.cookie_text(name, self.secret.expose()),
            Place::Header { .. } | Place::Bearer | Place::Basic => {
                if let Ok(Some((name, value))) = &self.header {
                    request.header_value(name.clone(), value.clone());
                }
            }
        }
    }
}

/// The header to set, if the credential is sent as one. The value is marked as sensitive.
fn header(place: Place, secret: &str) -> Result<Option<(HeaderName, HeaderValue)>, &'static str> {
    let (name, text) = match place {
        Place::Query { .. } | Place::Cookie { .. } => return Ok(None),
        Place::Bearer => (AUTHORIZATION, format!("Bearer {secret}")),
        Place::Basic => (AUTHORIZATION, format!("Basic {}", STANDARD.encode(secret))),
        Place::Header { name, prefix } => {
            let name = HeaderName::from_bytes(name.as_bytes()).ok().filter(|name| !FRAMING.contains(name));
            let name = name.ok_or("the name of its header is not valid")?;
            (name, format!("{prefix}{secret}"))
        }
    };
    // visible ASCII only: servers disagree on other bytes
    let value = Some(text).filter(|text| text.is_ascii()).and_then(|text| HeaderValue::from_str(&text).ok());
    let mut value = value.ok_or("the secret has characters that no header can have")?;
    value.set_sensitive(true);
    Ok(Some((name, value)))
}
