// needs: base_url budget client credential entries error layer redirect request retry secret server throughput transport transport_reqwest transport_ureq | crates: http
//! Builds a client from the document, the environment and the caller's settings.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName};

use super::base_url::BaseUrl;
use super::budget::Allowance;
use super::client::{Client, Shared};
use super::credential::{Credential, Held, Scheme, Supplier};
use super::entries::set;
use super::error::{ConfigError, Error};
use super::layer::{Layer, Layered};
use super::redirect::Redirects;
use super::request::header;
use super::retry::{RetryBudget, RetryPolicy};
use super::secret::Secret;
use super::server::ListedServer;
use super::throughput::Throughput;
use super::transport::Transport;
#[cfg(feature = "reqwest")]
use super::transport_reqwest::ReqwestTransport;
#[cfg(all(feature = "blocking", not(feature = "reqwest"), not(target_family = "wasm")))]
use super::transport_ureq::UreqTransport;

/// What a document says about the API as a whole; meant for a `static`.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The `User-Agent` of the crate, such as `my-client/0.1.0`.
    pub user_agent: &'static str,
    /// The absolute servers in `servers`; the first is used unless another is chosen.
    pub servers: &'static [ListedServer],
    /// The path appended to a base URL without one, where the document names a path but no host.
    pub base_path: &'static str,
    /// The environment variable that overrides the base URL.
    pub base_url_env: Option<&'static str>,
    /// The security schemes.
    pub schemes: &'static [Scheme],
    /// What most operations need: alternatives, each a list of scheme names that are needed together.
    pub security: &'static [&'static [&'static str]],
    /// Whether a reply that deviates from the document is an error by default.
    pub strict_reading: bool,
    /// The header of the keys by which the server knows the attempts of one call, if every operation has it.
    pub idempotency_header: Option<&'static str>,
}

/// A client under construction. Setters never fail: the first error is kept and returned by [`build`](Self::build).
#[derive(Clone)]
pub struct ClientBuilder {
    pub(super) api: &'static Api,
    base_url: Option<String>,
    /// The place of the server in the document's list.
    server: usize,
    variables: Vec<(&'static str, String)>,
    headers: HeaderMap,
    pub(super) credentials: Vec<(String, Held)>,
    connect_timeout: Option<Duration>,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    retries: RetryPolicy,
    idempotency_header: Option<HeaderName>,
    body_limit: usize,
    min_throughput: Option<Throughput>,
    redirects: Redirects,
    allowance: Allowance,
    strict_reading: Option<bool>,
    transport: Option<Arc<dyn Transport>>,
    /// Compresses what is sent, before any other layer sees it.
    pub(super) compression: Option<Arc<dyn Layer>>,
    layers: Vec<Arc<dyn Layer>>,
    error: Option<ConfigError>,
}

impl ClientBuilder {
    #[doc(hidden)]
    /// Starts from the document: its first server and no credentials. Does not read the environment.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            server: 0,
            variables: Vec::new(),
            headers: HeaderMap::new(),
            credentials: Vec::new(),
            connect_timeout: Some(Duration::from_secs(5)),
            timeout: Some(Duration::from_secs(120)),
            total_timeout: None,
            retries: RetryPolicy::new(),
            idempotency_header: api.idempotency_header.and_then(|name| name.parse().ok()),
            body_limit: 64 << 20,
            min_throughput: None,
            redirects: Redirects { most: 10, repeat_bodies: false },
            allowance: Allowance::DEFAULT,
            strict_reading: None,
            transport: None,
            compression: None,
            layers: Vec::new(),
            error: None,
        }
        .header(USER_AGENT.as_str(), api.user_agent)
    }

    #[doc(hidden)]
    /// Like [`new`](Self::new), with the base URL and the secrets from the environment. A blank variable counts as
    /// unset.
    pub fn from_env(api: &'static Api) -> Self { Self::from_variables(api, &|name| std::env::var_os(name)) }

    #[doc(hidden)]
    /// Like [`from_env`](Self::from_env), with variables from another source, such as a configuration file.
    pub fn from_variables(api: &'static Api, variables: &dyn Fn(&str) -> Option<OsString>) -> Self {
        let mut builder = Self::new(api);
        if let Some(url) = api.base_url_env.and_then(|name| builder.environment(name, variables)) {
            builder = builder.base_url(url);
        }
        for scheme in api.schemes {
            if let Some(secret) = scheme.env.and_then(|name| builder.environment(name, variables)) {
                builder = builder.credential(scheme.name, Credential::new(scheme.place, secret));
            }
        }
        builder
    }

    /// Reads an environment variable; `None` if it is blank.
    pub(super) fn environment(&mut self, name: &str, variables: &dyn Fn(&str) -> Option<OsString>) -> Option<String> {
        match variables(name)?.into_string() {
            Ok(text) => Some(text).filter(|text| !text.trim().is_empty()),
            Err(_) => {
                self.fail(format!("the environment variable `{name}` is not Unicode"));
                None
            }
        }
    }

    /// Sets the base URL: absolute, `http` or `https`, with the path of the API if it has one. By default the server
    /// of the document is used, which must then be absolute. The base URL applies to every operation, including those
    /// with a server of their own; a relative one is resolved against it (RFC 3986 section 5.2). Where the document
    /// gives only a path, that path is appended to `https://host`; a base URL with a path is used unchanged.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    #[doc(hidden)]
    /// Chooses a server of the document by its place in the list; ignored if a base URL is set.
    #[must_use]
    pub fn listed_server(mut self, index: usize) -> Self {
        self.server = index;
        self
    }

    #[doc(hidden)]
    /// Sets a variable of the server's URL; ignored if a base URL is set.
    #[must_use]
    pub fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        set(&mut self.variables, name, value.into());
        self
    }

    #[doc(hidden)]
    /// Sets the credential for a security scheme.
    #[must_use]
    pub fn credential(mut self, scheme: &str, credential: Credential) -> Self {
        if let Err(problem) = credential.check() {
            self.fail(format!("the credential for `{scheme}` cannot be used: {problem}"));
        }
        set(&mut self.credentials, scheme.to_owned(), Held::Fixed(credential));
        self
    }

    /// Sets what supplies the secret for a security scheme, or keeps the error of one that cannot be used.
    pub(super) fn supplied(mut self, scheme: &'static str, supplier: Result<Arc<dyn Supplier>, &str>) -> Self {
        let known = self.api.schemes.iter().find(|known| known.name == scheme);
        match (known, supplier) {
            (Some(known), Ok(supplier)) => {
                set(&mut self.credentials, scheme.to_owned(), Held::Supplied(known.place, supplier));
            }
            (None, _) => self.fail(format!("the API has no security scheme `{scheme}`")),
            (_, Err(problem)) => self.fail(format!("the credential for `{scheme}` cannot be used: {problem}")),
        }
        self
    }

    #[doc(hidden)]
    /// Sets the secret for a security scheme; the document says where it is sent.
    #[must_use]
    pub fn secret(mut self, scheme: &str, secret: impl Into<Secret>) -> Self {
        match self.api.schemes.iter().find(|known| known.name == scheme) {
            Some(known) => self.credential(scheme, Credential::new(known.place, secret)),
            None => {
                self.fail(format!("the API has no security scheme `{scheme}`"));
                self
            }
        }
    }

    /// Limits the time of each attempt of a call, from connecting to the last byte, including redirects; 120 s by
    /// default, `None` for no limit.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Limits the time of a call, from its start to the end of its last attempt; `None`, the default, for no limit.
    #[must_use]
    pub fn total_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.total_timeout = timeout.into();
        self
    }

    /// Sets how many bytes a body that is read as it arrives must bring in each span of time. One that brings less fails
    /// with a timeout; with 0 bytes, none does. By default, a body that is read by [`stream`](super::call::Call::stream) must bring a byte
    /// in five minutes, and `events` and `lines` may pause for as long as they like.
    ///
    /// Time in which the server waits for the reader does not count, but for what is left of a span.
    #[must_use]
    pub fn min_throughput(mut self, bytes: u64, within: Duration) -> Self {
        self.min_throughput = Some(Throughput { bytes, within });
        self
    }

    /// Sets when failed attempts of calls are repeated; [`RetryPolicy::new`] by default.
    #[must_use]
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.retries = policy;
        self
    }

    /// Sends a key in this header with each call whose method is not idempotent, the same key with all attempts, so
    /// that they are repeated as others are. Only for servers that know the header and act once for a key. A call that
    /// has the header already keeps its key. By default keys are made where the document has a parameter for them, and
    /// a call with an `Idempotency-Key` is known to have one.
    #[must_use]
    pub fn idempotency_header(mut self, name: &str) -> Self {
        match header(name, b"") {
            Ok((name, _)) => self.idempotency_header = Some(name),
            Err(error) => self.fail(error.to_string()),
        }
        self
    }

    /// Limits the time to connect; 5 s by default, `None` for no limit. Does not apply to a custom
    /// [`transport`](Self::transport).
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// Limits the size of response bodies in bytes after decompression; 64 MiB by default.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Limits how many redirects a call follows; 10 by default. With 0, a redirect is an API error. In a browser, the
    /// browser follows redirects itself.
    #[must_use]
    pub fn max_redirects(mut self, redirects: usize) -> Self {
        self.redirects.most = redirects;
        self
    }

    /// Allows sending the body again when a redirect to another origin repeats the request (307, 308). By default such
    /// a redirect is an error, because the body is meant for the server of the API.
    #[must_use]
    pub fn repeat_bodies_elsewhere(mut self, repeat: bool) -> Self {
        self.redirects.repeat_bodies = repeat;
        self
    }

    /// Limits the memory that the values of a body take, in bytes per byte of body, beyond 64 MiB; 32 by default.
    #[must_use]
    pub fn expansion_limit(mut self, bytes: usize) -> Self {
        self.allowance.expansion = bytes;
        self
    }

    /// Limits the stack in bytes that nested values need while they are read, cloned, compared, printed or dropped, so
    /// that no reply overflows it; 104 KiB by default, for a thread of 128 KiB. Every thread that holds a value of the
    /// API should have more than that: threads of tokio and the standard library have 2 MiB by default.
    #[must_use]
    pub fn stack_limit(mut self, bytes: usize) -> Self {
        self.allowance.stack = bytes;
        self
    }

    /// Makes a body that differs from the document an error. By default it is read and the differences are listed in
    /// [`Response::deviations`](super::response::Response::deviations), unless the
    /// [`transport`](Transport::strict_reading) is one for tests.
    #[must_use]
    pub fn strict_reading(mut self, strict: bool) -> Self {
        self.strict_reading = Some(strict);
        self
    }

    /// Sets a header sent with every call.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value.as_bytes()) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(error) => self.fail(error.to_string()),
        }
        self
    }

    /// Sets the `User-Agent` header.
    #[must_use]
    pub fn user_agent(self, user_agent: &str) -> Self { self.header(USER_AGENT.as_str(), user_agent) }

    /// Sets the transport that carries requests, in place of the default one.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Adds a layer around every exchange, behind those that were added before.
    #[must_use]
    pub fn layer(mut self, layer: impl Layer + 'static) -> Self {
        self.layers.push(Arc::new(layer));
        self
    }

    /// Builds the client, or returns the first error.
    pub fn build(self) -> Result<Client, Error> {
        if let Some(error) = &self.error {
            return Err(error.clone().into());
        }
        let base = match &self.base_url {
            Some(url) => base(&self.located(url), true)?,
            None => self.listed_url()?,
        };
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => default_transport(self.connect_timeout)?,
        };
        let layers = self.compression.iter().chain(&self.layers).cloned().collect();
        let transport = Layered::over(transport, layers);
        let by_default = || self.api.strict_reading || transport.strict_reading();
        let strict_reading = self.strict_reading.unwrap_or_else(by_default);
        let Self { api, headers, credentials, timeout, total_timeout, retries, idempotency_header, .. } = self;
        let Self { body_limit, min_throughput, redirects, allowance, .. } = self;
        Ok(Client {
            shared: Arc::new(Shared {
                base,
                headers,
                schemes: api.schemes,
                security: api.security,
                credentials,
                timeout,
                total_timeout,
                retries,
                budget: RetryBudget::new(),
                idempotency_header,
                body_limit,
                min_throughput,
                redirects,
                allowance,
                strict_reading,
                transport,
            }),
        })
    }

    /// The URL of the chosen server of the document.
    fn listed_url(&self) -> Result<BaseUrl, ConfigError> {
        let listed = self.api.servers.get(self.server);
        let listed =
            listed.ok_or_else(|| ConfigError::new("the document names no absolute server, so a base URL is needed"))?;
        base(&listed.fill(&self.variables)?, false).map_err(|error| listed.lacking(&self.variables).unwrap_or(error))
    }

    /// Appends the document's path to a base URL that has no path.
    fn located(&self, url: &str) -> String {
        let url = url.trim();
        let host = url.split_once("://").map(|(_, rest)| rest.trim_end_matches('/'));
        match host.filter(|host| !host.contains(['/', '?', '#'])) {
            Some(_) => format!("{}{}", url.trim_end_matches('/'), self.api.base_path),
            None => url.to_owned(),
        }
    }

    #[cold]
    pub(super) fn fail(&mut self, problem: String) { self.error.get_or_insert(ConfigError::new(problem)); }
}

fn base(text: &str, chosen: bool) -> Result<BaseUrl, ConfigError> {
    // the text may hold a password, so the error does not quote it
    BaseUrl::parse(text, chosen).map_err(|problem| ConfigError::new(format!("the base URL cannot be used: {problem}")))
}

#[cfg(feature = "reqwest")]
fn default_transport(connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(ReqwestTransport::new(connect_timeout)?))
}

#[cfg(all(feature = "blocking", not(feature = "reqwest"), not(target_family = "wasm")))]
fn default_transport(connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(UreqTransport::new(connect_timeout)))
}

#[cfg(not(any(all(feature = "blocking", not(target_family = "wasm")), feature = "reqwest")))]
fn default_transport(_: Option<Duration>) -> Result<Arc<dyn Transport>, Error> {
    Err(ConfigError::new("without the feature `reqwest` or `blocking` a transport is needed").into())
}

/// Shows no secret: only the names of headers, and not the base URL, which is still unchecked.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("ClientBuilder")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retries", &self.retries)
            .field("body_limit", &self.body_limit)
            .field("min_throughput", &self.min_throughput)
            .field("redirects", &self.redirects)
            .field("allowance", &self.allowance)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
