//! `reconcile`: what it prints of recordings, that what it prints is enough, and what it says of recordings that are none.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use acceptance::{golden, workspace};
use cratewright::{
    diagnostic::human,
    pipeline::{Reconciled, Request, reconcile},
};

const DOCUMENT: &str = "tests/reconcile/members/openapi.yaml";

fn cases() -> Vec<PathBuf> {
    let folders = golden::entries(&workspace::root().join("tests/reconcile"));
    folders.into_iter().filter(|path| path.is_dir()).collect()
}

fn recording(case: &Path) -> PathBuf {
    let names = ["recording.json", "recording.har"];
    names.iter().map(|name| case.join(name)).find(|path| path.is_file()).expect("a case has a recording")
}

fn run(spec: &Path, config: Option<&Path>, recording: &Path) -> Reconciled {
    let request =
        Request { spec: Some(spec.to_owned()), config: config.map(Path::to_owned), ..Request::default() };
    reconcile(&request, &[recording.to_owned()])
}

fn said(reconciled: &Reconciled) -> String {
    human::render(&reconciled.diagnostics, &reconciled.files, false)
}

/// What is said, with paths from the root of the workspace.
fn said_anywhere(reconciled: &Reconciled) -> String {
    let root = workspace::root().to_string_lossy().replace('\\', "/");
    said(reconciled).replace(&format!("{root}/"), "").replace("../tests/", "tests/")
}

#[test]
fn corrections_are_as_expected() {
    let mut differences = Vec::new();
    for case in cases() {
        let reconciled = run(&case.join("openapi.yaml"), None, &recording(&case));
        let mut actual = BTreeMap::new();
        actual.insert("corrections.toml".to_owned(), reconciled.lines());
        actual.insert("said.txt".to_owned(), said_anywhere(&reconciled));
        actual.retain(|_, text| !text.is_empty());
        differences.extend(golden::compare(&case.join("expected"), &actual));
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts:\n{}", differences.join("\n"));
}

#[test]
fn corrected_documents_leave_nothing_to_correct() {
    let folder = tempfile::tempdir().expect("a folder");
    for case in cases() {
        let (spec, recording) = (case.join("openapi.yaml"), recording(&case));
        let first = run(&spec, None, &recording);
        let config = folder.path().join("cratewright.toml");
        let text = first.configuration(&config, "# Ours.\n").expect("there is a place for them");
        fs::write(&config, &text).expect("the folder can be written");
        let second = run(&spec, Some(&config), &recording);
        assert!(second.suggestions.is_some(), "{}: {}", case.display(), said(&second));
        assert_eq!(second.lines(), "", "{}:\n{text}", case.display());
        assert_eq!(run(&spec, None, &recording).lines(), first.lines(), "the order is always the same");
    }
}

#[test]
fn half_of_the_corrections_are_added_to() {
    let case = workspace::root().join("tests/reconcile/members");
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("cratewright.toml");
    let before = "[corrections]\n\"Book.added\" = \"string\" # as it is\n";
    fs::write(&config, before).expect("the folder can be written");
    let found = run(&case.join("openapi.yaml"), Some(&config), &recording(&case));
    let text = found.configuration(&config, before).expect("there is a place for them");
    assert!(text.contains("\"Book.added\" = [\"optional\", \"string\"] # as it is\n"), "{text}");
}

#[test]
fn an_entry_that_a_reply_contradicts_is_an_error() {
    let case = workspace::root().join("tests/reconcile/members");
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("cratewright.toml");
    for key in ["Book.code", "#/components/schemas/Book/properties/code"] {
        fs::write(&config, format!("[corrections]\n\"{key}\" = \"boolean\"\n"))
            .expect("the folder can be written");
        let found = run(&case.join("openapi.yaml"), Some(&config), &recording(&case));
        let said = said(&found);
        assert!(found.suggestions.is_none() && found.lines().is_empty(), "{}", found.lines());
        assert!(said.contains("error[CW0016]") && said.contains("cratewright.toml:2:1"), "{said}");
    }
}

/// What is said of a recording with this content.
fn said_of(content: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let recording = folder.path().join("recording.har");
    fs::write(&recording, content).expect("the folder can be written");
    let found = run(&workspace::root().join(DOCUMENT), None, &recording);
    assert!(found.suggestions.is_none() && found.lines().is_empty(), "nothing comes of it");
    said(&found)
}

#[test]
fn what_is_no_recording_is_located() {
    let entry = |response: &str| {
        format!(
            "[{{ \"request\": {{ \"method\": \"GET\", \"path\": \"/books/1\" }},\n\"response\": {response} }}]"
        )
    };
    let deep = format!("[{}{}]", "[".repeat(10_000), "]".repeat(10_000));
    let broken: &[(&[u8], &str, &str)] = &[
        (b"{ \"log\": {\n \"entries\": [ { \"request\"", "CW0002", "recording.har:2:"),
        (b"", "CW0003", "recording.har"),
        (b"entries: []", "CW0002", "recording.har:1:1"),
        (b"{}", "CW0018", "recording.har:1:1"),
        (b"{ \"log\": { \"entries\": 1 } }", "CW0018", "recording.har:1:23"),
        (b"[1]", "CW0018", "recording.har:1:2"),
        (b"[{ \"response\": null }]", "CW0018", "recording.har:1:2"),
        (b"\"text\"", "CW0018", "recording.har:1:1"),
        (b"[{ \"a\": \"\xff\" }]", "CW0001", "not UTF-8"),
        (deep.as_bytes(), "CW0006", "recording.har:1:"),
    ];
    for (content, code, place) in broken {
        let said = said_of(content);
        assert!(said.contains(code) && said.contains(place), "{}: {said}", String::from_utf8_lossy(content));
    }
    for response in
        ["{}", "{ \"status\": \"ok\" }", "{ \"status\": 20 }", "{ \"status\": 200, \"body_base64\": \"?\" }"]
    {
        let said = said_of(entry(response).as_bytes());
        assert!(said.contains("error[CW0018]") && said.contains("recording.har:2:"), "{said}");
    }
}

#[test]
fn a_body_that_is_no_json_is_said_and_not_corrected() {
    let folder = tempfile::tempdir().expect("a folder");
    let recording = folder.path().join("recording.json");
    let bodies = ["{ \"id\": ".to_owned(), "[".repeat(10_000), "\u{fffd}".to_owned(), "1e999".to_owned()];
    for body in bodies {
        let exchange = serde_json::json!([{
            "request": { "method": "GET", "path": "/books/1" },
            "response": { "status": 200, "headers": { "Content-Type": "application/json" }, "body": body },
        }]);
        fs::write(&recording, exchange.to_string()).expect("the folder can be written");
        let found = run(&workspace::root().join(DOCUMENT), None, &recording);
        assert_eq!((found.lines().as_str(), found.diagnostics.failed()), ("", false));
        assert!(said(&found).contains("note[CW0020]"), "{}", said(&found));
    }
}

#[test]
fn a_recording_of_another_api_is_an_error() {
    let said = said_of(b"[{ \"request\": { \"method\": \"GET\", \"path\": \"/trains/1\" },\n \"response\": { \"status\": 200 } }]");
    assert!(
        said.contains("error[CW0019]: no exchange is a call of the document; the first is GET /trains/1"),
        "{said}"
    );
    assert!(said.contains("recording.har:1:2"), "{said}");
}

#[test]
fn a_broken_document_or_correction_is_an_error() {
    let case = workspace::root().join("tests/reconcile/members");
    let missing = run(&case.join("none.yaml"), None, &recording(&case));
    assert!(missing.suggestions.is_none() && said(&missing).contains("CW0001"));
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("cratewright.toml");
    fs::write(&config, "[corrections]\n\"Boot.id\" = \"any\"\n").expect("the folder can be written");
    let unmatched = run(&case.join("openapi.yaml"), Some(&config), &recording(&case));
    assert!(unmatched.suggestions.is_none() && said(&unmatched).contains("CW0015"));
}
