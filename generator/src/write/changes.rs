//! Changing a folder as a whole: every new file is staged within the folder first, then each is put in its place, and
//! if a step fails what stood there is put back. Both are renames, which leave no file half written.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A failed step: the path and what the system said.
type Failure = (PathBuf, io::Error);

/// Where new files wait and replaced ones are kept until all is done. It lies in the folder itself, because renaming
/// works within one file system only.
pub(super) fn staging(folder: &Path) -> PathBuf {
    folder.join(".cratewright-staging")
}

/// What is to change.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files to make or replace
    pub(super) written: Vec<(PathBuf, String)>,
    /// Files to remove
    pub(super) removed: Vec<PathBuf>,
    /// The list of files, put in place last, so that it never names what is not there
    pub(super) list: Option<(PathBuf, String)>,
}

impl Changes {
    /// Makes all changes to a folder, or none.
    pub(super) fn perform(self, folder: &Path) -> Result<(), Failure> {
        if self.written.is_empty() && self.removed.is_empty() && self.list.is_none() {
            return Ok(());
        }
        let staging = staging(folder);
        let mut done = Done::default();
        match self.stage(&staging, &mut done).and_then(|()| self.commit(&staging, &mut done)) {
            Ok(()) => {
                remove_empty(&self.removed, folder);
                fs::remove_dir_all(&staging).map_err(|error| (staging, error))
            }
            Err(failure) => {
                done.undo(&staging);
                Err(failure)
            }
        }
    }

    /// The files to write, in the order in which they come into place.
    fn files(&self) -> impl Iterator<Item = &(PathBuf, String)> {
        self.written.iter().chain(&self.list)
    }

    /// Writes every text to the staging folder.
    fn stage(&self, staging: &Path, done: &mut Done) -> Result<(), Failure> {
        if staging.is_dir() {
            fs::remove_dir_all(staging).map_err(|error| (staging.to_owned(), error))?;
        }
        done.make_folder(staging)?;
        for (index, (_, text)) in self.files().enumerate() {
            let path = new(staging, index);
            fs::write(&path, text).map_err(|error| (path, error))?;
        }
        Ok(())
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

/// The name under which a new file waits.
fn new(staging: &Path, index: usize) -> PathBuf {
    staging.join(format!("new-{index}"))
}

/// What was changed, to be undone.
#[derive(Debug, Default)]
struct Done {
    steps: Vec<Step>,
}

#[derive(Debug)]
enum Step {
    Made(PathBuf),
    Placed(PathBuf),
    SetAside { path: PathBuf, kept: PathBuf },
}

impl Done {
    /// Makes a folder and those above it.
    fn make_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing: Vec<_> =
            folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).collect();
        for part in missing.into_iter().rev() {
            fs::create_dir(part).map_err(|error| (part.to_owned(), error))?;
            self.steps.push(Step::Made(part.to_owned()));
        }
        Ok(())
    }

    /// Puts a staged file in its place.
    fn place(&mut self, path: &Path, staged: &Path, staging: &Path) -> Result<(), Failure> {
        if let Some(parent) = path.parent() {
            self.make_folder(parent)?;
        }
        if path.symlink_metadata().is_ok() {
            self.set_aside(path, staging)?;
        }
        fs::rename(staged, path).map_err(|error| (path.to_owned(), error))?;
        self.steps.push(Step::Placed(path.to_owned()));
        Ok(())
    }

    /// Takes a file away, and keeps it until all is done.
    fn set_aside(&mut self, path: &Path, staging: &Path) -> Result<(), Failure> {
        let kept = staging.join(format!("old-{}", self.steps.len()));
        fs::rename(path, &kept).map_err(|error| (path.to_owned(), error))?;
        self.steps.push(Step::SetAside { path: path.to_owned(), kept });
        Ok(())
    }

    /// Undoes every step. If one of them cannot be, what was kept stays in the staging folder.
    fn undo(self, staging: &Path) {
        let undone =
            self.steps.iter().rev().filter(|step| !matches!(step, Step::Made(_))).try_for_each(|step| {
                match step {
                    Step::Made(_) => Ok(()),
                    Step::Placed(path) => fs::remove_file(path),
                    Step::SetAside { path, kept } => fs::rename(kept, path),
                }
            });
        if undone.is_ok() {
            // What is left of the staging folder is known from the package, and folders that fill up meanwhile stay.
            let _ = fs::remove_dir_all(staging);
            for step in self.steps.iter().rev() {
                if let Step::Made(folder) = step {
                    let _ = fs::remove_dir(folder);
                }
            }
        }
    }
}

/// Removes the folders that removed files leave empty.
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

    // The permissions that would make a step fail do not bind an administrator, so a file stands where a folder must.
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
        let failure = changes.perform(folder).expect_err("`b` is a file");
        assert_eq!(failure.0, folder.join("b/d"));
        let mut names: Vec<_> =
            fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(fs::read_to_string(folder.join("a")).expect("it is there"), "old a");
    }
}
