// needs: transport | crates: bytes http url
//! Redirects (RFC 9110 section 15.4), followed here so that every transport follows them alike.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, LOCATION, PROXY_AUTHORIZATION};
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use url::Url;

use super::transport::{Limits, Transport, TransportError, TransportErrorKind};

/// Sends a request, and again to where the response leads, up to `most` times.
pub async fn send(
    transport: &dyn Transport,
    mut request: Request<Bytes>,
    limits: Limits,
    most: usize,
) -> Result<Response<Bytes>, TransportError> {
    let mut followed = 0;
    loop {
        let response = transport.send(request.clone(), limits).await?;
        let Some(location) = location(&response) else { return Ok(response) };
        if followed == most {
            return Err(refused(format!("more than {most} redirects")));
        }
        followed += 1;
        request = next(request, response.status(), &location)?;
    }
}

/// Where a response leads, if it is a redirect that says so. Others are the caller's to read.
fn location(response: &Response<Bytes>) -> Option<String> {
    let follows = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| follows)?;
    Some(String::from_utf8_lossy(location.as_bytes()).into_owned())
}

/// The request that a redirect asks for.
fn next(request: Request<Bytes>, status: StatusCode, location: &str) -> Result<Request<Bytes>, TransportError> {
    let (mut parts, mut body) = request.into_parts();
    let from = Url::parse(&parts.uri.to_string()).map_err(|_| refused("the request has no URL"))?;
    let to = from.join(location).map_err(|_| refused("the redirect leads to what is no URL"))?;
    if !matches!(to.scheme(), "http" | "https") || (from.scheme() == "https" && to.scheme() == "http") {
        return Err(refused(format!("a redirect from {} to {} is not followed", from.scheme(), to.scheme())));
    }
    let becomes_get = match status.as_u16() {
        303 => parts.method != Method::HEAD,
        301 | 302 => parts.method == Method::POST,
        _ => false,
    };
    if becomes_get {
        parts.method = Method::GET;
        body = Bytes::new();
        parts.headers.remove(CONTENT_TYPE);
        parts.headers.remove(CONTENT_LENGTH);
    }
    if from.origin() != to.origin() {
        forget_credentials(&mut parts.headers);
    }
    parts.uri = to.as_str().parse::<Uri>().map_err(|_| refused("the redirect leads to what is no URL"))?;
    Ok(Request::from_parts(parts, body))
}

/// Drops what was meant for the first origin alone.
fn forget_credentials(headers: &mut HeaderMap) {
    for name in [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION] {
        headers.remove(name);
    }
    let sensitive: Vec<_> =
        headers.iter().filter(|(_, value)| value.is_sensitive()).map(|(name, _)| name.clone()).collect();
    for name in sensitive {
        headers.remove(name);
    }
}

fn refused(message: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::Redirect, message)
}
