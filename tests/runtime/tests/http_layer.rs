//! Layers around exchanges, and the compression of what is sent.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::io::Read as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use flate2::read::GzDecoder;
use http::header::HeaderValue;
use http::{Method, Request, Response};
use http_server::{API, Seen, Server, answer, json};
use runtime::runtime::body::Body;
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::layer::{Exchange, Layer};
use runtime::runtime::mock::Mock;
use runtime::runtime::oauth::RefreshToken;
use runtime::runtime::recorder::Recorder;
use runtime::runtime::replay::Replay;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{BoxFuture, TransportError, TransportErrorKind};
use runtime::runtime::transport_reqwest::ReqwestTransport;
use runtime::runtime::upload::Upload;

type Sent<'a> = BoxFuture<'a, Result<Response<Body>, TransportError>>;

/// Signs each request, and notes what it is told of it.
#[derive(Clone, Default)]
struct Signer {
    name: &'static str,
    noted: Arc<Mutex<Vec<String>>>,
}

impl Layer for Signer {
    fn send<'a>(&'a self, mut request: Request<Body>, exchange: Exchange<'a>) -> Sent<'a> {
        let (operation, attempt) = (exchange.operation(), exchange.attempt().number());
        let noted = format!("{} {} {} {attempt}", self.name, operation.method(), operation.id());
        self.noted.lock().unwrap().push(noted);
        let shown = format!("Exchange {{ operation: \"raw call\", attempt: Attempt({attempt}), .. }}");
        assert_eq!(format!("{exchange:?}"), shown, "it shows nothing of the request");
        request.headers_mut().insert("x-signature", HeaderValue::from_static("s"));
        Box::pin(async move {
            let mut response = exchange.send(request).await?;
            response.headers_mut().append("x-passed", HeaderValue::from_static(self.name));
            Ok(response)
        })
    }
}

/// Fails the first attempt without sending it.
#[derive(Default)]
struct Failing(AtomicUsize);

impl Layer for Failing {
    fn send<'a>(&'a self, request: Request<Body>, exchange: Exchange<'a>) -> Sent<'a> {
        match self.0.fetch_add(1, Ordering::SeqCst) {
            0 => Box::pin(async { Err(TransportError::new(TransportErrorKind::Connect, "nothing listens")) }),
            _ => exchange.send(request),
        }
    }
}

/// Sends a request again when the server asks for it, with the header that it asks for.
struct Challenged;

impl Layer for Challenged {
    fn send<'a>(&'a self, request: Request<Body>, exchange: Exchange<'a>) -> Sent<'a> {
        let (parts, body) = request.into_parts();
        let again = body.try_clone().unwrap();
        Box::pin(async move {
            let first = exchange.send(Request::from_parts(parts.clone(), body)).await?;
            let Some(nonce) = first.headers().get("x-nonce").cloned() else { return Ok(first) };
            let mut second = Request::from_parts(parts, again);
            second.headers_mut().insert("x-nonce", nonce);
            exchange.send(second).await
        })
    }
}

/// A client that repeats at once.
fn quick(builder: ClientBuilder) -> ClientBuilder {
    builder.secret("Key", "k").retries(RetryPolicy::new().delay(Duration::ZERO, Duration::ZERO))
}

#[tokio::test]
async fn layers_see_each_attempt_in_their_order() {
    let server = Server::always(json("1"));
    let outer = Signer { name: "outer", ..Signer::default() };
    let inner = Signer { name: "inner", noted: Arc::clone(&outer.noted) };
    let builder = quick(server.builder()).layer(outer.clone()).layer(Failing::default()).layer(inner);
    let response = builder.build().unwrap().request(Method::PUT, "/a").json(&1).send().await.unwrap();
    assert_eq!(server.only().header("x-signature").unwrap(), "s");
    let noted = outer.noted.lock().unwrap().join(", ");
    assert_eq!(noted, "outer PUT raw call 1, outer PUT raw call 2, inner PUT raw call 2");
    let passed: Vec<_> = response.headers().get_all("x-passed").iter().collect();
    assert_eq!(passed, ["inner", "outer"]);
}

#[tokio::test]
async fn a_layer_can_send_a_request_again() {
    let server = Server::start(|seen: &Seen| match seen.header("x-nonce") {
        None => answer("401 Unauthorized", &[("X-Nonce", "7")], ""),
        Some(_) => json("1"),
    });
    let client = quick(server.builder()).layer(Challenged).build().unwrap();
    client.request(Method::POST, "/a").json(&1).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.iter().map(|seen| seen.header("x-nonce")).collect::<Vec<_>>(), [None, Some("7".to_owned())]);
    assert_eq!(seen[1].body, "1");
}

#[tokio::test]
async fn a_layer_sees_redirects() {
    let server = Server::start(|seen: &Seen| match seen.target.as_str() {
        "/old" => answer("307 Temporary Redirect", &[("Location", "/new")], ""),
        _ => json("1"),
    });
    let signer = Signer { name: "one", ..Signer::default() };
    let client = quick(server.builder()).layer(signer.clone()).build().unwrap();
    client.request(Method::GET, "/old").await.unwrap();
    assert_eq!(signer.noted.lock().unwrap().len(), 2);
    assert!(server.seen().iter().all(|seen| seen.header("x-signature").is_some()));
}

#[tokio::test]
async fn a_mock_expects_what_a_call_asks_and_not_what_layers_add() {
    let mock = Mock::new();
    let builder = quick(ClientBuilder::new(&API).transport(mock.clone())).compress_requests(10);
    let client = builder.layer(Signer::default()).build().unwrap();
    let call = || client.request(Method::POST, "/a").body("text/plain", "a".repeat(100));
    mock.expect(call()).responds(200, "", "");
    call().await.unwrap();
    mock.verify();
    let sent = &mock.requests()[0];
    assert_eq!(sent.headers()["x-signature"], "s");
    assert_eq!(sent.headers()["content-encoding"], "gzip");
    assert_eq!(unpacked(sent.body()), "a".repeat(100));
}

#[tokio::test]
async fn a_recording_holds_what_a_call_asks() {
    let path = std::env::temp_dir().join(format!("layers-{}.har", std::process::id()));
    let server = Server::always(json("1"));
    let signed = |builder: ClientBuilder| quick(builder).compress_requests(10).layer(Signer::default());
    let recorder = Recorder::new(ReqwestTransport::without_proxy(None).unwrap(), &path);
    let recording = signed(ClientBuilder::new(&API).base_url(server.url()).transport(recorder)).build().unwrap();
    recording.request(Method::POST, "/a").body("text/plain", "a".repeat(100)).await.unwrap();
    assert_eq!(server.only().header("content-encoding").unwrap(), "gzip");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(&"a".repeat(100)) && !text.contains("x-signature"), "{text}");
    let replay = Replay::open(&path).unwrap();
    let replaying = signed(ClientBuilder::new(&API).base_url(server.url()).transport(replay)).build().unwrap();
    replaying.request(Method::POST, "/a").body("text/plain", "a".repeat(100)).await.unwrap();
    std::fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn bodies_of_some_length_are_compressed() {
    let server = Server::always(json("1"));
    let client = quick(server.builder()).compress_requests(100).build().unwrap();
    let put = |upload: Upload| client.request(Method::PUT, "/a").body("text/plain", upload);
    put("a".repeat(100).into()).await.unwrap();
    put("a".repeat(99).into()).await.unwrap();
    put(Upload::from_fn(|| Body::from("a".repeat(1000)))).await.unwrap();
    put("a".repeat(100).into()).header("Content-Encoding", "identity").await.unwrap();
    put(incompressible().into()).await.unwrap();
    let seen = server.seen();
    let encodings: Vec<_> = seen.iter().map(|seen| seen.header("content-encoding")).collect();
    assert_eq!(encodings, [Some("gzip".to_owned()), None, None, Some("identity".to_owned()), None]);
    assert_eq!(unpacked(&seen[0].bytes), "a".repeat(100));
    assert_eq!(seen[0].header("content-length").unwrap(), seen[0].bytes.len().to_string());
    assert_eq!(seen[4].bytes, incompressible());
}

#[tokio::test]
async fn a_client_can_be_told_to_send_bodies_as_they_are() {
    let server = Server::always(json("1"));
    let client = quick(server.builder()).compress_requests(0).compress_requests(None).build().unwrap();
    client.request(Method::PUT, "/a").body("text/plain", "a".repeat(100)).await.unwrap();
    assert_eq!(server.only().header("content-encoding"), None);
}

#[tokio::test]
async fn a_layer_signs_what_is_sent() {
    /// Notes how long a body is.
    struct Length(Arc<AtomicUsize>);
    impl Layer for Length {
        fn send<'a>(&'a self, request: Request<Body>, exchange: Exchange<'a>) -> Sent<'a> {
            self.0.store(request.body().as_bytes().unwrap().len(), Ordering::SeqCst);
            exchange.send(request)
        }
    }
    let (server, length) = (Server::always(json("1")), Arc::new(AtomicUsize::new(0)));
    let client = quick(server.builder()).layer(Length(Arc::clone(&length))).compress_requests(0).build().unwrap();
    client.request(Method::PUT, "/a").body("text/plain", "a".repeat(100)).await.unwrap();
    assert_eq!(server.only().bytes.len(), length.load(Ordering::SeqCst));
}

fn unpacked(body: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(body).read_to_string(&mut text).unwrap();
    text
}

/// Bytes that no compression makes shorter: those of a generator of random numbers (xorshift).
fn incompressible() -> Vec<u8> {
    let next = |state: &u64| {
        let mut state = *state;
        state ^= state << 13;
        state ^= state >> 7;
        Some(state ^ (state << 17))
    };
    std::iter::successors(Some(0x9E37_79B9_7F4A_7C15), next).take(64).flat_map(u64::to_le_bytes).collect()
}

/// Makes each request anew, with nothing but what HTTP has.
struct Anew;

impl Layer for Anew {
    fn send<'a>(&'a self, request: Request<Body>, exchange: Exchange<'a>) -> Sent<'a> {
        let (parts, body) = request.into_parts();
        let mut anew = Request::builder().method(parts.method).uri(parts.uri).body(body).unwrap();
        *anew.headers_mut() = parts.headers;
        exchange.send(anew)
    }
}

static OF_TOKENS: Api = Api { security: &[&["Bearer"]], ..API };

/// A token that is longer than what is compressed.
fn refresh_token() -> RefreshToken { RefreshToken::new("r".repeat(100)).token_url("https://tokens.invalid") }

#[tokio::test]
async fn a_token_endpoint_is_sent_what_it_can_read() {
    let server = Server::start(|seen: &Seen| match seen.target.as_str() {
        "/token" => json(r#"{"access_token":"t"}"#),
        _ => json("1"),
    });
    let tokens = refresh_token().token_url(format!("{}/token", server.url()));
    let builder = http_server::direct(ClientBuilder::new(&OF_TOKENS).base_url(server.url())).tokens("Bearer", tokens);
    let client = builder.compress_requests(0).build().unwrap();
    client.request(Method::PUT, "/a").body("text/plain", "a".repeat(100)).await.unwrap();
    let encodings: Vec<_> = server.seen().iter().map(|seen| seen.header("content-encoding")).collect();
    assert_eq!(encodings, [None, Some("gzip".to_owned())]);
}

#[tokio::test]
async fn a_request_that_a_layer_makes_anew_is_known() {
    let mock = Mock::new();
    let builder = ClientBuilder::new(&OF_TOKENS).transport(mock.clone()).tokens("Bearer", refresh_token());
    let client = builder.layer(Anew).build().unwrap();
    mock.expect(client.request(Method::POST, "/a").json(&1)).responds(200, "", "");
    client.request(Method::POST, "/a").json(&1).await.unwrap();
    // the token is asked for as well, which no test expects
    mock.verify();
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn a_mock_does_not_keep_the_client() {
    let alive = Arc::new(Mutex::new(Vec::new()));
    let signer = Signer { name: "one", noted: Arc::clone(&alive) };
    let mock = Mock::new();
    let client = quick(ClientBuilder::new(&API).transport(mock.clone())).layer(signer).build().unwrap();
    mock.expect(client.request(Method::GET, "/a")).responds(200, "", "");
    client.request(Method::GET, "/a").await.unwrap();
    drop((client, mock));
    assert_eq!(Arc::strong_count(&alive), 1);
}
