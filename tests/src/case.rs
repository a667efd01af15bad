//! Golden cases: `cases/<construct>/<case>/openapi.yaml`, an optional `cratewright.toml` beside it, and `expected/`
//! with what comes out, but for what the crate has in common with all others ([`boilerplate`](crate::boilerplate)).

use std::path::PathBuf;

use cratewright::pipeline::{Request, Run, run};

use crate::{golden, workspace};

/// A case.
pub struct Case {
    /// `<construct>/<case>`
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// Every case, by name.
pub fn all() -> Vec<Case> {
    let root = workspace::root().join("tests/cases");
    let constructs = golden::entries(&root).into_iter().filter(|path| path.is_dir());
    let folders = constructs.flat_map(|construct| golden::entries(&construct));
    folders
        .filter(|folder| folder.is_dir())
        .map(|folder| {
            let below = folder.strip_prefix(&root).expect("it is below the cases");
            Case { name: below.to_string_lossy().replace('\\', "/"), folder }
        })
        .collect()
}

impl Case {
    /// What the case is about: the folder that it is in.
    pub fn construct(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// The name of the case's crate.
    pub fn package(&self) -> String {
        self.name.replace(['/', '_'], "-")
    }

    /// The folder of what is expected of it.
    pub fn expected(&self) -> PathBuf {
        self.folder.join("expected")
    }

    /// Whether its crate has the feature `webhooks`.
    pub fn has_webhooks(&self) -> bool {
        self.expected().join("src/webhooks.rs").is_file()
    }

    /// Generates it.
    pub fn run(&self) -> Run {
        let config = self.folder.join("cratewright.toml");
        run(&Request {
            spec: Some(self.folder.join("openapi.yaml")),
            config: config.is_file().then_some(config),
            name: Some(self.package()),
            ..Request::default()
        })
    }
}
