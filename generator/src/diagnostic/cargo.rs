//! For cargo: instructions that a build script prints.

use super::{Diagnostics, Severity};
use crate::source::Files;

/// Warnings and errors, a line each. Notes stay unsaid: cargo has no word for them.
pub fn render(diagnostics: &Diagnostics, files: &Files) -> String {
    let said = diagnostics.in_order(files).into_iter().filter_map(|(diagnostic, spot)| {
        let instruction = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => return None,
        };
        let place = match spot.line {
            _ if spot.path.is_empty() => String::new(),
            0 => format!("{}: ", spot.path),
            line => format!("{}:{line}:{}: ", spot.path, spot.column),
        };
        let help = diagnostic.help.as_ref().map(|help| format!("; help: {help}")).unwrap_or_default();
        // An instruction ends with its line.
        let text = format!("{place}{}{help} [{}]", diagnostic.message, diagnostic.code.id());
        Some(format!("cargo::{instruction}={}\n", text.replace(['\r', '\n'], " ")))
    });
    said.collect()
}

/// Has cargo run the build script again when a file changes.
pub fn rerun_if_changed(path: &str) -> String {
    format!("cargo::rerun-if-changed={path}\n")
}
