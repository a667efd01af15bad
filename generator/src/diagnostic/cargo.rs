//! For cargo: instructions printed by a build script, and errors reported by the compiler.

use super::{Diagnostic, Diagnostics, Severity, Spot, github::shown_path, printable};
use crate::source::Files;

/// Renders warnings and errors, one per line, with paths mapped by `shown`. Notes are omitted: cargo has no
/// instruction for them.
pub fn render(diagnostics: &Diagnostics, files: &Files, shown: fn(&str) -> String) -> String {
    let said = diagnostics.in_order(files).into_iter().filter_map(|(diagnostic, spot)| {
        let instruction = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => return None,
        };
        let text = line(diagnostic, &spot, shown);
        // An instruction is a single line.
        Some(format!("cargo::{instruction}={}\n", text.replace('\n', " ")))
    });
    said.collect()
}

/// Renders each diagnostic as a `compile_error!`.
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

/// Tells cargo to rerun the build script when a file changes. A path with unprintable characters cannot be expressed.
pub fn rerun_if_changed(path: &str) -> String {
    match printable::line(path) == path {
        true => format!("cargo::rerun-if-changed={path}\n"),
        false => String::new(),
    }
}
