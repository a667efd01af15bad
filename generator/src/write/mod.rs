//! Writes a package to a folder, completely or not at all.
//!
//! Writes only to an empty folder or one written by this tool; `.cratewright` in it lists the written files. Unchanged
//! files are not touched, files no longer generated are removed, and files of others stay, as do the user's additions
//! to the manifest and modules declared at the crate root. Nothing is written through a symbolic link.

mod apply;
mod changes;
mod compare;
mod lock;
mod marker;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use apply::{Report, apply, create, file};
pub use compare::{Difference, Drift, File, compare};

use crate::{
    diagnostic::{Code, Diagnostic, Place},
    pack::{Package, keep},
};

/// A failed step: the path and the system error.
type Failure = (PathBuf, io::Error);

/// A diagnostic about a path that could not be written.
fn not_written(path: &Path, error: &io::Error) -> Diagnostic {
    let reason = error.to_string();
    let reason = reason.split(" (os error").next().unwrap_or(&reason).to_lowercase();
    let message = format!("cannot write `{}`: {reason}", shown(path));
    Diagnostic::new(Code::OutputNotWritable, Place::Path(shown(path)), message)
}

/// A path as shown in messages.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The manifest of the crate.
const MANIFEST: &str = "Cargo.toml";

/// The formatter settings of the crate.
const FORMATTER: &str = "rustfmt.toml";

/// The root file of the crate.
const ROOT: &str = "src/lib.rs";

/// The package without formatter settings if the user has some.
fn made_for(folder: &Path, package: &Package) -> Result<Package, Diagnostic> {
    let mut package = package.clone();
    if text_of(&folder.join(FORMATTER)).is_some() {
        let listed = marker::read(folder).map_err(|error| not_written(folder, &error))?;
        if !listed.is_some_and(|listed| listed.contains(FORMATTER)) {
            package.files.remove(FORMATTER);
        }
    }
    Ok(package)
}

/// The package with the user's additions to previously written files. The list of written files stays that of the
/// generated package.
fn with_additions(folder: &Path, package: &Package) -> Result<Package, Diagnostic> {
    let mut package = package.clone();
    let written = marker::entries(folder);
    for (name, text) in package.files.iter_mut().filter(|(name, _)| [MANIFEST, ROOT].contains(&name.as_str()))
    {
        let path = below(folder, name)?;
        let Some(found) = text_of(&path) else { continue };
        *text = match name.as_str() {
            MANIFEST => {
                keep::manifest(text, &found, &written, package.states_version).map_err(|problem| {
                    let message = format!(
                        "`{}` is not TOML, so that what was added to it would be lost: {problem}",
                        shown(&path)
                    );
                    Diagnostic::new(Code::OutputNotWritable, Place::Path(shown(&path)), message)
                        .help("mend it, or remove it")
                })?
            }
            _ => keep::root(text, &found),
        };
    }
    Ok(package)
}

/// The path of a package file. Allows only plain names and no links on the way, so that it cannot leave the folder.
fn below(folder: &Path, name: &str) -> Result<PathBuf, Diagnostic> {
    if !is_plain(name) {
        let message = format!("`{name}` is not a path within a crate");
        return Err(Diagnostic::new(Code::Internal, Place::Path(shown(folder)), message));
    }
    let path = folder.join(name);
    let mut on_the_way = path.ancestors().skip(1).take_while(|part| *part != folder);
    match on_the_way.find(|part| part.is_symlink()) {
        None => Ok(path),
        Some(link) => {
            let message = format!("`{}` is a symbolic link, which may lead anywhere", shown(link));
            Err(Diagnostic::new(Code::OutputNotWritable, Place::Path(shown(link)), message)
                .help("replace the link by a folder"))
        }
    }
}

/// Whether a path consists of names that are valid on every system and not reserved by this module.
fn is_plain(path: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*');
    !path.contains(odd)
        && !path.starts_with(marker::NAME)
        && path.split('/').all(|name| !name.is_empty() && !name.ends_with(['.', ' ']))
}

/// The content of a file as text. Line ends converted by version control count as ours.
fn text_of(path: &Path) -> Option<String> {
    content(path).map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
}

/// The content of a file; `None` if it is missing or a link.
fn content(path: &Path) -> Option<Vec<u8>> {
    if path.is_symlink() { None } else { fs::read(path).ok() }
}
