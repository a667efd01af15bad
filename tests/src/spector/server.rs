//! A running Spector.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
};

use super::{Environment, scenario::Served};

/// A running server; it ends when its input is closed.
pub struct Server {
    child: Child,
    coverage: PathBuf,
    /// Its base URL.
    pub url: String,
}

impl Server {
    /// Starts one on a free port, which keeps its log and its judgement in a folder.
    pub fn start(environment: &Environment, folder: &Path) -> Self {
        let (coverage, log) = (folder.join("coverage.json"), folder.join("server.log"));
        let _ = fs::remove_file(&coverage);
        let mut child = environment
            .node()
            .arg("serve.mjs")
            .arg(&coverage)
            .arg(&log)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        let output = BufReader::new(child.stdout.take().expect("its output is read"));
        let port = output
            .lines()
            .map_while(Result::ok)
            .find_map(|line| Some(line.strip_prefix("PORT=")?.to_owned()));
        let port = port.expect("it tells its port");
        Self { child, coverage, url: format!("http://127.0.0.1:{port}") }
    }

    /// Ends it; what it says of each scenario.
    pub fn end(mut self) -> Served {
        drop(self.child.stdin.take());
        self.child.wait().expect("a child can be waited for");
        let text = fs::read_to_string(&self.coverage).expect("the server writes its coverage before it ends");
        serde_json::from_str(&text).expect("the coverage is JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
