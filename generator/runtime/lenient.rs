// needs: | crates:
//! Repairs dates and times that are not quite RFC 3339.

/// Repairs a `date-time` that has a space before the time, no seconds, no time, no offset (taken as UTC), or an offset
/// without colon.
pub fn date_time(text: &str) -> String {
    let text = text.trim();
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim_start()),
        None => (text, "00:00:00"),
    };
    let split = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(split);
    format!("{date}T{}{}", time(clock), offset(zone.trim()))
}

/// Repairs a `date` by dropping the time after it.
pub fn date(text: &str) -> String { text.trim().split(['T', 't', ' ']).next().unwrap_or_default().to_owned() }

/// Repairs a time of day that has no seconds, or an offset, which is dropped.
pub fn time(text: &str) -> String {
    let clock = text.trim().split(['Z', 'z', '+', '-']).next().unwrap_or_default().trim();
    if clock.matches(':').count() == 1 { format!("{clock}:00") } else { clock.to_owned() }
}

/// Returns the offset as `Z` or `+hh:mm`.
fn offset(zone: &str) -> String {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    match (zone.chars().next(), digits.len()) {
        (Some(sign @ ('+' | '-')), 2) => format!("{sign}{digits}:00"),
        (Some(sign @ ('+' | '-')), 4) => format!("{sign}{}:{}", &digits[..2], &digits[2..]),
        (Some('+' | '-'), _) => zone.to_owned(),
        _ => "Z".to_owned(),
    }
}
