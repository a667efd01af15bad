//! The list of written files: `.cratewright` in the folder, with one path per line, and a comment with the entries
//! that were written into `Cargo.toml`.

use std::{collections::BTreeSet, fs, io, path::Path};

use super::{MANIFEST, is_plain};
use crate::{
    load,
    pack::{Package, keep},
};

/// The file name of the list.
pub(super) const NAME: &str = ".cratewright";

/// The first line of the list.
const TITLE: &str = "# The files that cratewright wrote. It replaces and removes no others.";

/// The start of the line with the manifest's entries.
const ENTRIES: &str = "# Cargo.toml:";

/// Returns the text of the list.
pub(super) fn text(package: &Package) -> String {
    let entries = keep::entries(package.files.get(MANIFEST).map(String::as_str).unwrap_or_default());
    let entries: Vec<String> = entries.into_iter().collect();
    let mut text = format!("{TITLE}\n{ENTRIES} {}\n", entries.join(" "));
    for path in package.files.keys() {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The entries that were written into the manifest of a folder.
pub(super) fn entries(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join(NAME)).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(ENTRIES)).unwrap_or_default();
    line.split_whitespace().map(str::to_owned).collect()
}

/// The files that were written to a folder; `None` if this tool did not write it. Lines that are not plain paths are
/// not ours and are ignored.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    let path = folder.join(NAME);
    load::refuse_link(&path)?;
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(
            text.lines().filter(|line| !line.starts_with('#') && is_plain(line)).map(str::to_owned).collect(),
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
