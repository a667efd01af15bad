// needs: transport | crates: http
//! Keys that tell a server which requests are attempts of one call (draft-ietf-httpapi-idempotency-key-header).

use http::HeaderValue;

use super::transport::Transport;

/// Makes a key: a random UUID (RFC 9562 section 5.4), the form that most servers ask for.
pub(super) fn idempotency_key(transport: &dyn Transport) -> HeaderValue {
    const VERSION: u64 = 0x4000;
    const VARIANT: u64 = 0x8000 << 48;
    let high = transport.random() & !0xF000 | VERSION;
    let low = transport.random() & !(0xC000 << 48) | VARIANT;
    let (first, second, third) = (high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF);
    let text = format!("{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}", low >> 48, low & 0xFFFF_FFFF_FFFF);
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
