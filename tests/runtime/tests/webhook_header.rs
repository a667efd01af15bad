//! Signatures of the body in a header, with values of RFC 4231.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use http::{HeaderMap, HeaderValue};
use runtime::runtime::header_signature::{Encoding, Scheme, Verifier};
use runtime::runtime::signature::VerifyError;

const HEADER: &str = "x-signature-256";

fn scheme(prefix: &'static str, encoding: Encoding) -> Scheme { Scheme { header: HEADER, prefix, encoding } }

fn hex(secret: &[u8]) -> Verifier { scheme("sha256=", Encoding::Hex).verifier(secret).unwrap() }

fn headers(value: &str) -> HeaderMap {
    HeaderMap::from_iter([(HEADER.parse().unwrap(), HeaderValue::from_str(value).unwrap())])
}

/// Test cases 1, 2 and 6 of RFC 4231: key, data, HMAC-SHA-256.
fn known() -> [(Vec<u8>, &'static [u8], &'static str); 3] {
    [
        (vec![0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ]
}

#[test]
fn known_signatures_are_made_and_accepted() {
    for (secret, body, digits) in known() {
        let (verifier, value) = (hex(&secret), format!("sha256={digits}"));
        assert_eq!(verifier.sign(body), headers(&value));
        assert_eq!(verifier.verify(&headers(&value), body), Ok(()));
        let in_capitals = headers(&format!("sha256={}", digits.to_uppercase()));
        assert_eq!(verifier.verify(&in_capitals, body), Ok(()));
    }
}

#[test]
fn a_signature_may_be_base64_without_a_prefix() {
    let verifier = scheme("", Encoding::Base64).verifier(b"Jefe").unwrap();
    let signed = verifier.sign(b"what do ya want for nothing?");
    assert_eq!(signed, headers("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="));
    assert_eq!(verifier.verify(&signed, b"what do ya want for nothing?"), Ok(()));
    assert_eq!(verifier.verify(&headers("W9zB"), b""), Err(VerifyError::Malformed(HEADER)));
}

#[test]
fn what_is_not_signed_is_refused() {
    let (verifier, signed) = (hex(b"secret"), hex(b"secret").sign(b"{}"));
    assert_eq!(verifier.verify(&HeaderMap::new(), b"{}"), Err(VerifyError::Missing(HEADER)));
    assert_eq!(verifier.verify(&signed, b"{ }"), Err(VerifyError::NoMatch));
    assert_eq!(hex(b"Secret").verify(&signed, b"{}"), Err(VerifyError::NoMatch));
    let digits = signed[HEADER].to_str().unwrap().strip_prefix("sha256=").unwrap();
    let malformed = [digits, "sha256=", "sha256=12", &format!("sha256={digits}0"), &format!("sha256= {digits}"), "é"];
    for value in malformed {
        let result = verifier.verify(&headers(value), b"{}");
        assert_eq!(result, Err(VerifyError::Malformed(HEADER)), "{value}");
    }
    let odd = format!("sha256=+{}", &digits[1..]);
    assert_eq!(verifier.verify(&headers(&odd), b"{}"), Err(VerifyError::Malformed(HEADER)));
}

#[test]
fn secrets_are_replaced_and_not_shown() {
    let signed = hex(b"former").sign(b"{}");
    let verifier = hex(b"next").or_secret("former").unwrap();
    assert_eq!(verifier.verify(&signed, b"{}"), Ok(()));
    assert_eq!(hex(b"next").verify(&verifier.sign(b"{}"), b"{}"), Ok(()));
    let shown = format!("{verifier:?}");
    assert!(shown.contains("keys: [redacted]") && !shown.contains("former"), "{shown}");
    assert!(scheme("", Encoding::Hex).verifier(b"").is_err());
    assert!(verifier.or_secret("").is_err());
}
