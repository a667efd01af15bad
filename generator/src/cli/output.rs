//! Prints the results of a run.

use std::io::{IsTerminal, Write, stderr, stdout};

use serde_json::Value;

use super::arguments::{Format, Output};
use crate::{
    diagnostic::{Diagnostics, Severity, github, human, json, printable},
    load,
    pipeline::Run,
    source::Files,
};

/// Whether standard error is a terminal.
pub(super) fn on_terminal() -> bool {
    stderr().is_terminal()
}

/// Prints every diagnostic of a run.
pub(super) fn diagnostics(run: &Run, output: &Output) {
    all(&run.diagnostics, &run.files, output);
}

/// Prints the diagnostics of some files.
pub(super) fn all(diagnostics: &Diagnostics, files: &Files, output: &Output) {
    let mut said = diagnostics.clone();
    if output.quiet {
        said.retain(|diagnostic| diagnostic.severity == Severity::Error);
    }
    let text = match output.format {
        Format::Human if output.verbose => human::render_all(&said, files, on_terminal()),
        Format::Human => human::render(&said, files, on_terminal()),
        Format::Json => json::render(&said, files, load::from_repository),
        Format::Github => github::render(&said, files, load::from_repository),
    };
    write_error(&text);
}

/// Writes lines to standard error.
pub(super) fn say(text: &str) {
    write_error(&printable::lines(text));
}

/// Writes lines to standard output.
pub(super) fn print(text: &str) {
    write_output(&printable::lines(text));
}

/// Writes JSON to standard output.
pub(super) fn print_json(value: &Value) {
    write_output(&format!("{}\n", printable::json_lines(value)));
}

/// Writes printable text to standard output; errors are ignored, because the reader may have gone.
fn write_output(text: &str) {
    let _ = stdout().lock().write_all(text.as_bytes());
}

/// Writes printable text to standard error; write errors are ignored.
fn write_error(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}
