//! `cratewright generate`

use std::{path::Path, time::Instant};

use super::{
    Status,
    arguments::{Output, Project},
    output, project,
};
use crate::{
    pipeline::{self, Request, Run},
    write::{self, Report},
};

/// Generates and writes the crate.
pub(super) fn run(project: &Project, how: &Output) -> Status {
    let mut status = Status::Done;
    for request in project::requests(project) {
        if !one(&request, project, how) {
            status = Status::Failed;
        }
    }
    status
}

fn one(request: &Request, project: &Project, how: &Output) -> bool {
    let start = Instant::now();
    let mut run = pipeline::run(request);
    let folder = pipeline::output_folder(&run, request, project.output.as_deref());
    let written = run.output.as_ref().map(|generated| write::apply(&folder, &generated.package, wait));
    let report = match written {
        Some(Ok(report)) => Some(report),
        Some(Err(diagnostic)) => {
            run.diagnostics.push(diagnostic);
            None
        }
        None => None,
    };
    output::diagnostics(&run, how);
    let Some(report) = report else { return false };
    if output::on_terminal() && !how.quiet {
        output::say(&summary(&run, &report, &folder.to_string_lossy(), start));
    }
    true
}

fn wait(folder: &Path) {
    output::say(&format!("waiting for another run that writes {}\n", folder.display()));
}

/// `gcore-iam: 10 operations, 30 models, 2 warnings; 12 files written, 3 unchanged in generated-client (0.02 s)`
fn summary(run: &Run, report: &Report, folder: &str, start: Instant) -> String {
    let Some(generated) = &run.output else { return String::new() };
    let counts = generated.counts();
    let degraded = run.diagnostics.degraded();
    format!(
        "{}: {} operations, {} models, {degraded} degraded; {} files written, {} unchanged, {} removed in {folder} ({:.2} s)\n",
        generated.names.package,
        counts.operations,
        counts.models,
        report.written,
        report.unchanged,
        report.removed,
        start.elapsed().as_secs_f64(),
    )
}
