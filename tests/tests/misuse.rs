//! What the compiler says of programs that use a client wrongly: `tests/misuse/<case>/case.rs` must not compile, and
//! what is said first of each error must help. Held to the messages alone: the rest differs between compilers.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use acceptance::{golden, workspace};

/// The folder of the libraries that this test was built with.
fn libraries() -> PathBuf {
    let test = std::env::current_exe().expect("the system tells where the test is");
    test.parent().expect("it is in a folder").to_owned()
}

/// The client as it was built last.
fn client(libraries: &Path) -> PathBuf {
    let entries = fs::read_dir(libraries).expect("the folder can be read").filter_map(Result::ok);
    let is_client = |name: &str| name.starts_with("libgcore_iam-") && name.ends_with(".rlib");
    let built = entries.filter(|entry| entry.file_name().to_str().is_some_and(is_client));
    let newest = built.max_by_key(|entry| entry.metadata().and_then(|metadata| metadata.modified()).ok());
    newest.expect("the client is built").path()
}

/// The errors of a program, and the help beside them.
fn said(case: &Path) -> String {
    let (libraries, output) = (libraries(), tempfile::tempdir().expect("a folder can be made"));
    let compiled = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .arg(output.path())
        .arg("-L")
        .arg(format!("dependency={}", libraries.display()))
        .arg("--extern")
        .arg(format!("gcore_iam={}", client(&libraries).display()))
        .arg(case.join("case.rs"))
        .output()
        .expect("rustc runs");
    assert!(!compiled.status.success(), "{} compiles", case.display());
    let told = String::from_utf8_lossy(&compiled.stderr).into_owned();
    let said = told.lines().map(|line| line.trim_start_matches([' ', '=', '|', '^', '-']));
    let is_said = |line: &&str| {
        ["error", "help:", "note: a call", "expected `"].iter().any(|start| line.starts_with(start))
    };
    said.filter(is_said)
        .filter(|line| !line.starts_with("error: aborting"))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn each_misuse_is_told_plainly() {
    let mut differences = Vec::new();
    for case in golden::entries(&workspace::root().join("tests/misuse")) {
        let actual = [("said.txt".to_owned(), said(&case))].into_iter().collect();
        differences.extend(golden::compare(&case.join("expected"), &actual));
    }
    assert!(differences.is_empty(), "UPDATE=1 accepts:\n{}", differences.join("\n"));
}
