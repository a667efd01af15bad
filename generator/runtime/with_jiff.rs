// needs: lenient scalar | crates: jiff
//! Dates and times as types of the `jiff` crate.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::lenient;
use super::scalar::Scalar;

/// A `date-time` of RFC 3339 section 5.6 as a moment; its offset is dropped.
pub const DATE_TIME: Scalar<Timestamp> = Scalar::text("an RFC 3339 date and time").near(lenient::date_time);

/// A `full-date` of RFC 3339 section 5.6.
pub const DATE: Scalar<Date> = Scalar::text("a date such as 2024-02-29").near(lenient::date);

/// A time of day without an offset.
pub const TIME: Scalar<Time> = Scalar::text("a time such as 13:00:00").near(lenient::time);

/// A `duration` of RFC 3339 appendix A without years, months, weeks and days, whose lengths vary.
pub const DURATION: Scalar<SignedDuration> = Scalar::text("a duration such as PT1H30M");
