//! What has to change in a folder so that it holds a package.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{below, changes, changes::Changes, content, marker, not_written, shown, with_additions};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    pack::Package,
};

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were made or replaced.
    pub written: usize,
    /// Files that already held their text.
    pub unchanged: usize,
    /// Files that are no longer made.
    pub removed: usize,
}

/// Writes a package to a folder.
///
/// # Errors
///
/// When the folder holds what this tool did not write, or cannot be written; what stood there still stands.
pub fn apply(folder: &Path, package: &Package) -> Result<Report, Diagnostic> {
    let before = Before::read(folder)?;
    let list_text = marker::text(package);
    let package = &with_additions(folder, package)?;
    let mut changes = Changes::default();
    let mut report = Report::default();
    for (name, text) in &package.files {
        let path = below(folder, name)?;
        match content(&path) {
            Some(current) if current == text.as_bytes() => report.unchanged += 1,
            current => {
                before.may_replace(&path, name, current.is_some())?;
                changes.written.push((path, text.clone()));
            }
        }
    }
    for name in before.files.iter().filter(|name| !package.files.contains_key(*name)) {
        let path = below(folder, name)?;
        if path.is_file() || path.is_symlink() {
            changes.removed.push(path);
        }
    }
    (report.written, report.removed) = (changes.written.len(), changes.removed.len());
    let list = folder.join(marker::NAME);
    if content(&list).is_none_or(|current| current != list_text.as_bytes()) {
        changes.list = Some((list, list_text));
    }
    changes.perform(folder).map_err(|(path, error)| not_written(&path, &error))?;
    Ok(report)
}

/// What was written to a folder before.
struct Before {
    files: BTreeSet<String>,
    /// A run was stopped half way, so that there may be files of ours that are in no list.
    stopped: bool,
}

impl Before {
    /// An error if the folder holds others' files only.
    fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let stopped = changes::staging(folder).is_dir();
        let listed = marker::read(folder).map_err(|error| not_written(folder, &error))?;
        if let Some(files) = listed {
            return Ok(Self { files, stopped });
        }
        match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
            Ok(empty) if stopped || empty => Ok(Self { files: BTreeSet::new(), stopped }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self { files: BTreeSet::new(), stopped })
            }
            Err(error) => Err(not_written(folder, &error)),
            Ok(_) => {
                let message = format!("`{}` is not empty and was not written by cratewright", shown(folder));
                Err(not_ours(folder, message).help("name another folder with --output, or empty this one"))
            }
        }
    }

    /// An error if a file that differs from what is to be written is not ours to replace.
    fn may_replace(&self, path: &Path, name: &str, exists: bool) -> Result<(), Diagnostic> {
        if path.is_dir() && !path.is_symlink() {
            return Err(not_ours(
                path,
                format!("`{}` is a folder where a file is to be written", shown(path)),
            ));
        }
        if exists && !self.stopped && !self.files.contains(name) {
            let message = format!("`{}` was not written by cratewright", shown(path));
            return Err(not_ours(path, message).help("move it away; files beside it may stay"));
        }
        Ok(())
    }
}

fn not_ours(path: &Path, message: String) -> Diagnostic {
    Diagnostic::new(Code::OutputNotOurs, Place::Path(shown(path)), message)
}

/// Writes one file, unless it holds the text already.
///
/// # Errors
///
/// When it cannot be written.
pub fn file(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if fs::read(path).is_ok_and(|current| current == text.as_bytes()) {
        return Ok(());
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside: PathBuf = path.with_file_name(format!(".{name}.cratewright-new"));
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| not_written(path, &error))
}

/// Writes one file that must not be there yet.
///
/// # Errors
///
/// When it is there, or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let mut options = fs::OpenOptions::new();
    let opened = options.write(true).create_new(true).open(path);
    opened
        .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()))
        .map_err(|error| not_written(path, &error))
}
