//! A server for tests: HTTP/1.1 on a loopback port of the system's choice, one request per connection, and it tells
//! what it saw. It ends with the test.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::client::Client;
use runtime::runtime::credential::{Place, Scheme};
use runtime::runtime::server::ListedServer;
use runtime::runtime::transport_reqwest::ReqwestTransport;

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query, as they were on the wire.
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Seen {
    /// The value of a header; several are joined by `|`.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let named = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let values: Vec<_> = named.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("|"))
    }

    /// Reads a request; `None` if the connection ends before the request does.
    pub(crate) fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut text = Vec::new();
        let end = loop {
            if let Some(at) = text.windows(4).position(|window| window == b"\r\n\r\n") {
                break at;
            }
            let mut chunk = [0; 4096];
            match stream.read(&mut chunk).ok()? {
                0 => return None,
                count => text.extend_from_slice(&chunk[..count]),
            }
        };
        let head = String::from_utf8_lossy(&text[..end]).into_owned();
        let mut lines = head.lines();
        let mut line = lines.next()?.split(' ').map(str::to_owned);
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_owned(), v.to_owned()));
        let (method, target) = (line.next()?, line.next()?);
        let mut seen = Seen { method, target, headers: headers.collect(), ..Seen::default() };
        let mut body = text.split_off(end + 4);
        let length: usize = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
        if seen.header("transfer-encoding").is_some_and(|coding| coding == "chunked") {
            seen.bytes = unchunked(stream, body)?;
        } else {
            let already = body.len();
            body.resize(length.max(already), 0);
            stream.read_exact(&mut body[already..]).ok()?;
            seen.bytes = body;
        }
        seen.body = String::from_utf8_lossy(&seen.bytes).into_owned();
        Some(seen)
    }
}

/// A body that comes in chunks (RFC 9112 section 7.1), of which some was read.
fn unchunked(stream: &mut TcpStream, mut raw: Vec<u8>) -> Option<Vec<u8>> {
    while !raw.ends_with(b"0\r\n\r\n") {
        let mut more = [0; 4096];
        match stream.read(&mut more).ok()? {
            0 => return None,
            count => raw.extend_from_slice(&more[..count]),
        }
    }
    let (mut body, mut rest) = (Vec::new(), &raw[..]);
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&rest[end + 2..][..length]);
        rest = &rest[end + 2 + length + 2..];
    }
}

/// A running server.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that answers each request by a function of it, with the bytes to send.
    pub(crate) fn start(answer: impl Fn(&Seen) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (log, ends) = (Arc::clone(&seen), Arc::clone(&stop));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let mut stream = stream.unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
                if let Some(request) = Seen::read(&mut stream) {
                    let bytes = answer(&request);
                    log.lock().unwrap().push(request);
                    // a client that gave up does not read what it is sent
                    let _ = stream.write_all(&bytes);
                }
            }
        });
        Self { address, seen, stop, thread: Some(thread) }
    }

    /// A server that gives one answer to everything.
    pub(crate) fn always(answer: Vec<u8>) -> Self { Self::start(move |_| answer.clone()) }

    pub(crate) fn url(&self) -> String { format!("http://{}", self.address) }

    pub(crate) fn seen(&self) -> Vec<Seen> { self.seen.lock().unwrap().clone() }

    /// The only request there was.
    pub(crate) fn only(&self) -> Seen {
        let [seen] = &self.seen()[..] else { unreachable!("one request") };
        seen.clone()
    }

    pub(crate) fn client(&self) -> Client { self.builder().build().unwrap() }

    pub(crate) fn builder(&self) -> ClientBuilder { direct(ClientBuilder::new(&API).base_url(self.url())) }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // wakes the thread, which waits for a connection
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            assert!(thread.join().is_ok() || std::thread::panicking());
        }
    }
}

/// Keeps a client off any proxy of the environment that tests run in.
pub(crate) fn direct(builder: ClientBuilder) -> ClientBuilder {
    builder.transport(ReqwestTransport::without_proxy(Some(Duration::from_secs(5))).unwrap())
}

/// A response with a body, whose length is told.
pub(crate) fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        bytes.push_str(&format!("{name}: {value}\r\n"));
    }
    bytes.push_str("\r\n");
    [bytes.as_bytes(), body].concat()
}

/// A `200` with JSON.
pub(crate) fn json(body: &str) -> Vec<u8> { answer("200 OK", &[("Content-Type", "application/json")], body) }

/// An API with a security scheme for each place.
pub(crate) static API: Api = Api {
    user_agent: "test-client/1.0",
    servers: &[ListedServer { url: "https://api.invalid/v1/", variables: &[] }],
    base_path: "",
    base_url_env: Some("TEST_BASE_URL"),
    schemes: &[
        Scheme::new("Key", Place::Header { name: "Authorization", prefix: "APIKey " }).env("TEST_KEY"),
        Scheme::new("Bare", Place::Header { name: "X-Key", prefix: "" }),
        Scheme::new("Query", Place::Query { name: "api_key" }),
        Scheme::new("Cookie", Place::Cookie { name: "session" }),
        Scheme::new("Bearer", Place::Bearer).env("TEST_TOKEN"),
        Scheme::new("Basic", Place::Basic),
    ],
    security: &[&["Key"]],
    strict_reading: false,
    idempotency_header: None,
};
