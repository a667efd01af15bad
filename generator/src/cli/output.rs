//! Saying what a run found.

use std::io::{IsTerminal, Write, stderr, stdout};

use super::arguments::{Format, Output};
use crate::{
    diagnostic::{Diagnostics, Severity, github, human, json},
    load,
    pipeline::Run,
    source::Files,
};

/// Whether standard error is read by a person.
pub(super) fn on_terminal() -> bool {
    stderr().is_terminal()
}

/// Says every diagnostic of a run.
pub(super) fn diagnostics(run: &Run, output: &Output) {
    all(&run.diagnostics, &run.files, output);
}

/// Says diagnostics of some files.
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
    say(&text);
}

/// Writes to standard error. That it cannot be written to is nobody's to hear of.
pub(super) fn say(text: &str) {
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// Writes to standard output, whose reader may have left.
pub(super) fn print(text: &str) {
    let _ = stdout().lock().write_all(text.as_bytes());
}
