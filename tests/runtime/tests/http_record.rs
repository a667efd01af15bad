//! Recordings: what is written, what is not, and that it plays back as it came.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_server::{Server, json};
use runtime::models::Group;
use runtime::resources::UploadBody;
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::codec::from_json;
use runtime::runtime::credential::{Credential, Place, Scheme};
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::har::timestamp;
use runtime::runtime::mock::Mock;
use runtime::runtime::oauth::ClientCredentials;
use runtime::runtime::operation::Operation;
use runtime::runtime::recorder::Recorder;
use runtime::runtime::replay::Replay;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::server::ListedServer;
use runtime::runtime::transport::TransportErrorKind;
use runtime::runtime::value::Value;

/// A file that is removed at the end of a test, with what is beside it.
struct Recording(PathBuf);

impl Recording {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cratewright-{}-{name}", std::process::id()));
        Self(folder.join("below/recording.har"))
    }

    fn path(&self) -> &Path { &self.0 }

    fn text(&self) -> String { std::fs::read_to_string(&self.0).unwrap() }

    fn entries(&self) -> Vec<Value> {
        let log: Value = from_json(self.text().as_bytes()).unwrap();
        assert_eq!(log["log"]["version"].as_str(), Some("1.2"));
        log["log"]["entries"].as_array().unwrap().to_vec()
    }
}

impl Drop for Recording {
    fn drop(&mut self) { drop(std::fs::remove_dir_all(self.0.ancestors().nth(2).unwrap())); }
}

fn recorded(file: &Recording) -> (Mock, Client) {
    let mock = Mock::new();
    let recorder = Recorder::new(mock.clone(), file.path());
    (mock, Client::builder().api_key("1234$abcdef").transport(recorder).build().unwrap())
}

fn replayed(file: &Recording) -> Client {
    Client::builder().api_key("any").transport(Replay::open(file.path()).unwrap()).build().unwrap()
}

fn group(name: &str) -> Group { Group { name: name.to_owned(), ..Group::default() } }

#[tokio::test]
async fn what_is_recorded_plays_back() {
    let file = Recording::new("plays");
    let (mock, client) = recorded(&file);
    mock.expect(client.groups().get(0)).responds(503, "", "").header("Retry-After", "1");
    mock.expect(client.groups().get(0)).fails(TransportErrorKind::Connect);
    mock.expect(client.groups().get(0)).returns_json(200, r#"{ "name": "a" }"#).header("X-Request-Id", "r-1");
    mock.expect(client.groups().update(1, &group("b"))).returns(&group("b"));
    mock.expect(client.groups().get(2)).responds(307, "", "").header("Location", "/groups/0");
    mock.expect(client.groups().get(0)).returns(&group("moved"));
    mock.expect(client.groups().get(404)).responds(404, "application/json", r#""no such group""#);
    let run = async |client: &Client| {
        let first = client.groups().get(0).send().await.unwrap();
        assert_eq!((first.attempts(), first.value().name.as_str(), first.request_id()), (3, "a", Some("r-1")));
        assert_eq!(first.body().to_string(), r#"{ "name": "a" }"#);
        assert_eq!(client.groups().update(1, &group("b")).await.unwrap().name, "b");
        assert_eq!(client.groups().get(2).await.unwrap().name, "moved");
        let Err(Error::Api(error)) = client.groups().get(404).await else { unreachable!() };
        assert_eq!((error.status().as_u16(), error.body().to_string()), (404, r#""no such group""#.to_owned()));
    };
    run(&client).await;
    mock.verify();
    let entries = file.entries();
    let statuses: Vec<_> = entries.iter().map(|entry| entry["response"]["status"].as_i64().unwrap()).collect();
    assert_eq!(statuses, [503, 0, 200, 200, 307, 200, 404]);
    assert_eq!(entries[1]["response"]["_error"].as_str(), Some("Connect"));
    assert_eq!(entries[3]["request"]["postData"]["text"].as_str(), Some(r#"{"name":"b"}"#));
    let start = std::time::Instant::now();
    run(&replayed(&file)).await;
    assert!(start.elapsed().as_millis() < 900, "nothing waits for what the server asked");
}

#[tokio::test]
async fn each_exchange_answers_once() {
    let file = Recording::new("once");
    let (mock, client) = recorded(&file);
    mock.expect(client.groups().get(0)).returns(&group("a"));
    mock.expect(client.groups().get(0)).returns(&group("b"));
    client.groups().get(0).await.unwrap();
    client.groups().get(0).await.unwrap();
    let client = replayed(&file);
    assert_eq!(client.groups().get(0).await.unwrap().name, "a");
    assert_eq!(client.groups().get(0).await.unwrap().name, "b");
    let again = client.groups().get(0).await.unwrap_err();
    assert_eq!(again.to_string(), "GET /groups/0 comes more often than it was recorded");
    let other = client.groups().get(1).header("X-Trace", "1").await.unwrap_err().to_string();
    assert_eq!(
        other,
        "GET /groups/1 was not recorded; the nearest exchange is GET /groups/0: the path is /groups/1, not /groups/0; \
         the header `x-trace` is 1, and not expected"
    );
    assert!(matches!(again, Error::Transport(error) if error.kind() == TransportErrorKind::Other), "is not repeated");
}

/// Credentials in each place where a request can have one.
static API: Api = Api {
    user_agent: "test/1.0",
    servers: &[ListedServer { url: "https://api.invalid/v1", variables: &[] }],
    base_path: "",
    base_url_env: None,
    schemes: &[
        Scheme::new("query", Place::Query { name: "api key" }),
        Scheme::new("cookie", Place::Cookie { name: "session" }),
        Scheme::new("header", Place::Header { name: "X-Key", prefix: "Key " }),
        Scheme::new("bearer", Place::Bearer),
        Scheme::new("basic", Place::Basic),
    ],
    security: &[],
    strict_reading: false,
    idempotency_header: None,
};
static BEARER: Operation =
    Operation::new("bearer", "POST", "/bearer").security(&[&["query", "cookie", "header", "bearer"]]);
static BASIC: Operation = Operation::new("basic", "POST", "/basic").security(&[&["basic"]]);

/// A secret that each encoding writes otherwise.
const SECRET: &str = "se/same\"o+pen";

fn with_secrets(builder: ClientBuilder, secret: &str, cookie: &str) -> ClientBuilder {
    let builder = builder.secret("query", secret).secret("cookie", cookie).secret("header", secret);
    builder.secret("bearer", secret).credential("basic", Credential::basic("ann", secret))
}

#[tokio::test]
async fn no_secret_is_written() {
    let file = Recording::new("secrets");
    let mock = Mock::new();
    let cookie = "cookie/sesame";
    let builder = with_secrets(ClientBuilder::new(&API), SECRET, cookie).header("Proxy-Authorization", "hidden proxy");
    let client = builder.transport(Recorder::new(mock.clone(), file.path())).build().unwrap();
    let json = Value::from(SECRET).to_string();
    let base64 = STANDARD.encode(SECRET);
    let basic = STANDARD.encode(format!("ann:{SECRET}"));
    let echo = format!("{SECRET} {json} {} {base64} {basic} {cookie}", json.replace('/', "\\/"));
    let binary = [b"\xff\xfe", SECRET.as_bytes()].concat();
    let call = |client: &Client, operation: &'static Operation| {
        let call = Call::<Bytes, Undocumented>::raw(client, operation).query_pair("echo", SECRET);
        call.with_upload("application/octet-stream", Bytes::from(binary.clone()))
    };
    mock.expect(call(&client, &BEARER)).responds(200, "text/plain", echo.clone()).header("Set-Cookie", "id=hidden");
    mock.expect(call(&client, &BASIC))
        .responds(200, "application/octet-stream", binary.clone())
        .header("X-Echo", SECRET);
    call(&client, &BEARER).await.unwrap();
    call(&client, &BASIC).await.unwrap();

    let sent = &mock.requests()[0];
    let (query, headers) = (sent.uri().query().unwrap(), sent.headers());
    assert!(query.contains("api%20key=se%2Fsame%22o%2Bpen"), "it is sent: {query}");
    assert!(headers["x-key"].to_str().unwrap().contains(SECRET) && headers.contains_key("authorization"));
    assert!(headers["cookie"].to_str().unwrap().contains(cookie));

    let (text, entries) = (file.text(), file.entries());
    let percent = |text: &str| text.replace('/', "%2F").replace('"', "%22").replace('+', "%2B").replace('=', "%3D");
    for secret in [SECRET, cookie, "hidden", &base64, &basic, &STANDARD.encode(cookie), &STANDARD.encode(&binary)] {
        let quoted = Value::from(secret).to_string();
        let twice = Value::from(quoted.as_str()).to_string();
        for form in [secret, quoted.trim_matches('"'), twice.trim_matches(['"', '\\']), &percent(secret)] {
            assert!(!text.contains(form), "{form} is in {text}");
        }
    }
    // no part of it either, but for what any text may hold
    assert!(!text.contains("same") && !text.contains("o+pen") && !text.contains("o%2Bpen"), "{text}");
    let url = entries[0]["request"]["url"].as_str();
    assert_eq!(url, Some("https://api.invalid/v1/bearer?echo=REDACTED&api%20key=REDACTED"));
    let headers = entries[0]["request"]["headers"].to_string();
    for name in ["authorization", "cookie", "proxy-authorization", "x-key"] {
        assert!(headers.contains(&format!(r#"{{"name":"{name}","value":"REDACTED"}}"#)), "{headers}");
    }
    let body = STANDARD.decode(entries[1]["response"]["content"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(body, b"\xff\xfeREDACTED");

    // and it plays back with other credentials, which are as little in the way
    let other = "another/secret";
    let replay = Replay::open(file.path()).unwrap();
    let client = with_secrets(ClientBuilder::new(&API), other, other).transport(replay).build().unwrap();
    let call = |operation| {
        let call = Call::<Bytes, Undocumented>::raw(&client, operation).query_pair("echo", other);
        call.with_upload("application/octet-stream", Bytes::from([b"\xff\xfe", other.as_bytes()].concat()))
    };
    let text = call(&BEARER).await.unwrap();
    assert_eq!(text, "REDACTED \"REDACTED\" \"REDACTED\" REDACTED REDACTED REDACTED");
    assert_eq!(call(&BASIC).await.unwrap(), b"\xff\xfeREDACTED".as_slice());
}

#[tokio::test]
async fn bodies_of_every_kind_come_back() {
    let file = Recording::new("bodies");
    let (mock, client) = recorded(&file);
    let form = UploadBody { title: Some("a".to_owned()), cover: b"\xff\x00".to_vec().into(), ..UploadBody::default() };
    mock.expect(client.groups().upload(1, &form)).responds(204, "", "");
    mock.expect(client.groups().get(1).bytes()).responds(200, "image/png", b"\x89PNG\xff".as_slice());
    client.groups().upload(1, &form).await.unwrap();
    client.groups().get(1).bytes().await.unwrap();
    assert_eq!(file.entries()[0]["request"]["postData"]["_encoding"].as_str(), Some("base64"));
    let client = replayed(&file);
    client.groups().upload(1, &form).await.unwrap();
    assert_eq!(client.groups().get(1).bytes().await.unwrap(), b"\x89PNG\xff".as_slice());
    let mut body = replayed(&file).groups().get(1).stream().await.unwrap().into_value();
    assert_eq!(body.next().await.unwrap().unwrap(), b"\x89PNG\xff".as_slice());
}

#[tokio::test]
async fn a_client_of_any_kind_is_recorded() {
    let file = Recording::new("around");
    let mock = Mock::new();
    let built = Client::builder().api_key("1234$abcdef").header("X-Team", "a").retries(RetryPolicy::never());
    let built = built.base_url("https://other.invalid/v2").transport(mock.clone()).build().unwrap();
    let client = Recorder::around(&built, file.path());
    mock.expect(built.groups().get(0)).returns(&group("a"));
    mock.expect(built.groups().get(0)).responds(503, "", "");
    client.groups().get(0).await.unwrap();
    client.groups().get(0).await.unwrap_err();
    mock.verify();
    let entry = file.entries().remove(0);
    assert_eq!(entry["request"]["url"].as_str(), Some("https://other.invalid/v2/groups/0"));
    assert!(entry["request"]["headers"].to_string().contains("x-team"));
    assert!(!file.text().contains("1234$abcdef"));
    assert_eq!(client.base_url(), built.base_url());
}

#[tokio::test]
async fn the_file_is_whole_after_each_exchange() {
    let file = Recording::new("whole");
    let (mock, client) = recorded(&file);
    std::fs::create_dir_all(file.path().parent().unwrap()).unwrap();
    std::fs::write(file.path(), "an older recording").unwrap();
    for count in 1..4 {
        mock.expect(client.groups().get(0)).returns(&group("a"));
        client.groups().get(0).await.unwrap();
        assert_eq!(file.entries().len(), count);
        let beside = std::fs::read_dir(file.path().parent().unwrap()).unwrap().count();
        assert_eq!(beside, 1, "nothing is left beside it");
    }
}

#[test]
fn times_are_written_as_har_has_them() {
    for (milliseconds, written) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_868_799_999, "2000-02-29T23:59:59.999Z"),
        (951_868_800_000, "2000-03-01T00:00:00.000Z"),
        (1_709_251_199_000, "2024-02-29T23:59:59.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ] {
        assert_eq!(timestamp(SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds)), written);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error_of_the_call() {
    let file = Recording::new("blocked");
    std::fs::create_dir_all(file.path()).unwrap();
    let (mock, client) = recorded(&file);
    mock.expect(client.groups().get(0)).returns(&group("a"));
    let error = client.groups().get(0).await.unwrap_err();
    assert!(
        error.to_string().starts_with("the recording ") && error.to_string().contains("cannot be written"),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(mock.requests().len(), 1, "the call is not repeated");
}

#[test]
fn what_is_no_recording_is_an_error() {
    let file = Recording::new("none");
    let problem = || Replay::open(file.path()).unwrap_err().to_string();
    assert!(problem().contains("recording.har"), "{}", problem());
    std::fs::create_dir_all(file.path().parent().unwrap()).unwrap();
    let entry = |request: &str, response: &str| {
        format!(r#"{{"log":{{"entries":[{{"request":{request},"response":{response}}}]}}}}"#)
    };
    let get = r#"{"method":"GET","url":"https://api.invalid/"}"#;
    for (text, said) in [
        ("{".to_owned(), "it is not JSON: "),
        ("[]".to_owned(), "it is not HAR: `log.entries` is not an array"),
        (entry("{}", "{}"), "entry 1: `request.method` is not a string"),
        (entry(r#"{"method":"GET","url":"a b"}"#, "{}"), "entry 1: `request.url` is not a URL"),
        (entry(get, "{}"), "entry 1: `response.status` is not a status"),
        (entry(get, r#"{"status":20}"#), "entry 1: invalid status code"),
        (entry(get, r#"{"status":200,"content":{"text":"?","encoding":"base64"}}"#), "entry 1: a body is not base64: "),
        (entry(get, r#"{"status":200,"content":{"text":"?","encoding":"br"}}"#), "entry 1: a body has the encoding "),
    ] {
        std::fs::write(file.path(), text).unwrap();
        assert!(problem().contains(said), "{}", problem());
    }
}

/// Neither what fetches a token nor the token itself is written, and both play back.
#[tokio::test]
async fn fetched_tokens_are_not_written() {
    static SECURED: Operation = Operation::new("secured", "GET", "/x").security(&[&["Bearer"]]);
    let file = Recording::new("tokens");
    let server = Server::start(|seen| match seen.target.as_str() {
        "/token" => json(r#"{"access_token":"fetched/token+1"}"#),
        _ => json(r#""your token is fetched\/token+1""#),
    });
    let credentials = || ClientCredentials::new("my-id", "my-own-secret").token_url(format!("{}/token", server.url()));
    let builder = || ClientBuilder::new(&http_server::API).base_url(server.url()).tokens("Bearer", credentials());
    let call = |client: &Client| Call::<String, Undocumented>::json(client, &SECURED);
    let client = http_server::direct(builder()).build().unwrap();
    let said = call(&Recorder::around(&client, file.path())).await.unwrap();
    assert_eq!((said.as_str(), server.seen().len()), ("your token is fetched/token+1", 2));
    assert_eq!(file.entries().len(), 1);
    let text = file.text();
    for secret in ["fetched/token", "fetched\\/token", "fetched%2Ftoken", "my-own-secret", "access_token"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    let replaying = builder().transport(Replay::open(file.path()).unwrap()).build().unwrap();
    assert_eq!(call(&replaying).await.unwrap(), "your token is REDACTED");
    assert_eq!(server.seen().len(), 2, "nothing more is sent");
}
