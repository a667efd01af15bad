//! Files to and from disk. In: a package. Out: a folder that holds it, and nothing half done.
//!
//! Only a folder that this tool wrote, or an empty one, is written to; a file in it lists what was written
//! ([`marker`]). Files whose text is the same are not touched, files that were written before and are no longer made
//! are removed, and files that someone else put there stay.

mod apply;
mod compare;
mod marker;

use std::path::{Component, Path, PathBuf};

pub use apply::{Report, apply, create, file};
pub use compare::{Drift, Kind, compare};

use crate::diagnostic::{Code, Diagnostic, Place};

/// A diagnostic about a path that could not be written.
fn not_written(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot write `{}`: {error}", shown(path));
    Diagnostic::new(Code::OutputNotWritable, Place::Path(shown(path)), message)
}

/// A path as messages show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Where a file of a package goes. Only plain names may be part of it, lest it lead out of the folder.
fn below(folder: &Path, name: &str) -> Result<PathBuf, Diagnostic> {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    if plain && !name.is_empty() && !name.contains(['\\', '\0']) {
        return Ok(folder.join(path));
    }
    let message = format!("`{name}` is no path within a crate");
    Err(Diagnostic::new(Code::Internal, Place::Path(shown(folder)), message))
}
