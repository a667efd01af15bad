// needs: lenient scalar | crates: chrono
//! Dates and times as types of the `chrono` crate.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat};

use super::lenient;
use super::scalar::Scalar;

/// A `date-time` of RFC 3339 section 5.6.
pub const DATE_TIME: Scalar<DateTime<FixedOffset>> = Scalar {
    expected: "an RFC 3339 date and time",
    blank: || DateTime::UNIX_EPOCH.fixed_offset(),
    read: |text| DateTime::parse_from_rfc3339(text).ok(),
    write: |value| Some(value.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
    repair: None,
    near: Some(lenient::date_time),
    is_text: true,
};

/// A `full-date` of RFC 3339 section 5.6.
pub const DATE: Scalar<NaiveDate> = Scalar {
    expected: "a date such as 2024-02-29",
    blank: NaiveDate::default,
    read: |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok(),
    write: |date| Some(date.format("%Y-%m-%d").to_string()),
    repair: None,
    near: Some(lenient::date),
    is_text: true,
};

/// A time of day without an offset.
pub const TIME: Scalar<NaiveTime> = Scalar {
    expected: "a time such as 13:00:00",
    blank: || NaiveTime::MIN,
    read: |text| ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok()),
    write: |time| Some(time.format("%H:%M:%S%.f").to_string()),
    repair: None,
    near: Some(lenient::time),
    is_text: true,
};
