// needs: credential | crates: base64
//! Basic authentication (RFC 7617).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::credential::{Credential, Place};

/// The credential of a user and a password, in UTF-8.
pub fn basic(user: &str, password: &str) -> Credential {
    let secret = STANDARD.encode(format!("{user}:{password}"));
    Credential::new(Place::Header { name: "authorization", prefix: "Basic " }, secret)
}
