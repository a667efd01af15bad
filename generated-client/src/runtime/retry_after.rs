// needs: | crates: http
//! How long a server asks to wait: the `Retry-After` header (RFC 9110 section 10.2.3), or `retry-after-ms`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// The longest wait that is returned; longer values are mistakes or malicious.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The wait that the headers ask for, at most a day: in milliseconds, in seconds or as a date. Zero for a date in the
/// past, `None` for any other value.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    in_milliseconds(headers).or_else(|| in_seconds_or_date(headers))
}

/// `retry-after-ms`, which no specification has.
fn in_milliseconds(headers: &HeaderMap) -> Option<Duration> {
    time(headers.get("retry-after-ms")?.to_str().ok()?, 1000.0)
}

fn in_seconds_or_date(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    time(text, 1.0).or_else(|| {
        let (until, now) = (http_date(text)?, now(headers)?);
        Some(Duration::from_secs(until.saturating_sub(now)).min(LONGEST))
    })
}

/// A time that is written as a number, with a fraction if need be: servers send one.
fn time(text: &str, per_second: f64) -> Option<Duration> {
    let text = text.trim();
    let number: f64 = text.parse().ok().filter(|_| text.starts_with(|first: char| first.is_ascii_digit()))?;
    Some(Duration::try_from_secs_f64(number / per_second).map_or(LONGEST, |wait| wait.min(LONGEST)))
}

/// The current time in seconds from 1970: that of the server, whose clock the date is by, else our own. A browser has
/// none.
fn now(headers: &HeaderMap) -> Option<u64> {
    let date = headers.get(DATE).and_then(|date| http_date(date.to_str().ok()?));
    let is_browser = cfg!(all(target_family = "wasm", target_os = "unknown"));
    let own = || SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
    date.or_else(|| if is_browser { None } else { own() })
}

/// Seconds from 1970 to a date in the format of RFC 9110 section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`. The two
/// obsolete formats, not allowed in new messages since 1999, are not supported.
fn http_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let [_, day, month, year, time, "GMT"] = text.split_ascii_whitespace().collect::<Vec<_>>()[..] else {
        return None;
    };
    let [hour, minute, second] = time.split(':').map(number).collect::<Option<Vec<_>>>()?[..] else {
        return None;
    };
    let (day, year) = (number(day)?, number(year)?);
    let month = MONTHS.iter().position(|name| *name == month)? as u64;
    let in_range = (1..=31).contains(&day) && (1970..=9999).contains(&year) && hour < 24 && minute < 60;
    in_range.then(|| ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second.min(60))
}

fn number(text: &str) -> Option<u64> { text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit())) }

/// Days from 1970 to a date of the Gregorian calendar; `month` is 0 for January. Years start in March, so that the
/// leap day is the last day of the year.
fn days(year: u64, month: u64, day: u64) -> u64 {
    /// Days from March of year 0 to January 1970.
    const EPOCH: u64 = 719_468;
    let (year, month) = if month < 2 { (year - 1, month + 10) } else { (year, month - 2) };
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + (day - 1) - EPOCH
}
