//! Changes a folder as a whole: stages every new file within the folder, then moves each into place, and restores the
//! old state if a step fails. Files are replaced by renaming, so that each exists and is complete at any time.
//!
//! A journal lists the files to be written first, by path and content hash. After a run was killed, it distinguishes
//! that run's files from others.

use std::{
    collections::BTreeSet,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    Failure, content,
    lock::{Lock, make_folder},
};
use crate::load;

/// The name of the journal in the staging folder.
const JOURNAL: &str = "journal";

/// Changes to a folder.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files to create or replace, with their text.
    pub(super) written: Vec<(PathBuf, String)>,
    /// Files to remove.
    pub(super) removed: Vec<PathBuf>,
    /// The list of files, moved into place last, so that it never names missing files.
    pub(super) list: Option<(PathBuf, String)>,
}

impl Changes {
    /// Whether there are no changes.
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty() && self.list.is_none()
    }

    /// Makes all changes to a folder, or none.
    pub(super) fn perform(self, folder: &Path, lock: &mut Lock) -> Result<(), Failure> {
        let mut done = Done::default();
        match self.stage(folder, lock).and_then(|()| self.commit(lock.staging(), &mut done)) {
            Ok(()) => {
                remove_empty(&self.removed, folder);
                Ok(())
            }
            Err(failure) => {
                if !done.undo() {
                    lock.keep();
                }
                Err(failure)
            }
        }
    }

    /// The files to write, in the order in which they are moved into place.
    fn files(&self) -> impl Iterator<Item = &(PathBuf, String)> {
        self.written.iter().chain(&self.list)
    }

    /// Writes the journal and the new files to the staging folder.
    fn stage(&self, folder: &Path, lock: &Lock) -> Result<(), Failure> {
        let entries = self.written.iter().filter_map(|(path, text)| {
            let below = path.strip_prefix(folder).ok()?.to_str()?;
            Some((below.replace('\\', "/"), load::hash(text.as_bytes())))
        });
        // Keep the journal of a killed run in case this run is killed too.
        let entries: BTreeSet<_> = journal(lock.staging()).into_iter().chain(entries).collect();
        let lines: String = entries.iter().map(|(path, hash)| format!("{hash} {path}\n")).collect();
        let path = lock.staging().join(JOURNAL);
        load::replace(&path, lines.as_bytes()).map_err(|error| (path, error))?;
        lock.clear(Some(JOURNAL))?;
        self.files().enumerate().try_for_each(|(index, (_, text))| create(&new(lock.staging(), index), text))
    }

    fn commit(&self, staging: &Path, done: &mut Done) -> Result<(), Failure> {
        for (index, (path, _)) in self.written.iter().enumerate() {
            done.place(path, &new(staging, index), staging)?;
        }
        for path in &self.removed {
            done.set_aside(path, staging)?;
        }
        match &self.list {
            Some((path, _)) => done.place(path, &new(staging, self.written.len()), staging),
            None => Ok(()),
        }
    }
}

/// Reads the journal left by killed runs: path and hash of each file they were about to write. Other lines are
/// ignored.
pub(super) fn journal(staging: &Path) -> BTreeSet<(String, String)> {
    let text = content(&staging.join(JOURNAL)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.map(|(hash, path)| (path.to_owned(), hash.to_owned())).collect()
}

/// Creates a file that does not exist yet, so that no link is followed.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let opened = fs::OpenOptions::new().write(true).create_new(true).open(path);
    opened.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| (path.to_owned(), error))
}

/// The staged name of a new file.
fn new(staging: &Path, index: usize) -> PathBuf {
    staging.join(format!("new-{index}"))
}

/// The changes made so far, to be undone on failure.
#[derive(Debug, Default)]
struct Done {
    steps: Vec<Step>,
    made: Vec<PathBuf>,
}

#[derive(Debug)]
enum Step {
    /// A new file.
    Placed(PathBuf),
    /// A changed file, whose old state is kept.
    Changed { path: PathBuf, kept: PathBuf },
}

impl Done {
    /// Moves a staged file into place.
    fn place(&mut self, path: &Path, staged: &Path, staging: &Path) -> Result<(), Failure> {
        if let Some(parent) = path.parent() {
            make_folder(parent, &mut self.made)?;
        }
        let kept = self.kept(staging);
        let step = match path.symlink_metadata() {
            Ok(found) if found.is_file() => {
                fs::copy(path, &kept).map_err(|error| (path.to_owned(), error))?;
                Step::Changed { path: path.to_owned(), kept }
            }
            // A link is replaced, and its target left alone.
            Ok(_) => {
                self.set_aside(path, staging)?;
                Step::Placed(path.to_owned())
            }
            Err(_) => Step::Placed(path.to_owned()),
        };
        fs::rename(staged, path).map_err(|error| (path.to_owned(), error))?;
        self.steps.push(step);
        Ok(())
    }

    /// Moves a file away, keeping it until all changes are done.
    fn set_aside(&mut self, path: &Path, staging: &Path) -> Result<(), Failure> {
        let kept = self.kept(staging);
        fs::rename(path, &kept).map_err(|error| (path.to_owned(), error))?;
        self.steps.push(Step::Changed { path: path.to_owned(), kept });
        Ok(())
    }

    /// The name under which the next old file is kept.
    fn kept(&self, staging: &Path) -> PathBuf {
        staging.join(format!("old-{}", self.steps.len()))
    }

    /// Undoes every step; `false` if one fails, so that the kept files must stay.
    fn undo(self) -> bool {
        let undone = self.steps.iter().rev().map(|step| match step {
            Step::Placed(path) => fs::remove_file(path),
            Step::Changed { path, kept } => fs::rename(kept, path),
        });
        // Try all steps even if one fails.
        let failures = undone.filter(Result::is_err).count();
        // Folders that are no longer empty stay.
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        failures == 0
    }
}

/// Removes the folders that are empty after removing files.
fn remove_empty(removed: &[PathBuf], folder: &Path) {
    for path in removed {
        let above = path.ancestors().skip(1).take_while(|part| part.starts_with(folder) && *part != folder);
        for part in above {
            if fs::remove_dir(part).is_err() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_has_placed_stays_known_if_the_next_is_killed_too() {
        let temporary = tempfile::tempdir().expect("tests have a temporary folder");
        let folder = temporary.path();
        let lock = Lock::take(folder, |_| ()).expect("nobody else has it");
        let staged = |text: &str| {
            let changes =
                Changes { written: vec![(folder.join("a"), text.to_owned())], ..Changes::default() };
            changes.stage(folder, &lock).expect("the folder is ours");
        };
        staged("first");
        staged("second");
        let known = journal(lock.staging());
        let is_known = |text: &str| known.contains(&("a".to_owned(), load::hash(text.as_bytes())));
        assert!(is_known("first") && is_known("second"));
    }

    // An administrator ignores the permissions that would make a step fail, so put a file where a folder must be.
    #[test]
    fn a_failure_half_way_leaves_everything_as_it_was() {
        let temporary = tempfile::tempdir().expect("tests have a temporary folder");
        let folder = temporary.path();
        fs::write(folder.join("a"), "old a").expect("the folder is ours");
        fs::write(folder.join("b"), "old b").expect("the folder is ours");
        let changes = Changes {
            written: vec![
                (folder.join("a"), "new".to_owned()),
                (folder.join("new/c"), String::new()),
                (folder.join("b/d"), String::new()),
            ],
            removed: vec![folder.join("b")],
            list: Some((folder.join("list"), String::new())),
        };
        let mut lock = Lock::take(folder, |_| ()).expect("nobody else has it");
        let failure = changes.perform(folder, &mut lock).expect_err("`b` is a file");
        drop(lock);
        assert_eq!(failure.0, folder.join("b/d"));
        let mut names: Vec<_> =
            fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(fs::read_to_string(folder.join("a")).expect("it is there"), "old a");
    }
}
