//! `cratewright list`

use serde_json::{Value, json};

use super::{
    Status,
    arguments::{List, Output},
    output, project,
};
use crate::{
    diagnostic::printable,
    emit::signature::{self, Signature},
    pipeline,
};

/// Prints every operation.
pub(super) fn run(command: &List, how: &Output) -> Status {
    let mut listed = Vec::new();
    for request in project::requests(&command.project) {
        let run = pipeline::run(&request);
        output::diagnostics(&run, how);
        let Some(generated) = &run.output else { return Status::Failed };
        listed.extend(signature::all(&generated.api, &generated.names, &run.config));
    }
    match command.json {
        true => output::print_json(&as_json(&listed)),
        false => output::print(&as_text(&listed)),
    }
    Status::Done
}

fn as_json(listed: &[Signature]) -> Value {
    let items: Vec<Value> = listed
        .iter()
        .map(|one| {
            json!({
                "operation_id": one.id, "method": one.method, "path": one.path,
                "call": one.call, "returns": one.returns, "error": one.error, "optional": one.setters,
            })
        })
        .collect();
    Value::Array(items)
}

/// `GET /iam/users   client.iam().users().list() -> gcore_iam::models::UserPage`, followed by the setters of optional
/// parameters.
fn as_text(listed: &[Signature]) -> String {
    let width = listed.iter().map(|one| one.method.len() + one.path.len() + 1).max().unwrap_or(0).min(60);
    let lines = listed.iter().map(|one| {
        let place = printable::line(&format!("{} {}", one.method, one.path)).into_owned();
        let call = format!("{place:width$}  {} -> {}\n", one.call, one.returns);
        match one.setters.as_slice() {
            [] => call,
            setters => format!("{call}{:width$}    .{}\n", "", setters.join(" .")),
        }
    });
    lines.collect()
}
