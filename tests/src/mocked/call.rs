//! What became of each call.

use std::{collections::BTreeMap, process::Command};

use super::{Made, mock::Mock};

/// Why calls were refused, by method and path, and how many calls there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// All calls.
    pub count: usize,
    /// What the test said of each that failed.
    pub refused: BTreeMap<String, String>,
}

/// How many calls are made at a time.
const AT_A_TIME: &str = "--test-threads=4";

/// How much of what a test says is kept.
const LONGEST: usize = 4_000;

/// Runs the tests of a crate against a server.
pub fn run(made: &Made, mock: &Mock) -> Calls {
    let output = Command::new(&made.program).arg(AT_A_TIME).env(&made.variable, &mock.url).output();
    let output = output.expect("a compiled test runs");
    read(&String::from_utf8_lossy(&output.stdout), &made.calls)
}

/// Reads the report of the test harness.
fn read(report: &str, names: &BTreeMap<String, String>) -> Calls {
    let results = report.lines().filter_map(|line| line.strip_prefix("test ")?.rsplit_once(" ... "));
    let mut calls = Calls::default();
    for (test, result) in results {
        calls.count += 1;
        let test = test.trim();
        if result.trim() != "ok" {
            let call = names.get(test).cloned().unwrap_or_else(|| test.to_owned());
            calls.refused.insert(call, said(report, test));
        }
    }
    calls
}

/// What a test that failed said.
fn said(report: &str, test: &str) -> String {
    let start = format!("---- {test} stdout ----\n");
    let rest = report.split_once(&start).map_or("it says nothing", |(_, rest)| rest);
    // The body is shown as a text in quotes.
    let text = rest.split("\n\n").next().unwrap_or_default().replace('\n', " ").replace('\\', "");
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::read;

    #[test]
    fn a_report_says_what_was_refused() {
        let report = "\nrunning 2 tests\ntest a::get ... ok\ntest b::put ... FAILED\n\nfailures:\n\n---- b::put stdout ----\nError: Api(422)\n\n\nfailures:\n    b::put\n\ntest result: FAILED. 1 passed; 1 failed\n";
        let names = BTreeMap::from([("b::put".to_owned(), "PUT /b".to_owned())]);
        let calls = read(report, &names);
        assert_eq!(calls.count, 2);
        assert_eq!(calls.refused, BTreeMap::from([("PUT /b".to_owned(), "Error: Api(422)".to_owned())]));
    }
}
