//! The same API in four versions gives the same package, byte for byte.

use std::collections::BTreeMap;

use acceptance::{golden::diff, workspace};
use cratewright::{
    diagnostic::human,
    pipeline::{Request, run},
};

const VERSIONS: [&str; 4] = ["swagger2", "openapi30", "openapi31", "openapi32"];

/// The package that comes out of a document, and what is said of it.
fn generate(name: &str) -> (BTreeMap<String, String>, String) {
    let spec = workspace::root().join("tests/versions").join(format!("{name}.yaml"));
    let request = Request { spec: Some(spec), name: Some("club".to_owned()), ..Request::default() };
    let run = run(&request);
    let said = human::render(&run.diagnostics, &run.files, false);
    (run.output.unwrap_or_else(|| panic!("{name} generates:\n{said}")).package.files, said)
}

#[test]
fn four_versions_give_the_same_bytes() {
    let (expected, _) = generate("openapi31");
    let mut differences = Vec::new();
    for version in VERSIONS {
        let (actual, _) = generate(version);
        let paths: std::collections::BTreeSet<&String> = expected.keys().chain(actual.keys()).collect();
        let text = |files: &BTreeMap<String, String>, path| files.get(path).cloned().unwrap_or_default();
        let found = paths.into_iter().filter(|path| expected.get(*path) != actual.get(*path));
        differences.extend(
            found.map(|path| {
                format!("{version}: {}", diff(path, &text(&expected, path), &text(&actual, path)))
            }),
        );
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn nothing_is_said_of_references() {
    for version in VERSIONS {
        let said = generate(version).1;
        assert!(!said.contains("CW010"), "{version}: {said}");
    }
}
