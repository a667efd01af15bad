//! What values of a `format` become, and the table of formats with library types.

use super::Located;

/// A format whose values have a type of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `date-time`: RFC 3339 section 5.6.
    DateTime,
    /// `date`: `full-date` of RFC 3339 section 5.6.
    Date,
    /// `time`: a time of day. RFC 3339 requires an offset, which most documents omit.
    Time,
    /// `duration`: RFC 3339 appendix A.
    Duration,
    /// `uuid`: RFC 9562.
    Uuid,
    /// `uri`: RFC 3986.
    Uri,
    /// `byte`: base64, RFC 4648 section 4.
    Base64,
    /// `base64url`: RFC 4648 section 5.
    Base64Url,
    /// `ipv4`
    Ipv4,
    /// `ipv6`: RFC 4291 section 2.2.
    Ipv6,
    /// `ip`: IPv4 or IPv6.
    Ip,
    /// `decimal` as a string: a number whose digits are all significant.
    Decimal,
    /// `decimal` as a number.
    DecimalNumber,
}

/// Where a type comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Library {
    /// The standard library.
    Std,
    /// The generated crate's own runtime.
    Bytes,
    /// The crate `time`.
    Time,
    /// The crate `chrono`.
    Chrono,
    /// The crate `jiff`.
    Jiff,
    /// The crate `uuid`.
    Uuid,
    /// The crate `url`.
    Url,
    /// The crate `rust_decimal`.
    RustDecimal,
}

impl Library {
    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Std => "std",
            Self::Bytes => "bytes",
            Self::Time => "time",
            Self::Chrono => "chrono",
            Self::Jiff => "jiff",
            Self::Uuid => "uuid",
            Self::Url => "url",
            Self::RustDecimal => "rust_decimal",
        }
    }
}

/// The type for values of a format or of one schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// The type without the format: a string or a 64-bit number.
    Plain,
    /// A type of a library.
    Library(Library),
    /// The Rust path of a type that implements `FromStr`, `Display` and `Default`.
    Path(String),
}

/// A format that a library has a type for.
struct Row {
    name: &'static str,
    format: Format,
    libraries: &'static [Library],
    /// Whether the first library is used by default.
    typed: bool,
}

const fn row(name: &'static str, format: Format, libraries: &'static [Library], typed: bool) -> Row {
    Row { name, format, libraries, typed }
}

const DATES: &[Library] = &[Library::Time, Library::Chrono, Library::Jiff];

const ROWS: &[Row] = &[
    row("date-time", Format::DateTime, DATES, true),
    row("date", Format::Date, DATES, true),
    row("time", Format::Time, DATES, false),
    row("duration", Format::Duration, &[Library::Jiff], false),
    row("uuid", Format::Uuid, &[Library::Uuid], true),
    row("uri", Format::Uri, &[Library::Url], false),
    row("byte", Format::Base64, &[Library::Bytes], true),
    row("base64url", Format::Base64Url, &[Library::Bytes], true),
    row("ipv4", Format::Ipv4, &[Library::Std], true),
    row("ipv6", Format::Ipv6, &[Library::Std], true),
    row("ip", Format::Ip, &[Library::Std], true),
    row("decimal", Format::Decimal, &[Library::RustDecimal], false),
];

/// Other tools' names for a format, where the meaning is identical.
const ALIASES: &[(&str, &str)] =
    &[("base64", "byte"), ("decimal128", "decimal"), ("google-datetime", "date-time"), ("guid", "uuid")];

/// The standard name of a format.
pub fn standard_name(name: &str) -> &str {
    ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, known)| known)
}

/// The format with this name, and its default library if it has one.
pub fn known(name: &str) -> Option<(Format, Option<Library>)> {
    let row = ROWS.iter().find(|row| row.name == standard_name(name))?;
    Some((row.format, row.libraries.first().copied().filter(|_| row.typed)))
}

/// Every format, with each library that has a type for it.
#[cfg(test)]
pub fn all() -> impl Iterator<Item = (Format, Library)> {
    ROWS.iter().flat_map(|row| row.libraries.iter().map(|library| (row.format, *library)))
}

/// Parses a value of `[types.formats]`; the error says what is allowed.
pub(super) fn mapping(format: &str, value: &Located<String>) -> Result<Mapping, String> {
    let name = standard_name(format);
    let libraries = ROWS.iter().find(|row| row.name == name).map_or(&[][..], |row| row.libraries);
    let library = libraries.iter().find(|library| library.name() == value.value);
    match (value.value.as_str(), library) {
        ("plain", _) => Ok(Mapping::Plain),
        (_, Some(library)) => Ok(Mapping::Library(*library)),
        (path, None) if is_path(path) => Ok(Mapping::Path(path.to_owned())),
        _ => {
            let names = libraries.iter().map(|library| format!("`{}`, ", library.name()));
            let names: String = ["`plain`, ".to_owned()].into_iter().chain(names).collect();
            Err(format!("here stands {names}or the path of a type, such as `crate_name::Type`"))
        }
    }
}

/// Whether a text is the path of the generated crate's type for any JSON value.
pub(super) fn is_value(text: &str) -> bool {
    matches!(text, "crate::Value" | "crate::runtime::value::Value")
}

/// Whether a text is the path of a type in a crate: two or more identifiers joined by `::`.
pub(super) fn is_path(text: &str) -> bool {
    let segments: Vec<&str> = text.strip_prefix("::").unwrap_or(text).split("::").collect();
    let is_identifier = |segment: &&str| {
        let starts = segment.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        starts && *segment != "_" && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    segments.len() > 1 && segments.iter().all(is_identifier)
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn a_path_names_a_type_in_a_crate() {
        assert!(["a::B", "::a::b::C", "crate::ids::UserId", "_a::_B1"].into_iter().all(is_path));
        let others = ["", "B", "a::", "::B", "a::B<C>", "a::B; panic!()", "a::1", "a::_", "a b::C", "a::b()"];
        assert!(!others.into_iter().any(is_path));
    }
}
