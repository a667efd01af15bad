// needs: codec content credential discovery error http_url operation percent request response secret token value | crates: bytes
//! Tokens of OAuth 2.0 (RFC 6749): what is asked of the token endpoint, and what it answers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::codec::from_json;
use super::content::Content;
use super::credential::{Ask, Credential, TokenEndpoint};
use super::discovery::discover;
use super::error::Failure;
use super::http_url::HttpUrl;
use super::operation::Operation;
use super::percent::{Keep, encode};
use super::request::Request;
use super::response::Reply;
use super::secret::Secret;
use super::token::{Token, lacking};
use super::value::Value;

/// The id and the secret of a program that acts for itself (client credentials, RFC 6749 section 4.4). Tokens are
/// fetched from the token endpoint, and again before they expire.
#[derive(Clone, Debug)]
pub struct ClientCredentials(Grant);

impl ClientCredentials {
    /// The credentials, for the token endpoint of the document.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self(Grant { client: Some((id.into(), Some(secret.into().into()))), ..Grant::default() })
    }
}

/// A token that others are fetched with (RFC 6749 section 6). If the token endpoint sends a new one of its kind, it takes
/// the place of this one.
#[derive(Clone, Debug)]
pub struct RefreshToken(Grant);

impl RefreshToken {
    /// The token, for the token endpoint of the document.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Grant { refresh: Some(token.into().into()), ..Grant::default() })
    }

    /// Sets the id and the secret of the program that the token was issued to.
    #[must_use]
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.0.client = Some((id.into(), Some(secret.into().into())));
        self
    }

    /// Sets a function that is told each token that takes the place of this one, to keep it for the next start of the
    /// program.
    #[must_use]
    pub fn on_renewal(mut self, keep: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.0.on_renewal = OnRenewal(Some(Arc::new(keep)));
        self
    }

    /// Sets the id of the program that the token was issued to, if it has no secret.
    #[must_use]
    pub fn public_client(mut self, id: impl Into<String>) -> Self {
        self.0.client = Some((id.into(), None));
        self
    }
}

/// What both kinds can be told.
macro_rules! settings {
    ($($of:ident)*) => {
        $(
            impl $of {
                /// Sets the token endpoint, in place of that of the document.
                #[must_use]
                pub fn token_url(mut self, url: impl Into<String>) -> Self {
                    self.0.endpoint = Some(TokenEndpoint::At(url.into()));
                    self
                }

                /// Sets the OpenID provider, in place of the token endpoint of the document. The token endpoint is the one
                /// that `/.well-known/openid-configuration` below this URL names (OpenID Connect Discovery 1.0 section
                /// 4), which must give this URL as its `issuer`; how the id and the secret are sent is what that says,
                /// unless [`in_body`](Self::in_body) does.
                #[must_use]
                pub fn issuer(mut self, url: impl Into<String>) -> Self {
                    self.0.endpoint = Some(TokenEndpoint::Issuer(url.into()));
                    self
                }

                /// Sets the scopes that are asked for. By default the server chooses.
                #[must_use]
                pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
                    self.0.scopes = scopes.into_iter().map(Into::into).collect();
                    self
                }

                /// Adds a parameter to what is sent to the token endpoint, such as `audience`.
                #[must_use]
                pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                    self.0.parameters.push((name.into(), value.into().into()));
                    self
                }

                /// Sends the id and the secret as `client_id` and `client_secret` in the body. By default they are sent
                /// by HTTP Basic authentication (RFC 6749 section 2.3.1), or as an OpenID configuration says.
                #[must_use]
                pub fn in_body(mut self) -> Self {
                    self.0.is_in_body = true;
                    self
                }
            }

            impl From<$of> for Grant {
                fn from(of: $of) -> Self { of.0 }
            }
        )*
    };
}
settings!(ClientCredentials RefreshToken);

/// What tokens are fetched with.
#[derive(Clone, Debug, Default)]
pub(super) struct Grant {
    endpoint: Option<TokenEndpoint<String>>,
    client: Option<(String, Option<Secret>)>,
    refresh: Option<Secret>,
    on_renewal: OnRenewal,
    scopes: Vec<String>,
    parameters: Vec<(String, Secret)>,
    is_in_body: bool,
}

/// The function that is told a new refresh token.
#[derive(Clone, Default)]
struct OnRenewal(Option<Arc<TakesToken>>);

type TakesToken = dyn Fn(&str) + Send + Sync;

impl fmt::Debug for OnRenewal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.as_ref().map(|_| "a function").fmt(out) }
}

static TOKEN: Operation = Operation::confidential("token endpoint", "POST");

impl Grant {
    /// Uses the token endpoint of the document if no other is set. That of the document may be relative to the base URL
    /// (OpenAPI 3.1 section 4.6).
    ///
    /// # Errors
    ///
    /// If neither names one, or the one that is named is not a URL.
    pub(super) fn locate(&mut self, documented: Option<TokenEndpoint<&'static str>>) -> Result<(), &'static str> {
        let parsed = |url: &str| HttpUrl::parse(url).map(|url| url.target());
        let located = match (&self.endpoint, documented) {
            (Some(own), _) => own.try_map(|url| parsed(url)),
            (None, Some(of_document)) => of_document.try_map(|url| match url.contains("://") {
                true => parsed(url),
                false => Ok((*url).to_owned()),
            }),
            (None, None) => return Err("the document names no token endpoint; set `token_url` or `issuer`"),
        };
        self.endpoint = Some(located.map_err(|_| "its token endpoint or its issuer is not a URL")?);
        Ok(())
    }

    /// Fetches a token for a security scheme.
    pub(super) async fn fetch(&mut self, scheme: &str, base_url: &str, ask: &Ask<'_>) -> Result<Token, Failure> {
        let url = self.token_url(scheme, base_url, ask).await?;
        let reply = ask(self.request(url)).await?;
        if !reply.status.is_success() {
            return Err(lacking(scheme, &self.refusal(&reply)));
        }
        let answer: Value = from_json(reply.body.as_bytes()).unwrap_or(Value::Null);
        let Some(token) = answer["access_token"].as_str().filter(|token| !token.is_empty()) else {
            return Err(lacking(scheme, "the token endpoint answered without one"));
        };
        if let Some(next) = answer["refresh_token"].as_str().filter(|_| self.refresh.is_some()) {
            self.refresh = Some(next.into());
            self.on_renewal.0.iter().for_each(|keep| keep(next));
        }
        Ok(Token { secret: token.into(), expires_in: seconds(&answer["expires_in"]) })
    }

    /// The token endpoint. If it is to be discovered, that is kept once it is known.
    async fn token_url(&mut self, scheme: &str, base_url: &str, ask: &Ask<'_>) -> Result<String, Failure> {
        let found = match &self.endpoint {
            Some(TokenEndpoint::At(url)) => return Ok(url.clone()),
            Some(TokenEndpoint::Discovered(url)) => discover(scheme, base_url, url, None, ask).await?,
            Some(TokenEndpoint::Issuer(issuer)) => {
                let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
                discover(scheme, base_url, &url, Some(issuer), ask).await?
            }
            None => return Err(lacking(scheme, "the token endpoint is not known")),
        };
        self.is_in_body |= found.takes_secrets_in_body;
        self.endpoint = Some(TokenEndpoint::At(found.url.clone()));
        Ok(found.url)
    }

    fn request(&self, url: String) -> Request {
        let mut request = Request::new(&TOKEN);
        request.follow(url);
        let mut pairs = vec![];
        match &self.refresh {
            Some(token) => pairs.extend([("grant_type", "refresh_token"), ("refresh_token", token.expose())]),
            None => pairs.push(("grant_type", "client_credentials")),
        }
        match &self.client {
            Some((id, Some(secret))) if !self.is_in_body => {
                let (id, secret) = (encode(id, Keep::Unreserved), encode(secret.expose(), Keep::Unreserved));
                Credential::basic(&id, secret.as_ref()).apply(&mut request);
            }
            Some((id, secret)) => {
                pairs.push(("client_id", id));
                pairs.extend(secret.as_ref().map(|secret| ("client_secret", secret.expose())));
            }
            None => {}
        }
        let scope = self.scopes.join(" ");
        if !scope.is_empty() {
            pairs.push(("scope", &scope));
        }
        pairs.extend(self.parameters.iter().map(|(name, value)| (name.as_str(), value.expose())));
        let encoded = |text| encode(text, Keep::Unreserved);
        let pairs = pairs.into_iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let form = Bytes::from(pairs.collect::<Vec<_>>().join("&"));
        request.content(Content::new("application/x-www-form-urlencoded", form).map(Some));
        request
    }

    /// What the token endpoint says of a request that it refuses (RFC 6749 section 5.2), unless it repeats a secret.
    fn refusal(&self, reply: &Reply) -> String {
        const MOST: usize = 200;
        let answer: Value = from_json(reply.body.as_bytes()).unwrap_or(Value::Null);
        let said = [&answer["error"], &answer["error_description"]].into_iter().filter_map(Value::as_str);
        let said = said.collect::<Vec<_>>().join(": ");
        let of_client = self.client.iter().filter_map(|(_, secret)| secret.as_ref());
        let mut secrets = self.refresh.iter().chain(of_client).chain(self.parameters.iter().map(|(_, value)| value));
        let is_told = |secret: &Secret| {
            let encoded = encode(secret.expose(), Keep::Unreserved);
            said.contains(secret.expose()) || said.contains(encoded.as_ref())
        };
        let status = reply.status.as_u16();
        match said.chars().take(MOST).collect::<String>() {
            said if said.is_empty() || secrets.any(is_told) => format!("the token endpoint answered {status}"),
            said => format!("the token endpoint answered {status}, {said}"),
        }
    }
}

/// A validity, which some servers send as text.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok()
}
