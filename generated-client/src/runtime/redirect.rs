// needs: body http_url operation transport | crates: http
//! Follows redirects the same way over every transport (RFC 9110 section 15.4). A browser follows them itself, so none
//! arrives here.
//!
//! 301, 302 and 303 turn a `POST` into a `GET` without body, 303 also every other method but `HEAD`. 307 and 308
//! repeat the request, by default with its body only to the same origin. To another origin (RFC 6454 section 4:
//! scheme, host and port), only headers that describe the message are sent: any other may carry a credential.
//! Redirects from HTTPS to plain HTTP are refused. A redirect status that the document lists as an answer of the
//! operation is not followed.

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE,
    IF_RANGE, LOCATION, RANGE, TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, HeaderName, Method, StatusCode};

use super::body::Body;
use super::http_url::{HttpUrl, Origin};
use super::operation::Operation;
use super::transport::{Transport, TransportError, TransportErrorKind};

/// Headers that are sent to another origin.
const HARMLESS: [HeaderName; 9] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_TYPE,
    IF_RANGE,
    RANGE,
    USER_AGENT,
];

/// Headers that describe a body, dropped together with it.
const ABOUT_BODY: [HeaderName; 5] =
    [CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING];

/// Which redirects are followed.
#[derive(Clone, Copy, Debug)]
pub struct Redirects {
    /// The maximum number per call.
    pub most: usize,
    /// Whether a body is repeated to another origin.
    pub repeat_bodies: bool,
}

/// Sends a request and follows redirects. A redirect without `Location`, or one that is an answer, is returned
/// unchanged, as is every redirect if none may be followed.
///
/// `again` makes the same request again, without its body if that was a stream. How many redirects were followed is
/// counted in `followed`, also if the request fails or is dropped.
pub async fn send(
    transport: &dyn Transport,
    operation: &Operation,
    mut request: http::Request<Body>,
    again: impl Fn() -> Option<http::Request<Option<Body>>>,
    redirects: Redirects,
    followed: &mut usize,
) -> Result<http::Response<Body>, TransportError> {
    loop {
        // most requests are not redirected: the first is made again if need be, and not copied
        let copied = (*followed > 0).then(|| copy(&request));
        let response = transport.send(request).await?;
        let is_followed = redirects.most > 0 && !operation.is_answer(response.status());
        let Some(location) = location(&response).filter(|_| is_followed) else {
            return Ok(response);
        };
        if *followed == redirects.most {
            return Err(refused(format!("more than {} redirects", redirects.most)));
        }
        *followed += 1;
        // a body that cannot be copied may be made again
        let remade = |mut copy: http::Request<Option<Body>>| {
            if copy.body().is_none() {
                *copy.body_mut() = again().and_then(http::Request::into_body);
            }
            copy
        };
        let sent = copied.map(remade).or_else(&again);
        let sent = sent.ok_or_else(|| refused("a redirect of a request that cannot be made again"))?;
        request = redirected(sent, response.status(), location?, redirects)?;
    }
}

/// Copies a request, for a redirect to repeat; a streamed body cannot be copied.
fn copy(request: &http::Request<Body>) -> http::Request<Option<Body>> {
    let mut copy = http::Request::new(request.body().try_clone());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    copy
}

/// The target of a redirect; `None` if the response does not redirect or has no `Location`.
fn location(response: &http::Response<Body>) -> Option<Result<&str, TransportError>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?;
    Some(location.to_str().map_err(|_| refused("a redirect whose `Location` is not text")))
}

/// The request that a redirect asks for. A streamed body cannot be repeated.
fn redirected(
    mut request: http::Request<Option<Body>>,
    status: StatusCode,
    location: &str,
    redirects: Redirects,
) -> Result<http::Request<Body>, TransportError> {
    let no_url = |problem| refused(format!("a redirect that cannot be followed: {problem}"));
    let from = HttpUrl::parse(&request.uri().to_string()).map_err(no_url)?;
    let to = from.join(location).map_err(no_url)?;
    let (from, origin) = (from.origin().map_err(no_url)?, to.origin().map_err(no_url)?);
    check_scheme(&from, &origin)?;
    if becomes_get(status, request.method()) {
        *request.method_mut() = Method::GET;
        *request.body_mut() = Some(Body::default());
        retain(request.headers_mut(), |name| !ABOUT_BODY.contains(name));
    }
    if from != origin {
        if !is_empty(request.body().as_ref()) && !redirects.repeat_bodies {
            return Err(refused(
                "a redirect to another origin that repeats the body; `repeat_bodies_elsewhere` allows it",
            ));
        }
        retain(request.headers_mut(), |name| HARMLESS.contains(name));
    }
    // without the user part: a server must not supply credentials for another
    *request.uri_mut() = to.target().parse().map_err(|_| no_url("it is not a URL"))?;
    let (parts, body) = request.into_parts();
    let body = body.ok_or_else(|| refused("a redirect that repeats the body, which was a stream"))?;
    Ok(http::Request::from_parts(parts, body))
}

fn is_empty(body: Option<&Body>) -> bool { body.and_then(Body::as_bytes).is_some_and(|bytes| bytes.is_empty()) }

/// Whether the request is repeated as a `GET` (RFC 9110 sections 15.4.2 to 15.4.4).
fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        StatusCode::SEE_OTHER => *method != Method::HEAD,
        _ => false,
    }
}

fn check_scheme(from: &Origin, to: &Origin) -> Result<(), TransportError> {
    if from.is_https() && !to.is_https() {
        return Err(refused("a redirect from HTTPS to plain HTTP"));
    }
    Ok(())
}

/// Keeps the headers whose names satisfy the predicate.
fn retain(headers: &mut HeaderMap, keeps: impl Fn(&HeaderName) -> bool) {
    let gone: Vec<_> = headers.keys().filter(|name| !keeps(name)).cloned().collect();
    for name in gone {
        headers.remove(name);
    }
}

fn refused(problem: impl Into<String>) -> TransportError { TransportError::new(TransportErrorKind::Redirect, problem) }
