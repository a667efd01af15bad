//! Files to and from disk. In: a package. Out: a folder that holds it, and nothing half done.
//!
//! Only a folder that this tool wrote, or an empty one, is written to; a file in it lists what was written
//! (`.cratewright`). Files whose text is the same are not touched, files that were written before and are no longer made
//! are removed, and files that someone else put there stay, as does what a user added to the manifest and the modules
//! that he declared at the crate's root. Nothing is written through a symbolic link.

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
pub use compare::{Drift, File, Kind, compare};

use crate::{
    diagnostic::{Code, Diagnostic, Place},
    pack::{Package, keep},
};

/// A failed step: the path and what the system said.
type Failure = (PathBuf, io::Error);

/// A diagnostic about a path that could not be written.
fn not_written(path: &Path, error: &io::Error) -> Diagnostic {
    let reason = error.to_string();
    let reason = reason.split(" (os error").next().unwrap_or(&reason).to_lowercase();
    let message = format!("cannot write `{}`: {reason}", shown(path));
    Diagnostic::new(Code::OutputNotWritable, Place::Path(shown(path)), message)
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The manifest of a crate.
const MANIFEST: &str = "Cargo.toml";

/// The settings of a crate's formatter.
const FORMATTER: &str = "rustfmt.toml";

/// The root of a crate.
const ROOT: &str = "src/lib.rs";

/// The package without the settings of a formatter where a user has some of his own.
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

/// The package with what a user has added to the files of a folder that was written before. The list of written files is
/// still that of the package as it was made.
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

/// Where a file of a package goes. Only plain names may be part of it, and no link on the way, lest it lead out of
/// the folder.
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

/// Whether a path is made of names that mean the same on every system, and is none of this module's own.
fn is_plain(path: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*');
    !path.contains(odd)
        && !path.starts_with(marker::NAME)
        && path.split('/').all(|name| !name.is_empty() && !name.ends_with(['.', ' ']))
}

/// What a file holds, as text. Line ends that version control wrote for this system count as those that we write.
fn text_of(path: &Path) -> Option<String> {
    content(path).map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
}

/// What a file holds; `None` if there is none, or a link, which is not what was written.
fn content(path: &Path) -> Option<Vec<u8>> {
    if path.is_symlink() { None } else { fs::read(path).ok() }
}
