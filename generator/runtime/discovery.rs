// needs: codec credential error http_url operation request token value | crates:
//! The token endpoint that the configuration of an OpenID provider names (OpenID Connect Discovery 1.0 section 4).

use super::codec::from_json;
use super::credential::Ask;
use super::error::Failure;
use super::http_url::HttpUrl;
use super::operation::Operation;
use super::request::Request;
use super::token::lacking;
use super::value::Value;

static CONFIGURATION: Operation = Operation::confidential("OpenID configuration", "GET");

/// A token endpoint that a provider names.
#[derive(Debug)]
pub(super) struct Discovered {
    pub(super) url: String,
    /// Whether it takes the id and the secret of a program only in the body of a request (`client_secret_post`, OpenID
    /// Connect Core 1.0 section 9).
    pub(super) takes_secrets_in_body: bool,
}

/// Asks for the configuration at a URL, which may be relative to the base URL.
///
/// # Errors
///
/// If it does not arrive, is of another issuer than the one that is asked (section 4.3), or names no token endpoint that
/// secrets may be sent to.
pub(super) async fn discover(
    scheme: &str,
    base_url: &str,
    url: &str,
    issuer: Option<&str>,
    ask: &Ask<'_>,
) -> Result<Discovered, Failure> {
    let problem = |problem: &str| lacking(scheme, &format!("the OpenID configuration {problem}"));
    let url = HttpUrl::parse(base_url).and_then(|base| base.join(url));
    let url = url.map_err(|_| problem("is not at a URL; set `token_url` or `issuer`"))?;
    let mut request = Request::new(&CONFIGURATION);
    request.follow(url.target());
    let reply = ask(request).await?;
    if !reply.status.is_success() {
        return Err(problem(&format!("answered {}", reply.status.as_u16())));
    }
    let answer: Value = from_json(reply.body.as_bytes()).unwrap_or(Value::Null);
    let said = answer["issuer"].as_str().map(|issuer| issuer.trim_end_matches('/'));
    if issuer.is_some_and(|issuer| said != Some(issuer.trim_end_matches('/'))) {
        return Err(problem("is of another issuer; set `token_url`"));
    }
    let endpoint = answer["token_endpoint"].as_str();
    let endpoint = endpoint.ok_or_else(|| problem("names no token endpoint; set `token_url`"))?;
    let unsafe_endpoint = || problem("names a token endpoint that is not an absolute https URL; set `token_url`");
    let endpoint = usable(endpoint, &url).ok_or_else(unsafe_endpoint)?;
    Ok(Discovered { url: endpoint.target(), takes_secrets_in_body: takes_secrets_in_body(&answer) })
}

/// The endpoint, if what is sent there is as safe as the configuration is: by HTTPS, to this machine, or by HTTP if the
/// configuration comes by it.
fn usable(endpoint: &str, configuration: &HttpUrl) -> Option<HttpUrl> {
    let endpoint = HttpUrl::parse(endpoint).ok()?;
    let (to, from) = (endpoint.origin().ok()?, configuration.origin().ok()?);
    (to.is_https() || to.is_loopback() || !from.is_https()).then_some(endpoint)
}

/// Whether the endpoint offers `client_secret_post` and not `client_secret_basic`, which is the default.
fn takes_secrets_in_body(configuration: &Value) -> bool {
    let methods = configuration["token_endpoint_auth_methods_supported"].as_array();
    let offers = |name: &str| methods.is_some_and(|methods| methods.iter().any(|method| method.as_str() == Some(name)));
    offers("client_secret_post") && !offers("client_secret_basic")
}
