//! From a document to the program of its tests.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use cratewright::pipeline::{Request, run};
use serde_json::Value;

use crate::workspace::Generated;

/// A document, and the configuration beside it if there is one.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name in the ledger: that of its file, or of its folder.
    pub name: String,
    /// The document.
    pub path: PathBuf,
    config: Option<PathBuf>,
}

/// The compiled tests of a crate.
#[derive(Debug)]
pub struct Made {
    /// The number of its operations.
    pub operations: usize,
    /// The program.
    pub program: PathBuf,
    /// The environment variable that it reads the server's URL from.
    pub variable: String,
    /// Method and path of the operation that each test calls, by the test's name.
    pub calls: BTreeMap<String, String>,
}

impl Document {
    /// A document at a path.
    pub fn new(path: &Path) -> Self {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
        let name = if stem == "openapi" { folder.to_string_lossy().into_owned() } else { stem };
        let beside = [path.with_extension("toml"), path.with_file_name("cratewright.toml")];
        let config = beside.into_iter().find(|config| config.is_file());
        Self { name, path: path.to_owned(), config }
    }

    fn package(&self) -> String {
        format!("mocked-{}", self.name)
    }

    /// Writes its crate with tests, and compiles them.
    ///
    /// # Errors
    ///
    /// The message of the generator or the compiler, if it fails.
    pub fn make(&self, crates: &Generated) -> Result<Made, String> {
        let run = run(&Request {
            spec: Some(self.path.clone()),
            config: self.config.clone(),
            name: Some(self.package()),
            tests: true,
            ..Request::default()
        });
        let output = run.output.ok_or("nothing is generated; `cratewright check` says why")?;
        let folder = crates.member(&self.package());
        let _ = fs::remove_dir_all(folder.join("tests"));
        for (path, text) in &output.package.files {
            write(&folder.join(path), text);
        }
        let names = output.package.files.iter().filter(|(path, _)| path.starts_with("tests/calls/"));
        let variable = format!("{}_MOCK_URL", self.package().replace('-', "_").to_uppercase());
        Ok(Made {
            operations: output.api.operations.len(),
            program: self.compile(crates)?,
            variable,
            calls: names.flat_map(|(path, text)| calls(path, text)).collect(),
        })
    }

    fn compile(&self, crates: &Generated) -> Result<PathBuf, String> {
        let package = format!("--package={}", self.package());
        let said = crates.output(&["test", "--no-run", "--test=calls", "--message-format=json", &package])?;
        let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut programs =
            messages.filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
        programs.next().ok_or_else(|| "cargo names no program".to_owned())
    }
}

/// Writes a file, unless it is there: cargo compiles by the times of files.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the target folder can be written");
    fs::write(path, text).expect("the target folder can be written");
}

/// What each test of a file calls, as its comment says.
fn calls(path: &str, text: &str) -> Vec<(String, String)> {
    let module = path.trim_start_matches("tests/calls/").trim_end_matches(".rs");
    let mut comment = String::new();
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("/// ") {
            comment = said.trim_matches('`').trim().to_owned();
        } else if let Some(rest) = line.strip_prefix("async fn ") {
            let name = rest.split('(').next().unwrap_or_default().trim_start_matches("r#");
            found.push((format!("{module}::{name}"), comment.clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::calls;

    #[test]
    fn tests_say_what_they_call() {
        let text = "/// `GET /a/{b}`\n#[tokio::test]\nasync fn get() -> Result<(), a::Error> {\n";
        assert_eq!(calls("tests/calls/users.rs", text), [("users::get".to_owned(), "GET /a/{b}".to_owned())]);
    }
}
