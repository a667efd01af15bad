//! What comes back: values, errors by status, limits of time and size, redirects.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use http_server::{API, Seen, Server, answer, direct, json};
use runtime::runtime::api_error::{Documented, ErrorBody, Undocumented};
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::header::Header;
use runtime::runtime::operation::{Operation, Status};
use runtime::runtime::response::{BodyError, Reply};
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::TransportErrorKind;
use runtime::runtime::value::Value;

static GET: Operation = Operation::new("get", "GET", "/get").errors(&[Status::Exact(404), Status::Range(5)]);
static POST: Operation = Operation::new("post", "POST", "/post").security(&[&["Key", "Bare", "Cookie"]]);

fn get<T: runtime::runtime::codec::Codec, E>(client: &Client) -> Call<T, E> { Call::json(client, &GET) }

#[tokio::test]
async fn values_come_with_status_and_headers() {
    let server = Server::always(answer("201 Created", &[("X-Id", "7"), ("Content-Type", "text/html")], "[1,2]"));
    let client = server.client();
    let response = get::<Vec<i64>, Undocumented>(&client).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["x-id"]), (201, &"7".parse().unwrap()));
    assert_eq!(response.map(|items| items.len()).into_value(), 2);
    assert_eq!(get::<Vec<i64>, Undocumented>(&client).await.unwrap(), [1, 2]);
    assert_eq!(Call::<String>::plain(&client, &GET).await.unwrap(), "[1,2]");
    assert_eq!(Call::<bytes::Bytes>::raw(&client, &GET).await.unwrap(), "[1,2]");
    Call::<()>::empty(&client, &GET).await.unwrap();
}

#[tokio::test]
async fn any_body_can_be_had_as_it_came() {
    let server = Server::always(json("[1, 2]"));
    let client = server.client();
    assert_eq!(get::<Vec<i64>, Undocumented>(&client).text().await.unwrap(), "[1, 2]");
    assert_eq!(get::<bool, Undocumented>(&client).bytes().await.unwrap(), "[1, 2]");
}

#[tokio::test]
async fn scalars_are_read_from_text() {
    let text = |body: &str| answer("200 OK", &[("Content-Type", "text/plain; charset=utf-8")], body);
    let server = Server::always(text("12\n"));
    assert_eq!(Call::<i64>::parsed_text(&server.client(), &GET).await.unwrap(), 12);
    let server = Server::always(text("a \"b\""));
    assert_eq!(Call::<String>::parsed_text(&server.client(), &GET).await.unwrap(), "a \"b\"");
    assert!(
        Call::<i64>::parsed_text(&server.client(), &GET)
            .await
            .unwrap_err()
            .to_string()
            .contains("the text does not match")
    );
    for (reply, said) in [(text("hi"), "hi"), (text("\"hi\""), "\"hi\""), (json("\"hi\""), "hi")] {
        let server = Server::always(reply);
        assert_eq!(Call::<String>::text_or_json(&server.client(), &GET).await.unwrap(), said);
    }
    let error = answer("404 Not Found", &[("Content-Type", "text/plain")], "no such user");
    let server = Server::always(error);
    let error = get::<(), Documented<String>>(&server.client()).await.unwrap_err();
    let Error::Api(error) = error else { unreachable!("{error}") };
    assert_eq!(error.documented().map(String::as_str), Some("no such user"));
}

#[tokio::test]
async fn text_is_read_in_its_charset() {
    static LATIN: Operation =
        Operation::new("latin", "GET", "/latin").accept("application/json, text/plain;charset=ISO-8859-1");
    let read = async |content_type: &str, body: &[u8], operation: &'static Operation| {
        let server = Server::always(answer("200 OK", &[("Content-Type", content_type)], body));
        Call::<String>::plain(&server.client(), operation).await.map_err(|error| error.to_string())
    };
    assert_eq!(read("text/plain; charset=windows-1252", b"\x80 \xfc", &GET).await.unwrap(), "€ ü");
    assert_eq!(read("text/plain; Charset=\"iso-8859-1\"", b"\xfc", &GET).await.unwrap(), "ü");
    assert_eq!(read("text/plain; charset=shift_jis", b"\x93\xfa", &GET).await.unwrap(), "日");
    assert_eq!(read("text/plain; charset=utf-8", "ü".as_bytes(), &LATIN).await.unwrap(), "ü", "what the reply says");
    assert_eq!(read("text/plain", b"\xfc", &LATIN).await.unwrap(), "ü", "what the document says");
    assert!(read("text/plain", b"\xfc", &GET).await.unwrap_err().contains("utf-8"));
    assert!(read("text/plain; charset=shift_jis", b"\x93", &GET).await.unwrap_err().contains("shift_jis"));
    assert!(read("text/plain; charset=x-none", b"\xfc", &GET).await.unwrap_err().contains("not a known charset"));
    assert_eq!(read("text/plain; charset=utf8mb4", "ü".as_bytes(), &GET).await.unwrap(), "ü");
}

#[tokio::test]
async fn bodies_by_status() {
    #[derive(Debug, PartialEq)]
    enum Got {
        Value(i64),
        NoContent,
    }
    fn read(reply: &mut Reply) -> Result<Got, BodyError> {
        match reply.status.as_u16() {
            204 => Ok(Got::NoContent),
            _ => reply.json().map(Got::Value),
        }
    }
    for (bytes, expected) in [(json("3"), Got::Value(3)), (answer("204 No Content", &[], ""), Got::NoContent)] {
        let server = Server::always(bytes);
        let client = server.client();
        assert_eq!(Call::<Got>::with(&client, &GET, read).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_kept() {
    for (body, problem) in
        [("[1,\"x\"]", "at $[1]"), ("", "the body is empty"), ("<html>", "expected"), ("[1] x", "line 1")]
    {
        let server = Server::always(answer("200 OK", &[("X-Id", "7")], body));
        let error = get::<Vec<i64>, Undocumented>(&server.client()).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert_eq!(error.headers().unwrap()["x-id"], "7");
        assert!(error.to_string().contains(problem), "{error}");
        let Error::Decode(failure) = error else { unreachable!("{error}") };
        assert_eq!(failure.bytes(), body);
        assert_eq!(matches!(failure.error(), BodyError::Empty), body.is_empty());
    }
    let server = Server::always(answer("200 OK", &[], b"\xFF"));
    let client = server.client();
    let error = Call::<String>::plain(&client, &GET).await.unwrap_err();
    assert!(matches!(error, Error::Decode(failure) if matches!(failure.error(), BodyError::Text(_))));
}

/// An enum per status, as it is emitted.
#[derive(Debug, PartialEq)]
enum GetError {
    NotFound(Vec<i64>),
    ServerError,
}

impl ErrorBody for GetError {
    fn read(key: Status, reply: &mut Reply) -> Result<Self, BodyError> {
        match key {
            Status::Exact(404) => reply.json().map(Self::NotFound),
            _ => Ok(Self::ServerError),
        }
    }
}

async fn error_of<E: runtime::runtime::api_error::ErrorPayload>(status: &str, body: &str) -> Error<E> {
    let server = Server::always(answer(status, &[("Retry-After", "3")], body));
    get::<i64, E>(&server.client()).await.unwrap_err()
}

#[tokio::test]
async fn errors_by_status() {
    for (status, body, documented, unreadable) in [
        ("404 Not Found", "[4]", Some(GetError::NotFound(vec![4])), false),
        ("404 Not Found", "gone", None, true),
        ("503 Service Unavailable", "", Some(GetError::ServerError), false),
        ("409 Conflict", "[4]", None, false),
    ] {
        let error = error_of::<Documented<GetError>>(status, body).await;
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
        let Error::Api(error) = error else { unreachable!("{error}") };
        assert!(status.starts_with(error.status().as_str()));
        assert_eq!((error.documented(), error.unreadable().is_some()), (documented.as_ref(), unreadable));
        assert_eq!(error.body().to_string(), body);
    }
    let error = error_of::<Documented<Value>>("500 Internal Server Error", r#"{"a":1}"#).await;
    let Error::Api(error) = error else { unreachable!("{error}") };
    assert_eq!(error.documented().unwrap()["a"].as_i64(), Some(1));
    assert_eq!(error.json::<Value>().unwrap()["a"].as_i64(), Some(1));
    assert!(error.json::<bool>().is_err());
    let error = error_of::<Documented<Value>>("404 Not Found", "[4]").await;
    let Error::Api(error) = error.undocumented() else { unreachable!() };
    assert_eq!((error.status().as_u16(), error.json::<Vec<i64>>().unwrap()), (404, vec![4]));
}

#[tokio::test]
async fn any_error_becomes_the_one_error() {
    async fn call() -> Result<i64, Error> {
        let server = Server::always(answer("404 Not Found", &[], "[4]"));
        let client = server.client();
        Ok(get::<i64, Documented<GetError>>(&client).await?)
    }
    match call().await {
        Err(Error::Api(error)) if error.status() == 404 => assert_eq!(format!("{}", error.body()), "[4]"),
        other => unreachable!("{other:?}"),
    }
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Error>();
    is_error::<Error<Documented<GetError>>>();
    assert!(size_of::<Error<Documented<[u64; 99]>>>() <= 64);
}

#[tokio::test]
async fn errors_print_the_beginning_of_the_body() {
    let error = error_of::<Undocumented>("418 I'm a teapot", &"ü".repeat(300)).await;
    assert_eq!(error.to_string(), format!("418 I'm a teapot: {}", "ü".repeat(200)));
    assert_eq!(error_of::<Undocumented>("404 Not Found", " \n").await.to_string(), "404 Not Found");
}

#[tokio::test]
async fn a_response_keeps_its_body() {
    let server = Server::always(answer("200 OK", &[("Content-Type", "text/plain")], "not in the document"));
    let client = server.client();
    let response = Call::<()>::empty(&client, &GET).send().await.unwrap();
    assert_eq!(response.body().as_bytes(), b"not in the document");
    assert_eq!(response.map(|()| 1).body().to_string(), "not in the document");
}

#[tokio::test]
async fn a_call_overrides_the_client() {
    let server = Server::always(json("1"));
    let client = server.builder().header("X-One", "default").user_agent("mine/2").build().unwrap();
    let call = get::<i64, Undocumented>(&client).header("X-One", "own").header("Accept", "text/plain");
    call.clone().query_pair("debug", "a b").await.unwrap();
    get::<i64, Undocumented>(&client).await.unwrap();
    let seen = server.seen();
    assert_eq!(
        (seen[0].header("x-one").unwrap(), seen[0].header("accept").unwrap()),
        ("own".into(), "text/plain".into())
    );
    assert_eq!((seen[0].target.as_str(), seen[1].header("x-one").unwrap()), ("/get?debug=a%20b", "default".into()));
    assert_eq!(seen[1].header("user-agent").unwrap(), "mine/2");
    assert_eq!(format!("{call:?}").matches("own").count(), 0);
}

#[tokio::test]
async fn timeouts_limit_each_call() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(400));
        json("1")
    });
    let client = server.builder().timeout(Duration::from_millis(50)).build().unwrap();
    let error = get::<i64, Undocumented>(&client).await.unwrap_err();
    assert!(error.is_timeout() && error.status().is_none(), "{error}");
    assert_eq!(get::<i64, Undocumented>(&client).timeout(Duration::from_secs(5)).await.unwrap(), 1);
}

#[tokio::test]
async fn a_body_counts_towards_the_timeout() {
    // the head at once, the body never; the connection stays open until the client has given up
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _request = stream.read(&mut [0; 1024]).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1").unwrap();
        while matches!(stream.read(&mut [0; 1024]), Ok(1..)) {}
    });
    let client = direct(ClientBuilder::new(&API).base_url(url)).retries(RetryPolicy::never()).build().unwrap();
    let error = get::<i64, Undocumented>(&client).timeout(Duration::from_millis(100)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    drop(client);
    // this thread must go on, for it is the one that closes the connection
    tokio::task::spawn_blocking(move || thread.join().unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_broken_body_is_no_response() {
    let server = Server::always(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1".to_vec());
    let error = get::<i64, Undocumented>(&server.client()).await.unwrap_err();
    let Error::Transport(error) = error else { unreachable!("{error}") };
    assert_eq!(error.kind(), TransportErrorKind::Interrupted);
}

#[tokio::test]
async fn no_server_is_no_connection() {
    let client = Server::always(json("1")).client(); // the server is gone
    let error = get::<i64, Undocumented>(&client).query_pair("key", "hunter2").await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(matches!(error, Error::Transport(error) if error.kind() == TransportErrorKind::Connect));
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn bodies_are_limited_after_decompression() {
    let zeros = vec![b'0'; 1 << 20];
    let packed = gzip(&zeros);
    assert!(packed.len() < 4096);
    let server = Server::always(answer("200 OK", &[("Content-Encoding", "gzip")], packed));
    let tight = server.builder().body_limit(zeros.len() - 1).build().unwrap();
    let error = Call::<String>::plain(&tight, &GET).await.unwrap_err();
    assert_eq!(error.to_string(), "the response body is larger than 1048575 bytes");
    let Error::Transport(error) = error else { unreachable!("{error}") };
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
    let wide = server.builder().body_limit(zeros.len()).build().unwrap();
    assert_eq!(Call::<String>::plain(&wide, &GET).await.unwrap().len(), zeros.len());
}

/// A server that redirects `POST /post` to a place, and answers everything else with `1`.
fn redirecting(status: &'static str, location: impl Into<String>) -> Server {
    let location = location.into();
    Server::start(
        move |seen| {
            if seen.target == "/post" { answer(status, &[("Location", &location)], "") } else { json("1") }
        },
    )
}

async fn post(server: &Server) -> Result<i64, Error> { post_by(server.builder()).await }

async fn post_by(builder: ClientBuilder) -> Result<i64, Error> {
    let builder = builder.secret("Key", "k1").secret("Bare", "k2").secret("Cookie", "k3");
    let client = builder.build().unwrap();
    let mut call = Call::<i64>::json(&client, &POST).header("X-Trace", "t");
    call.request().json("application/json", &5_i64);
    call.await
}

fn credentials(seen: &Seen) -> Vec<Option<String>> {
    ["authorization", "x-key", "cookie", "x-trace"].map(|name| seen.header(name)).to_vec()
}

#[tokio::test]
async fn redirects_change_the_method_by_status() {
    for (status, method, body) in [
        ("301 Moved Permanently", "GET", ""),
        ("302 Found", "GET", ""),
        ("303 See Other", "GET", ""),
        ("307 Temporary Redirect", "POST", "5"),
        ("308 Permanent Redirect", "POST", "5"),
    ] {
        let server = redirecting(status, "other/../next?a=b#fragment");
        assert_eq!(post(&server).await.unwrap(), 1);
        let seen = &server.seen()[1];
        assert_eq!((seen.method.as_str(), seen.body.as_str(), seen.target.as_str()), (method, body, "/next?a=b"));
        assert_eq!(seen.header("content-type").is_some(), method == "POST");
        assert_eq!(credentials(seen), credentials(&server.seen()[0]));
        assert_eq!(seen.header("authorization").unwrap(), "APIKey k1");
    }
}

#[tokio::test]
async fn no_credential_goes_to_another_origin() {
    let other = Server::always(json("1"));
    let server = redirecting("307 Temporary Redirect", other.url().replace("http://", "http://user:word@"));
    assert_eq!(post_by(server.builder().repeat_bodies_elsewhere(true)).await.unwrap(), 1);
    let seen = other.only();
    assert_eq!((seen.method.as_str(), seen.body.as_str()), ("POST", "5"));
    assert_eq!(credentials(&seen), [None, None, None, None]);
    assert_eq!(seen.header("content-type").unwrap(), "application/json");
}

#[tokio::test]
async fn no_body_goes_to_another_origin_unasked() {
    let other = Server::always(json("1"));
    for status in ["307 Temporary Redirect", "308 Permanent Redirect"] {
        let error = post(&redirecting(status, other.url())).await.unwrap_err();
        assert!(error.to_string().contains("`repeat_bodies_elsewhere` allows it"), "{error}");
    }
    assert!(other.seen().is_empty());
    assert_eq!(post(&redirecting("303 See Other", other.url())).await.unwrap(), 1);
}

#[tokio::test]
async fn one_limit_of_time_holds_for_all_redirects() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(100));
        answer("302 Found", &[("Location", "/post")], "")
    });
    let start = std::time::Instant::now();
    let error = post_by(server.builder().timeout(Duration::from_millis(250))).await.unwrap_err();
    let Error::Transport(error) = error else { unreachable!("{error}") };
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_millis(900) && server.seen().len() < 6);
}

#[tokio::test]
async fn redirects_end() {
    let server = Server::start(|_| answer("302 Found", &[("Location", "/post")], ""));
    let error = post(&server).await.unwrap_err();
    assert_eq!(error.to_string(), "more than 10 redirects");
    assert_eq!(server.seen().len(), 11);
    for location in ["ftp://127.0.0.1/", "http://[", "file:///etc/passwd"] {
        let error = post(&redirecting("302 Found", location)).await.unwrap_err();
        let Error::Transport(error) = error else { unreachable!("{error}") };
        assert_eq!(error.kind(), TransportErrorKind::Redirect, "{location}");
    }
}

#[tokio::test]
async fn a_redirect_that_is_documented_is_an_answer() {
    static SCAN: Operation = Operation::new("scan", "POST", "/post").redirects(&[Status::Exact(303), Status::Range(3)]);
    let server = redirecting("303 See Other", "/scan");
    let response = Call::<()>::empty(&server.client(), &SCAN).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["location"]), (303, &"/scan".parse().unwrap()));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_redirect_that_is_not_followed_is_an_api_error() {
    let nowhere = Server::always(answer("302 Found", &[], "?"));
    assert_eq!(post(&nowhere).await.unwrap_err().status().unwrap(), 302);
    let server = redirecting("302 Found", "/next");
    let client = server.builder().max_redirects(0).secret("Key", "k").secret("Bare", "k").secret("Cookie", "k");
    let client = client.build().unwrap();
    let error = Call::<i64>::json(&client, &POST).await.unwrap_err();
    assert_eq!(error.headers().unwrap()["location"], "/next");
}

#[tokio::test]
async fn headers_of_a_document_have_a_type() {
    const LEFT: Header<i64> = Header::new("x-left");
    const STATION: Header<String> = Header::new("x-station");
    const DRY: Header<bool> = Header::new("x-dry");
    let headers = [("X-Left", " 7 "), ("X-Station", "north, east"), ("X-Dry", "perhaps")];
    for status in ["200 OK", "404 Not Found"] {
        let server = Server::always(answer(status, &headers, "1"));
        let read = match Call::<i64>::json(&server.client(), &GET).send().await {
            Ok(response) => (response.header(LEFT), response.header(STATION), response.header(DRY)),
            Err(Error::Api(error)) => (error.header(LEFT), error.header(STATION), error.header(DRY)),
            Err(error) => unreachable!("{error}"),
        };
        // what is something else is not there, and nor is what did not come
        assert_eq!(read, (Some(7), Some("north, east".to_owned()), None), "{status}");
    }
    let server = Server::always(json("1"));
    assert_eq!(Call::<i64>::json(&server.client(), &GET).send().await.unwrap().header(LEFT), None);
    assert_eq!((LEFT.name(), format!("{LEFT:?}").as_str()), ("x-left", "Header(\"x-left\")"));
}
