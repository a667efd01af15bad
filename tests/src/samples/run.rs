//! Runs a driver over its samples, and compares what it wrote with what it read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{compare, prepare::samples_file};

/// How long a driver may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// After so many ended processes the rest of a document is not run.
const MOST_ENDED: usize = 20_000;

/// A sample that did not survive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The number of its type.
    pub target: usize,
    /// The sample.
    pub sample: String,
    /// What came out, if anything did.
    pub written: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// The sizes of the models, in their order; what is wrong if the driver does not say.
pub fn sizes(program: &Path) -> Result<Vec<u64>, String> {
    let output = Command::new(program).arg("sizes").output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let sizes: Result<Vec<u64>, _> = text.lines().map(str::parse).collect();
    sizes.map_err(|error| error.to_string())
}

/// Runs every sample; those that failed.
pub fn samples(program: &Path, driver: &Path, stack: usize) -> Vec<Failure> {
    let file = samples_file(driver);
    let outcomes = driver.join("outcomes.txt");
    let text = fs::read_to_string(&file).unwrap_or_default();
    let mut failures = Vec::new();
    let mut rest = text.as_str();
    for _ in 0..MOST_ENDED {
        let ended = once(program, [&file, &outcomes], text.len() - rest.len(), stack);
        for outcome in whole_lines(&outcomes).lines() {
            let (sample, further) = rest.split_once('\n').unwrap_or_default();
            failures.extend(judge(sample, outcome));
            rest = further;
        }
        let Some((sample, further)) = rest.split_once('\n') else { return failures };
        failures.push(failure(sample, None, ended));
        rest = further;
    }
    failures.extend(rest.lines().map(|sample| failure(sample, None, "not run: too many ended".to_owned())));
    failures
}

/// The outcomes, without a line that was cut off with the process.
fn whole_lines(outcomes: &Path) -> String {
    let text = fs::read(outcomes).unwrap_or_default();
    let mut text = String::from_utf8_lossy(&text).into_owned();
    text.truncate(text.rfind('\n').map_or(0, |end| end + 1));
    text
}

/// Runs the driver once, from the sample at this byte on; how it ended.
fn once(program: &Path, [file, outcomes]: [&PathBuf; 2], from: usize, stack: usize) -> String {
    let _ = fs::remove_file(outcomes);
    let started = Command::new(program)
        .args([file, outcomes])
        .args([from.to_string(), stack.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return format!("the driver does not start: {error}"),
    };
    let mut last = (0, Instant::now());
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return describe(status),
            Ok(None) => thread::sleep(Duration::from_millis(2)),
            Err(error) => return error.to_string(),
        }
        let length = fs::metadata(outcomes).map_or(0, |metadata| metadata.len());
        if length != last.0 {
            last = (length, Instant::now());
        } else if last.1.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            return "it takes too long".to_owned();
        }
    }
}

/// How a process ended; a stack that overflows ends it by a signal.
fn describe(status: ExitStatus) -> String {
    match status.code() {
        Some(101) => "it panics".to_owned(),
        _ => format!("it ends the process: {status}"),
    }
}

fn failure(line: &str, written: Option<&str>, message: String) -> Failure {
    let (number, sample) = line.split_once('\t').unwrap_or(("0", line));
    Failure {
        target: number.parse().unwrap_or_default(),
        sample: sample.to_owned(),
        written: written.map(str::to_owned),
        message,
    }
}

/// What is wrong with an outcome.
fn judge(line: &str, outcome: &str) -> Option<Failure> {
    let (_, sample) = line.split_once('\t')?;
    match outcome.strip_prefix('=') {
        Some(written) => {
            compare::difference(sample, written).map(|message| failure(line, Some(written), message))
        }
        None => Some(failure(line, None, outcome.trim_start_matches('!').to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn an_altered_member_and_an_error_are_failures() {
        assert_eq!(judge("3\t{\"a\":1}", "={\"a\":1.0}"), None);
        let failure = judge("3\t{\"a\":1}", "={}").expect("a member was lost");
        assert_eq!((failure.target, failure.message.as_str()), (3, "$: `a` was lost: 1"));
        let failure = judge("0\t1", "!\"expected a string\"").expect("it was refused");
        assert_eq!((failure.written, failure.message.as_str()), (None, "\"expected a string\""));
    }
}
