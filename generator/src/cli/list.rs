//! `cratewright list`: operations, then webhooks.

use serde_json::{Value, json};

use super::{
    Status,
    arguments::{List, Output},
    output, project,
};
use crate::{
    diagnostic::printable,
    emit::signature::{self, Event, Signature},
    pipeline,
};

/// Prints every operation and every webhook.
pub(super) fn run(command: &List, how: &Output) -> Status {
    let (mut listed, mut events) = (Vec::new(), Vec::new());
    for request in project::requests(&command.project) {
        let run = pipeline::run(&request);
        output::diagnostics(&run, how);
        let Some(generated) = &run.output else { return Status::Failed };
        listed.extend(signature::all(&generated.api, &generated.names, &run.config));
        events.extend(signature::events(&generated.api, &generated.names, &run.config));
    }
    match command.json {
        true => output::print_json(&as_json(&listed, &events)),
        false => output::print(&as_text(&listed, &events)),
    }
    Status::Done
}

fn as_json(listed: &[Signature], events: &[Event]) -> Value {
    let calls = listed.iter().map(|one| {
        json!({
            "operation_id": one.id, "method": one.method, "path": one.path,
            "call": one.call, "returns": one.returns, "error": one.error, "optional": one.setters,
        })
    });
    let events =
        events.iter().map(|one| json!({ "webhook": one.name, "event": one.variant, "holds": one.holds }));
    Value::Array(calls.chain(events).collect())
}

/// `GET /iam/users   client.iam().users().list() -> gcore_iam::models::UserPage`, followed by the setters of optional
/// parameters.
fn as_text(listed: &[Signature], events: &[Event]) -> String {
    let calls = listed.iter().map(|one| one.method.len() + one.path.len() + 1);
    let width = calls.chain(events.iter().map(|one| "webhook ".len() + one.name.len())).max();
    let width = width.unwrap_or(0).min(60);
    let lines = listed.iter().map(|one| {
        let place = printable::line(&format!("{} {}", one.method, one.path)).into_owned();
        let call = format!("{place:width$}  {} -> {}\n", one.call, one.returns);
        match one.setters.as_slice() {
            [] => call,
            setters => format!("{call}{:width$}    .{}\n", "", setters.join(" .")),
        }
    });
    let received = events.iter().map(|one| {
        let place = printable::line(&format!("webhook {}", one.name)).into_owned();
        format!("{place:width$}  {}({})\n", one.variant, one.holds)
    });
    lines.chain(received).collect()
}
