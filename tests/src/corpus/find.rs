//! The documents below a folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::golden::entries;

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The folder that it was found below, by its name, and the way from there: `real/github.json`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Document {
    /// A name for its crate.
    pub fn package(&self) -> String {
        let plain: String = self
            .name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
            .collect();
        format!("corpus-{plain}")
    }
}

/// The documents below a folder, by name: files that state a version of OpenAPI. Files that do not are parts of others.
pub fn below(folder: &Path) -> Vec<Document> {
    let root = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(next) = pending.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                pending.push(path);
            } else if states_version(&path) {
                let below = path.strip_prefix(folder).expect("it was found below the folder");
                let name = format!("{root}/{}", below.to_string_lossy().replace('\\', "/"));
                found.push(Document { name, path });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn states_version(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if !extension.is_some_and(|extension| ["json", "yaml", "yml"].contains(&extension.as_str())) {
        return false;
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    is_document(&text)
}

/// Whether a text has `openapi` or `swagger` as a key at its root, as far as its layout shows.
pub fn is_document(text: &str) -> bool {
    let keys = ["openapi", "swagger"];
    if text.trim_start().starts_with('{') {
        return keys.iter().any(|key| text.contains(&format!("\"{key}\"")));
    }
    let at_root = |line: &str| {
        let line = line.trim_start_matches(['"', '\'']);
        keys.iter().any(|key| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        })
    };
    text.lines().any(at_root)
}

#[cfg(test)]
mod tests {
    use super::is_document;

    #[test]
    fn a_document_states_a_version_at_its_root() {
        assert!(is_document("info: {}\nopenapi: 3.0.3\n"));
        assert!(is_document("\"swagger\" : '2.0'\n"));
        assert!(is_document("{ \"openapi\": \"3.1.0\" }"));
        assert!(!is_document("type: object\nproperties:\n  openapi: { type: string }\n"));
    }
}
