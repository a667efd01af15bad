// needs: | crates: iri_string
//! URLs with the schemes `http` and `https` (RFC 3986).

use std::net::IpAddr;

use iri_string::types::{UriReferenceStr, UriString};

/// An absolute URL with the scheme `http` or `https` and a host.
#[derive(Debug)]
pub(super) struct HttpUrl(UriString);

/// The origin of a URL (RFC 6454 section 4).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Origin {
    is_https: bool,
    host: String,
    port: u16,
}

impl HttpUrl {
    /// Parses a URL, percent-encoding characters that URLs may not contain; the error is a message.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let uri = UriString::try_from(escaped(text)).map_err(|_| "it is not an absolute URL")?;
        Self::check(uri)
    }

    fn check(uri: UriString) -> Result<Self, &'static str> {
        let url = HttpUrl(uri);
        url.origin().map(|_| url)
    }

    /// Resolves a reference against this URL (RFC 3986 section 5.2).
    pub(super) fn join(&self, reference: &str) -> Result<Self, &'static str> {
        let escaped = escaped(reference);
        let reference = UriReferenceStr::new(&escaped).map_err(|_| "it does not lead to a URL")?;
        let (base, _) = self.0.to_absolute_and_fragment();
        let resolved = reference.resolve_against(base);
        resolved.ensure_rfc3986_normalizable().map_err(|_| "it does not lead to a URL")?;
        Self::check(UriString::from(&resolved))
    }

    /// The origin; an error if the scheme or port is not supported or the host is missing.
    pub(super) fn origin(&self) -> Result<Origin, &'static str> {
        let is_https = match self.0.scheme_str().to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err("it is neither http nor https"),
        };
        let authority = self.0.authority_components().filter(|authority| !authority.host().is_empty());
        let authority = authority.ok_or("it has no host")?;
        let port = match authority.port().filter(|port| !port.is_empty()) {
            Some(port) => port.parse().map_err(|_| "its port is not a number up to 65535")?,
            None if is_https => 443,
            None => 80,
        };
        Ok(Origin { is_https, host: authority.host().to_ascii_lowercase(), port })
    }

    /// Whether the URL contains a user or password.
    pub(super) fn has_user(&self) -> bool {
        self.0.authority_components().is_some_and(|authority| authority.userinfo().is_some())
    }

    /// Whether the URL has a query or fragment.
    pub(super) fn has_query_or_fragment(&self) -> bool { self.0.query_str().is_some() || self.0.fragment().is_some() }

    /// The URL to request: without user and fragment.
    pub(super) fn target(&self) -> String {
        let (whole, _) = self.0.to_absolute_and_fragment();
        let whole = whole.as_str();
        match self.0.authority_components().and_then(|authority| authority.userinfo()) {
            Some(user) => whole.replacen(&format!("{user}@"), "", 1),
            None => whole.to_owned(),
        }
    }
}

impl Origin {
    /// Whether the scheme is `https`.
    pub(super) fn is_https(&self) -> bool { self.is_https }

    /// Whether the host is this machine (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3).
    pub(super) fn is_loopback(&self) -> bool {
        let address = self.host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address.map_or(self.host == "localhost" || self.host.ends_with(".localhost"), |address| address.is_loopback())
    }
}

/// Percent-encodes characters that a URL may not contain (RFC 3986 section 2), because servers send spaces, bars and
/// brackets unencoded. The brackets of an IPv6 address are kept.
fn escaped(text: &str) -> String {
    let text = text.trim();
    let start = text.find("//").filter(|at| !text[..*at].contains(['/', '?', '#'])).map(|at| at + 2);
    let end = start.map_or(0, |start| text[start..].find(['/', '?', '#']).map_or(text.len(), |length| start + length));
    let mut out = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let is_kept = match byte {
            b'[' | b']' => at < end,
            b'%' => text.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte),
        };
        if is_kept {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
