// needs: | crates: hmac sha2
//! Signatures of webhooks: HMAC-SHA256 (RFC 2104) with a secret that the server and its user share.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The length of a signature in bytes.
pub(super) const LENGTH: usize = 32;

/// Why a request is not known to be from the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The request lacks this header.
    Missing(&'static str),
    /// This header is not written as it must be.
    Malformed(&'static str),
    /// The request was signed too long ago: it may be an earlier one that is sent again.
    TooOld,
    /// The request was signed in the future: the clocks differ.
    TooNew,
    /// The signature is not made of this body with any of the secrets.
    NoMatch,
    /// A browser has no clock to tell the age of a request by.
    NoClock,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(header) => write!(out, "the header `{header}` is missing"),
            Self::Malformed(header) => write!(out, "the header `{header}` is malformed"),
            Self::TooOld => out.write_str("the request was signed too long ago"),
            Self::TooNew => out.write_str("the request was signed in the future"),
            Self::NoMatch => out.write_str("the signature does not match"),
            Self::NoClock => out.write_str("there is no clock to tell the age of the request by"),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Why a text cannot be the secret of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretError(pub(super) &'static str);

impl fmt::Display for SecretError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the secret of webhooks cannot be used: {}", self.0)
    }
}

impl std::error::Error for SecretError {}

/// The secrets of signatures. Its `Debug` shows none.
#[derive(Clone)]
pub(super) struct Keys {
    first: Hmac<Sha256>,
    others: Vec<Hmac<Sha256>>,
}

impl Keys {
    /// A secret. An empty one is refused: everybody knows it.
    pub(super) fn new(secret: &[u8]) -> Result<Self, SecretError> {
        Ok(Self { first: key(secret)?, others: Vec::new() })
    }

    /// Adds a secret that signatures may be made with.
    pub(super) fn add(&mut self, secret: &[u8]) -> Result<(), SecretError> {
        self.others.push(key(secret)?);
        Ok(())
    }

    /// The signature of these parts, one after the other, with the first secret.
    pub(super) fn sign(&self, parts: &[&[u8]]) -> [u8; LENGTH] {
        over(&self.first, parts).finalize().into_bytes().into()
    }

    /// Whether a signature is that of these parts with any of the secrets. The time it takes says nothing of how much
    /// of the signature is right.
    pub(super) fn fits(&self, parts: &[&[u8]], signature: &[u8]) -> bool {
        let mut keys = std::iter::once(&self.first).chain(&self.others);
        keys.any(|key| over(key, parts).verify_slice(signature).is_ok())
    }
}

fn key(secret: &[u8]) -> Result<Hmac<Sha256>, SecretError> {
    match secret {
        [] => Err(SecretError("it is empty")),
        secret => Hmac::new_from_slice(secret).map_err(|_| SecretError("its length is not that of a key")),
    }
}

fn over(key: &Hmac<Sha256>, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = key.clone();
    parts.iter().for_each(|part| mac.update(part));
    mac
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result { out.write_str("[redacted]") }
}
