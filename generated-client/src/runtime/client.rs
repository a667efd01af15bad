// needs: api_error credential environment error operation redirect request request_error response transport transport_reqwest | crates: http url
//! The client: what every call shares, and how it is set up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use url::Url;

use super::api_error::Undocumented;
use super::credential::{Credential, Place};
use super::environment::variable;
use super::error::{ConfigError, Error, Failure};
use super::redirect;
use super::request::{Request, header};
use super::request_error::{Part, RequestError};
use super::response::Reply;
use super::transport::{Limits, Transport};

/// What is known of an API before a client is made.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The value of `User-Agent`.
    pub user_agent: &'static str,
    /// Its base URLs, the first being the default.
    pub servers: &'static [&'static str],
    /// The environment variable for another base URL.
    pub base_url_env: Option<&'static str>,
    /// The environment variables for credentials.
    pub credentials: &'static [CredentialVariable],
}

/// An environment variable that holds a secret.
#[derive(Clone, Copy, Debug)]
pub struct CredentialVariable {
    /// The name of the security scheme.
    pub scheme: &'static str,
    /// The name of the variable.
    pub variable: &'static str,
    /// Where the secret goes.
    pub place: Place,
}

/// A client. Copies share connections.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    base_url: String,
    headers: HeaderMap,
    credentials: Vec<(&'static str, Credential)>,
    limits: Limits,
    redirect_limit: usize,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// Sends a request, follows redirects, and gives whatever comes.
    pub(super) async fn execute(&self, mut request: Request) -> Result<Reply, Failure> {
        let shared = &self.shared;
        self.authenticate(&mut request)?;
        let mut headers = shared.headers.clone();
        if let Ok(accept) = HeaderValue::from_str(request.operation().accept)
            && !accept.is_empty()
        {
            headers.insert(ACCEPT, accept);
        }
        let mut limits = shared.limits;
        limits.timeout = request.own_timeout().or(limits.timeout);
        let request = request.finish(&shared.base_url, headers)?;
        let response = redirect::send(shared.transport.as_ref(), request, limits, shared.redirect_limit).await?;
        let (parts, body) = response.into_parts();
        Ok(Reply { status: parts.status, headers: parts.headers, body: body.into() })
    }

    /// Puts in the credentials of the first alternative for which there are all. An operation that needs one and has
    /// none is not sent, unless a header that the caller set takes its place.
    fn authenticate(&self, request: &mut Request) -> Result<(), RequestError> {
        let alternatives = request.operation().security;
        let credential = |scheme: &str| self.shared.credentials.iter().find(|(name, _)| *name == scheme);
        let met = alternatives.iter().find(|schemes| schemes.iter().all(|scheme| credential(scheme).is_some()));
        match met {
            Some(schemes) => {
                for (_, credential) in schemes.iter().filter_map(|scheme| credential(scheme)) {
                    credential.apply(request);
                }
                Ok(())
            }
            None if alternatives.is_empty() || self.brings_own(request) => Ok(()),
            None => {
                let names: Vec<String> = alternatives.iter().map(|schemes| schemes.join("` and `")).collect();
                Err(RequestError::new(Part::Security, &names.join("` or `"), "the client has no credential for it"))
            }
        }
    }

    fn brings_own(&self, request: &Request) -> bool {
        self.shared.headers.contains_key(AUTHORIZATION) || request.overrides_header(&AUTHORIZATION)
    }
}

/// Says where it leads; no credential, and of headers only the names.
impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials: Vec<_> = self.shared.credentials.iter().map(|(scheme, _)| scheme).collect();
        out.debug_struct("Client")
            .field("base_url", &self.shared.base_url)
            .field("headers", &self.shared.headers.keys().collect::<Vec<_>>())
            .field("credentials", &credentials)
            .finish_non_exhaustive()
    }
}

/// Sets a client up. Setting never fails: what is wrong is found by [`build`](ClientBuilder::build).
#[derive(Clone)]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    headers: HeaderMap,
    credentials: Vec<(&'static str, Credential)>,
    limits: Limits,
    redirect_limit: usize,
    transport: Option<Arc<dyn Transport>>,
    error: Option<String>,
}

impl ClientBuilder {
    /// A builder with the defaults of an API: 5 s to connect, 120 s for an attempt, bodies up to 64 MiB, 10 redirects.
    pub fn new(api: &'static Api) -> Self {
        let mut headers = HeaderMap::new();
        if let Ok(agent) = HeaderValue::from_str(api.user_agent) {
            headers.insert(USER_AGENT, agent);
        }
        Self {
            api,
            base_url: None,
            headers,
            credentials: Vec::new(),
            limits: Limits::DEFAULT,
            redirect_limit: 10,
            transport: None,
            error: None,
        }
    }

    /// The same, with what the API's environment variables say. A variable that is missing or blank counts as unset; a
    /// credential that has a variable must be set.
    pub fn from_env(api: &'static Api) -> Result<Self, Error> {
        let mut builder = Self::new(api);
        builder.base_url = api.base_url_env.and_then(variable);
        for CredentialVariable { scheme, variable: name, place } in api.credentials {
            let missing = || ConfigError::new(format!("the environment variable {name} is not set"));
            let secret = variable(name).ok_or_else(missing).map_err(Error::<Undocumented>::Config)?;
            builder = builder.credential(scheme, Credential::new(*place, secret));
        }
        Ok(builder)
    }

    /// Sends to another server: an absolute `http` or `https` URL, with or without a path.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The credential of a security scheme, in place of one set before.
    #[must_use]
    pub fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// A header of every request.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value.as_bytes()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(error) => drop(self.error.get_or_insert(error.to_string())),
        }
        self
    }

    /// The value of `User-Agent`.
    #[must_use]
    pub fn user_agent(self, agent: &str) -> Self {
        self.header("user-agent", agent)
    }

    /// Limits each attempt of a call, from connecting to the last byte.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.timeout = timeout.into();
        self
    }

    /// Limits the time until a connection stands.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.limits.connect_timeout = timeout.into();
        self
    }

    /// Limits the size of a response body, in bytes after decompression.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body_limit = bytes;
        self
    }

    /// Limits how many redirects are followed in a row.
    #[must_use]
    pub fn redirect_limit(mut self, redirects: usize) -> Self {
        self.redirect_limit = redirects;
        self
    }

    /// Sends through another transport.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// The client.
    pub fn build(self) -> Result<Client, Error> {
        self.finish().map_err(Error::Config)
    }

    fn finish(self) -> Result<Client, ConfigError> {
        if let Some(problem) = self.error {
            return Err(ConfigError::new(problem));
        }
        for (scheme, credential) in &self.credentials {
            credential.check(scheme)?;
        }
        let base_url = base_url(self.base_url.as_deref(), self.api)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&self.limits)?,
        };
        let shared = Shared {
            base_url,
            headers: self.headers,
            credentials: self.credentials,
            limits: self.limits,
            redirect_limit: self.redirect_limit,
            transport,
        };
        Ok(Client { shared: Arc::new(shared) })
    }
}

/// The base URL without a slash at its end: the one that was set, else the API's first.
fn base_url(set: Option<&str>, api: &Api) -> Result<String, ConfigError> {
    let text = set.or(api.servers.first().copied()).unwrap_or_default().trim();
    let advice = "set one with `base_url`";
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        _ if text.is_empty() => Err(ConfigError::new(format!("the API has no base URL; {advice}"))),
        _ => Err(ConfigError::new(format!("`{text}` is no absolute http or https URL; {advice}"))),
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(limits: &Limits) -> Result<Arc<dyn Transport>, ConfigError> {
    match super::transport_reqwest::ReqwestTransport::new(limits.connect_timeout) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(ConfigError::new(error.to_string())),
    }
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_: &Limits) -> Result<Arc<dyn Transport>, ConfigError> {
    Err(ConfigError::new("there is no transport; set one with `transport`, or enable the feature `reqwest`"))
}
