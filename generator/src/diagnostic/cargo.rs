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
            0 => spot.path,
            line => format!("{}:{line}:{}", spot.path, spot.column),
        };
        let message = diagnostic.message.replace('\n', " ");
        Some(format!("cargo::{instruction}={place}: {message} [{}]\n", diagnostic.code.id()))
    });
    said.collect()
}

/// Has cargo run the build script again when a file changes.
pub fn rerun_if_changed(path: &str) -> String {
    format!("cargo::rerun-if-changed={path}\n")
}
