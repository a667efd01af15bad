//! TypeSpec's scenarios, through clients of the documents that they compile to, against a mock server that others wrote,
//! which holds each request to what its scenario asks for. Runs with `CRATEWRIGHT_LIVE=1` where npm is; `SPECTOR_VERSION`
//! is the version of OpenAPI, 3.1.0 if not set, or `all`.
//!
//! What is called is in `tests/live/spector/consumer`, and what is known not to pass in `tests/live/spector/failures.toml`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use acceptance::{
    golden,
    ignorable::{self, Ran},
    spector::{
        Environment, Server,
        ledger::Ledger,
        scenario::{self, Outcomes},
    },
    workspace::{self, Generated},
};
use cratewright::{
    diagnostic::human,
    pipeline::{Request, run},
    write,
};

/// The versions of OpenAPI that the scenarios are compiled to.
const VERSIONS: [&str; 3] = ["3.0.0", "3.1.0", "3.2.0"];

fn main() -> ExitCode {
    ignorable::main(&[("scenarios_pass_but_those_in_the_ledger", scenarios_pass_but_those_in_the_ledger)])
}

fn scenarios_pass_but_those_in_the_ledger() -> Ran {
    ignorable::live()?;
    let environment = Environment::prepare()?;
    let ledger = Ledger::read();
    let mut differences = Vec::new();
    for version in versions() {
        let outcomes = Trial::new(&environment, version).run();
        print!("{}", ledger.explained(version));
        differences.extend(ledger.differences(version, &outcomes));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    Ok(())
}

fn versions() -> Vec<&'static str> {
    match std::env::var("SPECTOR_VERSION").as_deref() {
        Err(_) => vec!["3.1.0"],
        Ok("all") => VERSIONS.to_vec(),
        Ok(asked) => {
            let known = VERSIONS.into_iter().find(|version| *version == asked);
            vec![known.unwrap_or_else(|| panic!("SPECTOR_VERSION is `all` or one of {VERSIONS:?}"))]
        }
    }
}

/// The scenarios with one version of OpenAPI.
struct Trial<'e> {
    environment: &'e Environment,
    version: &'static str,
    crates: Generated,
}

impl<'e> Trial<'e> {
    fn new(environment: &'e Environment, version: &'static str) -> Self {
        Self { environment, version, crates: Generated::kept(&format!("spector-{version}")) }
    }

    /// Generates, compiles, calls, and says in a table what came of it.
    fn run(&self) -> Outcomes {
        self.generate();
        let arguments = ["build", "--package", "spector-consumer"];
        self.crates.cargo(&arguments).unwrap_or_else(|said| panic!("{said}"));
        let folder = workspace::target().join("live/spector/runs").join(self.version);
        fs::create_dir_all(&folder).expect("the target folder can be written");
        let server = Server::start(self.environment, &folder);
        let called = self.call(&server.url, &folder.join("called.txt"));
        let served = server.end();
        let outcomes = scenario::outcomes(&served, &scenario::called(&called));
        print!("{}", scenario::table(&served, &outcomes));
        outcomes
    }

    /// Writes a crate for each document, and the one that calls them. What has not changed is not touched, lest it be
    /// compiled again.
    fn generate(&self) {
        let ours = workspace::root().join("tests/live/spector/consumer");
        let documents = self.environment.documents(self.version);
        let wanted: Vec<PathBuf> = documents.iter().map(|(name, _)| self.crates.member(name)).collect();
        let consumer = self.crates.member("spector-consumer");
        for member in golden::entries(&self.crates.member("")).into_iter().filter(|path| path.is_dir()) {
            if member != consumer && !wanted.contains(&member) {
                fs::remove_dir_all(&member).expect("the target folder can be written");
            }
        }
        for ((name, document), folder) in documents.into_iter().zip(wanted) {
            generate(&name, document, &folder);
        }
        let files = golden::read(&ours);
        for file in golden::read(&consumer).keys().filter(|file| !files.contains_key(*file)) {
            fs::remove_file(consumer.join(file)).expect("the target folder can be written");
        }
        for (file, text) in files {
            keep(&consumer.join(file), &text);
        }
    }

    /// Calls every scenario; the lines that it writes.
    fn call(&self, url: &str, results: &Path) -> String {
        let status = Command::new(workspace::target().join("generated-target/debug/spector-consumer"))
            .arg(url)
            .arg(self.environment.assets())
            .arg(results)
            .status()
            .expect("it was built");
        assert!(status.success(), "calls go wrong one by one");
        fs::read_to_string(results).expect("it writes its results")
    }
}

/// Writes the crate of a document.
fn generate(name: &str, document: PathBuf, folder: &Path) {
    let config = Some(workspace::root().join("tests/live/spector/cratewright.toml"));
    let request = Request { spec: Some(document), config, name: Some(name.to_owned()), ..Request::default() };
    let run = run(&request);
    let Some(output) = &run.output else {
        panic!("{name} is not generated: {}", human::render(&run.diagnostics, &run.files, false))
    };
    write::apply(folder, &output.package, |_| ()).unwrap_or_else(|error| panic!("{name}: {error:?}"));
}

/// Writes a file that is not there or holds something else.
fn keep(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|kept| kept == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the target folder can be written");
    fs::write(path, text).expect("the target folder can be written");
}
