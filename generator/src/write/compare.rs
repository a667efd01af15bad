//! Whether a folder holds what a package is.

use std::path::Path;

use similar::TextDiff;

use super::{below, made_for, marker, not_written, text_of, with_additions};
use crate::{
    diagnostic::Diagnostic,
    pack::{self, Package},
};

/// What in a folder is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The files, by path.
    pub files: Vec<File>,
    /// Whether the list of written files is missing beside files that are not.
    pub unlisted: bool,
    /// Whether no file of the crate is there.
    pub absent: bool,
}

/// A file that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
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
    /// It holds the same, laid out otherwise.
    Layout,
    /// It holds the same, made by another version of this tool.
    Version,
}

impl Drift {
    /// Whether all is as it should be.
    pub fn is_none(&self) -> bool {
        self.files.is_empty() && !self.unlisted
    }

    /// What is wrong with every file, if it is the same with all and nothing else is wrong.
    pub fn only(&self) -> Option<Kind> {
        let first = self.files.first()?.kind;
        (!self.unlisted && self.files.iter().all(|file| file.kind == first)).then_some(first)
    }
}

/// Compares a folder with a package.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn compare(folder: &Path, package: &Package) -> Result<Drift, Diagnostic> {
    let listed = marker::read(folder).map_err(|error| not_written(folder, &error))?;
    let package = with_additions(folder, &made_for(folder, package)?)?;
    let mut files = Vec::new();
    for (name, text) in &package.files {
        match text_of(&below(folder, name)?) {
            Some(current) if current == *text => {}
            Some(current) => files.push(differs(name, how(name, &current, text), &current, text)),
            None => files.push(differs(name, Kind::Missing, "", text)),
        }
    }
    let absent = files.iter().filter(|file| file.kind == Kind::Missing).count() == package.files.len();
    let unlisted = listed.is_none() && !absent;
    for name in listed.unwrap_or_default().iter().filter(|name| !package.files.contains_key(*name)) {
        if let Some(current) = text_of(&below(folder, name)?) {
            files.push(differs(name, Kind::Extra, &current, ""));
        }
    }
    Ok(Drift { files, unlisted, absent })
}

/// How a file differs from what is made.
fn how(name: &str, current: &str, made: &str) -> Kind {
    let (first, rest) = current.split_once('\n').unwrap_or((current, ""));
    let (title, body) = made.split_once('\n').unwrap_or((made, ""));
    if rest == body && pack::is_header(first) && pack::is_header(title) {
        Kind::Version
    } else if name.ends_with(".rs") && first == title && pack::is_same_code(current, made) {
        Kind::Layout
    } else {
        Kind::Changed
    }
}

fn differs(name: &str, kind: Kind, current: &str, made: &str) -> File {
    let diff = TextDiff::from_lines(current, made)
        .unified_diff()
        .header(&format!("on disk/{name}"), &format!("generated/{name}"))
        .to_string();
    File { path: name.to_owned(), kind, diff }
}
