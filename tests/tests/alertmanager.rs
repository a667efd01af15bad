//! An Alertmanager, through the client of the document that its makers publish, Swagger 2.0: alerts and silences, and what
//! the server refuses. Runs with `CRATEWRIGHT_LIVE=1` where Alertmanager is installed and its document is at hand, which is
//! not part of this repository.
//!
//! What is called, and what is expected of each reply, is in `tests/live/alertmanager/consumer`. Each reply must be what the
//! document says (`strict_reading`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use acceptance::{
    golden,
    ignorable::{self, Missing, Ran},
    started::Started,
    workspace::{self, Generated, copy},
};
use cratewright::pipeline;

fn main() -> ExitCode {
    ignorable::main(&[(
        "alertmanager_is_read_as_its_document_says",
        alertmanager_is_read_as_its_document_says,
    )])
}

fn alertmanager_is_read_as_its_document_says() -> Ran {
    ignorable::live()?;
    let missing = |what: &str| Missing(what.to_owned());
    let program = program().ok_or_else(|| missing("Alertmanager is not installed"))?;
    let documents = workspace::shared("specs/live").ok_or_else(|| missing("its document is not at hand"))?;
    build(&documents.join("alertmanager.yaml"));
    let folder = workspace::target().join("live/alertmanager");
    let server = start(program, &folder);
    let status = Command::new(workspace::target().join("generated-target/debug/alertmanager-consumer"))
        .env("ALERTMANAGER_URL", server.url())
        .status()
        .expect("it was built");
    assert!(status.success(), "what is said above went otherwise than expected");
    Ok(())
}

/// The name of the program, which Debian calls otherwise than its makers do.
fn program() -> Option<&'static str> {
    let is_installed = |program: &&str| {
        let mut version = Command::new(program);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    ["prometheus-alertmanager", "alertmanager"].into_iter().find(is_installed)
}

/// Our files for this test.
fn ours() -> PathBuf {
    workspace::root().join("tests/live/alertmanager")
}

/// Generates the client and compiles what calls it.
fn build(document: &Path) {
    let (spec, config) = (Some(document.to_owned()), Some(ours().join("cratewright.toml")));
    let run = pipeline::run(&pipeline::Request { spec, config, ..pipeline::Request::default() });
    let crates = Generated::kept("alertmanager");
    let package = run.output.expect("the document has no errors").package;
    let client = crates.member("alertmanager-client");
    cratewright::write::apply(&client, &package, |_| {}).expect("the target folder can be written");
    let consumer = ours().join("consumer");
    for file in golden::read(&consumer).keys() {
        copy(&consumer.join(file), &crates.member("alertmanager-consumer").join(file));
    }
    let arguments = ["build", "--package", "alertmanager-consumer"];
    crates.cargo(&arguments).unwrap_or_else(|said| panic!("{said}"));
}

/// Starts a server that knows nothing yet, and is alone.
fn start(program: &str, folder: &Path) -> Started {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).expect("the target folder can be written");
    Started::new(&folder.join("server.log"), |address| {
        let mut command = Command::new(program);
        command
            .arg(format!("--config.file={}", ours().join("alertmanager.yml").display()))
            .arg(format!("--storage.path={}", folder.join("data").display()))
            .arg(format!("--web.listen-address={address}"))
            .arg("--cluster.listen-address=");
        command
    })
}
