// needs: signature | crates: base64 http
//! Signatures of the body in one header: `X-Signature-256: sha256=…`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::signature::{Keys, LENGTH, SecretError, VerifyError};

/// How a header holds a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in lower case.
    pub header: &'static str,
    /// The text before the signature.
    pub prefix: &'static str,
    /// How the signature is written.
    pub encoding: Encoding,
}

impl Scheme {
    /// Verifies by a secret.
    pub fn verifier(self, secret: &[u8]) -> Result<Verifier, SecretError> {
        Ok(Verifier { scheme: self, keys: Keys::new(secret)? })
    }
}

/// How bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// In hexadecimal digits.
    Hex,
    /// In base64 with padding (RFC 4648 section 4).
    Base64,
}

impl Encoding {
    fn write(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            Self::Base64 => STANDARD.encode(bytes),
        }
    }

    fn read(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => from_hex(text),
            Self::Base64 => STANDARD.decode(text).ok(),
        }
    }
}

/// The bytes of hexadecimal digits of either case.
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}

/// Verifies that requests are from the server, by the signature of the body in a header.
///
/// The signature does not say when a request was sent: one that was overheard can be sent again.
#[derive(Clone, Debug)]
pub struct Verifier {
    scheme: Scheme,
    keys: Keys,
}

impl Verifier {
    /// Also accepts signatures with another secret, such as the former one while it is replaced.
    pub fn or_secret(mut self, secret: impl AsRef<[u8]>) -> Result<Self, SecretError> {
        self.keys.add(secret.as_ref())?;
        Ok(self)
    }

    /// Verifies a request. The body is the bytes as they came: parsed and written again it has another signature.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), VerifyError> {
        let Scheme { header, prefix, encoding } = self.scheme;
        let value = headers.get(header).ok_or(VerifyError::Missing(header))?;
        let text = value.to_str().ok().and_then(|text| text.strip_prefix(prefix));
        let signature = text.and_then(|text| encoding.read(text)).filter(|bytes| bytes.len() == LENGTH);
        let signature = signature.ok_or(VerifyError::Malformed(header))?;
        if self.keys.fits(&[body], &signature) { Ok(()) } else { Err(VerifyError::NoMatch) }
    }

    /// Signs a body as the server does, and returns the headers of the request: for tests.
    pub fn sign(&self, body: &[u8]) -> HeaderMap {
        let Scheme { header, prefix, encoding } = self.scheme;
        let value = format!("{prefix}{}", encoding.write(&self.keys.sign(&[body])));
        let value = HeaderValue::try_from(value).expect("the prefix is text of a header");
        HeaderMap::from_iter([(HeaderName::from_static(header), value)])
    }
}
