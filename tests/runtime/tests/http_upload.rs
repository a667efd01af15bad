//! Bodies that are read while they are sent, over both transports.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::collections::VecDeque;
use std::fs;
use std::io::{Error as IoError, ErrorKind};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use http_server::{API, Server, answer, json};
use runtime::runtime::blocking::Block as _;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::mock::Mock;
use runtime::runtime::multipart::{File, FillForm as _, Form, Head, Parts};
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::TransportErrorKind;
use runtime::runtime::transport_ureq::UreqTransport;
use runtime::runtime::upload::Upload;
use ureq::Agent;

/// Chunks, then the end.
struct Chunks(VecDeque<Result<Bytes, IoError>>);

impl Stream for Chunks {
    type Item = Result<Bytes, IoError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn chunks(texts: &[&'static str]) -> Chunks { Chunks(texts.iter().map(|text| Ok(Bytes::from(*text))).collect()) }

/// A file of a name and a content, removed at the end of the test.
struct OnDisk(PathBuf);

impl OnDisk {
    fn new(content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("upload-{}-{number}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let path = folder.join("scan.txt");
        fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) { fs::remove_dir_all(self.0.parent().unwrap()).unwrap(); }
}

fn blocking(server: &Server) -> Client {
    let transport = UreqTransport::from(Agent::config_builder().proxy(None));
    quick(ClientBuilder::new(&API).base_url(server.url()).transport(transport))
}

/// A client that repeats at once.
fn quick(builder: ClientBuilder) -> Client {
    let policy = RetryPolicy::new().delay(std::time::Duration::ZERO, std::time::Duration::ZERO);
    builder.secret("Key", "k").retries(policy).build().unwrap()
}

/// Fails once, then answers.
fn failing_once(status: &'static str) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => answer(status, &[], ""),
        _ => json("1"),
    })
}

/// Puts a body over both transports, and returns what came of each.
async fn put(server: &Server, upload: impl Fn() -> Upload) -> [Result<Bytes, Error>; 2] {
    let call = |client: &Client| client.request(Method::PUT, "/scan").body("text/plain", upload());
    let awaited = call(&quick(server.builder())).await;
    let client = blocking(server);
    let call = call(&client);
    let waited = std::thread::spawn(move || call.block()).join().unwrap();
    [awaited, waited]
}

fn kind(outcome: Result<Bytes, Error>) -> TransportErrorKind {
    let Err(Error::Transport(error)) = outcome else { unreachable!("the transport is at fault") };
    error.kind()
}

#[tokio::test]
async fn a_file_is_sent_with_its_length() {
    let (server, file) = (Server::always(json("1")), OnDisk::new(&b"0123456789".repeat(20_000)));
    for outcome in put(&server, || Upload::from_path(&file.0).unwrap()).await {
        assert_eq!(outcome.unwrap(), "1");
    }
    for seen in server.seen() {
        assert_eq!(seen.header("content-length").as_deref(), Some("200000"));
        assert_eq!(
            (seen.header("transfer-encoding"), seen.header("content-type").as_deref()),
            (None, Some("text/plain"))
        );
        assert_eq!(seen.body, "0123456789".repeat(20_000));
    }
}

#[tokio::test]
async fn an_empty_file_is_sent() {
    let (server, file) = (Server::always(json("1")), OnDisk::new(b""));
    for outcome in put(&server, || Upload::from_path(&file.0).unwrap()).await {
        assert_eq!(outcome.unwrap(), "1");
    }
    for seen in server.seen() {
        assert_eq!((seen.header("content-length").as_deref(), seen.body.as_str()), (Some("0"), ""));
    }
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_or_with_the_length_it_is_given() {
    let server = Server::always(json("1"));
    for outcome in put(&server, || Upload::from_stream(chunks(&["a", "", "bc"]))).await {
        assert_eq!(outcome.unwrap(), "1");
    }
    for outcome in put(&server, || Upload::from_stream(chunks(&["a", "bc"])).with_length(3)).await {
        assert_eq!(outcome.unwrap(), "1");
    }
    let seen = server.seen();
    assert!(seen.iter().all(|seen| seen.body == "abc"));
    let lengths: Vec<_> =
        seen.iter().map(|seen| (seen.header("content-length"), seen.header("transfer-encoding"))).collect();
    let (chunked, stated) = ((None, Some("chunked".to_owned())), (Some("3".to_owned()), None));
    assert_eq!(lengths, [chunked.clone(), chunked, stated.clone(), stated]);
}

/// The second attempt opens the file again; what a function makes is made again.
#[tokio::test]
async fn what_can_be_opened_again_is_repeated() {
    let file = OnDisk::new(b"abc");
    let uploads: [&dyn Fn() -> Upload; 2] =
        [&|| Upload::from_path(&file.0).unwrap(), &|| Upload::from_fn(|| chunks(&["a", "bc"]))];
    for upload in uploads {
        let server = failing_once("500 Internal Server Error");
        let call = quick(server.builder()).request(Method::PUT, "/scan").body("text/plain", upload());
        assert_eq!(call.await.unwrap(), "1");
        assert_eq!(server.seen().iter().map(|seen| seen.body.as_str()).collect::<Vec<_>>(), ["abc", "abc"]);
        let server = Server::start(|seen| match seen.target.as_str() {
            "/scan" => answer("307 Temporary Redirect", &[("Location", "/else")], ""),
            "/else" => answer("308 Permanent Redirect", &[("Location", "/there")], ""),
            _ => json("2"),
        });
        let call = quick(server.builder()).request(Method::PUT, "/scan").body("text/plain", upload());
        assert_eq!(call.await.unwrap(), "2");
        assert_eq!(server.seen().len(), 3);
        assert!(server.seen().iter().all(|seen| seen.body == "abc"));
    }
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = failing_once("503 Service Unavailable");
    let upload = Upload::from_stream(chunks(&["abc"]));
    let call = quick(server.builder()).request(Method::PUT, "/scan").body("text/plain", upload);
    let again = call.clone();
    assert_eq!(call.await.unwrap_err().status().unwrap(), 503);
    let error = again.await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("is a stream that was sent already"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

/// A redirect that asks for the body again is an error, and one that does not is followed.
#[tokio::test]
async fn a_stream_is_not_sent_to_where_a_redirect_leads() {
    for (status, is_followed) in [("307 Temporary Redirect", false), ("303 See Other", true)] {
        let server = Server::start(move |seen| match seen.target.as_str() {
            "/scan" => answer(status, &[("Location", "/else")], ""),
            _ => json("2"),
        });
        let upload = Upload::from_stream(chunks(&["abc"]));
        let outcome = quick(server.builder()).request(Method::PUT, "/scan").body("text/plain", upload).await;
        match is_followed {
            true => assert_eq!(outcome.unwrap(), "2"),
            false => assert_eq!(kind(outcome), TransportErrorKind::Redirect),
        }
    }
}

#[tokio::test]
async fn a_stream_of_another_length_is_an_error() {
    let server = Server::always(json("1"));
    for length in [1, 2, 4] {
        for outcome in put(&server, || Upload::from_stream(chunks(&["a", "bc"])).with_length(length)).await {
            assert_eq!(kind(outcome), TransportErrorKind::Upload, "{length}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_an_error_that_is_not_repeated() {
    let server = Server::always(json("1"));
    let broken = || Chunks([Ok(Bytes::from("a")), Err(IoError::other("no disk"))].into());
    for outcome in put(&server, || Upload::from_fn(broken)).await {
        let error = outcome.unwrap_err();
        assert!(!error.is_retryable());
        let causes: Vec<String> = causes(&error).collect();
        assert_eq!(causes.last().unwrap(), "no disk");
        assert_eq!(kind(Err(error)), TransportErrorKind::Upload);
    }
    let file = OnDisk::new(b"abc");
    let upload = Upload::from_path(&file.0).unwrap();
    fs::remove_file(&file.0).unwrap();
    for outcome in put(&server, || upload.clone()).await {
        assert_eq!(kind(outcome), TransportErrorKind::Upload);
    }
    assert_eq!(server.seen().len(), 0);
}

fn causes<'e>(error: &'e (dyn std::error::Error + 'static)) -> impl Iterator<Item = String> + 'e {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string)
}

#[test]
fn what_is_no_file_cannot_be_sent() {
    let missing = Upload::from_path("/nowhere/at/all").unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
    assert_eq!(Upload::from_path(std::env::temp_dir()).unwrap_err().kind(), ErrorKind::IsADirectory);
}

struct Files(Vec<File>);

impl Parts for Files {
    fn add_to(&self, form: &mut Form) { form.file(Head::new("page"), &self.0); }
}

#[tokio::test]
async fn files_of_a_form_are_read_while_they_are_sent() {
    let (server, file) = (Server::always(json("1")), OnDisk::new(b"first"));
    let last = File::new(Upload::from_fn(|| chunks(&["se", "cond"])).with_length(6)).name("b");
    let files = Files(vec![File::from_path(&file.0).unwrap(), File::new("text").name("c"), last]);
    let call = quick(server.builder()).request(Method::POST, "/pages");
    call.clone().with_multipart(&files).await.unwrap();
    let seen = server.only();
    let content_type = seen.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |name: &str, content: &str| {
        format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"page\"; filename=\"{name}\"\r\nContent-Type: \
             application/octet-stream\r\n\r\n{content}\r\n"
        )
    };
    let whole = part("scan.txt", "first") + &part("c", "text") + &part("b", "second") + &format!("--{boundary}--\r\n");
    assert_eq!(seen.body, whole);
    assert_eq!(seen.header("content-length").unwrap(), whole.len().to_string());
    // of a stream without a length, the form has none either
    let endless = Files(vec![File::new(Upload::from_stream(chunks(&["x"])))]);
    call.with_multipart(&endless).await.unwrap();
    assert_eq!(server.seen()[1].header("transfer-encoding").as_deref(), Some("chunked"));
    assert!(server.seen()[1].body.contains("\r\n\r\nx\r\n--"));
}

#[tokio::test]
async fn a_mock_takes_any_content_of_a_stream() {
    let mock = Mock::new();
    let client = ClientBuilder::new(&API).secret("Key", "k").transport(mock.clone()).build().unwrap();
    let call = |body: Upload| client.request(Method::PUT, "/scan").body("text/plain", body);
    mock.expect(call(Upload::from_stream(chunks(&["a"])))).returns_json(200, "1");
    assert_eq!(call(Upload::from_stream(chunks(&["b"]))).await.unwrap(), "1");
    mock.verify();
    assert_eq!(mock.requests()[0].body(), "b");
}

#[test]
fn uploads_are_equal_by_their_bytes_or_their_stream() {
    let stream = Upload::from_stream(chunks(&["a"]));
    assert_eq!(stream, stream.clone());
    assert_ne!(stream, Upload::from_stream(chunks(&["a"])));
    assert_eq!(Upload::from("a"), Upload::from(vec![b'a']));
    assert_ne!(Upload::from("a"), stream);
    assert_eq!(format!("{stream:?}, {:?}", Upload::from("secret")), "a stream, 6 bytes");
}
