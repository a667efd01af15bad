// needs: body charset codec content entries http_url operation path percent request_error retry style throughput transport upload value | crates: bytes http
//! A request in the making: an operation's template with the parameters written into it.
//!
//! In: parameters as types that can be encoded. Out: a request as the `http` crate has it, but for what belongs to the
//! client (base URL, default headers, credentials). Setting never fails: the first error is kept, and found when the
//! request is sent, so that calls can be written in one line. Copies are cheap, for paging sends many.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, TE, TRANSFER_ENCODING, UPGRADE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::body::Body;
use super::charset::{charset, encode as encode_text};
use super::codec::{Codec, to_parts, to_value};
use super::content::Content;
use super::entries::{get, set};
use super::http_url::HttpUrl;
use super::operation::Operation;
use super::path::expand;
use super::percent::{Keep, encode};
use super::request_error::{RequestError, RequestPart};
use super::retry::RetryPolicy;
use super::style::{PathStyle, PlainStyle, QueryStyle, path_value, plain_value, query_pairs};
use super::throughput::Throughput;
use super::transport::Attempt;
use super::upload::Upload;
use super::value::Value;

/// How many bytes a URL has room for besides its base and its template.
const ROOM: usize = 64;

/// A request in the making; see the [module](self).
#[derive(Clone)]
pub struct Request {
    operation: &'static Operation,
    /// The URL in place of the one that the template makes, but for what is in `query`.
    url: Option<String>,
    path: Vec<(&'static str, String)>,
    /// Names and their `name=value` pairs. Pairs that no parameter has set have no name.
    query: Vec<(&'static str, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Headers of this call that replace any other.
    overrides: Vec<(HeaderName, HeaderValue)>,
    /// Names and their `name=value` pairs.
    cookies: Vec<(&'static str, String)>,
    content: Option<Content>,
    timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    retries: Option<RetryPolicy>,
    min_throughput: Option<Throughput>,
    error: Option<RequestError>,
}

impl Request {
    /// A request for an operation, with no parameters yet.
    pub fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            url: None,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            overrides: Vec::new(),
            cookies: Vec::new(),
            content: None,
            timeout: None,
            total_timeout: None,
            retries: None,
            min_throughput: None,
            error: None,
        }
    }

    /// Sets a path parameter in style `simple`, the default. `null` is an error.
    pub fn path(&mut self, name: &'static str, value: &dyn Codec) { self.path_styled(name, PathStyle::Simple, value); }

    /// Sets a path parameter in a style. `null` is an error.
    pub fn path_styled(&mut self, name: &'static str, style: PathStyle, value: &dyn Codec) {
        self.path_kept(name, style, Keep::Unreserved, value);
    }

    /// Sets a path parameter with `allowReserved: true`: a slash in it is one in the path.
    pub fn path_reserved(&mut self, name: &'static str, style: PathStyle, value: &dyn Codec) {
        self.path_kept(name, style, Keep::ReservedPath, value);
    }

    /// Sets a path parameter in style `simple` to what another request has for one of its own in that style.
    pub(super) fn path_of(&mut self, name: &'static str, other: &Self, own: &str) {
        match get(&other.path, own) {
            Some(text) => set(&mut self.path, name, text.clone()),
            None => {
                self.fail(RequestError::new(RequestPart::Path, name, "has no value in the call that starts the work"))
            }
        }
    }

    fn path_kept(&mut self, name: &'static str, style: PathStyle, keep: Keep, value: &dyn Codec) {
        match self.value(RequestPart::Path, name, value, style == PathStyle::Json) {
            Some(value) => set(&mut self.path, name, path_value(name, style, keep, &value)),
            None => self.fail(RequestError::new(RequestPart::Path, name, "is null or absent")),
        }
    }

    /// Sets a query parameter, in the place it had if it was set before. `null`, and what is absent or holds nothing,
    /// takes it away.
    pub fn query(&mut self, name: &'static str, style: QueryStyle, value: &dyn Codec) {
        self.query_kept(name, style, Keep::Unreserved, value);
    }

    /// Sets a query parameter with `allowReserved: true`.
    pub fn query_reserved(&mut self, name: &'static str, style: QueryStyle, value: &dyn Codec) {
        self.query_kept(name, style, Keep::Reserved, value);
    }

    fn query_kept(&mut self, name: &'static str, style: QueryStyle, keep: Keep, value: &dyn Codec) {
        let value = self.value(RequestPart::Query, name, value, style.is_json()).unwrap_or(Value::Null);
        let pairs = query_pairs(name, style, keep, &value);
        if pairs.is_empty() {
            self.query.retain(|(key, _)| *key != name);
        } else {
            set(&mut self.query, name, pairs);
        }
    }

    /// Sends `name=` for a query parameter that is not set (`allowEmptyValue: true`).
    pub fn query_empty(&mut self, name: &'static str) {
        if get(&self.query, name).is_none() {
            self.query.push((name, format!("{}=", encode(name, Keep::Unreserved))));
        }
    }

    /// Adds `name=value` to the query, behind all there is.
    pub fn query_pair(&mut self, name: &str, value: &str) {
        let pair = format!("{}={}", encode(name, Keep::Unreserved), encode(value, Keep::Unreserved));
        self.query.push(("", pair));
    }

    /// The whole number that a query parameter is set to; `None` if it is not set or not a whole number.
    pub fn query_number(&self, name: &str) -> Option<u64> { get(&self.query, name)?.rsplit_once('=')?.1.parse().ok() }

    /// Sets a header parameter, not percent-encoded. `null` and what is absent set none. Bytes that a field value
    /// cannot have (RFC 9110 section 5.5), a line break above all, are an error.
    pub fn header(&mut self, name: &'static str, style: PlainStyle, value: &dyn Codec) {
        let value = self.value(RequestPart::Header, name, value, style == PlainStyle::Json);
        if let Some(value) = value.filter(|value| is_defined(style, value)) {
            let text = plain_value(style, &value);
            match header(name, text.as_bytes()) {
                Ok((name, value)) => self.header_value(name, value),
                Err(error) => self.fail(error),
            }
        }
    }

    /// Sets a cookie parameter. What a cookie cannot have (RFC 6265 section 4.1.1) is percent-encoded, but for the
    /// delimiters of its style. In the style `cookie` nothing is, and a semicolon, which would end the cookie, and a
    /// control character are errors. `null`, and what is absent or holds nothing, sets none.
    pub fn cookie(&mut self, name: &'static str, style: QueryStyle, value: &dyn Codec) {
        let value = self.value(RequestPart::Cookie, name, value, style.is_json()).unwrap_or(Value::Null);
        let keep = match value {
            _ if style.is_cookie() => Keep::All,
            Value::Array(_) | Value::Object(_) => Keep::CookieParts,
            _ => Keep::CookieOctets,
        };
        // `form` adds no semicolon: each that it writes is of the value
        if style.is_cookie() && query_pairs(name, QueryStyle::Form, keep, &value).contains(ends_cookie) {
            let problem = "has a semicolon or a control character; escape it as the server expects it";
            return self.fail(RequestError::new(RequestPart::Cookie, name, problem));
        }
        let pairs = query_pairs(name, style, keep, &value);
        if !pairs.is_empty() {
            set(&mut self.cookies, name, pairs);
        }
    }

    /// Sets a cookie to a text that must be one as it is.
    pub(super) fn cookie_text(&mut self, name: &'static str, text: &str) {
        set(&mut self.cookies, name, format!("{name}={text}"));
    }

    /// Sets a header as it is.
    pub(super) fn header_value(&mut self, name: HeaderName, value: HeaderValue) { set(&mut self.headers, name, value); }

    /// Sets the body.
    pub fn content(&mut self, content: Result<Option<Content>, RequestError>) {
        match content {
            Ok(content) => self.content = content,
            Err(error) => self.fail(error),
        }
    }

    /// Sets the body to JSON of a media type, such as `application/json`. `None` is `null`.
    pub fn json(&mut self, content_type: &'static str, value: &dyn Codec) {
        self.content(Content::json(content_type, value).map(Some));
    }

    /// Sets the body to an `application/x-www-form-urlencoded` form; see [`Content::form`].
    pub fn form(&mut self, value: &dyn Codec, styles: &[(&str, QueryStyle)]) {
        self.content(Content::form(value, styles));
    }

    /// Sets the body to what is sent as it is, of a media type.
    pub fn upload(&mut self, content_type: &str, upload: Upload) {
        self.content(Content::new(content_type, upload).map(Some));
    }

    /// Sets the body to text of a media type, in the charset that it says, else in UTF-8.
    pub fn text(&mut self, content_type: &str, text: String) {
        match charset(content_type).map(|charset| encode_text(charset, &text)) {
            None => self.upload(content_type, text.into()),
            Some(Ok(bytes)) => self.upload(content_type, bytes.into()),
            Some(Err(problem)) => self.fail(RequestError::new(RequestPart::Body, "", &problem)),
        }
    }

    /// Sets the body to a scalar as it is written in text.
    pub fn scalar_text(&mut self, content_type: &str, value: &dyn Codec) {
        match to_parts(value) {
            Ok(value) => self.text(content_type, plain_value(PlainStyle::Simple, &value)),
            Err(error) => self.fail(RequestError::new(RequestPart::Body, "", &error.to_string())),
        }
    }

    /// Sets a header of this call that replaces the client's default and any parameter or credential of that name.
    pub fn override_header(&mut self, name: &str, value: &str) {
        match header(name, value.as_bytes()) {
            Ok((name, value)) => set(&mut self.overrides, name, value),
            Err(error) => self.fail(error),
        }
    }

    /// Takes back a header of this call.
    pub(super) fn forget_override(&mut self, name: &str) {
        self.overrides.retain(|(key, _)| !key.as_str().eq_ignore_ascii_case(name));
    }

    /// Limits each attempt of this call, from connecting to the last byte, in place of the client's timeout.
    pub fn timeout(&mut self, timeout: Duration) { self.timeout = Some(timeout); }

    /// Limits this call, from the first attempt to the end of the last, in place of the client's limit.
    pub fn total_timeout(&mut self, timeout: Duration) { self.total_timeout = Some(timeout); }

    /// Sets when attempts of this call are repeated, in place of the client's policy.
    pub fn retries(&mut self, policy: RetryPolicy) { self.retries = Some(policy); }

    /// Sets the least that the body must bring while it is read as it arrives, in place of the client's.
    pub(super) fn min_throughput(&mut self, least: Throughput) { self.min_throughput = Some(least); }

    /// Keeps the first error, to be returned when the request is sent.
    #[cold]
    pub fn fail(&mut self, error: RequestError) { self.error.get_or_insert(error); }

    /// Requests a URL that has all of the query, in place of the one made of the template and the parameters. It is
    /// absolute, or relative to the base URL.
    pub(super) fn follow(&mut self, url: String) {
        self.query.clear();
        self.url = Some(url);
    }

    /// The same request without its body.
    pub(super) fn without_content(&self) -> Self { Self { content: None, ..self.clone() } }

    /// Sets the limits of time and the retries that were set for another call.
    pub(super) fn limited_like(&mut self, other: &Self) {
        self.timeout = other.timeout;
        self.total_timeout = other.total_timeout;
        self.retries = other.retries;
    }

    /// The operation.
    pub fn operation(&self) -> &'static Operation { self.operation }

    /// Whether a header is set, as a parameter or for this call.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().chain(&self.overrides).any(|(key, _)| key.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether a query parameter is set, also in a URL that is followed.
    pub(super) fn has_query(&self, name: &str) -> bool {
        let key = format!("{}=", encode(name, Keep::Unreserved));
        let followed = self.url.as_deref().and_then(|url| url.split_once('?')).map(|(_, query)| query);
        let mut all = self.query.iter().map(|(_, pairs)| pairs.as_str()).chain(followed);
        all.any(|pairs| pairs.split('&').any(|pair| pair.starts_with(&key)))
    }

    /// Whether a cookie is set.
    pub(super) fn has_cookie(&self, name: &str) -> bool { get(&self.cookies, name).is_some() }

    /// The timeout set for this call.
    pub(super) fn own_timeout(&self) -> Option<Duration> { self.timeout }

    /// The limit of the whole call set for this call.
    pub(super) fn own_total_timeout(&self) -> Option<Duration> { self.total_timeout }

    /// The least throughput set for this call.
    pub(super) fn own_min_throughput(&self) -> Option<Throughput> { self.min_throughput }

    /// The policy set for this call.
    pub(super) fn own_retries(&self) -> Option<RetryPolicy> { self.retries }

    /// Whether sending it several times has the effect of sending it once (RFC 9110 section 9.2.2).
    pub(super) fn is_idempotent(&self) -> bool {
        matches!(self.operation.method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "QUERY")
    }

    /// The value in its parts, or as JSON; `None` if it is `null`, absent, or cannot be encoded, which is kept as the
    /// error.
    fn value(&mut self, part: RequestPart, name: &str, value: &dyn Codec, is_json: bool) -> Option<Value> {
        if value.is_absent() {
            return None;
        }
        match if is_json { to_value(value) } else { to_parts(value) } {
            Ok(value) => Some(value).filter(|value| !matches!(value, Value::Null)),
            Err(error) => {
                self.fail(RequestError::new(part, name, &error.to_string()));
                None
            }
        }
    }

    /// The URL, below a base URL without a slash at its end.
    pub(super) fn url(&self, base: &str) -> Result<String, RequestError> {
        let mut url = match &self.url {
            Some(url) if url.contains("://") => url.clone(),
            Some(relative) => {
                let joined = HttpUrl::parse(base).and_then(|base| base.join(relative));
                joined.map_err(|problem| RequestError::new(RequestPart::Url, "", problem))?.target()
            }
            None => {
                let mut url = String::with_capacity(base.len() + self.operation.path.len() + ROOM);
                url.push_str(base);
                expand(self.operation.path, &self.path, &mut url)?;
                url
            }
        };
        for (_, pairs) in &self.query {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(pairs);
        }
        Ok(url)
    }

    /// Whether another attempt can send the same body.
    pub(super) fn can_repeat(&self) -> bool { self.content.as_ref().is_none_or(|content| !content.upload.is_spent()) }

    /// The request as it is sent: below a base URL without a slash at its end, with headers that it adds to or
    /// replaces. It can be built any number of times; it has no body if that was a stream, which is there once.
    pub(super) fn build(
        &self,
        base: &str,
        mut headers: HeaderMap,
        attempt: Attempt,
    ) -> Result<http::Request<Option<Body>>, RequestError> {
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let url = self.url(base)?;
        replace(&mut headers, &self.headers);
        if !self.cookies.is_empty() {
            let cookies = cookie_header(headers.get(COOKIE), &self.cookies)?;
            headers.insert(COOKIE, cookies);
        }
        let mut body = Some(Body::default());
        if let Some(content) = &self.content {
            headers.insert(CONTENT_TYPE, content.content_type.clone());
            body = content.upload.open();
        }
        replace(&mut headers, &self.overrides);
        let method = Method::from_bytes(self.operation.method.as_bytes())
            .map_err(|error| RequestError::new(RequestPart::Method, self.operation.method, &error.to_string()))?;
        if let Some(length) = self.stated_length(&method, body.as_ref()) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
        let mut request = http::Request::new(body);
        *request.uri_mut() = Uri::from_maybe_shared(Bytes::from(url))
            .map_err(|error| RequestError::new(RequestPart::Url, "", &error.to_string()))?;
        *request.method_mut() = method;
        *request.headers_mut() = headers;
        request.extensions_mut().insert(*self.operation);
        request.extensions_mut().insert(attempt);
        Ok(request)
    }

    /// The length of the body, where a transport does not state it by itself. Of a stream, its length if it is known. Of
    /// an empty body, 0 for the methods that expect one (RFC 9110 section 8.6): some servers refuse them without it.
    fn stated_length(&self, method: &Method, body: Option<&Body>) -> Option<u64> {
        match body.and_then(Body::as_bytes) {
            Some(bytes) if !bytes.is_empty() => None,
            Some(_) => [Method::POST, Method::PUT, Method::PATCH].contains(method).then_some(0),
            None => self.content.as_ref()?.upload.length(),
        }
    }
}

/// Says what is asked for, and no values: they may be secrets.
impl fmt::Debug for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Sets headers in place of those of their names.
fn replace(headers: &mut HeaderMap, by: &[(HeaderName, HeaderValue)]) {
    for (name, value) in by {
        headers.insert(name.clone(), value.clone());
    }
}

/// Whether there is anything to write: a list or an object of nothing is not a value (RFC 6570 section 2.3), but in
/// JSON.
fn is_defined(style: PlainStyle, value: &Value) -> bool {
    match (style, value) {
        (PlainStyle::Json, _) => true,
        (_, Value::Array(items)) => !items.is_empty(),
        (_, Value::Object(members)) => !members.is_empty(),
        _ => true,
    }
}

/// Whether a character ends a cookie, or is one that no header can have (RFC 9110 section 5.5).
fn ends_cookie(character: char) -> bool { character == ';' || (character != '\t' && character.is_ascii_control()) }

/// Headers that say where a request goes and where its body ends, which no caller may contradict.
pub(super) const FRAMING: [HeaderName; 6] = [CONNECTION, CONTENT_LENGTH, HOST, TE, TRANSFER_ENCODING, UPGRADE];

/// A header by name and value; the error names the header and does not tell the value.
pub(super) fn header(name: &str, value: &[u8]) -> Result<(HeaderName, HeaderValue), RequestError> {
    let error = |problem| RequestError::new(RequestPart::Header, name, problem);
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| error("is not a header name"))?;
    if FRAMING.contains(&parsed) {
        return Err(error("is made of the URL and the body, and cannot be set"));
    }
    let value = HeaderValue::from_bytes(value).map_err(|_| error("has a value that no header can have"))?;
    Ok((parsed, value))
}

/// The cookies of a request in one header, behind those that a header has already (RFC 6265 section 4.2.1).
fn cookie_header(set: Option<&HeaderValue>, cookies: &[(&'static str, String)]) -> Result<HeaderValue, RequestError> {
    let set = set.map(|value| value.as_bytes().to_vec());
    let pairs = cookies.iter().map(|(_, pairs)| pairs.clone().into_bytes());
    let pairs: Vec<Vec<u8>> = set.into_iter().chain(pairs).collect();
    let mut header = HeaderValue::from_bytes(&pairs.join(b"; ".as_slice()))
        .map_err(|_| RequestError::new(RequestPart::Cookie, "", "a cookie has characters that no header can have"))?;
    header.set_sensitive(true);
    Ok(header)
}
