//! One run at a time in a folder.
//!
//! A run holds a lock of the system on a file in the staging folder, which it removes when it is done. The system lets go
//! of the lock of a run that was killed, so that what such a run left is taken over by the next.

use std::{
    fs::{self, File, TryLockError},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use same_file::Handle;

use super::Failure;
use crate::load;

/// Where new files wait and replaced ones are kept until all is done. It lies in the folder itself, because renaming
/// works within one file system only.
pub(super) fn staging(folder: &Path) -> PathBuf {
    folder.join(".cratewright-staging")
}

/// The name of the locked file in the staging folder.
const NAME: &str = "lock";

/// The right to change a folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    staging: PathBuf,
    /// Folders that were made for it
    made: Vec<PathBuf>,
    /// Whether what is kept in the staging folder is all there is of it
    keeps: bool,
    _file: File,
}

impl Lock {
    /// Locks a folder, and makes it if it is not there. Calls `waits` if another run has locked it.
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
                // The run that had it has just removed the staging folder.
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
                // A file system without locks has one run at a time by the care of its user.
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

    /// Removes everything else from the staging folder but one file.
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

    /// Leaves the staging folder as it is.
    pub(super) fn keep(&mut self) {
        self.keeps = true;
    }
}

impl Drop for Lock {
    /// Removes the staging folder, the locked file last, and the folders that were made and hold nothing. What cannot be
    /// removed is taken over by the next run.
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

/// Makes a folder and those above it.
pub(super) fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let missing: Vec<_> =
        folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
    for part in missing.into_iter().rev() {
        match fs::create_dir(part) {
            Ok(()) => made.push(part.to_owned()),
            // Another run has made it meanwhile.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && part.is_dir() => {}
            Err(error) => return Err((part.to_owned(), error)),
        }
    }
    Ok(())
}

/// Whether an open file is still the one at a path.
fn is_at(file: &File, path: &Path) -> bool {
    let open = file.try_clone().and_then(Handle::from_file);
    matches!((open, Handle::from_path(path)), (Ok(open), Ok(found)) if open == found)
}
