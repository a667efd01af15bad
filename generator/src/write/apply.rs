//! Writes a package to a folder.

use std::{collections::BTreeSet, fs, io, path::Path};

use super::{
    Failure, below, changes, changes::Changes, content, is_plain, lock, lock::Lock, made_for, marker,
    not_written, shown, with_additions,
};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    load,
    pack::Package,
};

/// A summary of the changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files created or replaced.
    pub written: usize,
    /// Files that already had the right content.
    pub unchanged: usize,
    /// Files removed because they are no longer generated.
    pub removed: usize,
}

/// Writes a package to a folder. Calls `waits` if another run is writing there.
///
/// # Errors
///
/// If the folder contains files that this tool did not write, or cannot be written; the old content then stays.
pub fn apply(folder: &Path, package: &Package, waits: impl FnOnce(&Path)) -> Result<Report, Diagnostic> {
    let is_busy = || lock::staging(folder).exists();
    if !is_busy() {
        match plan(folder, package) {
            Ok((changes, report)) if changes.is_empty() => return Ok(report),
            // Another run may have been half done when this one looked.
            Err(_) if !is_busy() => drop(plan(folder, package)?),
            Ok(_) | Err(_) => {}
        }
    }
    let mut lock = Lock::take(folder, waits).map_err(failed)?;
    let was_killed = !changes::journal(lock.staging()).is_empty();
    let done = plan(folder, package).and_then(|(changes, report)| {
        changes.perform(folder, &mut lock).map_err(failed)?;
        Ok(report)
    });
    // Keep the journal of a killed run for the next run.
    if done.is_err() && was_killed {
        lock.keep();
    }
    done
}

fn failed((path, error): Failure) -> Diagnostic {
    not_written(&path, &error)
}

/// The necessary changes, and their summary.
fn plan(folder: &Path, package: &Package) -> Result<(Changes, Report), Diagnostic> {
    let before = Before::read(folder)?;
    let package = &made_for(folder, package)?;
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
    Ok((changes, report))
}

/// What was previously written to a folder.
struct Before {
    files: BTreeSet<String>,
}

impl Before {
    /// Fails if the folder contains only files that this tool did not write.
    fn read(folder: &Path) -> Result<Self, Diagnostic> {
        load::refuse_link(folder)
            .map_err(|error| not_written(folder, &error).help("name the folder that it leads to"))?;
        let staging = lock::staging(folder);
        let journal = changes::journal(&staging);
        let listed = marker::read(folder).map_err(|error| not_written(folder, &error))?;
        if listed.is_none() && journal.is_empty() && holds_others(folder, &staging)? {
            let message = format!("`{}` is not empty and was not written by cratewright", shown(folder));
            return Err(
                not_ours(folder, message).help("name another folder with --output, or empty this one")
            );
        }
        let mut files = listed.unwrap_or_default();
        for (name, hash) in journal.into_iter().filter(|(name, _)| is_plain(name)) {
            let current = content(&below(folder, &name)?);
            if current.is_some_and(|current| load::hash(&current) == hash) {
                files.insert(name);
            }
        }
        Ok(Self { files })
    }

    /// Fails if a file to replace was not written by this tool.
    fn may_replace(&self, path: &Path, name: &str, exists: bool) -> Result<(), Diagnostic> {
        if path.is_dir() && !path.is_symlink() {
            return Err(not_ours(
                path,
                format!("`{}` is a folder where a file is to be written", shown(path)),
            ));
        }
        if exists && !self.files.contains(name) {
            let message = format!("`{}` was not written by cratewright", shown(path));
            return Err(not_ours(path, message).help("move it away; files beside it may stay"));
        }
        Ok(())
    }
}

/// Whether a folder without earlier output contains anything.
fn holds_others(folder: &Path, staging: &Path) -> Result<bool, Diagnostic> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.flatten().any(|entry| entry.path() != staging)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(not_written(folder, &error)),
    }
}

fn not_ours(path: &Path, message: String) -> Diagnostic {
    Diagnostic::new(Code::OutputNotOurs, Place::Path(shown(path)), message)
}

/// Writes a file, unless it already has the text.
///
/// # Errors
///
/// If it cannot be written.
pub fn file(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if fs::read(path).is_ok_and(|current| current == text.as_bytes()) {
        return Ok(());
    }
    load::replace(path, text.as_bytes()).map_err(|error| not_written(path, &error))
}

/// Creates a file.
///
/// # Errors
///
/// If it exists or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), Diagnostic> {
    changes::create(path, text).map_err(failed)
}
