//! Values that scenarios share.

use std::collections::BTreeMap;

use bytes::Bytes;
use rust_decimal::Decimal;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A map.
pub fn map<V, const N: usize>(entries: [(&str, V); N]) -> BTreeMap<String, V> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A list of texts.
pub fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// A moment.
pub fn moment(text: &str) -> OffsetDateTime {
    OffsetDateTime::parse(text, &Rfc3339).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A decimal number.
pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The bytes that scenarios of bytes hold.
pub fn hello() -> Bytes {
    Bytes::from_static(b"hello, world!")
}
