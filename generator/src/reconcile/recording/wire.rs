//! An array of exchanges as objects, which is easy to write from a script:
//!
//! ```json
//! [{
//!   "request": { "method": "GET", "path": "/users/7" },
//!   "response": { "status": 200, "headers": { "Content-Type": "application/json" }, "body": "{}" }
//! }]
//! ```
//! `body_base64` holds bytes that are not text, and `exchanges` several exchanges in place of one.

use super::{Body, Exchange, base64, due, split_url, status, text, wrong};
use crate::diagnostic::Diagnostic;
use crate::source::{Node, Value};

/// The exchanges of an array.
pub(super) fn exchanges(entries: &[Node], name: &str) -> Result<Vec<Exchange>, Diagnostic> {
    let mut read = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.as_object().is_none() {
            return Err(wrong(entry, format!("an exchange is {}, not an object", entry.kind())));
        }
        match entry.get("exchanges").and_then(Node::as_array) {
            Some(several) => {
                for one in several {
                    read.extend(exchange(one, name, index)?);
                }
            }
            None => read.extend(exchange(entry, name, index)?),
        }
    }
    Ok(read)
}

/// Reads an exchange; `None` if nothing was sent or received.
fn exchange(entry: &Node, name: &str, index: usize) -> Result<Option<Exchange>, Diagnostic> {
    let (request, response) = (due(entry, "request")?, due(entry, "response")?);
    if request.value == Value::Null || response.value == Value::Null {
        return Ok(None);
    }
    let Some(status) = status(response)? else { return Ok(None) };
    let (host, path) = split_url(text(request, "path")?);
    Ok(Some(Exchange {
        at: entry.id,
        recording: name.to_owned(),
        entry: index + 1,
        method: text(request, "method")?.to_ascii_uppercase(),
        host,
        path,
        status,
        media_type: media_type(response),
        body: body(response)?,
    }))
}

fn media_type(response: &Node) -> Option<String> {
    let headers = response.get("headers")?.as_object()?;
    let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"))?;
    value.as_str().map(str::to_owned)
}

/// The body: text, base64 bytes, or a JSON value.
fn body(response: &Node) -> Result<Body, Diagnostic> {
    if let Some(node) = response.get("body_base64") {
        let Some(text) = node.as_str() else {
            return Err(wrong(node, format!("`body_base64` is {}, not a string", node.kind())));
        };
        return base64(node, text).map(Body::Bytes);
    }
    Ok(match response.get("body").map(|body| (body, &body.value)) {
        None => Body::Unrecorded,
        Some((_, Value::Null)) => Body::Bytes(Vec::new()),
        Some((_, Value::String(text))) => Body::Bytes(text.as_bytes().to_vec()),
        Some((node, _)) => Body::Bytes(node.to_json().to_string().into_bytes()),
    })
}
