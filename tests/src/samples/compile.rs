//! Compiles the drivers, each with the crate beside it.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde_json::Value;

use crate::workspace;

/// Builds the packages of the workspace in this folder; the first error of each that does not compile.
pub fn build(folder: &Path) -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--workspace", "--keep-going", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace::target().join("generated-target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let mut errors = BTreeMap::new();
    let mut any = false;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        any = true;
        if message["message"]["level"] == "error" {
            let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
            let package =
                manifest.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
            let said = message["message"]["message"].as_str().unwrap_or_default().to_owned();
            errors.entry(package.unwrap_or_default()).or_insert(said);
        }
    }
    assert!(any, "cargo has not compiled anything: {}", String::from_utf8_lossy(&output.stderr));
    errors
}

/// Where the program of a package is.
pub fn program(package: &str) -> std::path::PathBuf {
    let name = format!("{package}{}", std::env::consts::EXE_SUFFIX);
    workspace::target().join("generated-target/debug").join(name)
}
