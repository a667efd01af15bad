//! Allows only one run at a time in a folder.
//!
//! A run holds a system lock on a file in the staging folder, which it removes when done. The system releases the lock
//! of a killed run, so the next run takes over its staging folder.

use std::{
    fs::{self, File, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use same_file::Handle;

use super::Failure;
use crate::load;

/// The folder for new files and replaced ones until all changes are done. It is inside the target folder, because
/// renaming works only within one file system.
pub(super) fn staging(folder: &Path) -> PathBuf {
    folder.join(".cratewright-staging")
}

/// The name of the locked file in the staging folder.
const NAME: &str = "lock";

/// How often to try to create a folder that other runs remove. Where none can be created at all, as in `/proc`, the
/// system gives the same error.
const TRIES: usize = 1_000;

/// The right to change a folder, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    staging: PathBuf,
    /// Folders created for it.
    made: Vec<PathBuf>,
    /// Whether the staging folder holds the only copy of old files.
    keeps: bool,
    _file: File,
}

impl Lock {
    /// Locks a folder, creating it if necessary. Calls `waits` if another run has locked it.
    pub(super) fn take(folder: &Path, waits: impl FnOnce(&Path)) -> Result<Self, Failure> {
        let staging = staging(folder);
        let mut made = Vec::new();
        let mut waits = Some(waits);
        loop {
            make_folder(&staging, &mut made)?;
            let path = staging.join(NAME);
            let failed = |error: io::Error| (path.clone(), error);
            for path in [&staging, &path] {
                load::refuse_link(path).map_err(|error| (path.clone(), error))?;
            }
            let file = match File::options().read(true).write(true).create(true).truncate(false).open(&path) {
                // The previous run has just removed the staging folder.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                opened => opened.map_err(failed)?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if let Some(waits) = waits.take() {
                        waits(folder);
                    }
                    file.lock().map_err(failed)?;
                }
                // Without file locks, the user must avoid concurrent runs.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            if is_at(&file, &path) {
                return Ok(Self { staging, made, keeps: false, _file: file });
            }
        }
    }

    /// The staging folder.
    pub(super) fn staging(&self) -> &Path {
        &self.staging
    }

    /// Removes everything from the staging folder except one file.
    pub(super) fn clear(&self, but: Option<&str>) -> Result<(), Failure> {
        let entries = fs::read_dir(&self.staging).map_err(|error| (self.staging.clone(), error))?;
        let stays = |path: &PathBuf| path.ends_with(NAME) || but.is_some_and(|name| path.ends_with(name));
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| !stays(path)) {
            let is_folder = path.is_dir() && !path.is_symlink();
            let removed = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| (path, error))?;
        }
        Ok(())
    }

    /// Keeps the staging folder.
    pub(super) fn keep(&mut self) {
        self.keeps = true;
    }
}

impl Drop for Lock {
    /// Removes the staging folder, the locked file last, and the created folders that are empty. What cannot be
    /// removed is left to the next run.
    fn drop(&mut self) {
        if self.keeps || self.clear(None).is_err() {
            return;
        }
        let _ = fs::remove_file(self.staging.join(NAME));
        let _ = fs::remove_dir(&self.staging);
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Creates a folder and its parents. Begins again where another run removes one of them meanwhile.
pub(super) fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let mut tries = 1..TRIES;
    loop {
        match make_missing(folder, made) {
            Err((part, error)) if is_gone(&part, error.kind()) && tries.next().is_some() => {}
            outcome => return outcome,
        }
    }
}

fn make_missing(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let missing: Vec<_> =
        folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
    for part in missing.into_iter().rev() {
        match fs::create_dir(part) {
            Ok(()) => made.push(part.to_owned()),
            // Another run created it meanwhile.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && part.is_dir() => {}
            Err(error) => return Err((part.to_owned(), error)),
        }
    }
    Ok(())
}

/// Whether a folder may not have been created because another run removed it, or the folder around it.
fn is_gone(folder: &Path, error: ErrorKind) -> bool {
    match error {
        ErrorKind::NotFound => true,
        // A file in its place stays there.
        ErrorKind::AlreadyExists => folder.symlink_metadata().ok().is_none_or(|found| found.is_dir()),
        _ => false,
    }
}

/// Whether an open file is still the one at a path.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    matches!((open, Handle::from_path(path)), (Ok(open), Ok(found)) if open == found)
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        sync::atomic::{AtomicBool, Ordering},
        thread,
    };

    use super::make_folder;

    /// Others make and remove the same folders all the time.
    #[test]
    fn a_folder_that_is_removed_meanwhile_is_made_again() {
        let root = std::env::temp_dir().join(format!("cratewright-folders-{}", std::process::id()));
        fs::create_dir_all(&root).expect("it can be made");
        let (outer, inner, is_over) = (root.join("a"), root.join("a/b"), AtomicBool::new(false));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        let _ = fs::create_dir_all(&inner);
                        let _ = fs::remove_dir(&inner);
                        let _ = fs::remove_dir(&outer);
                    }
                });
            }
            let outcomes: Vec<_> = (0..5_000).map(|_| make_folder(&inner, &mut Vec::new())).collect();
            is_over.store(true, Ordering::Relaxed);
            assert!(
                outcomes.iter().all(Result::is_ok),
                "{:?}",
                outcomes.iter().find(|outcome| outcome.is_err())
            );
        });
        fs::remove_dir_all(&root).expect("it is ours");
    }
}
