//! Every operation of a Jupyter Server, through the client of the document that it brings along, as published: files,
//! notebooks, checkpoints, kernels, sessions and the rest. Runs with `CRATEWRIGHT_LIVE=1` where Python is.
//!
//! The document is wrong about the replies of the server in places. What is called, and which replies deviate from the
//! document at which JSON paths, is in `tests/live/jupyter/consumer`. Each exchange is recorded.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use acceptance::{
    golden,
    ignorable::{self, Ran},
    jupyter::{Environment, Server},
    workspace::{self, Generated, copy},
};

fn main() -> ExitCode {
    ignorable::main(&[(
        "jupyter_server_is_read_as_its_document_says",
        jupyter_server_is_read_as_its_document_says,
    )])
}

fn jupyter_server_is_read_as_its_document_says() -> Ran {
    ignorable::live()?;
    let environment = Environment::prepare()?;
    let trial = Trial::new(environment);
    trial.build();
    trial.run("strict");
    let recording = trial.run("published");
    trial.correct(&recording);
    trial.build();
    trial.run("corrected");
    Ok(())
}

/// A folder with the document and its configuration, and the crates that come of them.
struct Trial {
    environment: Environment,
    folder: PathBuf,
    crates: Generated,
}

impl Trial {
    fn new(environment: Environment) -> Self {
        let folder = workspace::target().join("live/jupyter");
        let _ = fs::remove_dir_all(&folder);
        let crates = Generated::new("jupyter");
        let ours = workspace::root().join("tests/live/jupyter");
        copy(&environment.document(), &folder.join("api.yaml"));
        copy(&ours.join("cratewright.toml"), &folder.join("cratewright.toml"));
        for file in golden::read(&ours.join("consumer")).keys() {
            copy(&ours.join("consumer").join(file), &crates.member("jupyter-consumer").join(file));
        }
        Self { environment, folder, crates }
    }

    /// Generates the client and compiles what calls it.
    fn build(&self) {
        let output = self.crates.member("jupyter-client");
        let generated = self.cratewright("generate", &["--output".as_ref(), &output]);
        assert_eq!(generated.status, 0, "{}", generated.said);
        let arguments = ["build", "--package", "jupyter-consumer"];
        self.crates.cargo(&arguments).unwrap_or_else(|said| panic!("{said}"));
    }

    /// Runs what calls the client against a server; the file with the recording.
    fn run(&self, reading: &str) -> PathBuf {
        let recording = self.folder.join(format!("{reading}.json"));
        let server = Server::start(&self.environment, &self.folder.join(reading));
        println!("{reading}:");
        let status = Command::new(workspace::target().join("generated-target/debug/jupyter-consumer"))
            .arg(reading)
            .arg(&recording)
            .env("JUPYTER_URL", server.started.url())
            .env("JUPYTER_TOKEN", &server.token)
            .env("JUPYTER_DOCUMENT", self.environment.document())
            .status()
            .expect("it was built");
        assert!(status.success(), "what is said above went otherwise than expected");
        recording
    }

    /// Puts into the configuration what the recording says of the document; after that there is nothing more to say.
    fn correct(&self, recording: &Path) {
        let spoken = self.cratewright("reconcile", &[recording]);
        assert_eq!(spoken.status, 1, "replies deviate: {}", spoken.said);
        println!("corrections:\n{}", spoken.out);
        let written = self.cratewright("reconcile", &[recording, "--write".as_ref()]);
        assert_eq!(written.status, 0, "{}", written.said);
        let silent = self.cratewright("reconcile", &[recording]);
        assert_eq!((silent.status, silent.out.as_str()), (0, ""), "{}", silent.said);
    }

    /// Runs a command of cratewright on the document.
    fn cratewright(&self, command: &str, arguments: &[&Path]) -> Spoken {
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--package", "cratewright", "--manifest-path"])
            .arg(workspace::root().join("Cargo.toml"))
            .args(["--", command, "api.yaml"])
            .args(arguments)
            .args(["--config", "cratewright.toml"])
            .current_dir(&self.folder)
            .output()
            .expect("cargo runs");
        Spoken {
            status: output.status.code().expect("no signal ends it"),
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
        }
    }
}

/// How a command went.
struct Spoken {
    status: i32,
    out: String,
    said: String,
}
