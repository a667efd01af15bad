//! The client and its builder over a transport in memory: credentials, base URLs, the environment, and what is shown.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::ffi::OsString;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, Request as HttpRequest, Response as HttpResponse};
use http_server::API;
use runtime::runtime::body::Body;
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::call::Call;
use runtime::runtime::credential::{Credential, Place};
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::operation::{Operation, Status};
use runtime::runtime::retry_after::retry_after;
use runtime::runtime::secret::Secret;
use runtime::runtime::server::ListedServer;
use runtime::runtime::style::{PlainStyle, QueryStyle};
use runtime::runtime::transport::{BoxFuture, Transport, TransportError};

/// Keeps what it is given to send, and answers `1`; the first time with a redirect, if it has one.
#[derive(Default)]
struct Recorder {
    sent: Mutex<Vec<HttpRequest<Body>>>,
    redirect: Option<&'static str>,
}

impl Transport for Recorder {
    fn send(&self, request: HttpRequest<Body>) -> BoxFuture<'_, Result<HttpResponse<Body>, TransportError>> {
        let mut sent = self.sent.lock().unwrap();
        let mut response = HttpResponse::new(Body::from("1"));
        if let Some(location) = self.redirect.filter(|_| sent.is_empty()) {
            *response.status_mut() = http::StatusCode::FOUND;
            response.headers_mut().insert("Location", HeaderValue::from_static(location));
        }
        sent.push(request);
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// The request that a client sends for an operation.
async fn sent(builder: ClientBuilder, operation: &'static Operation) -> Result<HttpRequest<Body>, Error> {
    let recorder = Arc::new(Recorder::default());
    let client = builder.transport(recorder.clone()).build()?;
    Call::<i64>::json(&client, operation).await?;
    let mut sent = recorder.sent.lock().unwrap();
    Ok(sent.remove(0))
}

fn builder() -> ClientBuilder { ClientBuilder::new(&API) }

static OPEN: Operation = Operation::new("open", "GET", "/x");

/// An API of which the document says nothing.
static NOWHERE: Api = Api {
    user_agent: "x",
    servers: &[],
    base_path: "",
    base_url_env: None,
    schemes: &[],
    security: &[],
    strict_reading: false,
    idempotency_header: None,
};

/// A transport knows what is called, after a redirect too.
#[tokio::test]
async fn a_transport_is_told_the_operation() {
    let recorder = Arc::new(Recorder { redirect: Some("/y"), ..Recorder::default() });
    let client = builder().transport(recorder.clone()).build().unwrap();
    Call::<i64>::json(&client, &OPEN).await.unwrap();
    let sent = recorder.sent.lock().unwrap();
    let told: Vec<_> = sent.iter().map(|sent| sent.extensions().get::<Operation>().map(Operation::id)).collect();
    assert_eq!(told, [Some("open"), Some("open")]);
}

#[tokio::test]
async fn credentials_go_to_their_places() {
    static KEY: Operation = Operation::new("o", "GET", "/x").security(&[&["Key"]]);
    static BARE: Operation = Operation::new("o", "GET", "/x").security(&[&["Bare"]]);
    static QUERY: Operation = Operation::new("o", "GET", "/x").security(&[&["Query"]]);
    static COOKIE: Operation = Operation::new("o", "GET", "/x").security(&[&["Cookie"]]);
    static BEARER: Operation = Operation::new("o", "GET", "/x").security(&[&["Bearer"]]);
    let header = |request: &HttpRequest<Body>, name: &str| {
        let value = request.headers().get(name).unwrap();
        assert!(value.is_sensitive());
        value.to_str().unwrap().to_owned()
    };
    let builder = ["Key", "Bare", "Query", "Bearer"]
        .into_iter()
        .fold(builder(), |builder, scheme| builder.secret(scheme, "1234$a&b;"))
        .secret("Cookie", "s%3A1234.a+/=");
    assert_eq!(header(&sent(builder.clone(), &KEY).await.unwrap(), "authorization"), "APIKey 1234$a&b;");
    assert_eq!(header(&sent(builder.clone(), &BARE).await.unwrap(), "x-key"), "1234$a&b;");
    assert_eq!(header(&sent(builder.clone(), &COOKIE).await.unwrap(), "cookie"), "session=s%3A1234.a+/=");
    assert_eq!(header(&sent(builder.clone(), &BEARER).await.unwrap(), "authorization"), "Bearer 1234$a&b;");
    let request = sent(builder.clone(), &QUERY).await.unwrap();
    assert_eq!(request.uri(), "https://api.invalid/v1/x?api_key=1234%24a%26b%3B");
    let error = sent(builder.clone().secret("Cookie", "a; admin=1"), &COOKIE).await.unwrap_err();
    assert!(error.to_string().contains("characters that no cookie can have"), "{error}");
    // none where none is asked for
    let request = sent(builder, &OPEN).await.unwrap();
    assert_eq!(request.headers().keys().collect::<Vec<_>>(), ["user-agent"]);
}

#[tokio::test]
async fn basic_is_base64() {
    static BASIC: Operation = Operation::new("o", "GET", "/x").security(&[&["Basic"]]);
    let builder = builder().credential("Basic", Credential::basic("Aladdin", "open sesame"));
    let request = sent(builder, &BASIC).await.unwrap();
    assert_eq!(request.headers()["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

#[tokio::test]
async fn the_first_alternative_that_can_be_met_is_taken() {
    static EITHER: Operation = Operation::new("op", "GET", "/x").security(&[&["Key", "Bare"], &["Bearer"]]);
    static OPTIONAL: Operation = Operation::new("op", "GET", "/x").security(&[&[], &["Key"]]);
    let authorization = |request: HttpRequest<Body>| {
        request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned())
    };
    let request = sent(builder().secret("Key", "k").secret("Bearer", "b"), &EITHER).await.unwrap();
    assert_eq!(authorization(request).as_deref(), Some("Bearer b"));
    let all = builder().secret("Key", "k").secret("Bare", "x").secret("Bearer", "b");
    assert_eq!(authorization(sent(all, &EITHER).await.unwrap()).as_deref(), Some("APIKey k"));
    assert_eq!(
        authorization(sent(builder().secret("Key", "k"), &OPTIONAL).await.unwrap()).as_deref(),
        Some("APIKey k")
    );
    assert_eq!(authorization(sent(builder(), &OPTIONAL).await.unwrap()), None);
    let error = sent(builder().secret("Key", "k"), &EITHER).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request could not be built: security `op`: the client has no credential for it; it takes Key and Bare, \
         or Bearer"
    );
}

#[tokio::test]
async fn a_header_that_the_caller_sets_stands_for_a_credential() {
    static BOTH: Operation = Operation::new("op", "GET", "/x").security(&[&["Bare", "Bearer"]]);
    static QUERY: Operation = Operation::new("op", "GET", "/x").security(&[&["Query"], &["Cookie"]]);
    let half = builder().header("Authorization", "Digest x");
    assert!(sent(half.clone(), &BOTH).await.is_err());
    let request = sent(half.secret("Bare", "b"), &BOTH).await.unwrap();
    let headers = request.headers();
    assert_eq!((&headers["authorization"], &headers["x-key"]), (&"Digest x".parse().unwrap(), &"b".parse().unwrap()));
    assert!(sent(builder().header("api_key", "x"), &QUERY).await.is_err());
    for builder in [builder(), builder().secret("Query", "q")] {
        let recorder = Arc::new(Recorder::default());
        let client = builder.transport(recorder.clone()).build().unwrap();
        let mut call = Call::<i64>::json(&client, &QUERY);
        call.request().query("api_key", QueryStyle::FormExplode, &"own".to_owned());
        call.await.unwrap();
        assert_eq!(recorder.sent.lock().unwrap()[0].uri(), "https://api.invalid/v1/x?api_key=own");
    }
    assert_eq!(sent(builder().header("Cookie", "a=b"), &QUERY).await.unwrap().headers()["cookie"], "a=b");
    let recorder = Arc::new(Recorder::default());
    let client = builder().secret("Bare", "b").transport(recorder.clone()).build().unwrap();
    let call = Call::<i64>::json(&client, &BOTH);
    call.header("authorization", "Own y").await.unwrap();
    assert_eq!(recorder.sent.lock().unwrap()[0].headers()["authorization"], "Own y");
}

#[tokio::test]
async fn bad_secrets_are_refused_and_not_told() {
    for secret in ["hunter2\n", "hunter2\r\nX: y", "hunter2é", "", "  "] {
        let error = builder().secret("Key", secret).build().unwrap_err();
        assert!(matches!(error, Error::Config(_)) && error.to_string().contains("`Key`"), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
    assert!(builder().secret("Basic", "no colon").build().is_err());
    let error = builder().secret("Nope", "x").build().unwrap_err();
    assert_eq!(error.to_string(), "the client could not be made: the API has no security scheme `Nope`");
    assert!(builder().header("X", "hunter2\n").build().is_err());
}

#[test]
fn nothing_shown_holds_a_secret() {
    let secret = Secret::from("hunter2");
    let credential = Credential::bearer("hunter2");
    let builder = builder()
        .base_url("https://user:hunter2@api.invalid")
        .secret("Key", "hunter2")
        .credential("Basic", Credential::basic("u", "hunter2"))
        .header("X-Auth", "hunter2");
    let error = builder.clone().build().unwrap_err();
    let client = builder.clone().base_url("https://api.invalid").build().unwrap();
    let mut call = Call::<i64>::json(&client, &OPEN);
    let request = call.request();
    request.header("X-Auth", PlainStyle::Simple, &"hunter2".to_owned());
    request.query_pair("key", "hunter2");
    request.override_header("Authorization", "hunter2");
    request.text("text/plain", "hunter2".to_owned());
    let request = request.clone();
    let shown = format!("{secret:?} {credential:?} {builder:#?} {error} {error:?} {client:#?} {request:?} {call:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("[redacted]") && shown.contains("x-auth"), "{shown}");
}

#[tokio::test]
async fn base_urls_keep_their_path() {
    static OWN: Operation = Operation::new("own", "GET", "/x").server("https://own.invalid/");
    for (base, expected) in [
        ("https://a.invalid", "https://a.invalid/x"),
        ("https://a.invalid/", "https://a.invalid/x"),
        ("http://a.invalid:81/v1/b", "http://a.invalid:81/v1/b/x"),
        ("https://a.invalid/v1//", "https://a.invalid/v1/x"),
    ] {
        assert_eq!(sent(builder().base_url(base), &OPEN).await.unwrap().uri(), expected);
    }
    assert_eq!(sent(builder(), &OPEN).await.unwrap().uri(), "https://api.invalid/v1/x");
    assert_eq!(sent(builder(), &OWN).await.unwrap().uri(), "https://own.invalid/x");
    assert_eq!(sent(builder().base_url("http://a.invalid"), &OWN).await.unwrap().uri(), "http://a.invalid/x");
    for base in ["", "/v1", "ftp://a", "https://a/?b=c", "https://a/#b", "https://u@a", "data:x", "http://"] {
        assert!(matches!(builder().base_url(base).build(), Err(Error::Config(_))), "{base}");
    }
    let error = ClientBuilder::new(&NOWHERE).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the client could not be made: the document names no absolute server, so a base URL is needed"
    );
    static SOMEWHERE: Api = Api { base_path: "/api/v3", ..NOWHERE };
    for (base, expected) in [
        ("https://a.invalid", "https://a.invalid/api/v3"),
        (" https://a.invalid:81/ ", "https://a.invalid:81/api/v3"),
        ("https://a.invalid/v4", "https://a.invalid/v4"),
    ] {
        assert_eq!(ClientBuilder::new(&SOMEWHERE).base_url(base).build().unwrap().base_url(), expected);
    }
    static VARIED: Api =
        Api { servers: &[ListedServer { url: "{host}/v1", variables: &[("host", "", &[])] }], ..NOWHERE };
    let error = ClientBuilder::new(&VARIED).build().unwrap_err();
    assert!(error.to_string().contains("the variable `host` of the server's URL is not set"), "{error}");
    let client = ClientBuilder::new(&VARIED).variable("host", "https://b.invalid").build().unwrap();
    assert_eq!(client.base_url(), "https://b.invalid/v1");
}

#[test]
fn a_variable_stays_in_its_place() {
    static PLACES: Api = Api {
        servers: &[ListedServer {
            url: "{scheme}://{region}.api.invalid:{port}/{base}/x",
            variables: &[
                ("scheme", "https", &[]),
                ("region", "eu", &[]),
                ("port", "8443", &["443", "8443"]),
                ("base", "v1", &[]),
            ],
        }],
        ..NOWHERE
    };
    let url = |name, value: &str| {
        let client = ClientBuilder::new(&PLACES).variable(name, value).build();
        client.map(|client| client.base_url().to_owned()).map_err(|error| error.to_string())
    };
    assert_eq!(url("region", "us.west").unwrap(), "https://us.west.api.invalid:8443/v1/x");
    assert_eq!(url("base", "a/b").unwrap(), "https://eu.api.invalid:8443/a/b/x");
    assert_eq!(url("scheme", "http").unwrap(), "http://eu.api.invalid:8443/v1/x");
    for value in ["evil.invalid/", "evil.invalid?", "evil.invalid#", "user@evil.invalid", "evil.invalid\\", "a\tb"] {
        assert!(url("region", value).unwrap_err().contains("ends the host"), "{value}");
    }
    for value in ["..", "a/../../b", "%2e%2E/b"] {
        assert!(url("base", value).unwrap_err().contains("climbs out"), "{value}");
    }
    for value in ["a?b", "a#b", "a\\b"] {
        assert!(url("base", value).unwrap_err().contains("ends the path"), "{value}");
    }
    assert!(url("region", "{base}").unwrap_err().contains("holds a brace"));
    static BESIDE: Api = Api {
        servers: &[ListedServer { url: "https://api.invalid{base}", variables: &[("base", "/v1", &[])] }],
        ..NOWHERE
    };
    let beside = |value: &str| ClientBuilder::new(&BESIDE).variable("base", value).build();
    assert_eq!(beside("/v2").unwrap().base_url(), "https://api.invalid/v2");
    assert!(beside(".evil.invalid/").is_err());
    static LISTED: Api = Api {
        servers: &[ListedServer {
            url: "https://{place}/x",
            variables: &[("place", "api.invalid/v1", &["api.invalid/v1", "api.invalid/v2"])],
        }],
        ..NOWHERE
    };
    let listed = ClientBuilder::new(&LISTED).variable("place", "api.invalid/v2").build().unwrap();
    assert_eq!(listed.base_url(), "https://api.invalid/v2/x");
    assert!(url("scheme", "https://evil.invalid/?").unwrap_err().contains("must be `http` or `https`"));
    assert!(url("port", "1").unwrap_err().contains("must be one of: 443, 8443"));
}

#[tokio::test]
async fn relative_servers_stay_with_the_api() {
    static ROOTED: Operation = Operation::new("own", "GET", "/x").server("/v2/");
    static BESIDE: Operation = Operation::new("own", "GET", "/x").server("beta");
    for (base, operation, expected) in [
        ("https://a.invalid:81/v1", &ROOTED, "https://a.invalid:81/v2/x"),
        ("https://a.invalid/api/v1", &BESIDE, "https://a.invalid/api/beta/x"),
    ] {
        assert_eq!(sent(builder().base_url(base), operation).await.unwrap().uri(), expected);
    }
    assert_eq!(sent(builder(), &ROOTED).await.unwrap().uri(), "https://api.invalid/v2/x");
}

#[tokio::test]
async fn variables_of_the_server_are_filled_in() {
    static REGIONAL: Api = Api {
        servers: &[
            ListedServer {
                url: "https://{region}.api.invalid/{stage}/{region}",
                variables: &[("region", "eu", &["eu", "us"]), ("stage", "v1", &[])],
            },
            ListedServer { url: "https://other.invalid", variables: &[] },
        ],
        base_path: "",
        ..API
    };
    let uri = async |builder| sent(builder, &OPEN).await.unwrap().uri().to_string();
    let builder = || ClientBuilder::new(&REGIONAL);
    assert_eq!(uri(builder()).await, "https://eu.api.invalid/v1/eu/x");
    assert_eq!(uri(builder().variable("region", "us")).await, "https://us.api.invalid/v1/us/x");
    assert_eq!(uri(builder().variable("region", "us").base_url("http://a.invalid")).await, "http://a.invalid/x");
    assert_eq!(uri(builder().listed_server(1)).await, "https://other.invalid/x");
    let error = builder().listed_server(1).variable("region", "us").build().unwrap_err();
    let expected = "the client could not be made: the server `https://other.invalid` has no variable `region`";
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn no_redirect_leaves_https() {
    for (location, leaves) in [("http://api.invalid/v1/x", true), ("//api.invalid/y", false)] {
        let recorder = Arc::new(Recorder { redirect: Some(location), ..Recorder::default() });
        let client = builder().transport(recorder.clone()).build().unwrap();
        let result = Call::<i64>::json(&client, &OPEN).await;
        assert_eq!(result.is_err(), leaves);
        assert_eq!(recorder.sent.lock().unwrap().len(), if leaves { 1 } else { 2 });
    }
}

/// What servers send as a `Location`, and where it leads (RFC 3986 section 5.4).
#[tokio::test]
async fn redirects_lead_to_what_they_refer_to() {
    for (location, to) in [
        ("/y", "https://api.invalid/y"),
        ("y?a=b#c", "https://api.invalid/v1/y?a=b"),
        ("?a", "https://api.invalid/v1/x?a"),
        ("../../y/./z", "https://api.invalid/y/z"),
        ("//b.invalid:8443/y", "https://b.invalid:8443/y"),
        ("HTTPS://B.invalid/y", "https://b.invalid/y"),
        ("https://user:word@b.invalid/y", "https://b.invalid/y"),
        ("https://[::1]:8443/y", "https://[::1]:8443/y"),
        ("/a b|c?d[0]=%7E%&e=\"", "https://api.invalid/a%20b%7Cc?d%5B0%5D=%7E%25&e=%22"),
    ] {
        let recorder = Arc::new(Recorder { redirect: Some(location), ..Recorder::default() });
        let client = builder().transport(recorder.clone()).build().unwrap();
        Call::<i64>::json(&client, &OPEN).await.unwrap();
        assert_eq!(recorder.sent.lock().unwrap()[1].uri().to_string().to_lowercase(), to.to_lowercase(), "{location}");
    }
    for location in ["ftp://b.invalid/", "https:///y", "https://", "mailto:a@b.invalid", "https://b.invalid:99999/"] {
        let recorder = Arc::new(Recorder { redirect: Some(location), ..Recorder::default() });
        let client = builder().transport(recorder.clone()).build().unwrap();
        let error = Call::<i64>::json(&client, &OPEN).await.unwrap_err();
        assert!(error.to_string().contains("redirect"), "{location}: {error}");
        assert_eq!(recorder.sent.lock().unwrap().len(), 1);
    }
}

fn variables(pairs: &'static [(&'static str, &'static str)]) -> ClientBuilder {
    ClientBuilder::from_variables(&API, &|name| {
        pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
    })
}

#[tokio::test]
async fn variables_fill_in_what_they_name() {
    static KEY: Operation = Operation::new("o", "GET", "/x").security(&[&["Key"], &["Bearer"]]);
    let request = sent(variables(&[("TEST_BASE_URL", "http://e.invalid/p/"), ("TEST_KEY", "k")]), &KEY).await.unwrap();
    assert_eq!(
        (request.uri().to_string().as_str(), &request.headers()["authorization"]),
        ("http://e.invalid/p/x", &"APIKey k".parse().unwrap())
    );
    let request =
        sent(variables(&[("TEST_BASE_URL", " "), ("TEST_KEY", "\t"), ("TEST_TOKEN", "t")]), &KEY).await.unwrap();
    assert_eq!(
        (request.uri().to_string().as_str(), &request.headers()["authorization"]),
        ("https://api.invalid/v1/x", &"Bearer t".parse().unwrap())
    );
    let request = sent(variables(&[("TEST_KEY", "k")]).secret("Key", "own"), &KEY).await.unwrap();
    assert_eq!(request.headers()["authorization"], "APIKey own");
    assert!(sent(variables(&[]), &KEY).await.is_err());
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_an_error() {
    use std::os::unix::ffi::OsStringExt as _;
    let builder =
        ClientBuilder::from_variables(&API, &|name| (name == "TEST_KEY").then(|| OsString::from_vec(vec![0xFF])));
    let error = builder.build().unwrap_err();
    assert_eq!(error.to_string(), "the client could not be made: the environment variable `TEST_KEY` is not Unicode");
}

/// Run by the test below in a process with an environment of its own.
#[test]
fn environment() {
    let client = ClientBuilder::from_env(&API).build().unwrap();
    let expected = std::env::var("TEST_BASE_URL").unwrap_or_else(|_| "https://api.invalid/v1".to_owned());
    assert_eq!(client.base_url(), expected);
}

#[test]
fn the_environment_is_read() {
    let test = std::env::current_exe().unwrap();
    let output = Command::new(test).args(["--exact", "environment"]).env("TEST_BASE_URL", "http://e.invalid").output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

#[test]
fn places_can_be_constants() {
    const PLACE: Place = Place::Header { name: "X", prefix: "" };
    assert_eq!(Credential::new(PLACE, "a"), Credential::new(PLACE, String::from("a")));
    assert_eq!(Secret::from("a").expose(), "a");
}

#[test]
fn the_most_exact_status_wins() {
    let keys = [Status::Default, Status::Range(4), Status::Exact(404)];
    let find = |code: u16| Status::find(&keys, http::StatusCode::from_u16(code).unwrap());
    assert_eq!((find(404), find(409), find(500)), (Some(keys[2]), Some(keys[1]), Some(keys[0])));
    assert_eq!(Status::find(&keys[1..], http::StatusCode::BAD_GATEWAY), None);
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let wait = |text: &str| {
        let mut headers = HeaderMap::new();
        headers.insert("Retry-After", HeaderValue::from_str(text).unwrap());
        retry_after(&headers)
    };
    assert_eq!(wait("120"), Some(Duration::from_secs(120)));
    assert_eq!(wait(" 1.5 "), Some(Duration::from_millis(1500)), "servers send fractions");
    assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
    let soon = wait(&httpdate(SystemTime::now() + Duration::from_secs(600))).unwrap();
    assert!(soon.abs_diff(Duration::from_secs(600)) < Duration::from_secs(5), "{soon:?}");
    let day = Duration::from_secs(24 * 60 * 60);
    for long in ["86401", "99999999999999999999999", "Fri, 31 Dec 2100 23:59:59 GMT"] {
        assert_eq!(wait(long), Some(day), "{long}");
    }
    for bad in ["", "-1", ".5", "nan", "inf", "soon", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 99:49:37 GMT"]
    {
        assert_eq!(wait(bad), None, "{bad}");
    }
}

#[test]
fn retry_after_goes_by_the_clock_of_the_server() {
    let wait = |headers: &[(&'static str, &'static str)]| {
        retry_after(
            &headers.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect(),
        )
    };
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(wait(&[date, ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]), Some(Duration::from_secs(10)));
    assert_eq!(wait(&[("retry-after-ms", "250.5"), ("retry-after", "9")]), Some(Duration::from_micros(250_500)));
    assert_eq!(wait(&[("retry-after-ms", "soon"), ("retry-after", "9")]), Some(Duration::from_secs(9)));
}

/// A date as RFC 9110 section 5.6.7 has it.
fn httpdate(time: SystemTime) -> String {
    let date = time::OffsetDateTime::from(time).format(&time::format_description::well_known::Rfc2822);
    date.unwrap().replace("+0000", "GMT")
}
