//! Folders of this repository, and crates compiled beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The root of the repository.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().map_or_else(|| package.to_owned(), Path::to_owned)
}

/// Documents of others, which a clone of the project alone does not have. `None` after saying so.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().parent()?.join("shared").join(folder);
    if path.is_dir() {
        Some(path)
    } else {
        println!("skipped: ../shared/{folder} is not at hand");
        None
    }
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A workspace of generated crates, one folder each, which share dependencies, lock file and target folder with
/// this repository.
pub struct Generated {
    folder: PathBuf,
}

impl Generated {
    /// A fresh one of this name below the target folder.
    pub fn new(name: &str) -> Self {
        let _ = fs::remove_dir_all(target().join("generated").join(name));
        Self::kept(name)
    }

    /// The one of this name as an earlier run left it, so that only what changes since is compiled.
    pub fn kept(name: &str) -> Self {
        let folder = target().join("generated").join(name);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[profile.dev]\ndebug = 0\n";
        fs::write(folder.join("Cargo.toml"), manifest).expect("the target folder can be written");
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file is checked in");
        Self { folder }
    }

    /// The folder for a crate.
    pub fn member(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs a cargo command over all crates, warnings denied; its output if it fails.
    pub fn cargo(&self, arguments: &[&str]) -> Result<(), String> {
        self.output(arguments).map(drop)
    }

    /// Runs a cargo command over all crates, warnings denied; what it prints, or its output if it fails.
    pub fn output(&self, arguments: &[&str]) -> Result<String, String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).env("CARGO_TARGET_DIR", target().join("generated-target"));
        self.run(&mut cargo)
    }

    /// Runs the lints of rustdoc over some crates, warnings denied; its output if it fails.
    pub fn check_docs(&self, packages: &[String]) -> Result<(), String> {
        let mut cargo = Command::new(env!("CARGO"));
        let cargo =
            check_docs(&mut cargo).args(["--no-deps", "--no-default-features", "--features=webhooks"]);
        self.run(cargo.args(packages.iter().map(|package| format!("--package={package}")))).map(drop)
    }

    fn run(&self, cargo: &mut Command) -> Result<String, String> {
        let output = cargo
            .current_dir(&self.folder)
            .env("RUSTFLAGS", "-Dwarnings")
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .expect("cargo runs");
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            let said = [output.stdout, output.stderr].concat();
            Err(String::from_utf8_lossy(&said).into_owned())
        }
    }
}

/// Makes a command one that documents and writes no pages: each crate's are merged with those of all before it, which
/// takes the square of their number. The option is not stable yet, so that what is compiled for it stands by itself.
pub fn check_docs(cargo: &mut Command) -> &mut Command {
    cargo
        .arg("doc")
        .env("RUSTDOCFLAGS", "-Dwarnings -Zunstable-options --check")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", target().join("generated-docs"))
}

/// Runs a command; what it said, or what it said last if it fails.
pub fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(said(&output.stdout));
    }
    let all = said(&[output.stdout, output.stderr].concat());
    Err(all.trim().lines().last().unwrap_or("it does not say why").to_owned())
}

/// Copies a file, and makes the folder that it goes to.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().expect("a file is in a folder"))
        .expect("the target folder can be written");
    fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
}
