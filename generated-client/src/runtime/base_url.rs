// needs: http_url operation request_error | crates:
//! The base URL of the API.

use std::borrow::Cow;

use super::http_url::HttpUrl;
use super::operation::Operation;
use super::request_error::{RequestError, RequestPart};

/// Checks that a variable of a server's URL changes only its own part: a variable in the host must not end the host,
/// one in the path must not leave the path (RFC 3986 sections 3.2 and 3.3). A variable at the start may hold the whole
/// URL.
pub(super) fn check_variable(template: &str, name: &str, value: &str) -> Result<(), &'static str> {
    let Some((before, after)) = template.split_once(&format!("{{{name}}}")) else { return Ok(()) };
    let is_in = |characters: &[char]| value.contains(|c: char| c.is_control() || c == ' ' || characters.contains(&c));
    let is_dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    let host = before.split_once("://").map(|(_, host)| host);
    // `https://host{path}`
    let is_path = value.starts_with('/') && (after.is_empty() || after.starts_with('/'));
    let is_host = host.is_some_and(|host| !host.contains('/') && (host.is_empty() || !is_path));
    match host {
        _ if value.contains(['{', '}']) => Err("holds a brace"),
        None if before.is_empty() && after.starts_with("://") && !matches!(value, "http" | "https") => {
            Err("must be `http` or `https`")
        }
        Some(_) if is_host && is_in(&['/', '\\', '?', '#', '@']) => Err("ends the host that it is part of"),
        None if before.is_empty() => Ok(()),
        Some(_) | None if is_in(&['\\', '?', '#']) => Err("ends the path that it is part of"),
        Some(_) | None if value.split('/').any(is_dots) => Err("climbs out of the path that it is part of"),
        Some(_) | None => Ok(()),
    }
}

/// The base URL that paths are appended to.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl {
    /// Without a trailing slash.
    url: String,
    /// Set by the caller; also replaces the servers of single operations.
    chosen: bool,
}

impl BaseUrl {
    /// Parses an absolute HTTP URL with an optional path; the error names the part that is not allowed.
    pub(super) fn parse(text: &str, chosen: bool) -> Result<Self, &'static str> {
        let url = HttpUrl::parse(text)?;
        if url.has_user() {
            Err("it holds a user or password; give them as a credential")
        } else if url.has_query_or_fragment() {
            Err("it has a query or a fragment")
        } else {
            Ok(Self { url: url.target().trim_end_matches('/').to_owned(), chosen })
        }
    }

    /// The URL, without a trailing slash.
    pub(super) fn url(&self) -> &str { &self.url }

    /// Returns the base URL of an operation. A relative server is resolved against the base URL of the API.
    pub(super) fn of(&self, operation: &Operation) -> Result<Cow<'_, str>, RequestError> {
        match operation.server {
            Some(server) if !server.contains("://") => {
                let url = HttpUrl::parse(&self.url).and_then(|base| base.join(server));
                let url = url.map_err(|problem| RequestError::new(RequestPart::Url, operation.id, problem))?;
                Ok(url.target().trim_end_matches('/').to_owned().into())
            }
            Some(server) if !self.chosen => Ok(server.trim_end_matches('/').into()),
            _ => Ok(self.url.as_str().into()),
        }
    }
}
