// needs: asked codec object outcome redact transport value | crates: base64 bytes http
//! HAR 1.2 (HTTP Archive): exchanges as entries of a log, written without secrets, and read back.
//!
//! Beside what HAR has, an entry without a response has `_error`, the kind of failure, with status 0 as browsers write
//! it; and a request body that is not text has `_encoding`, as the content of a response has `encoding`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, request, response};

use super::asked::{Asked, pairs};
use super::codec::from_json;
use super::object::Object;
use super::outcome::Outcome;
use super::redact::Secrets;
use super::transport::TransportErrorKind;
use super::value::Value;

/// A log with these entries, each of which has a line of its own.
pub(super) fn log(entries: &[String]) -> String {
    let creator = [("name", env!("CARGO_PKG_NAME").into()), ("version", env!("CARGO_PKG_VERSION").into())];
    let creator = Value::from(object(creator));
    format!("{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"entries\":[\n{}\n]}}}}\n", entries.join(",\n"))
}

/// An entry of a log.
pub(super) fn entry(asked: Value, answered: Value, start: SystemTime, took: Duration) -> String {
    let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let timings = object([("send", 0_i64.into()), ("wait", took.into()), ("receive", 0_i64.into())]);
    let entry = object([
        ("startedDateTime", timestamp(start).into()),
        ("time", took.into()),
        ("request", asked),
        ("response", answered),
        ("cache", Object::new().into()),
        ("timings", timings.into()),
    ]);
    Value::from(entry).to_string()
}

/// The request of an entry.
pub(super) fn asked(parts: &request::Parts, body: &Bytes, secrets: &Secrets) -> Value {
    let url = secrets.url(&parts.uri.to_string());
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = pairs(query).into_iter().map(|(name, value)| named(&decoded(&name), &decoded(&value)));
    let mut asked = object([
        ("method", parts.method.as_str().into()),
        ("queryString", Value::Array(query.collect())),
        ("url", url.into()),
        ("bodySize", length(body)),
    ]);
    add_message(&mut asked, &format!("{:?}", parts.version), &parts.headers, secrets);
    if !body.is_empty() {
        asked.insert("postData", content(&parts.headers, body, secrets, "_encoding").into());
    }
    asked.into()
}

/// The response of an entry.
pub(super) fn answered(parts: &response::Parts, body: &Bytes, secrets: &Secrets) -> Value {
    let mut content = content(&parts.headers, body, secrets, "encoding");
    content.insert("size", length(body));
    let mut answered = object([
        ("status", i64::from(parts.status.as_u16()).into()),
        ("statusText", parts.status.canonical_reason().unwrap_or_default().into()),
        ("content", content.into()),
        ("redirectURL", "".into()),
        ("bodySize", (-1_i64).into()),
    ]);
    add_message(&mut answered, &format!("{:?}", parts.version), &parts.headers, secrets);
    answered.into()
}

/// The response of an entry that has none.
pub(super) fn failed(kind: TransportErrorKind) -> Value {
    let mut answered = object([
        ("status", 0_i64.into()),
        ("statusText", "".into()),
        ("content", object([("size", 0_i64.into()), ("mimeType", "x-unknown".into())]).into()),
        ("redirectURL", "".into()),
        ("bodySize", (-1_i64).into()),
        ("_error", format!("{kind:?}").into()),
    ]);
    add_message(&mut answered, "", &HeaderMap::new(), &Secrets::default());
    answered.into()
}

/// What requests and responses have both.
fn add_message(to: &mut Object, version: &str, headers: &HeaderMap, secrets: &Secrets) {
    let headers = secrets.headers(headers);
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = headers.iter().map(|(name, value)| named(name.as_str(), &text(value)));
    to.insert("httpVersion", version.into());
    to.insert("cookies", Value::Array(Vec::new()));
    to.insert("headers", Value::Array(headers.collect()));
    to.insert("headersSize", (-1_i64).into());
}

fn content(headers: &HeaderMap, body: &Bytes, secrets: &Secrets, encoding: &str) -> Object {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("x-unknown");
    let body = secrets.bytes(body);
    let mut content = object([("mimeType", media_type.into())]);
    match String::from_utf8(body) {
        Ok(text) => drop(content.insert("text", text.into())),
        Err(error) => {
            content.insert("text", STANDARD.encode(error.as_bytes()).into());
            content.insert(encoding, "base64".into());
        }
    }
    content
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Object { members.into_iter().collect() }

fn named(name: &str, value: &str) -> Value { object([("name", name.into()), ("value", value.into())]).into() }

fn length(body: &Bytes) -> Value { u64::try_from(body.len()).unwrap_or(u64::MAX).into() }

/// A part of a query as text.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// A time as ISO 8601 writes it: `2024-02-29T23:59:59.999Z`.
pub fn timestamp(time: SystemTime) -> String {
    /// Days from March of year 0 to January 1970.
    const EPOCH: u64 = 719_468;
    /// Days in 400 years, after which the calendar repeats.
    const ERA: u64 = 146_097;
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (second, days) = (since.as_secs() % 86_400, since.as_secs() / 86_400 + EPOCH);
    // years start in March, so that the leap day is the last day of the year
    let day = days % ERA;
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = days / ERA * 400 + year + next;
    let (hour, minute, second, part) = (second / 3_600, second / 60 % 60, second % 60, since.subsec_millis());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{part:03}Z")
}

/// Reads the exchanges of a log; the error is a message.
pub(super) fn read(text: &[u8]) -> Result<Vec<(Asked, Outcome)>, String> {
    let log: Value = from_json(text).map_err(|error| format!("it is not JSON: {error}"))?;
    let entries = log["log"]["entries"].as_array().ok_or("it is not HAR: `log.entries` is not an array")?;
    let numbered = entries.iter().enumerate();
    numbered
        .map(|(index, entry)| exchange(entry).map_err(|problem| format!("entry {}: {problem}", index + 1)))
        .collect()
}

fn exchange(entry: &Value) -> Result<(Asked, Outcome), String> {
    let (asked, answered) = (&entry["request"], &entry["response"]);
    let method = asked["method"].as_str().ok_or("`request.method` is not a string")?;
    let url: Option<Uri> = asked["url"].as_str().and_then(|url| url.parse().ok());
    let url = url.ok_or("`request.url` is not a URL")?;
    let sent = body(&asked["postData"], "_encoding")?;
    let asked = Asked::recorded(method, &url, headers(asked), sent);
    let status = answered["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    let outcome = match status.ok_or("`response.status` is not a status")? {
        0 => Outcome::Failure(kind(answered["_error"].as_str().unwrap_or_default())),
        status => {
            let status = StatusCode::from_u16(status).map_err(|error| error.to_string())?;
            Outcome::Reply(status, headers(answered), body(&answered["content"], "encoding")?)
        }
    };
    Ok((asked, outcome))
}

/// The headers of a message, but for what only recorders write, such as `:authority`.
fn headers(message: &Value) -> HeaderMap {
    let all = message["headers"].as_array().unwrap_or_default().iter();
    let parsed = all.filter_map(|header| {
        let name = HeaderName::from_bytes(header["name"].as_str()?.as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(header["value"].as_str()?.as_bytes()).ok()?))
    });
    parsed.collect()
}

fn body(content: &Value, encoding: &str) -> Result<Bytes, String> {
    let text = content["text"].as_str().unwrap_or_default();
    match content[encoding].as_str() {
        Some("base64") => {
            STANDARD.decode(text).map(Bytes::from).map_err(|error| format!("a body is not base64: {error}"))
        }
        Some(other) if !other.is_empty() => Err(format!("a body has the encoding {other:?}, which is not read")),
        Some(_) | None => Ok(Bytes::from(text.to_owned())),
    }
}

/// The kind of failure that has this name.
fn kind(name: &str) -> TransportErrorKind {
    let kinds = [
        TransportErrorKind::Connect,
        TransportErrorKind::Timeout,
        TransportErrorKind::BodyTooLarge,
        TransportErrorKind::Interrupted,
        TransportErrorKind::Redirect,
    ];
    kinds.into_iter().find(|kind| format!("{kind:?}") == name).unwrap_or(TransportErrorKind::Other)
}
