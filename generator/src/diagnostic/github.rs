//! For GitHub Actions: workflow commands that annotate the source.

use super::{Diagnostics, Severity};
use crate::source::Files;

/// Every diagnostic, in the order of their places.
pub fn render(diagnostics: &Diagnostics, files: &Files) -> String {
    let lines = diagnostics.in_order(files).into_iter().map(|(diagnostic, spot)| {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let (file, title) = (property(&spot.path), diagnostic.code.id());
        let message = data(&diagnostic.message);
        format!("::{command} file={file},line={},col={},title={title}::{message}\n", spot.line, spot.column)
    });
    lines.collect()
}

/// Escapes a command's data.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
