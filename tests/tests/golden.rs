//! Golden cases: what is generated is what is checked in, and it compiles without a warning.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
};

use acceptance::{
    boilerplate::{self, Boilerplate, Names},
    case::{self, Case},
    golden, values,
    workspace::Generated,
};

/// The files of a crate, by their paths.
type Files = BTreeMap<String, String>;

/// What comes out of a case.
struct Made {
    files: Files,
    said: String,
    names: Option<Names>,
}

fn generate(case: &Case) -> Made {
    let run = case.run();
    let said = cratewright::diagnostic::human::render(&run.diagnostics, &run.files, false);
    let said = said.replace(&case.folder.to_string_lossy().replace('\\', "/"), "");
    let names = run.output.as_ref().map(Names::of);
    Made { files: run.output.map(|output| output.package.files).unwrap_or_default(), said, names }
}

impl Made {
    /// What is pinned: everything but the files that are copied into crates as they are.
    fn pinned(&self) -> Files {
        let own = self.files.iter().filter(|(path, _)| !golden::is_copied(path));
        let said =
            Some(("diagnostics.txt".to_owned(), self.said.clone())).filter(|(_, said)| !said.is_empty());
        own.map(|(path, text)| (path.clone(), text.clone())).chain(said).collect()
    }
}

#[test]
fn output_is_as_expected() {
    let (plain, others): (Vec<Case>, Vec<Case>) =
        case::all().into_iter().partition(|case| case.name == boilerplate::PLAIN);
    assert!(!plain.is_empty() && !others.is_empty(), "there are golden cases");
    let mut differences = Vec::new();
    let mut differ = |case: &Case, found: Vec<String>| {
        if !found.is_empty() {
            differences.push(format!("=== {}\n{}", case.name, found.join("\n")));
        }
    };
    for case in &plain {
        differ(case, golden::compare(&case.expected(), &generate(case).pinned()));
    }
    let boilerplate = Boilerplate::generate();
    for case in &others {
        let made = generate(case);
        let names = made.names.as_ref().unwrap_or_else(|| panic!("{} generates: {}", case.name, made.said));
        names.assert_asked_for(&case.package(), &case.folder.join("openapi.yaml"));
        differ(case, boilerplate.compare(&case.expected(), names, &made.pinned()));
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts:\n{}", differences.join("\n"));
}

#[test]
fn copied_files_are_the_same_in_all_crates() {
    let mut copied: BTreeMap<String, (String, String)> = BTreeMap::new();
    for case in case::all() {
        for (path, text) in generate(&case).files.into_iter().filter(|(path, _)| golden::is_copied(path)) {
            let (first, known) =
                copied.entry(path.clone()).or_insert_with(|| (case.name.clone(), text.clone()));
            assert!(text == *known, "{path} of {} is not as in {first}", case.name);
        }
    }
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    for case in case::all() {
        let (first, second) = (generate(&case), generate(&case));
        assert!((first.files, first.said) == (second.files, second.said), "{}", case.name);
    }
}

#[test]
fn output_compiles_without_a_warning_and_keeps_values() {
    let generated = Generated::new("cases");
    for case in case::all() {
        let folder = generated.member(&case.package());
        for (path, text) in generate(&case).files {
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
    let has_tests = |package: &String| generated.member(package).join("tests").is_dir();
    let tested: Vec<String> = case::all().iter().map(Case::package).filter(has_tests).collect();
    assert!(!tested.is_empty(), "a case asks for tests of its calls");
    let tested = tested.iter().map(|package| format!("--package={package}"));
    let arguments: Vec<String> = ["clippy", "--tests"].map(str::to_owned).into_iter().chain(tested).collect();
    if let Err(output) = generated.cargo(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        panic!("cargo clippy of tests:\n{output}");
    }
    // What stands behind a feature is the same in all crates, but for webhooks.
    let told = case::all().into_iter().filter(Case::has_webhooks);
    let told: Vec<String> = told.map(|case| format!("--package={}", case.package())).collect();
    let arguments = ["clippy", "--features", "serde,testing,tracing,webhooks"]
        .into_iter()
        .chain(told.iter().map(String::as_str));
    if let Err(output) = generated.cargo(&arguments.collect::<Vec<_>>()) {
        panic!("cargo clippy of webhooks:\n{output}");
    }
    let plain = case::all().iter().find(|case| case.name == boilerplate::PLAIN).map(Case::package);
    let plain = format!("--package={}", plain.expect("the case is checked in"));
    let single =
        ["blocking", "testing", "tower", "tracing"].map(|name| ["--no-default-features", "--features", name]);
    // all but those of other kinds of TLS, which need libraries of the system
    let all = ["--features", "blocking,serde,testing,tower,tracing"];
    let several = [&all[..], &["--no-default-features"], &["--no-default-features", "--features", "reqwest"]];
    for features in several.into_iter().chain(single.iter().map(<[_; 3]>::as_slice)) {
        if let Err(output) = generated.cargo(&[&["clippy", &plain], features].concat()) {
            panic!("cargo clippy {features:?}:\n{output}");
        }
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
