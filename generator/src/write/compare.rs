//! Whether a folder holds what a package is.

use std::{fs, path::Path};

use similar::TextDiff;

use super::{below, marker, not_written};
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
        match fs::read_to_string(below(folder, name)?) {
            Ok(current) if current == *text => {}
            Ok(current) => drift.push(differs(name, Kind::Changed, &current, text)),
            Err(_) => drift.push(differs(name, Kind::Missing, "", text)),
        }
    }
    for name in before.iter().filter(|name| !package.files.contains_key(*name)) {
        if let Ok(current) = fs::read_to_string(below(folder, name)?) {
            drift.push(differs(name, Kind::Extra, &current, ""));
        }
    }
    Ok(drift)
}

fn differs(name: &str, kind: Kind, current: &str, made: &str) -> Drift {
    let diff = TextDiff::from_lines(current, made)
        .unified_diff()
        .header(&format!("on disk/{name}"), &format!("generated/{name}"))
        .to_string();
    Drift { path: name.to_owned(), kind, diff }
}
