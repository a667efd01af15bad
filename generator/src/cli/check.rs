//! `cratewright check`

use std::path::Path;

use super::{
    Status,
    arguments::{Format, Output, Project},
    output, project,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    load,
    pipeline::{self, Request},
    source::Files,
    write::{self, Difference, Drift},
};

/// Compares the files on disk with those that would be generated.
pub(super) fn run(project: &Project, how: &Output) -> Status {
    let statuses: Vec<Status> =
        project::requests(project).iter().map(|request| one(request, project, how)).collect();
    if statuses.contains(&Status::Failed) {
        Status::Failed
    } else if statuses.contains(&Status::Stale) {
        Status::Stale
    } else {
        Status::Done
    }
}

fn one(request: &Request, project: &Project, how: &Output) -> Status {
    let run = pipeline::run(request);
    let folder = pipeline::output_folder(&run, request, project.output.as_deref());
    output::diagnostics(&run, how);
    let Some(generated) = &run.output else { return Status::Failed };
    let drift = match write::compare(&folder, &generated.package) {
        Ok(drift) => drift,
        Err(diagnostic) => {
            let mut run = run;
            run.diagnostics.retain(|_| false);
            run.diagnostics.push(diagnostic);
            output::diagnostics(&run, how);
            return Status::Failed;
        }
    };
    if drift.is_none() {
        return Status::Done;
    }
    tell(&folder, &drift, how);
    Status::Stale
}

/// Prints the differences: one line if they share a cause, otherwise a diff.
fn tell(folder: &Path, drift: &Drift, how: &Output) {
    let reason = reason(drift);
    if how.format != Format::Human {
        let diagnostics = annotations(folder, drift, &reason);
        return output::all(&diagnostics, &Files::default(), how);
    }
    if reason.is_none() {
        drift.files.iter().filter(|file| tells_more(file.kind)).for_each(|file| output::print(&file.diff));
    }
    let count = drift.files.len();
    let plural = if count == 1 { "file differs" } else { "files differ" };
    let reason = reason.unwrap_or_else(|| format!("{count} {plural} from what the document says"));
    output::say(&format!("{}: {reason}; {}\n", folder.display(), advice(drift)));
}

/// Whether a diff adds information beyond the kind of difference.
fn tells_more(kind: Difference) -> bool {
    match kind {
        Difference::Changed | Difference::Missing | Difference::Extra => true,
        Difference::Layout | Difference::Version => false,
    }
}

/// The common cause of all differences, if there is one.
fn reason(drift: &Drift) -> Option<String> {
    let count = drift.files.len();
    match drift.only() {
        _ if drift.absent => Some("the crate is not there".to_owned()),
        None if drift.files.is_empty() => {
            Some("`.cratewright`, the list of written files, is missing".to_owned())
        }
        Some(Difference::Layout) => {
            let files =
                if count == 1 { "1 file differs in its" } else { &format!("{count} files differ in their") };
            Some(format!("{files} layout alone, as a formatter makes it"))
        }
        Some(Difference::Version) => {
            let files = if count == 1 { "1 file was" } else { &format!("{count} files were") };
            Some(format!("{files} made by another version of cratewright, and nothing else differs"))
        }
        Some(Difference::Missing | Difference::Extra | Difference::Changed) | None => None,
    }
}

fn advice(drift: &Drift) -> &'static str {
    if drift.unlisted && !drift.files.is_empty() {
        "`.cratewright`, the list of written files, is missing as well: restore it, then run `cratewright generate`"
    } else if drift.unlisted {
        "restore it, or empty the folder and run `cratewright generate`"
    } else {
        "run `cratewright generate`"
    }
}

/// An error per differing file, or a single one if they share a cause.
fn annotations(folder: &Path, drift: &Drift, reason: &Option<String>) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut say = |path: &Path, message: String| {
        let place = Place::Path(load::display(path));
        diagnostics.push(Diagnostic::new(Code::Drift, place, message).help(advice(drift)));
    };
    if let Some(reason) = reason {
        let first = drift.files.first().filter(|_| !drift.absent);
        say(&first.map_or(folder.to_owned(), |file| folder.join(&file.path)), reason.clone());
        return diagnostics;
    }
    for file in &drift.files {
        let message = match file.kind {
            Difference::Missing => "this file is missing",
            Difference::Extra => "this file is not made any more",
            Difference::Changed => "this file is not what the document makes",
            Difference::Layout => "this file differs in its layout alone, as a formatter makes it",
            Difference::Version => {
                "this file was made by another version of cratewright, and differs in that alone"
            }
        };
        say(&folder.join(&file.path), message.to_owned());
    }
    diagnostics
}
