// needs: builder credential entries error oauth secret token transport | crates: futures_util
//! Credentials that are fetched when they are needed: tokens, of OAuth 2.0 above all.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::lock::Mutex;

use super::builder::ClientBuilder;
use super::credential::{Ask, Scheme, Supplier};
use super::entries::get;
use super::error::Failure;
use super::oauth::{ClientCredentials, Grant, RefreshToken};
use super::secret::Secret;
use super::token::{Token, lacking};
use super::transport::BoxFuture;

/// Supplies tokens, in place of one that is set when the client is built.
pub trait TokenProvider: Send + Sync {
    /// Fetches a token: when a call needs the first, when one expires, and when the server answers 401 to one. It is
    /// never asked for two at a time: other calls wait for the token. An error is that of the call.
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn std::error::Error + Send + Sync>>>;
}

/// Where a client has its token from: a text, [`ClientCredentials`], a [`RefreshToken`], or any [`TokenProvider`].
pub struct Tokens(Source);

enum Source {
    Fixed(Secret),
    Grant(Grant),
    Provider(Box<dyn TokenProvider>),
}

impl From<&str> for Tokens {
    fn from(token: &str) -> Self { Self(Source::Fixed(token.into())) }
}

impl From<String> for Tokens {
    fn from(token: String) -> Self { Self(Source::Fixed(token.into())) }
}

impl From<&String> for Tokens {
    fn from(token: &String) -> Self { Self(Source::Fixed(token.into())) }
}

impl From<ClientCredentials> for Tokens {
    fn from(credentials: ClientCredentials) -> Self { Self(Source::Grant(credentials.into())) }
}

impl From<RefreshToken> for Tokens {
    fn from(token: RefreshToken) -> Self { Self(Source::Grant(token.into())) }
}

impl<P: TokenProvider + 'static> From<P> for Tokens {
    fn from(provider: P) -> Self { Self(Source::Provider(Box::new(provider))) }
}

/// Shows no token.
impl fmt::Debug for Tokens {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str("Tokens") }
}

impl ClientBuilder {
    #[doc(hidden)]
    /// Sets where the token of a security scheme comes from.
    #[must_use]
    pub fn tokens(self, scheme: &'static str, tokens: impl Into<Tokens>) -> Self {
        match tokens.into().0 {
            Source::Fixed(token) => self.secret(scheme, token),
            Source::Grant(mut grant) => {
                let known = self.api.schemes.iter().find(|known| known.name == scheme);
                let located = grant.locate(known.and_then(|known| known.endpoint));
                self.supplied(scheme, located.map(|()| Cache::of(scheme, Fetched::Grant(grant))))
            }
            Source::Provider(provider) => self.supplied(scheme, Ok(Cache::of(scheme, Fetched::Provider(provider)))),
        }
    }

    #[doc(hidden)]
    /// Adds the client credentials that the environment holds, for each security scheme that has none yet. A blank
    /// variable counts as unset; one of those that are needed together without the others is an error.
    #[must_use]
    pub fn client_credentials_from_env(self) -> Self {
        self.client_credentials_from_variables(&|name| std::env::var_os(name))
    }

    #[doc(hidden)]
    /// Like [`client_credentials_from_env`](Self::client_credentials_from_env), with variables from another source.
    #[must_use]
    pub fn client_credentials_from_variables(mut self, variables: &dyn Fn(&str) -> Option<OsString>) -> Self {
        for scheme in self.api.schemes.iter().filter(|scheme| scheme.client_env.is_some()) {
            if get(&self.credentials, scheme.name).is_some() {
                continue;
            }
            if let Some(credentials) = program(&mut self, scheme, variables) {
                self = self.tokens(scheme.name, credentials);
            }
        }
        self
    }
}

/// The client credentials of a scheme, if all that is needed of them is set. The builder keeps an error if a part is.
fn program(
    builder: &mut ClientBuilder,
    scheme: &Scheme,
    variables: &dyn Fn(&str) -> Option<OsString>,
) -> Option<ClientCredentials> {
    let (id_env, secret_env) = scheme.client_env?;
    let url = scheme.token_url_env.and_then(|name| builder.environment(name, variables));
    let (set, unset) = match (builder.environment(id_env, variables), builder.environment(secret_env, variables)) {
        (Some(id), Some(secret)) => {
            let credentials = ClientCredentials::new(id, secret);
            match (url, scheme.endpoint, scheme.token_url_env) {
                (Some(url), ..) => return Some(credentials.token_url(url)),
                (None, None, Some(url_env)) => (id_env, url_env),
                (None, ..) => return Some(credentials),
            }
        }
        (Some(_), None) => (id_env, secret_env),
        (None, Some(_)) => (secret_env, id_env),
        (None, None) => return None,
    };
    builder.fail(format!("the environment variable `{set}` is set, and `{unset}` is not"));
    None
}

/// What tokens are fetched from.
enum Fetched {
    Grant(Grant),
    Provider(Box<dyn TokenProvider>),
}

/// The last token. Whoever needs another holds the lock until it is there, so that one is fetched at a time. If that
/// call is dropped, the next one fetches.
struct Cache {
    scheme: &'static str,
    state: Mutex<State>,
}

struct State {
    fetched: Fetched,
    token: Option<Known>,
}

struct Known {
    secret: Secret,
    /// When it is to be replaced.
    until: Option<Instant>,
}

impl Cache {
    fn of(scheme: &'static str, fetched: Fetched) -> Arc<dyn Supplier> {
        Arc::new(Self { scheme, state: Mutex::new(State { fetched, token: None }) })
    }

    async fn current(&self, refused: Option<&Secret>, base_url: &str, ask: &Ask<'_>) -> Result<Secret, Failure> {
        let mut state = self.state.lock().await;
        if let Some(known) = &state.token
            && refused != Some(&known.secret)
            && known.until.is_none_or(|until| Instant::now() < until)
        {
            return Ok(known.secret.clone());
        }
        let token = match &mut state.fetched {
            Fetched::Grant(grant) => grant.fetch(self.scheme, base_url, ask).await?,
            Fetched::Provider(provider) => {
                provider.token().await.map_err(|error| lacking(self.scheme, &error.to_string()))?
            }
        };
        state.token = Some(Known { secret: token.secret.clone(), until: token.expires_in.and_then(renewal) });
        Ok(token.secret)
    }
}

impl Supplier for Cache {
    fn secret<'a>(
        &'a self,
        refused: Option<&'a Secret>,
        base_url: &'a str,
        ask: &'a Ask<'a>,
    ) -> BoxFuture<'a, Result<Secret, Failure>> {
        Box::pin(self.current(refused, base_url, ask))
    }
}

/// When a token of this validity is to be replaced. `None` in a browser, which has no `Instant`: there the server's 401
/// tells.
fn renewal(validity: Duration) -> Option<Instant> {
    const EARLY: Duration = Duration::from_secs(30);
    let is_browser = cfg!(all(target_family = "wasm", target_os = "unknown"));
    let early = EARLY.min(validity / 10);
    (!is_browser).then(|| Instant::now().checked_add(validity - early)).flatten()
}
