//! For GitHub Actions: workflow commands that annotate the source.

use super::{Diagnostic, Diagnostics, Severity, Spot, printable};
use crate::source::Files;

/// Renders every diagnostic, ordered by place, with paths mapped by `shown`: annotations need paths relative to the
/// repository root.
pub fn render(diagnostics: &Diagnostics, files: &Files, shown: fn(&str) -> String) -> String {
    let said = diagnostics.in_order(files).into_iter();
    said.map(|(diagnostic, spot)| command(diagnostic, &Spot { path: shown_path(&spot, shown), ..spot }))
        .collect()
}

/// The mapped path of a place; empty if it has none.
pub(super) fn shown_path(spot: &Spot, shown: fn(&str) -> String) -> String {
    if spot.path.is_empty() { String::new() } else { shown(&spot.path) }
}

fn command(diagnostic: &Diagnostic, spot: &Spot) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = Some(&spot.path)
        .filter(|path| !path.is_empty())
        .map(|path| format!("file={},", property(&printable::line(path))));
    let position = (spot.line > 0).then(|| format!("line={},col={},", spot.line, spot.column));
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}"));
    format!(
        "::{command} {}{}title={}::{}\n",
        file.unwrap_or_default(),
        position.unwrap_or_default(),
        diagnostic.code.id(),
        data(&(diagnostic.message.clone() + &help.unwrap_or_default())),
    )
}

/// Escapes a command's data.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
