//! Tokens of HTTP.

/// Whether a text is a `token` (RFC 9110 §5.6.2), as names of methods and headers are.
pub fn is_token(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(fits)
}
