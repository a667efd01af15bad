//! For cargo: instructions that a build script prints, and errors that the compiler finds.

use super::{Diagnostic, Diagnostics, Severity, Spot, github::shown_path, printable};
use crate::source::Files;

/// Warnings and errors, a line each, with paths as `shown` makes them. Notes stay unsaid: cargo has no word for them.
pub fn render(diagnostics: &Diagnostics, files: &Files, shown: fn(&str) -> String) -> String {
    let said = diagnostics.in_order(files).into_iter().filter_map(|(diagnostic, spot)| {
        let instruction = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => return None,
        };
        let text = line(diagnostic, &spot, shown);
        // An instruction ends with its line.
        Some(format!("cargo::{instruction}={}\n", text.replace('\n', " ")))
    });
    said.collect()
}

/// Each diagnostic as a `compile_error!`.
pub fn compile_errors(diagnostics: &Diagnostics, files: &Files, shown: fn(&str) -> String) -> String {
    let said = diagnostics.in_order(files).into_iter();
    said.map(|(diagnostic, spot)| format!("compile_error!({:?});\n", line(diagnostic, &spot, shown)))
        .collect()
}

/// `openapi.yaml:3:5: the file is empty [CW0003]; help: …`
fn line(diagnostic: &Diagnostic, spot: &Spot, shown: fn(&str) -> String) -> String {
    let path = shown_path(spot, shown);
    let path = printable::line(&path);
    let place = match spot.line {
        _ if path.is_empty() => String::new(),
        0 => format!("{path}: "),
        line => format!("{path}:{line}:{}: ", spot.column),
    };
    let help = diagnostic.help.as_ref().map(|help| format!("; help: {help}")).unwrap_or_default();
    format!("{place}{} [{}]{help}", diagnostic.message, diagnostic.code.id())
}

/// Has cargo run the build script again when a file changes. A path that is not printed as it is cannot be told.
pub fn rerun_if_changed(path: &str) -> String {
    match printable::line(path) == path {
        true => format!("cargo::rerun-if-changed={path}\n"),
        false => String::new(),
    }
}
