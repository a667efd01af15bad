//! A transport without a network: one body, in the chunks that a test says.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use runtime::runtime::body::Body;
use runtime::runtime::builder::{Api, ClientBuilder};
use runtime::runtime::client::Client;
use runtime::runtime::server::ListedServer;
use runtime::runtime::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};

static API: Api = Api {
    user_agent: "test-client/1.0",
    servers: &[ListedServer { url: "https://api.invalid", variables: &[] }],
    base_path: "",
    base_url_env: None,
    schemes: &[],
    security: &[],
    strict_reading: false,
    idempotency_header: None,
};

/// Chunks, then the end.
pub(crate) struct Chunks(pub(crate) VecDeque<Result<Bytes, TransportError>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

/// Answers one request with a status and a body, and keeps the request's `Accept`.
pub(crate) struct Once {
    status: u16,
    content_type: Option<&'static str>,
    body: Mutex<Option<Body>>,
    accept: Arc<Mutex<String>>,
}

impl Transport for Once {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let accept = request.headers().get("accept").map(|accept| accept.to_str().unwrap().to_owned());
        *self.accept.lock().unwrap() = accept.unwrap_or_default();
        let mut response = http::Response::new(self.body.lock().unwrap().take().unwrap_or_default());
        *response.status_mut() = self.status.try_into().unwrap();
        response.headers_mut().extend(self.content_type.map(|it| (CONTENT_TYPE, HeaderValue::from_static(it))));
        Box::pin(std::future::ready(Ok(response)))
    }

    /// Nothing takes time here.
    fn limit(&self, _: Duration) -> BoxFuture<'static, ()> { Box::pin(std::future::pending()) }
}

/// A client that is answered with a status and a body in chunks, and the `Accept` that it sends.
pub(crate) fn answering(status: u16, chunks: Vec<Bytes>, limit: usize) -> (Client, Arc<Mutex<String>>) {
    let body = Body::from_stream(Chunks(chunks.into_iter().map(Ok).collect()));
    client(status, body, limit)
}

/// A client whose connection breaks behind a text.
pub(crate) fn breaking(text: &'static str) -> Client {
    let error = TransportError::new(TransportErrorKind::Interrupted, "broken");
    let chunks = [Ok(Bytes::from(text)), Err(error), Ok(Bytes::from("data: more\n\n"))];
    client(200, Body::from_stream(Chunks(chunks.into_iter().collect())), usize::MAX).0
}

/// A client that is answered with a body.
pub(crate) fn client_of(body: Body) -> Client { client(200, body, usize::MAX).0 }

/// A client that is answered with a text, whose media type the answer names.
pub(crate) fn answering_as(content_type: &'static str, text: &'static str) -> Client {
    let (body, content_type) = (Mutex::new(Some(text.into())), Some(content_type));
    builder().transport(Once { status: 200, content_type, body, accept: Arc::default() }).build().unwrap()
}

/// The settings of a client.
pub(crate) fn builder() -> ClientBuilder { ClientBuilder::new(&API) }

fn client(status: u16, body: Body, limit: usize) -> (Client, Arc<Mutex<String>>) {
    let accept = Arc::new(Mutex::new(String::new()));
    let transport = Once { status, content_type: None, body: Mutex::new(Some(body)), accept: Arc::clone(&accept) };
    (builder().transport(transport).body_limit(limit).build().unwrap(), accept)
}

/// A text as one chunk, in every two, and byte by byte.
pub(crate) fn splits(text: &[u8]) -> Vec<Vec<Bytes>> {
    let chunk = Bytes::copy_from_slice;
    let halves = (0..=text.len()).map(|at| vec![chunk(&text[..at]), chunk(&text[at..])]);
    let bytes = text.iter().map(|byte| chunk(&[*byte])).collect();
    [vec![chunk(text)], bytes].into_iter().chain(halves).collect()
}

/// What a future gives: nothing here waits, but an empty chunk asks to be polled again.
pub(crate) fn finish<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}
