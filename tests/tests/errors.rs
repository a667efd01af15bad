//! Diagnostics: for each code a document (or a configuration) that causes it, and the rendered text.

use std::path::{Path, PathBuf};

use acceptance::{golden, workspace};
use cratewright::{
    diagnostic::{Code, human},
    pipeline::{Request, reconcile, run},
};

/// The codes that no document causes: the disk does, or a defect. Their own tests are named beside them.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::OutputNotOurs, "tests/cli.rs"),
    (Code::OutputNotWritable, "tests/cli.rs"),
    (Code::Drift, "tests/cli.rs"),
    (Code::BuildSetup, "tests/build_script.rs"),
    (Code::Internal, "a defect of the generator"),
];

fn folder() -> PathBuf {
    workspace::root().join("tests/errors")
}

/// What a case says: `<code>-<name>/` with `openapi.yaml` or another input, and perhaps `cratewright.toml` and a
/// `recording.json` that the document is held to.
fn said(case: &Path) -> String {
    let input = |name: &str| Some(case.join(name)).filter(|path| path.exists());
    let spec = ["openapi.yaml", "openapi.json", "folder"].iter().find_map(|name| input(name));
    let request = Request {
        spec: Some(spec.unwrap_or_else(|| case.join("openapi.yaml"))),
        config: input("cratewright.toml"),
        name: Some("case".to_owned()),
        ..Request::default()
    };
    let text = match input("recording.json") {
        Some(recording) => {
            let reconciled = reconcile(&request, &[recording]);
            human::render(&reconciled.diagnostics, &reconciled.files, false)
        }
        None => {
            let run = run(&request);
            human::render(&run.diagnostics, &run.files, false)
        }
    };
    let root = workspace::root().to_string_lossy().replace('\\', "/");
    text.replace(&format!("{root}/"), "").replace("../tests/", "tests/")
}

#[test]
fn each_is_rendered_as_expected() {
    let mut differences = Vec::new();
    for case in golden::entries(&folder()).into_iter().filter(|path| path.is_dir()) {
        let actual = [("said.txt".to_owned(), said(&case))].into_iter().collect();
        differences.extend(golden::compare(&case.join("expected"), &actual));
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts:\n{}", differences.join("\n"));
}

#[test]
fn each_case_causes_its_code() {
    for case in golden::entries(&folder()).into_iter().filter(|path| path.is_dir()) {
        let name = case.file_name().expect("a case has a name").to_string_lossy().into_owned();
        let code = name.split('-').next().expect("a name starts with its code");
        assert!(said(&case).contains(&format!("[{code}]")), "{name} causes {code}");
    }
}

#[test]
fn each_code_has_a_case() {
    let cases = golden::entries(&folder());
    let names: Vec<String> =
        cases.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !ELSEWHERE.iter().any(|(elsewhere, _)| elsewhere == *code))
        .map(|code| code.id())
        .filter(|id| !names.iter().any(|name| name.starts_with(id)))
        .collect();
    assert!(missing.is_empty(), "codes without a case: {missing:?}");
}
