// needs: codec reader writer | crates: base64 bytes
//! Bytes in a JSON string (RFC 4648).

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;

use super::codec::Codec;
use super::reader::{DecodeError, Kind, Reader};
use super::writer::Writer;

/// Accepts input with or without padding.
const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const WITH_PADDING: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG.with_encode_padding(false));

/// Decodes either alphabet, ignoring line breaks and other ASCII whitespace.
fn read(text: &str) -> Option<Bytes> {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let decoded = WITH_PADDING.decode(&text).or_else(|_| URL.decode(&text));
    decoded.ok().map(Bytes::from)
}

macro_rules! encoded {
    ($(#[$about:meta] $name:ident: $engine:ident;)*) => {$(
        #[$about]
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Bytes);

        impl From<Bytes> for $name {
            fn from(bytes: Bytes) -> Self {
                $name(bytes)
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                $name(bytes.into())
            }
        }

        impl From<&'static [u8]> for $name {
            fn from(bytes: &'static [u8]) -> Self {
                $name(bytes.into())
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl Codec for $name {
            fn blank() -> Self {
                $name::default()
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let start = reader.start()?;
                let bytes = read(reader.str()?);
                self.0 = bytes.ok_or_else(|| DecodeError::mismatch(&"base64", &"another text", start))?;
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.string(&$engine.encode(&self.0));
            }

            fn accepts(kind: Kind) -> bool {
                kind == Kind::String
            }
        }
    )*};
}

encoded! {
    /// Bytes, written as base64 (RFC 4648 section 4) with padding.
    Base64: WITH_PADDING;
    /// Bytes, written as base64url (RFC 4648 section 5) without padding.
    Base64Url: URL;
}
