//! Scalars with library types: the type, and its codec.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{FileScope, path_tokens};
use crate::{
    config::{Format, Library},
    ir::Scalar,
};

/// The type of a format in a library.
struct Row {
    /// The crate or runtime file of the type.
    home: Home,
    name: &'static str,
    /// The runtime file and item of its codec.
    codec: Option<(&'static str, &'static str)>,
}

enum Home {
    Crate(&'static str),
    Runtime(&'static str),
}

/// The type of a format in a library; `None` if the library has none, which the configuration rejects.
fn row(format: Format, library: Library) -> Option<Row> {
    let foreign =
        |path, name, file, codec| Some(Row { home: Home::Crate(path), name, codec: Some((file, codec)) });
    match (format, library) {
        (Format::DateTime, Library::Time) => foreign("::time", "OffsetDateTime", "with_time", "DATE_TIME"),
        (Format::Date, Library::Time) => foreign("::time", "Date", "with_time", "DATE"),
        (Format::Time, Library::Time) => foreign("::time", "Time", "with_time", "TIME"),
        (Format::DateTime, Library::Chrono) => foreign("::chrono", "DateTime", "with_chrono", "DATE_TIME"),
        (Format::Date, Library::Chrono) => foreign("::chrono", "NaiveDate", "with_chrono", "DATE"),
        (Format::Time, Library::Chrono) => foreign("::chrono", "NaiveTime", "with_chrono", "TIME"),
        (Format::DateTime, Library::Jiff) => foreign("::jiff", "Timestamp", "with_jiff", "DATE_TIME"),
        (Format::Date, Library::Jiff) => foreign("::jiff::civil", "Date", "with_jiff", "DATE"),
        (Format::Time, Library::Jiff) => foreign("::jiff::civil", "Time", "with_jiff", "TIME"),
        (Format::Duration, Library::Jiff) => foreign("::jiff", "SignedDuration", "with_jiff", "DURATION"),
        (Format::Uuid, Library::Uuid) => foreign("::uuid", "Uuid", "with_uuid", "UUID"),
        (Format::Uri, Library::Url) => foreign("::url", "Url", "with_url", "URL"),
        (Format::Ipv4, Library::Std) => foreign("::std::net", "Ipv4Addr", "ip", "IPV4"),
        (Format::Ipv6, Library::Std) => foreign("::std::net", "Ipv6Addr", "ip", "IPV6"),
        (Format::Ip, Library::Std) => foreign("::std::net", "IpAddr", "ip", "IP"),
        (Format::Decimal, Library::RustDecimal) => {
            foreign("::rust_decimal", "Decimal", "with_rust_decimal", "DECIMAL")
        }
        (Format::DecimalNumber, Library::RustDecimal) => {
            foreign("::rust_decimal", "Decimal", "with_rust_decimal", "DECIMAL_NUMBER")
        }
        (Format::Base64, Library::Bytes) => {
            Some(Row { home: Home::Runtime("base64"), name: "Base64", codec: None })
        }
        (Format::Base64Url, Library::Bytes) => {
            Some(Row { home: Home::Runtime("base64"), name: "Base64Url", codec: None })
        }
        _ => None,
    }
}

/// Whether a value is passed by value instead of by reference.
pub(super) fn is_copied(scalar: &Scalar) -> bool {
    match scalar {
        Scalar::Known(Format::Uri | Format::Base64 | Format::Base64Url, _) | Scalar::Other { .. } => false,
        Scalar::Known(..) => true,
    }
}

impl FileScope<'_> {
    /// The type of a scalar.
    pub(super) fn scalar(&self, scalar: &Scalar) -> TokenStream {
        self.note_scalar(scalar);
        let (format, library) = match scalar {
            Scalar::Known(format, library) => (*format, *library),
            Scalar::Other { path, .. } => return path_tokens(path),
        };
        let Some(row) = row(format, library) else { return self.prelude("String") };
        let ty = match row.home {
            Home::Crate(path) => self.foreign(path, row.name),
            Home::Runtime(module) => self.runtime(module, row.name),
        };
        if (format, library) == (Format::DateTime, Library::Chrono) {
            let offset = self.foreign("::chrono", "FixedOffset");
            return quote! { #ty<#offset> };
        }
        ty
    }
}

/// The table of codecs for scalars of other crates.
pub(super) fn table(scalars: &[Scalar], scope: &FileScope<'_>) -> TokenStream {
    let mut lines = BTreeMap::new();
    // A library type that the configuration also names keeps the library's codec.
    let known = scalars.iter().filter(|scalar| matches!(scalar, Scalar::Known(..)));
    let others = scalars.iter().filter(|scalar| matches!(scalar, Scalar::Other { .. }));
    for scalar in known.chain(others) {
        if let Some(codec) = codec(scalar, scope) {
            let ty = scope.scalar(scalar);
            lines.entry(full_path(scalar)).or_insert(quote! { #ty: #codec; });
        }
    }
    if lines.is_empty() {
        return TokenStream::new();
    }
    let (table, lines) = (scope.runtime_macro("scalar", "scalars"), lines.into_values());
    quote! { #table! { #(#lines)* } }
}

/// The full path of a type.
fn full_path(scalar: &Scalar) -> String {
    let path = match scalar {
        Scalar::Other { path, .. } => path.clone(),
        Scalar::Known(format, library) => match row(*format, *library) {
            Some(Row { home: Home::Crate(path), name, .. }) => format!("{path}::{name}"),
            Some(Row { home: Home::Runtime(_), name, .. }) => name.to_owned(),
            None => String::new(),
        },
    };
    path.trim_start_matches("::").to_owned()
}

/// `with_time::DATE_TIME`, `Scalar::text("a UserId")`; qualified, because several of these files have items with the
/// same name.
fn codec(scalar: &Scalar, scope: &FileScope<'_>) -> Option<TokenStream> {
    match scalar {
        Scalar::Known(format, library) => {
            let (module, name) = row(*format, *library)?.codec?;
            let codec = scope.runtime_path(module, name);
            let is_date = matches!(format, Format::DateTime | Format::Date | Format::Time);
            if !is_date || !scope.context().config.types.lenient_dates {
                return Some(codec);
            }
            let repair = scope.runtime_path("lenient", name.to_lowercase().as_str());
            Some(quote! { #codec.repaired_by(#repair) })
        }
        Scalar::Other { path, is_text } => {
            let expected = format!("a `{}`", path.rsplit("::").next().unwrap_or_default());
            let scalar = scope.runtime_path("scalar", "Scalar");
            Some(if *is_text {
                quote! { #scalar::text(#expected) }
            } else {
                quote! { #scalar::literal(#expected) }
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::row;
    use crate::config::formats;

    /// One without would be text without a word.
    #[test]
    fn every_library_that_can_be_configured_has_a_type() {
        for (format, library) in formats() {
            assert!(row(format, library).is_some(), "{format:?} of {library:?}");
        }
    }
}
