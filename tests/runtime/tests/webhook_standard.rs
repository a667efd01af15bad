//! Signatures by the specification Standard Webhooks.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};
use runtime::runtime::signature::VerifyError;
use runtime::runtime::standard_webhooks::Verifier;

/// The bytes 0 to 23, with `python3 -c 'import base64; print(base64.b64encode(bytes(range(24))).decode())'`.
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
const OTHER: &str = "whsec_YW5vdGhlciBzZWNyZXQgb2YgYnl0ZXM=";
const BODY: &[u8] = br#"{"test": 2432232314}"#;

/// Of the message `msg_1.1700000000.{"test": 2432232314}`, with
///
/// ```text
/// printf %s 'msg_1.1700000000.{"test": 2432232314}' | openssl dgst -sha256 -binary -mac HMAC \
///     -macopt hexkey:000102030405060708090a0b0c0d0e0f1011121314151617 | base64
/// ```
const SIGNATURE: &str = "bTIcwflaEcSYcosQkg7t5jWm6s+rlgfXSP309ecZ5XQ=";
const SENT: u64 = 1_700_000_000;

fn at(seconds: u64) -> SystemTime { UNIX_EPOCH + Duration::from_secs(seconds) }

fn verifier(seconds: u64) -> Verifier { Verifier::new(SECRET).unwrap().with_clock(move || at(seconds)) }

fn headers(signatures: &str) -> HeaderMap {
    let pairs = [("webhook-id", "msg_1"), ("webhook-timestamp", "1700000000"), ("webhook-signature", signatures)];
    pairs.into_iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
}

fn signed() -> HeaderMap { headers(&format!("v1,{SIGNATURE}")) }

#[test]
fn a_known_signature_is_made_and_accepted() {
    let made = verifier(SENT).sign(HeaderValue::from_static("msg_1"), BODY);
    assert_eq!(made, signed());
    assert_eq!(verifier(SENT + 10).verify(&signed(), BODY), Ok(()));
    let bare = Verifier::new(SECRET.strip_prefix("whsec_").unwrap()).unwrap().with_clock(|| at(SENT));
    assert_eq!(bare.verify(&signed(), BODY), Ok(()));
}

#[test]
fn what_is_signed_is_not_changed() {
    let (verifier, body) = (verifier(SENT), br#"{"test":2432232314}"#);
    assert_eq!(verifier.verify(&signed(), body), Err(VerifyError::NoMatch));
    for (name, value) in [("webhook-id", "msg_2"), ("webhook-timestamp", "1700000001")] {
        let mut headers = signed();
        headers.insert(name, HeaderValue::from_static(value));
        assert_eq!(verifier.verify(&headers, BODY), Err(VerifyError::NoMatch));
    }
}

#[test]
fn any_of_several_signatures_and_secrets_will_do() {
    let several = headers(&format!("v1a,abc v1,AAAA v1,not/base64! v1,{SIGNATURE}"));
    assert_eq!(verifier(SENT).verify(&several, BODY), Ok(()));
    let rotated = Verifier::new(OTHER).unwrap().with_clock(|| at(SENT));
    assert_eq!(rotated.verify(&signed(), BODY), Err(VerifyError::NoMatch));
    assert_eq!(rotated.or_secret(SECRET).unwrap().verify(&signed(), BODY), Ok(()));
    let of_another_version = headers(&format!("v2,{SIGNATURE}"));
    assert_eq!(verifier(SENT).verify(&of_another_version, BODY), Err(VerifyError::NoMatch));
}

#[test]
fn a_request_is_valid_for_five_minutes() {
    let at = |seconds| verifier(seconds).verify(&signed(), BODY);
    assert_eq!([at(SENT + 300), at(SENT - 300)], [Ok(()); 2]);
    assert_eq!(at(SENT + 301), Err(VerifyError::TooOld));
    assert_eq!(at(SENT - 301), Err(VerifyError::TooNew));
    let now = Verifier::new(SECRET).unwrap();
    assert_eq!(now.verify(&signed(), BODY), Err(VerifyError::TooOld));
    let fresh = now.sign(HeaderValue::from_static("msg_3"), BODY);
    assert_eq!(now.verify(&fresh, BODY), Ok(()));
}

#[test]
fn what_is_wrong_with_headers_is_told() {
    let verify = |name: &'static str, value: Option<&'static str>| {
        let mut headers = signed();
        headers.remove(name);
        headers.extend(value.map(|value| (name.parse::<http::HeaderName>().unwrap(), HeaderValue::from_static(value))));
        verifier(SENT).verify(&headers, BODY).unwrap_err()
    };
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        assert_eq!(verify(name, None), VerifyError::Missing(name));
    }
    for value in ["now", "-1", "1.7e9", "", "18446744073709551616"] {
        assert_eq!(verify("webhook-timestamp", Some(value)), VerifyError::Malformed("webhook-timestamp"));
    }
    assert_eq!(verify("webhook-timestamp", Some("18446744073709551615")), VerifyError::TooNew);
    assert_eq!(verify("webhook-signature", Some("v1")), VerifyError::Malformed("webhook-signature"));
    assert_eq!(verify("webhook-signature", Some("v1,")), VerifyError::NoMatch);
}

#[test]
fn secrets_are_base64_and_not_shown() {
    for secret in ["", "whsec_", "whsec_not base64"] {
        let error = Verifier::new(secret).unwrap_err();
        assert!(error.to_string().starts_with("the secret of webhooks cannot be used: "), "{error}");
    }
    let shown = format!("{:?}", verifier(SENT).or_secret(OTHER).unwrap());
    assert_eq!(shown, "Verifier { keys: [redacted], .. }");
}
