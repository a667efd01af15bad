//! `cratewright reconcile`

use std::path::{Path, PathBuf};

use super::{
    Status,
    arguments::{Output, Reconcile},
    output, project,
};
use crate::{
    config,
    diagnostic::Diagnostic,
    load,
    pipeline::{self, Reconciled, Request},
    source::{Files, Format},
    write,
};

/// Prints or writes the corrections derived from recordings.
pub(super) fn run(command: &Reconcile, how: &Output) -> Status {
    let default = Some(PathBuf::from(config::DEFAULT_FILE)).filter(|path| load::is_file(path));
    let config = command.config.clone().or(default);
    let inputs = project::inputs(&command.inputs);
    let request = Request { spec: Some(command.spec.clone()), config, inputs, ..Request::default() };
    let mut reconciled = pipeline::reconcile(&request, &command.recordings);
    let count = reconciled.suggestions.as_ref().map(|all| all.len());
    let target = request.config.unwrap_or_else(|| config::DEFAULT_FILE.into());
    let written = match count {
        Some(1..) if command.write => Some(save(&reconciled, &target, command)),
        Some(_) | None => None,
    };
    let status = match (count, written) {
        (None, _) => Status::Failed,
        (Some(0), _) => Status::Done,
        (Some(_), None) => Status::Stale,
        (Some(_), Some(Ok(()))) => Status::Done,
        (Some(_), Some(Err(diagnostic))) => {
            reconciled.diagnostics.push(*diagnostic);
            Status::Failed
        }
    };
    output::all(&reconciled.diagnostics, &reconciled.files, how);
    if status == Status::Stale {
        output::print(&reconciled.lines());
    } else if command.write && status == Status::Done && !how.quiet && output::on_terminal() {
        output::say(&format!("{} corrections written to {}\n", count.unwrap_or(0), target.display()));
    }
    status
}

/// Writes the corrections into the configuration, creating it if necessary.
fn save(reconciled: &Reconciled, target: &Path, command: &Reconcile) -> Result<(), Box<Diagnostic>> {
    let mut files = Files::default();
    let text = match load::is_file(target) {
        true => {
            let file = load::read_text(&mut files, target, Format::Toml)?;
            files.get(file).map(|file| file.text.clone()).unwrap_or_default()
        }
        false => format!("spec = {:?}\n", command.spec.to_string_lossy().replace('\\', "/")),
    };
    let text = reconciled.configuration(target, &text)?;
    Ok(write::file(target, &text)?)
}
