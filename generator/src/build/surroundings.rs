//! The crate being built: its manifest, and where its sources include the generated code.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{load, pack};

/// Where a crate includes the generated code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Site {
    /// The path of the module from the crate root; empty at the root.
    pub(super) module: String,
    /// The source file.
    pub(super) path: String,
}

/// The crate whose build script runs.
pub(super) struct Surroundings {
    folder: PathBuf,
}

impl Surroundings {
    /// The crate that cargo is building; `None` outside a build script.
    pub(super) fn find() -> Option<Self> {
        env::var_os("OUT_DIR")?;
        Some(Self { folder: env::var_os("CARGO_MANIFEST_DIR")?.into() })
    }

    /// The text of the manifest.
    pub(super) fn manifest(&self) -> String {
        load::text_if_there(&self.folder.join("Cargo.toml")).unwrap_or_default()
    }

    /// The places that include a generated file of this name, by module. Modules moved with `#[path]` are not found.
    pub(super) fn sites(&self, file: &str) -> Vec<Site> {
        let sources = self.folder.join("src");
        let mut sites = Vec::new();
        for path in load::files_below(&sources, "rs") {
            let (Some(text), Ok(below)) = (load::text_if_there(&path), path.strip_prefix(&sources)) else {
                continue;
            };
            if text.contains("#[path") {
                return Vec::new();
            }
            if let Some(within) = pack::site(&text, file) {
                let module = [module_of(below), within].concat().join("::");
                sites.push(Site { module, path: load::display(&path) });
            }
        }
        sites.sort();
        sites
    }
}

/// The module of a source file, from its path below `src` (The Rust Reference, "Module source filenames"). A file in
/// `src/bin` is a crate root.
fn module_of(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = path
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if names.first().is_some_and(|name| name == "bin") {
        names.drain(..names.len().min(2));
    }
    if names.last().is_some_and(|name| matches!(name.as_str(), "lib" | "main" | "mod")) {
        names.pop();
    }
    names
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::module_of;

    #[test]
    fn files_are_modules() {
        let roots = ["lib.rs", "main.rs", "bin/tool.rs", "bin/tool/main.rs"];
        assert!(roots.into_iter().all(|path| module_of(Path::new(path)).is_empty()));
        assert_eq!(module_of(Path::new("api.rs")), ["api"]);
        assert_eq!(module_of(Path::new("api/mod.rs")), ["api"]);
        assert_eq!(module_of(Path::new("api/v1.rs")), ["api", "v1"]);
    }
}
