//! The crate that is built: its manifest, and where its sources include what is generated.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{load, pack, source::Files};

/// The crate whose build script runs.
pub(super) struct Surroundings {
    folder: PathBuf,
}

impl Surroundings {
    /// The crate that cargo builds; `None` where no build script runs.
    pub(super) fn find() -> Option<Self> {
        env::var_os("OUT_DIR")?;
        Some(Self { folder: env::var_os("CARGO_MANIFEST_DIR")?.into() })
    }

    /// The text of its manifest.
    pub(super) fn manifest(&self) -> String {
        text(&self.folder.join("Cargo.toml")).unwrap_or_default()
    }

    /// The modules, from the root of the crate, that include a generated file of this name.
    pub(super) fn sites(&self, file: &str) -> Vec<String> {
        let sources = self.folder.join("src");
        let mut sites: Vec<String> = load::files_below(&sources, "rs")
            .into_iter()
            .filter_map(|path| {
                let within = pack::site(&text(&path)?, file)?;
                let mut module = module_of(path.strip_prefix(&sources).ok()?);
                module.extend(within);
                Some(module.join("::"))
            })
            .collect();
        sites.sort();
        sites.dedup();
        sites
    }
}

fn text(path: &Path) -> Option<String> {
    let mut files = Files::default();
    let file = load::read_text(&mut files, path, crate::source::Format::Toml).ok()?;
    files.get(file).map(|file| file.text.clone())
}

/// The module that a source file is, by its path below `src` (The Rust Reference, "Module source filenames"). A file of
/// `src/bin` is the root of a crate.
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
