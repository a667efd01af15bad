//! The toolchain that builds for a browser: rustup's target `wasm32-unknown-unknown` if it is installed, else Debian's
//! `rustc-web`, `rust-web-src`, `cargo-web` and `lld`.

use std::{fs, path::Path, process::Command};

use crate::{ignorable::Missing, workspace};

/// What is built for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// A command that builds crates for a browser, warnings denied. All of them share a target folder.
pub fn build() -> Result<Command, Missing> {
    let debian = "Debian's rustc-web, rust-web-src, cargo-web and lld";
    let command = rustup().or_else(debians);
    let mut command = command
        .ok_or_else(|| Missing(format!("neither rustup's target {TARGET} nor {debian} is installed")))?;
    command.env("CARGO_TARGET_DIR", workspace::target().join("wasm")).env("RUSTFLAGS", "-Dwarnings");
    Ok(command)
}

fn rustup() -> Option<Command> {
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    installed.ok().filter(|list| String::from_utf8_lossy(&list.stdout).lines().any(|line| line == TARGET))?;
    let mut command = Command::new("cargo");
    command.args(["build", "--quiet", "--target", TARGET]);
    Some(command)
}

fn debians() -> Option<Command> {
    let linker = fs::read_dir("/usr/bin").ok()?.flatten().map(|entry| entry.path());
    let linker = linker.filter(|path| path.to_string_lossy().contains("wasm-ld")).max()?;
    let (cargo, rustc) = (Path::new("/usr/bin/cargo"), Path::new("/usr/bin/rustc"));
    let source = Path::new("/usr/lib/rustlib/src/rust/library");
    let is_installed = cargo.exists() && rustc.exists() && source.exists();
    let mut command = is_installed.then(|| Command::new(cargo))?;
    command
        .args(["build", "--quiet", "-Zbuild-std=std,panic_abort", "--target", TARGET])
        .env("RUSTC", rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    Some(command)
}
