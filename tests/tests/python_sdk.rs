//! `reconcile` with the recording of the official Python SDK: answers that its own tests made up, some of them against the
//! document. The recording is not part of this repository.

use std::{fs, path::Path, process::ExitCode};

use acceptance::{
    ignorable::{self, Missing, Ran},
    workspace,
};
use cratewright::{
    diagnostic::human,
    pipeline::{Reconciled, Request, reconcile},
};

fn main() -> ExitCode {
    ignorable::main(&[("corrections_are_what_the_recording_shows", corrections_are_what_the_recording_shows)])
}

fn corrections_are_what_the_recording_shows() -> Ran {
    let recording = workspace::root().join("../shared/gcore/wire.json");
    if !recording.is_file() {
        return Err(Missing("../shared/gcore/wire.json is not here".to_owned()));
    }
    let spec = workspace::root().join("spec/gcore-iam.yaml");
    let found = run(&spec, None, &recording);
    assert!(found.suggestions.is_some(), "{}", human::render(&found.diagnostics, &found.files, false));
    let shown = found.suggestions.iter().flatten().flat_map(|(_, one)| &one.shown);
    let recorded = recorded(&recording);
    let checked = shown.filter(|line| is_shown(line, &recorded)).count();
    assert!(checked > 20, "the recording has answers that deviate in many places: {checked}");
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("cratewright.toml");
    let text = found.configuration(&config, "").expect("there is a place for them");
    fs::write(&config, text).expect("the folder can be written");
    assert_eq!(run(&spec, Some(&config), &recording).lines(), "");
    Ok(())
}

fn run(spec: &Path, config: Option<&Path>, recording: &Path) -> Reconciled {
    let request =
        Request { spec: Some(spec.to_owned()), config: config.map(Path::to_owned), ..Request::default() };
    reconcile(&request, &[recording.to_owned()])
}

/// The replies of a recording, by the number of their entry.
fn recorded(path: &Path) -> Vec<Vec<serde_json::Value>> {
    let text = fs::read_to_string(path).expect("it is text");
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).expect("it is JSON");
    let of = |entry: &serde_json::Value| -> Vec<serde_json::Value> {
        let alone = std::slice::from_ref(entry);
        let all = entry["exchanges"].as_array().map_or(alone, Vec::as_slice);
        let bodies = all.iter().filter_map(|one| one["response"]["body"].as_str());
        bodies.filter_map(|body| serde_json::from_str(body).ok()).collect()
    };
    entries.iter().map(of).collect()
}

/// Whether a line says of a member that it is absent or null. Panics if the reply that it names does not show that.
fn is_shown(line: &str, recorded: &[Vec<serde_json::Value>]) -> bool {
    let (place, says) = line.split_once("): ").expect("a line has an exchange");
    let entry: usize =
        place.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("it has a number");
    let (way, claim) = says.split_once(" is ").expect("it says something");
    if way.contains('"') || !(claim == "absent" || claim == "null") {
        return false;
    }
    let pointer = way.trim_start_matches('$').replace('[', "/").replace(']', "").replace('.', "/");
    let is_so = |body: &serde_json::Value| {
        let (outer, _) = pointer.rsplit_once('/').unwrap_or_default();
        let is_there = body.pointer(outer).is_some_and(serde_json::Value::is_object);
        match body.pointer(&pointer) {
            None => claim == "absent" && is_there,
            Some(value) => claim == "null" && value.is_null(),
        }
    };
    assert!(recorded[entry - 1].iter().any(is_so), "{line}");
    true
}
