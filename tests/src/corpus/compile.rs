//! Compiles what was generated: one workspace, one target folder.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::workspace;

/// What is asked of the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `cargo check`
    Check,
    /// `cargo clippy`, with its default lints
    Clippy,
    /// `cargo doc`
    Doc,
}

/// What the compiler said of a crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// The first of them.
    pub first: Option<String>,
    /// CPU seconds of checking the crate alone; 0 if it was not timed.
    pub seconds: f64,
}

/// The folder that holds the crates.
pub fn folder() -> PathBuf {
    workspace::target().join("corpus")
}

/// Makes a folder a workspace of these crates in it.
pub fn workspace_of(folder: &Path, packages: &[String]) {
    let members: Vec<String> = packages.iter().map(|name| format!("{name:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder can be written");
    let lock = folder.join("Cargo.lock");
    if !lock.is_file() {
        fs::copy(workspace::root().join("Cargo.lock"), lock).expect("the lock file is checked in");
    }
}

/// Compiles every crate at once, with webhooks.
pub fn all(tool: Tool, packages: &[String]) -> BTreeMap<String, Said> {
    let mut said = BTreeMap::new();
    let has_webhooks = |package: &String| folder().join(package).join("src/webhooks.rs").is_file();
    let features = packages.iter().any(has_webhooks).then_some("--features=webhooks");
    let selection: Vec<&str> = ["--workspace"].into_iter().chain(features).collect();
    run(tool, &selection, &mut said);
    said
}

/// Compiles a crate by itself, timed, its dependencies being built.
pub fn timed(package: &str) -> Said {
    let library = folder().join(package).join("src/lib.rs");
    let text = fs::read(&library).expect("the crate was generated");
    fs::write(&library, text).expect("the target folder can be written");
    let before = children_seconds();
    let mut said = BTreeMap::new();
    run(Tool::Check, &["--package", package], &mut said);
    let seconds = children_seconds() - before;
    Said { seconds, ..said.remove(package).unwrap_or_default() }
}

fn run(tool: Tool, selection: &[&str], said: &mut BTreeMap<String, Said>) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.env("CARGO_TARGET_DIR", workspace::target().join("generated-target"));
    match tool {
        Tool::Check => cargo.arg("check"),
        Tool::Clippy => cargo.arg("clippy"),
        Tool::Doc => workspace::check_docs(&mut cargo).arg("--no-deps"),
    };
    let output = cargo
        .args(selection)
        .args(["--keep-going", "--message-format=json"])
        .current_dir(folder())
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut any = false;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        any = true;
        if message["reason"] == "compiler-message" {
            count(&message, said);
        }
    }
    assert!(any, "cargo has not compiled anything: {}", String::from_utf8_lossy(&output.stderr));
}

fn count(message: &Value, said: &mut BTreeMap<String, Said>) {
    let manifest = message["manifest_path"].as_str().unwrap_or_default();
    let package = Path::new(manifest).parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let Some(package) = package else { return };
    let one = said.entry(package.into_owned()).or_default();
    let text = message["message"]["message"].as_str().unwrap_or_default();
    match message["message"]["level"].as_str() {
        Some("error") if !text.starts_with("aborting due to") => one.errors += 1,
        Some("warning") if !text.ends_with(" emitted") => one.warnings += 1,
        _ => return,
    }
    one.first.get_or_insert_with(|| text.lines().next().unwrap_or_default().to_owned());
}

/// CPU seconds of all children that have ended; 0 where the system does not say.
fn children_seconds() -> f64 {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks =
        |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(13) + ticks(14)) / TICKS_A_SECOND
}
