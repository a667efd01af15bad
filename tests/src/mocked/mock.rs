//! A running mock server.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::workspace;

/// The servers, both from npm; `npm ci` in `tests/live` installs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Prism (`@stoplight/prism-cli`).
    Prism,
    /// Steady (`@stdy/cli`).
    Steady,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Prism, Self::Steady];

    /// Its name in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prism => "prism",
            Self::Steady => "steady",
        }
    }
}

/// A running server; it ends when its input is closed.
#[derive(Debug)]
pub struct Mock {
    child: Child,
    /// Its base URL.
    pub url: String,
}

impl Mock {
    /// Starts one for a document on a free port of this machine.
    ///
    /// # Errors
    ///
    /// What it said, if it does not serve the document.
    pub fn start(kind: Kind, document: &Path) -> Result<Self, String> {
        let live = workspace::root().join("tests/live");
        let log = workspace::target().join(format!("{}.log", kind.name()));
        fs::write(&log, "").map_err(|error| error.to_string())?;
        let mut child = Command::new("node")
            .arg(live.join(format!("{}.mjs", kind.name())))
            .arg(document)
            .arg(&log)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("node: {error}"))?;
        let output = BufReader::new(child.stdout.take().expect("its output is read"));
        let lines = output.lines().map_while(Result::ok);
        let port = lines.into_iter().find_map(|line| Some(line.strip_prefix("PORT=")?.trim().to_owned()));
        match port {
            Some(port) => Ok(Self { child, url: format!("http://127.0.0.1:{port}") }),
            None => {
                let _ = child.wait();
                let said = fs::read_to_string(&log).unwrap_or_default();
                Err(said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").to_owned())
            }
        }
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
