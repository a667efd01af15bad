// needs: lenient scalar | crates: time
//! Dates and times as types of the `time` crate.

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, Time};

use super::lenient;
use super::scalar::Scalar;

/// A `date-time` of RFC 3339 section 5.6.
pub const DATE_TIME: Scalar<OffsetDateTime> = Scalar {
    expected: "an RFC 3339 date and time",
    blank: || OffsetDateTime::UNIX_EPOCH,
    read: |text| OffsetDateTime::parse(text, &Rfc3339).ok(),
    write: |value| value.format(&Rfc3339).ok(),
    repair: None,
    near: Some(lenient::date_time),
    is_text: true,
};

/// A `full-date` of RFC 3339 section 5.6.
pub const DATE: Scalar<Date> = Scalar {
    expected: "a date such as 2024-02-29",
    blank: || OffsetDateTime::UNIX_EPOCH.date(),
    read: read_date,
    write: |date| {
        let is_written = (0..=9999).contains(&date.year());
        is_written.then(|| format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
    },
    repair: None,
    near: Some(lenient::date),
    is_text: true,
};

/// A time of day without an offset.
pub const TIME: Scalar<Time> = Scalar {
    expected: "a time such as 13:00:00",
    blank: || Time::MIDNIGHT,
    read: read_time,
    write: |time| {
        let seconds = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
        let fraction = format!("{:09}", time.nanosecond());
        Some(match fraction.trim_end_matches('0') {
            "" => seconds,
            digits => format!("{seconds}.{digits}"),
        })
    },
    repair: None,
    near: Some(lenient::time),
    is_text: true,
};

fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    parts.next().is_none().then_some(date)
}

fn read_time(text: &str) -> Option<Time> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |second| number(second, 2))?;
    let nanosecond = number(&format!("{fraction:0<9}"), 9).filter(|_| !fraction.is_empty())?;
    let byte = |number: u32| u8::try_from(number).ok();
    let time = Time::from_hms_nano(byte(hour)?, byte(minute)?, byte(second)?, nanosecond).ok()?;
    parts.next().is_none().then_some(time)
}

/// Parses a number with exactly this many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}
