// needs: body threaded transport | crates: bytes futures_channel http pollster ureq
//! The transport over `ureq`, which needs no async runtime. Only this file uses the library.

use std::io::{ErrorKind, Read};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use futures_channel::oneshot;
use http::{Method, Request, Response};
use pollster::block_on;
use ureq::config::ConfigBuilder;
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
use ureq::tls::{TlsConfig, TlsProvider};
use ureq::typestate::AgentScope;
use ureq::{Agent, Error, SendBody};

use super::body::Body;
use super::threaded::channel;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

/// How long the thread of an exchange waits for an answer, whether or not a call still does.
const LONGEST: Duration = Duration::from_secs(3_600);

/// The transport over `ureq`: it pools connections, requests and decodes `gzip`, and uses the proxies of the environment
/// (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`).
///
/// Each exchange has a thread of its own, so that limits of time hold. The thread of an exchange that is given up ends
/// when its connection does, or after an hour in which the server does not answer.
///
/// `UreqTransport::from` takes your own `ureq` configuration, with its proxy and certificates; what it says of redirects,
/// of statuses that are errors and of the time until an answer is replaced.
#[derive(Clone, Debug)]
pub struct UreqTransport {
    agent: Agent,
}

impl UreqTransport {
    /// Creates a transport with a time limit for connecting.
    pub fn new(connect_timeout: Option<Duration>) -> Self {
        let config = Agent::config_builder().timeout_connect(connect_timeout);
        // `ureq` takes rustls unless it is told otherwise
        #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
        let config = config.tls_config(TlsConfig::builder().provider(TlsProvider::NativeTls).build());
        Self::from(config)
    }
}

impl From<ConfigBuilder<AgentScope>> for UreqTransport {
    fn from(config: ConfigBuilder<AgentScope>) -> Self {
        let config = config
            .timeout_recv_response(Some(LONGEST))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        Self { agent: config.allow_non_standard_methods(true).build().into() }
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let (head, answered) = oneshot::channel();
        let agent = self.agent.clone();
        let started = thread::Builder::new().spawn(move || exchange(&agent, request, head));
        Box::pin(async move {
            let other = |message: &str| TransportError::new(TransportErrorKind::Other, message);
            started.map_err(|error| other("no thread could be started").with_source(error))?;
            answered.await.unwrap_or_else(|_| Err(other("the thread of the exchange ended")))
        })
    }
}

type Head = oneshot::Sender<Result<Response<Body>, TransportError>>;

/// Sends a request, passes on the head of the response, then its body for as long as somebody reads it.
fn exchange(agent: &Agent, request: Request<Body>, head: Head) {
    let response = match run(agent, request) {
        Ok(response) => response,
        Err(error) => {
            // nobody may wait any longer
            let _ = head.send(Err(error));
            return;
        }
    };
    let (parts, body) = response.into_parts();
    let (sender, chunks) = channel();
    if head.send(Ok(Response::from_parts(parts, Body::from_stream(chunks)))).is_ok() {
        sender.pass_on(body.into_reader(), |error| translate(Error::from(error)));
    }
}

fn run(agent: &Agent, request: Request<Body>) -> Result<Response<ureq::Body>, TransportError> {
    let (parts, body) = request.into_parts();
    let is_sent_empty = [Method::POST, Method::PUT, Method::PATCH].contains(&parts.method);
    let body = match body.as_bytes().cloned() {
        Some(bytes) if bytes.is_empty() && !is_sent_empty => SendBody::none(),
        Some(bytes) => return agent.run(Request::from_parts(parts, bytes.as_ref())).map_err(translate),
        None => SendBody::from_owned_reader(Outgoing { body, rest: Bytes::new() }),
    };
    agent.run(Request::from_parts(parts, body)).map_err(translate)
}

/// Reads a body that is a stream.
struct Outgoing {
    body: Body,
    rest: Bytes,
}

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            let next = block_on(self.body.next());
            self.rest = next.transpose().map_err(std::io::Error::other)?.unwrap_or_default();
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest.split_to(count));
        Ok(count)
    }
}

/// Converts an error, without the URL, whose query may hold a credential.
fn translate(error: Error) -> TransportError {
    if let Error::Io(error) = &error
        && let Some(error) = TransportError::of_upload(error)
    {
        return error;
    }
    let (kind, message) = match &error {
        Error::HostNotFound | Error::ConnectionFailed | Error::Tls(_) => {
            (TransportErrorKind::Connect, "no connection to the server")
        }
        #[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
        Error::Rustls(_) => (TransportErrorKind::Connect, "no connection to the server"),
        #[cfg(feature = "native-tls")]
        Error::NativeTls(_) => (TransportErrorKind::Connect, "no connection to the server"),
        Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            (TransportErrorKind::Connect, "no connection to the server")
        }
        Error::Timeout(_) => (TransportErrorKind::Timeout, "the server took too long"),
        Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            (TransportErrorKind::Connect, "no connection to the server")
        }
        Error::Io(_) | Error::Protocol(_) | Error::Decompress(..) => {
            (TransportErrorKind::Interrupted, "the connection broke, or what came was not HTTP")
        }
        Error::BadUri(_) => return TransportError::new(TransportErrorKind::Other, "the request could not be sent"),
        _ => (TransportErrorKind::Other, "the request could not be sent"),
    };
    TransportError::new(kind, message).with_source(error)
}
