// needs: body builder layer transport | crates: bytes flate2 http
//! Compresses what is sent, for servers that take it so.

use std::io::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, HeaderValue};
use http::{Request, Response};

use super::body::Body;
use super::builder::ClientBuilder;
use super::layer::{Exchange, Layer};
use super::transport::{BoxFuture, TransportError, TransportErrorKind};

impl ClientBuilder {
    /// Sends bodies of so many bytes and more in `gzip` (RFC 9110 section 8.4.1.3), with a `Content-Encoding`, where
    /// they become shorter by it; `None` sends all as they are. Streams and files of the disk are sent as they are, and
    /// so is a call that sets a `Content-Encoding` itself, and what a token endpoint is sent: it may be of another server.
    #[must_use]
    pub fn compress_requests(mut self, least: impl Into<Option<usize>>) -> Self {
        self.compression = least.into().map(|least| Arc::new(Gzip { least }) as Arc<dyn Layer>);
        self
    }
}

/// Compresses bodies of so many bytes and more.
struct Gzip {
    least: usize,
}

impl Gzip {
    fn encode(&self, mut request: Request<Body>) -> Result<Request<Body>, TransportError> {
        let Some(plain) = request.body().as_bytes() else { return Ok(request) };
        if plain.len() < self.least || request.headers().contains_key(CONTENT_ENCODING) {
            return Ok(request);
        }
        let encoded = gzip(plain)?;
        if encoded.len() < plain.len() {
            *request.body_mut() = encoded.into();
            request.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Ok(request)
    }
}

impl Layer for Gzip {
    fn send<'a>(
        &'a self,
        request: Request<Body>,
        exchange: Exchange<'a>,
    ) -> BoxFuture<'a, Result<Response<Body>, TransportError>> {
        if exchange.is_confidential() {
            return exchange.send(request);
        }
        match self.encode(request) {
            Ok(request) => exchange.send(request),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }
}

fn gzip(plain: &Bytes) -> Result<Bytes, TransportError> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let encoded = encoder.write_all(plain).and_then(|()| encoder.finish());
    encoded.map(Bytes::from).map_err(|error| {
        TransportError::new(TransportErrorKind::Upload, "the body could not be compressed").with_source(error)
    })
}
