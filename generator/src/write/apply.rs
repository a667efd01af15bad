//! Writing a package: everything is staged beside its place first, then put there file by file; if a step fails, what
//! was replaced is put back.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{below, marker, not_written, shown};
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
    let before = written_before(folder)?;
    let mut report = Report::default();
    let mut changes = Changes::default();
    let list = marker::text(package);
    let listed = [(marker::NAME, list.as_str())];
    let files = package.files.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in files.chain(listed) {
        let path = below(folder, name)?;
        if fs::read(&path).is_ok_and(|current| current == text.as_bytes()) {
            report.unchanged += usize::from(name != marker::NAME);
        } else {
            report.written += usize::from(name != marker::NAME);
            changes.written.push((path, text.to_owned()));
        }
    }
    for name in before.iter().filter(|name| !package.files.contains_key(*name)) {
        let path = below(folder, name)?;
        if path.is_file() {
            report.removed += 1;
            changes.removed.push(path);
        }
    }
    changes.perform(folder).map_err(|(path, error)| not_written(&path, &error))?;
    Ok(report)
}

/// The files that this tool wrote to the folder before; an error if it holds others' only.
fn written_before(folder: &Path) -> Result<BTreeSet<String>, Diagnostic> {
    if let Some(before) = marker::read(folder).map_err(|error| not_written(folder, &error))? {
        return Ok(before);
    }
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            None => Ok(BTreeSet::new()),
            Some(_) => {
                let message = format!("`{}` is not empty and was not written by cratewright", shown(folder));
                Err(Diagnostic::new(Code::OutputNotOurs, Place::Path(shown(folder)), message)
                    .help("name another folder with --output, or empty this one"))
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(not_written(folder, &error)),
    }
}

/// What is to change.
#[derive(Default)]
struct Changes {
    written: Vec<(PathBuf, String)>,
    removed: Vec<PathBuf>,
}

/// What was changed, to be undone.
#[derive(Default)]
struct Done {
    replaced: Vec<(PathBuf, Option<Vec<u8>>)>,
    made: Vec<PathBuf>,
}

impl Changes {
    /// Stages all files, then puts them in place.
    fn perform(self, folder: &Path) -> Result<(), (PathBuf, io::Error)> {
        if self.written.is_empty() && self.removed.is_empty() {
            return Ok(());
        }
        let mut done = Done::default();
        let result = self.stage(folder, &mut done).and_then(|staged| self.commit(&staged, &mut done));
        match result {
            Ok(()) => {
                done.remove_empty(&self.removed, folder);
                Ok(())
            }
            Err(failure) => {
                done.undo();
                Err(failure)
            }
        }
    }

    /// Writes each text beside the file that it will be.
    fn stage(&self, folder: &Path, done: &mut Done) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
        done.make_folder(folder)?;
        let mut staged = Vec::new();
        for (path, text) in &self.written {
            done.make_folder(path.parent().unwrap_or(folder))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let beside = path.with_file_name(format!(".{name}.cratewright-new"));
            fs::write(&beside, text).map_err(|error| (path.clone(), error))?;
            done.replaced.push((beside.clone(), None));
            staged.push(beside);
        }
        Ok(staged)
    }

    fn commit(&self, staged: &[PathBuf], done: &mut Done) -> Result<(), (PathBuf, io::Error)> {
        for ((path, _), beside) in self.written.iter().zip(staged) {
            done.replaced.push((path.clone(), fs::read(path).ok()));
            fs::rename(beside, path).map_err(|error| (path.clone(), error))?;
        }
        for path in &self.removed {
            done.replaced.push((path.clone(), fs::read(path).ok()));
            fs::remove_file(path).map_err(|error| (path.clone(), error))?;
        }
        Ok(())
    }
}

impl Done {
    /// Makes a folder and those above it.
    fn make_folder(&mut self, folder: &Path) -> Result<(), (PathBuf, io::Error)> {
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
        fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
        self.made.extend(missing.into_iter().rev().map(Path::to_owned));
        Ok(())
    }

    /// Puts everything back. What cannot be put back is what could not be changed either.
    fn undo(self) {
        for (path, before) in self.replaced.into_iter().rev() {
            let _ = match before {
                Some(bytes) => fs::write(&path, bytes),
                None => fs::remove_file(&path),
            };
        }
        for folder in self.made.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Removes the folders that removed files leave empty.
    fn remove_empty(&self, removed: &[PathBuf], folder: &Path) {
        for path in removed {
            let above = path.ancestors().skip(1).take_while(|part| part.starts_with(folder) && *part != folder);
            for part in above {
                if fs::remove_dir(part).is_err() {
                    break;
                }
            }
        }
    }
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
    fs::write(path, text).map_err(|error| not_written(path, &error))
}

/// Writes one file that must not be there yet.
///
/// # Errors
///
/// When it is there, or cannot be written.
pub fn create(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let mut options = fs::OpenOptions::new();
    let opened = options.write(true).create_new(true).open(path);
    opened.and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes())).map_err(|error| not_written(path, &error))
}
