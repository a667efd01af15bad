// needs: error request secret | crates: http
//! Credentials, and where in a request they go.

use http::{HeaderName, HeaderValue};

use super::error::ConfigError;
use super::request::Request;
use super::secret::Secret;

/// Where a credential goes (OpenAPI 3.1.1, section 4.8.27).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a header, after a prefix that may be empty.
    Header {
        /// The header's name.
        name: &'static str,
        /// What stands before the secret, such as `Bearer ` with its space.
        prefix: &'static str,
    },
    /// In the query.
    Query {
        /// The parameter's name.
        name: &'static str,
    },
    /// In a cookie.
    Cookie {
        /// The cookie's name.
        name: &'static str,
    },
}

/// A secret and where it goes. `Debug` does not print the secret.
#[derive(Clone, Debug)]
pub struct Credential {
    place: Place,
    secret: Secret,
}

impl Credential {
    /// A secret that goes to a place.
    pub fn new(place: Place, secret: impl Into<String>) -> Self {
        Self { place, secret: Secret::from(secret.into()) }
    }

    /// Whether a request can carry it: not empty, and in a header nothing but visible ASCII and spaces (RFC 9110 section
    /// 5.5). The error names the scheme and not the secret.
    pub(super) fn check(&self, scheme: &str) -> Result<(), ConfigError> {
        if self.secret.expose().trim().is_empty() {
            return Err(ConfigError::new(format!("the credential for `{scheme}` is empty")));
        }
        if let Place::Header { .. } = self.place
            && self.header_value().is_none()
        {
            let problem = format!("the credential for `{scheme}` has characters that no header can have");
            return Err(ConfigError::new(problem));
        }
        Ok(())
    }

    /// Puts it into a request.
    pub(super) fn apply(&self, request: &mut Request) {
        match self.place {
            Place::Header { name, .. } => {
                if let (Ok(name), Some(value)) = (HeaderName::from_bytes(name.as_bytes()), self.header_value()) {
                    request.header_value(name, value);
                }
            }
            Place::Query { name } => request.query_pair(name, self.secret.expose()),
            Place::Cookie { name } => request.cookie_text(name, self.secret.expose().to_owned()),
        }
    }

    fn header_value(&self) -> Option<HeaderValue> {
        let Place::Header { prefix, .. } = self.place else { return None };
        let mut value = HeaderValue::from_str(&format!("{prefix}{}", self.secret.expose())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}
