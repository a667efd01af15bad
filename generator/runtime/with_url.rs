// needs: scalar | crates: url
//! URLs (RFC 3986) as the type of the `url` crate.

use url::Url;

use super::scalar::Scalar;

/// An absolute URL.
pub const URL: Scalar<Url> = Scalar {
    expected: "a URL",
    blank: || Url::parse("about:blank").expect("it is a URL"),
    read: |text| Url::parse(text).ok(),
    write: |url| Some(url.to_string()),
    repair: None,
    near: None,
    is_text: true,
};
