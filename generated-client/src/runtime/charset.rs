// needs: | crates: encoding_rs
//! Text in charsets other than UTF-8, behind the feature `charset`.

#[cfg(feature = "charset")]
use encoding_rs::Encoding;

/// The `charset` of a media type (RFC 9110 section 8.3.2); `None` if it is absent or UTF-8.
pub fn charset(media_type: &str) -> Option<&str> {
    let parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let charset = charsets.next()?.1.trim().trim_matches('"');
    let is_utf8 = ["", "utf-8", "utf8", "us-ascii"].iter().any(|known| charset.eq_ignore_ascii_case(known));
    Some(charset).filter(|_| !is_utf8)
}

/// Decodes bytes in a charset; the error is a message.
#[cfg(feature = "charset")]
pub fn decode(charset: &str, bytes: &[u8]) -> Result<String, String> {
    match known(charset)?.decode(bytes) {
        (text, _, false) => Ok(text.into_owned()),
        (_, _, true) => Err(format!("the body is not valid {charset}, the charset of its `Content-Type`")),
    }
}

/// Encodes text in a charset; the error is a message.
#[cfg(feature = "charset")]
pub fn encode(charset: &str, text: &str) -> Result<Vec<u8>, String> {
    let encoding = known(charset)?;
    if encoding.output_encoding() != encoding {
        return Err(format!("text cannot be sent in {charset}"));
    }
    match encoding.encode(text) {
        (bytes, _, false) => Ok(bytes.into_owned()),
        (_, _, true) => Err(format!("the text has characters that {charset} does not have")),
    }
}

/// Looks up an encoding by a label of the WHATWG Encoding Standard.
#[cfg(feature = "charset")]
fn known(charset: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(charset.as_bytes()).ok_or_else(|| format!("`{charset}` is not a known charset"))
}

#[cfg(not(feature = "charset"))]
pub fn decode(charset: &str, _: &[u8]) -> Result<String, String> { Err(missing(charset)) }

#[cfg(not(feature = "charset"))]
pub fn encode(charset: &str, _: &str) -> Result<Vec<u8>, String> { Err(missing(charset)) }

#[cfg(not(feature = "charset"))]
fn missing(charset: &str) -> String { format!("text in {charset} needs the feature `charset`") }
