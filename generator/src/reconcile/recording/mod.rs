//! Reads recordings of exchanges from the tree of a JSON file, in any supported format.

mod har;
mod wire;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::{Node, NodeId, Value};

/// A request and its response.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Where it is recorded.
    pub at: NodeId,
    /// The name of the recording file.
    pub recording: String,
    /// The number of its entry, from 1.
    pub entry: usize,
    /// The method in upper case.
    pub method: String,
    /// The host, with its port, if it is recorded.
    pub host: Option<String>,
    /// The path, without the query.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The `Content-Type` of the response.
    pub media_type: Option<String>,
    /// The response body.
    pub body: Body,
}

impl Exchange {
    /// `GET /users/7 (recording.har entry 3)`, without line breaks.
    pub fn shown(&self) -> String {
        let text = format!("{} {} ({} entry {})", self.method, self.path, self.recording, self.entry);
        text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
    }
}

/// The body of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The body was not recorded.
    Unrecorded,
    /// The bytes received, possibly none.
    Bytes(Vec<u8>),
}

/// The exchanges of a recording: HAR 1.2, or an array of objects with `request` and `response`. Exchanges without a
/// response are skipped.
///
/// # Errors
///
/// If it is neither.
pub fn exchanges(root: &Node, name: &str) -> Result<Vec<Exchange>, Diagnostic> {
    if let Some(log) = root.get("log") {
        return har::exchanges(log, name);
    }
    match root.as_array() {
        Some(entries) => wire::exchanges(entries, name),
        None => {
            let message =
                format!("this is {} without `log`, neither HAR nor an array of exchanges", root.kind());
            Err(wrong(root, message))
        }
    }
}

/// An error about a place in a recording.
fn wrong(node: &Node, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::RecordingNotUnderstood, Place::Node(node.id), message)
}

/// A required entry.
fn due<'n>(node: &'n Node, key: &str) -> Result<&'n Node, Diagnostic> {
    node.get(key).ok_or_else(|| wrong(node, format!("`{key}` is missing")))
}

/// A required text.
fn text<'n>(node: &'n Node, key: &str) -> Result<&'n str, Diagnostic> {
    let value = due(node, key)?;
    value.as_str().ok_or_else(|| wrong(value, format!("`{key}` is {}, not a string", value.kind())))
}

/// The status code; `None` if the recorder wrote 0 or nothing, because there was no response.
fn status(response: &Node) -> Result<Option<u16>, Diagnostic> {
    let node = due(response, "status")?;
    if node.value == Value::Null {
        return Ok(None);
    }
    match node.as_u64().and_then(|status| u16::try_from(status).ok()) {
        Some(0) => Ok(None),
        Some(status @ 100..=999) => Ok(Some(status)),
        Some(_) | None => Err(wrong(node, "`status` is not an HTTP status")),
    }
}

/// Decodes base64 (RFC 4648 §4), with or without line breaks and padding.
fn base64(node: &Node, text: &str) -> Result<Vec<u8>, Diagnostic> {
    use base64::Engine as _;
    use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
    const ENGINE: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    ENGINE
        .decode(text)
        .map_err(|error| wrong(node, format!("the body is not base64: {error}").to_lowercase()))
}

/// Splits a URL into host and path.
fn split_url(url: &str) -> (Option<String>, String) {
    let (host, rest) = match url.split_once("://") {
        Some((_, rest)) => match rest.find(['/', '?', '#']) {
            Some(at) => (Some(rest[..at].to_ascii_lowercase()), &rest[at..]),
            None => (Some(rest.to_ascii_lowercase()), ""),
        },
        None => (None, url),
    };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    (host, if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
}
