//! The list of written files: `.cratewright` in the folder, a path a line.

use std::{collections::BTreeSet, fs, io, path::Path};

use super::is_plain;
use crate::pack::Package;

/// The name of the list.
pub(super) const NAME: &str = ".cratewright";

/// The list's first line.
const TITLE: &str = "# The files that cratewright wrote. It replaces and removes no others.";

/// The text of the list.
pub(super) fn text(package: &Package) -> String {
    let mut text = format!("{TITLE}\n");
    for path in package.files.keys() {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The files that were written into a folder; `None` if it was not written by this tool. A line that is no plain path
/// was written by someone else, and is not followed.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    match fs::read_to_string(folder.join(NAME)) {
        Ok(text) => Ok(Some(
            text.lines().filter(|line| !line.starts_with('#') && is_plain(line)).map(str::to_owned).collect(),
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
