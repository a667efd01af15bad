//! `cratewright check`

use super::{
    Status,
    arguments::{Output, Project},
    output, project,
};
use crate::{
    pipeline::{self, Request},
    write,
};

/// Compares what is on disk with what would be written.
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
    if drift.is_empty() {
        return Status::Done;
    }
    for file in &drift {
        output::print(&file.diff);
    }
    let count = drift.len();
    let plural = if count == 1 { "file differs" } else { "files differ" };
    output::say(&format!(
        "{}: {count} {plural} from what the document says; run `cratewright generate`\n",
        folder.display()
    ));
    Status::Stale
}
