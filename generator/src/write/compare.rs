//! Whether a folder holds what a package is.

use std::path::Path;

use similar::TextDiff;

use super::{below, content, marker, not_written};
use crate::{diagnostic::Diagnostic, pack::Package};

/// A file that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Its path below the folder.
    pub path: String,
    /// What is wrong with it.
    pub kind: Kind,
    /// A unified diff from what is there to what should be.
    pub diff: String,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is not there.
    Missing,
    /// It was written before and is no longer made.
    Extra,
    /// It holds something else.
    Changed,
}

/// Compares a folder with a package.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn compare(folder: &Path, package: &Package) -> Result<Vec<Drift>, Diagnostic> {
    let before = marker::read(folder).map_err(|error| not_written(folder, &error))?.unwrap_or_default();
    let mut drift = Vec::new();
    for (name, text) in &package.files {
        match current(folder, name)? {
            Some(current) if current == *text => {}
            Some(current) => drift.push(differs(name, Kind::Changed, &current, text)),
            None => drift.push(differs(name, Kind::Missing, "", text)),
        }
    }
    for name in before.iter().filter(|name| !package.files.contains_key(*name)) {
        if let Some(current) = current(folder, name)? {
            drift.push(differs(name, Kind::Extra, &current, ""));
        }
    }
    Ok(drift)
}

/// What a file holds, as text. Line ends that version control wrote for this system count as those that we write.
fn current(folder: &Path, name: &str) -> Result<Option<String>, Diagnostic> {
    let content = content(&below(folder, name)?);
    Ok(content.map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n")))
}

fn differs(name: &str, kind: Kind, current: &str, made: &str) -> Drift {
    let diff = TextDiff::from_lines(current, made)
        .unified_diff()
        .header(&format!("on disk/{name}"), &format!("generated/{name}"))
        .to_string();
    Drift { path: name.to_owned(), kind, diff }
}
