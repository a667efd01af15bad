//! HAR 1.2 (HTTP Archive), as saved by browsers and proxies:
//!
//! ```json
//! { "log": { "entries": [{
//!   "request": { "method": "GET", "url": "https://api.example.com/users/7" },
//!   "response": { "status": 200, "content": { "mimeType": "application/json", "text": "{}" } }
//! }] } }
//! ```

use super::{Body, Exchange, base64, due, split_url, status, text, wrong};
use crate::diagnostic::Diagnostic;
use crate::source::Node;

/// The exchanges of a log.
pub(super) fn exchanges(log: &Node, name: &str) -> Result<Vec<Exchange>, Diagnostic> {
    let node = due(log, "entries")?;
    let Some(entries) = node.as_array() else {
        return Err(wrong(node, format!("`entries` is {}, not an array", node.kind())));
    };
    let mut read = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let (request, response) = (due(entry, "request")?, due(entry, "response")?);
        let Some(status) = status(response)? else { continue };
        let (host, path) = split_url(text(request, "url")?);
        read.push(Exchange {
            at: entry.id,
            recording: name.to_owned(),
            entry: index + 1,
            method: text(request, "method")?.to_ascii_uppercase(),
            host,
            path,
            status,
            media_type: media_type(response),
            body: body(response)?,
        });
    }
    Ok(read)
}

/// The media type in the headers, or else the one that the recorder assumed.
fn media_type(response: &Node) -> Option<String> {
    let headers = response.get("headers").and_then(Node::as_array).unwrap_or_default();
    let header = headers.iter().find_map(|header| {
        let is = header.get("name")?.as_str()?.eq_ignore_ascii_case("content-type");
        header.get("value").and_then(Node::as_str).filter(|_| is)
    });
    let taken = response.get("content").and_then(|content| content.get("mimeType")?.as_str());
    let stated = header.or_else(|| taken.filter(|name| *name != "x-unknown"))?;
    Some(stated.to_owned()).filter(|name| !name.trim().is_empty())
}

fn body(response: &Node) -> Result<Body, Diagnostic> {
    let Some(content) = response.get("content") else { return Ok(Body::Unrecorded) };
    let Some(node) = content.get("text") else { return Ok(Body::Unrecorded) };
    let Some(text) = node.as_str() else {
        return Err(wrong(node, format!("`text` is {}, not a string", node.kind())));
    };
    Ok(Body::Bytes(match content.get("encoding").and_then(Node::as_str) {
        Some("base64") => base64(node, text)?,
        Some(other) if !other.is_empty() => {
            return Err(wrong(content, format!("the encoding `{other}` of a body is not read")));
        }
        Some(_) | None => text.as_bytes().to_vec(),
    }))
}
