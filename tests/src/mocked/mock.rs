//! A running mock server.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
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

/// How long a server may take to read a document.
const STARTS_WITHIN: Duration = Duration::from_secs(600);

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
        let port = port(child.stdout.take().expect("its output is read"));
        match port.recv_timeout(STARTS_WITHIN) {
            Ok(port) => Ok(Self { child, url: format!("http://127.0.0.1:{port}") }),
            Err(RecvTimeoutError::Timeout) => {
                drop(Self { child, url: String::new() });
                Err(format!("it does not start within {} s", STARTS_WITHIN.as_secs()))
            }
            Err(RecvTimeoutError::Disconnected) => {
                let _ = child.wait();
                let said = fs::read_to_string(&log).map_err(|error| error.to_string())?;
                Err(said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").to_owned())
            }
        }
    }
}

/// The port that a server says it listens on, once it does.
fn port(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        let ports = lines.filter_map(|line| Some(line.strip_prefix("PORT=")?.trim().to_owned()));
        // Whoever waited for it may have given up.
        ports.for_each(|port| drop(sender.send(port)));
    });
    receiver
}

impl Drop for Mock {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // One that is still reading its document does not look at its input.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
