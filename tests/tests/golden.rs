//! Golden cases: what is generated is what is checked in, and it compiles without a warning.

use std::{collections::HashSet, fs};

use acceptance::{
    case::{self, Case},
    golden, values,
    workspace::Generated,
};

fn generate(case: &Case) -> (std::collections::BTreeMap<String, String>, String) {
    let run = case.run();
    let said = cratewright::diagnostic::human::render(&run.diagnostics, &run.files, false);
    let said = said.replace(&case.folder.to_string_lossy().replace('\\', "/"), "");
    let files = run.output.map(|output| output.package.files).unwrap_or_default();
    (files, said)
}

#[test]
fn output_is_as_expected() {
    let cases = case::all();
    assert!(!cases.is_empty(), "there are golden cases");
    let mut differences = Vec::new();
    for case in &cases {
        let (files, said) = generate(case);
        let mut actual = case::without_runtime(&files);
        if !said.is_empty() {
            actual.insert("diagnostics.txt".to_owned(), said);
        }
        let found = golden::compare(&case.folder.join("expected"), &actual);
        if !found.is_empty() {
            differences.push(format!("=== {}\n{}", case.name, found.join("\n")));
        }
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts:\n{}", differences.join("\n"));
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    for case in case::all() {
        assert!(generate(&case) == generate(&case), "{}", case.name);
    }
}

#[test]
fn output_compiles_without_a_warning_and_keeps_values() {
    let generated = Generated::new("cases");
    for case in case::all() {
        let folder = generated.member(&case.package());
        for (path, text) in generate(&case).0 {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder"))
                .expect("the target can be written");
            fs::write(path, text).expect("the target can be written");
        }
    }
    let values = generated.member("values");
    let (manifest, program) = values::program(&case::all());
    fs::create_dir_all(values.join("src")).expect("the target can be written");
    fs::write(values.join("Cargo.toml"), manifest).expect("the target can be written");
    fs::write(values.join("src/main.rs"), program).expect("the target can be written");
    if let Err(output) = generated.cargo(&["run", "--quiet", "-p", "values"]) {
        panic!("values are not read and written as their cases say:\n{output}");
    }
    if let Err(output) = generated.cargo(&["clippy", "--workspace"]) {
        panic!("cargo clippy:\n{output}");
    }
    // Most of a crate is the same for all: one case of each construct, and those about texts, say what rustdoc finds.
    let mut constructs = HashSet::new();
    let documented: Vec<String> = case::all()
        .iter()
        .filter(|case| case.construct() == "docs" || constructs.insert(case.construct().to_owned()))
        .map(Case::package)
        .collect();
    if let Err(output) = generated.check_docs(&documented) {
        panic!("cargo doc:\n{output}");
    }
}
