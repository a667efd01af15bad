//! Whether texts match their format, according to the types that the generated crate uses.

#[allow(unreachable_pub, reason = "the same file is public in generated crates")]
#[path = "../../runtime/lenient.rs"]
#[rustfmt::skip]
mod lenient;

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::config::Format;

const PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, PADDING);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, PADDING);

/// Whether a text matches a format; `is_lenient` also accepts dates that are not quite RFC 3339.
pub(crate) fn fits(format: Format, text: &str, is_lenient: bool) -> bool {
    let or_repaired = |read: fn(&str) -> bool, repair: fn(&str) -> String| {
        read(text) || (is_lenient && read(&repair(text)))
    };
    match format {
        Format::DateTime => or_repaired(is_date_time, lenient::date_time),
        Format::Date => or_repaired(is_date, lenient::date),
        Format::Time => or_repaired(is_time, lenient::time),
        Format::Uuid => text.parse::<uuid::Uuid>().is_ok(),
        Format::Uri => url::Url::parse(text).is_ok(),
        Format::Base64 | Format::Base64Url => is_base64(text),
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::Ip => text.parse::<std::net::IpAddr>().is_ok(),
        Format::Duration => is_duration(text),
        Format::Decimal | Format::DecimalNumber => is_decimal(text),
    }
}

/// The name of a format in messages.
pub(super) fn noun(format: Format) -> &'static str {
    match format {
        Format::DateTime => "an RFC 3339 date and time",
        Format::Date => "a date such as 2024-02-29",
        Format::Time => "a time such as 13:00:00",
        Format::Uuid => "a UUID",
        Format::Uri => "a URL",
        Format::Base64 | Format::Base64Url => "base64",
        Format::Ipv4 => "an IPv4 address",
        Format::Ipv6 => "an IPv6 address",
        Format::Ip => "an IP address",
        Format::Duration => "a duration such as PT1H30M",
        Format::Decimal | Format::DecimalNumber => "a decimal number",
    }
}

fn is_date_time(text: &str) -> bool {
    OffsetDateTime::parse(text, &Rfc3339).is_ok()
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && is_date_time(&format!("{text}T00:00:00Z"))
}

/// A time of day without an offset, optionally without seconds.
fn is_time(text: &str) -> bool {
    let seconds = if text.matches(':').count() == 1 { ":00" } else { "" };
    let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
    text.chars().all(is_clock) && is_date_time(&format!("1970-01-01T{text}{seconds}Z"))
}

fn is_base64(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(&text).is_ok() || URL_SAFE.decode(&text).is_ok()
}

/// A duration of RFC 3339 appendix A in hours, minutes and seconds, the units of fixed length.
fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text).to_ascii_uppercase();
    let Some(mut rest) = text.strip_prefix("PT").filter(|rest| !rest.is_empty()) else { return false };
    for unit in ['H', 'M', 'S'] {
        if let Some((count, after)) = rest.split_once(unit) {
            let digits = count.replace(['.', ','], "");
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            rest = after;
        }
    }
    rest.is_empty()
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.matches('.').count() < 2;
    is_number && digits.contains(|c: char| c.is_ascii_digit()) && digits.len() <= 30
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_by_their_format() {
        let good = [
            (Format::DateTime, "2024-02-29T12:00:00.5+02:00"),
            (Format::Date, "2024-02-29"),
            (Format::Time, "12:30"),
            (Format::Uuid, "67e55044-10b1-426f-9247-bb680e5fe0c8"),
            (Format::Uri, "https://example.com"),
            (Format::Base64, "YQ=="),
            (Format::Ip, "::1"),
            (Format::Duration, "PT1H30M"),
            (Format::Decimal, "-1.50"),
        ];
        assert!(good.into_iter().all(|(format, text)| fits(format, text, false)));
        let bad = [
            (Format::DateTime, "2024-02-29 12:00"),
            (Format::Date, "2023-02-29"),
            (Format::Date, "29.2.2024"),
            (Format::Time, "12"),
            (Format::Uuid, "7"),
            (Format::Uri, "example"),
            (Format::Base64, "?"),
            (Format::Ipv4, "::1"),
            (Format::Duration, "P1D"),
            (Format::Decimal, "1.2.3"),
        ];
        assert!(!bad.into_iter().any(|(format, text)| fits(format, text, false)));
        assert!(fits(Format::DateTime, "2024-02-29 12:00", true));
    }
}
