//! Token endpoints that an OpenID configuration names.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;
mod secured;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_server::{Server, answer, json};
use runtime::runtime::body::Body;
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::credential::{Place, Scheme};
use runtime::runtime::error::Error;
use runtime::runtime::oauth::{ClientCredentials, RefreshToken};
use runtime::runtime::transport::{BoxFuture, Transport, TransportError};
use secured::{call, of_token};

static DISCOVERED: Api =
    Api { schemes: &[Scheme::new("Bearer", Place::Bearer).open_id_url("/openid?p=1")], ..http_server::API };

/// A client of an API whose document has `openIdConnectUrl`.
fn discovering(server: &Server) -> ClientBuilder {
    http_server::direct(ClientBuilder::new(&DISCOVERED).base_url(format!("{}/v1", server.url())))
}

/// A server of an API, of its tokens, and of an OpenID configuration that is made of the server's own URL.
fn provider(configuration: impl Fn(&str) -> Vec<u8> + Send + 'static) -> Server {
    Server::start(move |seen| match seen.target.as_str() {
        "/token" => json(r#"{"access_token":"t1","expires_in":1}"#),
        "/v1/x" => json("1"),
        _ => configuration(&format!("http://{}", seen.header("host").unwrap())),
    })
}

fn targets(server: &Server) -> Vec<String> { server.seen().into_iter().map(|seen| seen.target).collect() }

/// OpenID Connect Discovery 1.0 section 4, at the URL of the document as it is.
#[tokio::test]
async fn a_token_endpoint_is_discovered_once() {
    let server = provider(|url| json(&format!(r#"{{"issuer":"{url}","token_endpoint":"{url}/token"}}"#)));
    let builder = discovering(&server).header("X-Own", "hush").tokens("Bearer", ClientCredentials::new("a", "p:w"));
    let client = builder.build().unwrap();
    assert_eq!(call(&client).await.unwrap(), 1);
    tokio::time::sleep(Duration::from_millis(950)).await;
    assert_eq!(call(&client.clone()).await.unwrap(), 1);
    assert_eq!(targets(&server), ["/openid?p=1", "/token", "/v1/x", "/token", "/v1/x"]);
    let seen = server.seen();
    assert_eq!((seen[0].method.as_str(), seen[0].body.as_str()), ("GET", ""));
    assert_eq!((seen[0].header("authorization"), seen[0].header("x-own")), (None, None));
    assert_eq!(seen[1].header("authorization").as_deref(), Some("Basic YTpwJTNBdw=="));
}

/// OpenID Connect Discovery 1.0 section 4.3.
#[tokio::test]
async fn a_configuration_of_another_issuer_is_refused() {
    for said in [r#""issuer":"https://other.invalid","#, ""] {
        let server = provider(move |url| json(&format!(r#"{{{said}"token_endpoint":"{url}/token"}}"#)));
        let credentials = ClientCredentials::new("a", "b").issuer(server.url());
        let error = call(&discovering(&server).tokens("Bearer", credentials).build().unwrap()).await.unwrap_err();
        assert!(error.to_string().contains("the OpenID configuration is of another issuer"), "{error}");
        assert_eq!(targets(&server), ["/.well-known/openid-configuration"]);
    }
}

#[tokio::test]
async fn a_refresh_token_goes_to_the_discovered_endpoint() {
    let server = provider(|url| json(&format!(r#"{{"token_endpoint":"{url}/token"}}"#)));
    let client = discovering(&server).tokens("Bearer", RefreshToken::new("r0")).build().unwrap();
    assert_eq!(call(&client).await.unwrap(), 1);
    assert_eq!(of_token(&server)[0].body, "grant_type=refresh_token&refresh_token=r0");
}

#[tokio::test]
async fn the_configuration_says_how_secrets_are_sent() {
    for (methods, is_basic) in [
        (r#"["client_secret_post"]"#, false),
        (r#"["private_key_jwt","client_secret_post"]"#, false),
        (r#"["client_secret_post","client_secret_basic"]"#, true),
        (r#"["private_key_jwt"]"#, true),
        ("[]", true),
        ("null", true),
        (r#""client_secret_post""#, true),
    ] {
        let server = provider(move |url| {
            json(&format!(r#"{{"token_endpoint":"{url}/token","token_endpoint_auth_methods_supported":{methods}}}"#))
        });
        let client = discovering(&server).tokens("Bearer", ClientCredentials::new("a", "b")).build().unwrap();
        call(&client).await.unwrap();
        let asked = &of_token(&server)[0];
        assert_eq!(asked.header("authorization").is_some(), is_basic, "{methods}");
        assert_eq!(asked.body.contains("client_secret=b"), !is_basic, "{methods}");
        // the caller's choice wins
        let own = discovering(&server).tokens("Bearer", ClientCredentials::new("a", "b").in_body()).build().unwrap();
        call(&own).await.unwrap();
        assert_eq!(of_token(&server)[1].header("authorization"), None, "{methods}");
    }
}

#[tokio::test]
async fn a_configuration_that_leads_nowhere_is_asked_for_again() {
    let asked = AtomicUsize::new(0);
    let server = provider(move |url| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => answer("404 Not Found", &[], "hush"),
        // repeated, as any call that the server did not act on
        1 => answer("503 Service Unavailable", &[("Retry-After", "0")], ""),
        _ => json(&format!(r#"{{"token_endpoint":"{url}/token"}}"#)),
    });
    let client = discovering(&server).tokens("Bearer", ClientCredentials::new("a", "b")).build().unwrap();
    let error = call(&client).await.unwrap_err();
    let message = "security `Bearer`: there is no token: the OpenID configuration answered 404";
    assert!(matches!(error, Error::Request(_)) && error.to_string().contains(message), "{error}");
    assert!(!error.to_string().contains("hush"), "{error}");
    assert_eq!(call(&client).await.unwrap(), 1);
    assert_eq!(targets(&server)[..3], ["/openid?p=1"; 3]);
}

#[tokio::test]
async fn secrets_go_to_a_named_endpoint_alone() {
    for (configuration, expected) in [
        ("<html>", "names no token endpoint; set `token_url`"),
        ("{}", "names no token endpoint; set `token_url`"),
        (r#"{"token_endpoint":7}"#, "names no token endpoint; set `token_url`"),
        (r#"{"token_endpoint":"/token"}"#, "names a token endpoint that is not an absolute https URL"),
        (r#"{"token_endpoint":"ftp://tokens.invalid/"}"#, "names a token endpoint that is not an absolute https URL"),
        (r#"{"token_endpoint":"file:///token"}"#, "names a token endpoint that is not an absolute https URL"),
    ] {
        let server = provider(move |_| json(configuration));
        let client = discovering(&server).tokens("Bearer", ClientCredentials::new("a", "hush")).build().unwrap();
        let error = call(&client).await.unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, Error::Request(_)) && text.contains(expected), "{text}");
        assert!(!text.contains("hush") && !format!("{error:?}").contains("hush"));
        assert_eq!(server.seen().len(), 1, "{configuration}");
    }
}

/// Answers by the URL that is asked.
struct ByUrl(fn(&str) -> &'static str, Arc<Mutex<Vec<String>>>);

impl Transport for ByUrl {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let url = request.uri().to_string();
        let mut body = self.0(&url).to_owned();
        if let Some(issuer) = url.strip_suffix("/.well-known/openid-configuration") {
            body = body.replacen('{', &format!(r#"{{"issuer":"{issuer}/","#), 1);
        }
        self.1.lock().unwrap().push(url);
        Box::pin(async move { Ok(http::Response::new(Body::from(body))) })
    }
}

/// The URLs that are asked by client credentials of an issuer whose configuration is this, and says so.
async fn asked_of(issuer: &str, answers: fn(&str) -> &'static str) -> (Result<i64, Error>, Vec<String>) {
    let urls = Arc::default();
    let credentials = ClientCredentials::new("a", "b").issuer(issuer);
    let builder = ClientBuilder::new(&http_server::API).transport(ByUrl(answers, Arc::clone(&urls)));
    let outcome = call(&builder.tokens("Bearer", credentials).build().unwrap()).await;
    let urls = urls.lock().unwrap().clone();
    (outcome, urls)
}

#[tokio::test]
async fn an_endpoint_without_tls_is_for_this_machine_or_a_provider_without() {
    let plain = |url: &str| match url {
        _ if url.ends_with("openid-configuration") => r#"{"token_endpoint":"http://tokens.invalid/"}"#,
        _ if url.starts_with("http://tokens.invalid") => r#"{"access_token":"t1"}"#,
        _ => "1",
    };
    let (outcome, urls) = asked_of("https://login.invalid/a/", plain).await;
    assert_eq!(urls, ["https://login.invalid/a/.well-known/openid-configuration"]);
    let error = outcome.unwrap_err().to_string();
    assert!(
        error.contains("the OpenID configuration names a token endpoint that is not an absolute https URL"),
        "{error}"
    );
    let (outcome, urls) = asked_of("http://login.invalid", plain).await;
    assert_eq!((outcome.unwrap(), urls[1].as_str()), (1, "http://tokens.invalid/"));
    for answers in [
        |url: &str| match url {
            _ if url.ends_with("configuration") => r#"{"token_endpoint":"http://[::1]:9/t"}"#,
            "http://[::1]:9/t" => r#"{"access_token":"t1"}"#,
            _ => "1",
        },
        |url: &str| match url {
            _ if url.ends_with("configuration") => r#"{"token_endpoint":"http://127.1.2.3/t"}"#,
            "http://127.1.2.3/t" => r#"{"access_token":"t1"}"#,
            _ => "1",
        },
        |url: &str| match url {
            _ if url.ends_with("configuration") => r#"{"token_endpoint":"http://tokens.localhost/t"}"#,
            "http://tokens.localhost/t" => r#"{"access_token":"t1"}"#,
            _ => "1",
        },
        |url: &str| match url {
            _ if url.ends_with("configuration") => r#"{"token_endpoint":"https://tokens.invalid/t"}"#,
            "https://tokens.invalid/t" => r#"{"access_token":"t1"}"#,
            _ => "1",
        },
    ] {
        assert_eq!(asked_of("https://login.invalid", answers).await.0.unwrap(), 1);
    }
    let looks_local = |_: &str| r#"{"token_endpoint":"http://localhost.invalid/"}"#;
    assert!(asked_of("https://login.invalid", looks_local).await.0.is_err());
}
