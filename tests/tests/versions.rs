//! The same API in four versions gives the same package, byte for byte: the one that is checked in.

use std::collections::BTreeMap;

use acceptance::{
    boilerplate::{Boilerplate, Names},
    golden, workspace,
};
use cratewright::{
    diagnostic::human,
    pipeline::{Request, run},
};

const VERSIONS: [&str; 4] = ["swagger2", "openapi30", "openapi31", "openapi32"];

/// The package that comes out of a document, what it is called, and what is said of it.
fn generate(name: &str) -> (BTreeMap<String, String>, Names, String) {
    let spec = workspace::root().join("tests/versions").join(format!("{name}.yaml"));
    let request = Request { spec: Some(spec), name: Some("club".to_owned()), ..Request::default() };
    let run = run(&request);
    let said = human::render(&run.diagnostics, &run.files, false);
    let output = run.output.unwrap_or_else(|| panic!("{name} generates:\n{said}"));
    let names = Names::of(&output);
    (output.package.files, names, said)
}

#[test]
fn the_package_is_as_expected() {
    let (mut files, names, _) = generate("openapi31");
    files.retain(|path, _| !golden::is_copied(path));
    let folder = workspace::root().join("tests/versions/expected");
    names.assert_asked_for("club", &workspace::root().join("tests/versions/openapi31.yaml"));
    let differences = Boilerplate::generate().compare(&folder, &names, &files);
    assert!(differences.is_empty(), "UPDATE=1 accepts:\n{}", differences.join("\n"));
}

#[test]
fn four_versions_give_the_same_bytes() {
    let (expected, ..) = generate("openapi31");
    let mut differences = Vec::new();
    for version in VERSIONS {
        let (actual, ..) = generate(version);
        let found = golden::changed(&expected, &actual);
        differences.extend(found.into_iter().map(|found| format!("{version}: {found}")));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn nothing_is_said_of_references() {
    for version in VERSIONS {
        let (.., said) = generate(version);
        assert!(!said.contains("CW010"), "{version}: {said}");
    }
}
