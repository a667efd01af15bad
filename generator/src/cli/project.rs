//! What a command works on: documents, each with its configuration and folder.

use std::path::{Path, PathBuf};

use super::arguments::Project;
use crate::{config::References, load, pipeline::Request};

/// What to do when no configuration is named.
pub(super) const DEFAULT_CONFIG: &str = "cratewright.toml";

/// The folder whose configurations are used when there is no default one.
const CONFIG_FOLDER: &str = "spec";

/// The projects that the arguments mean: one, unless neither document nor configuration is given and the folder
/// `spec` holds several configurations.
pub(super) fn requests(project: &Project) -> Vec<Request> {
    let request = |config: Option<PathBuf>| Request {
        spec: project.spec.clone(),
        config,
        name: project.name.clone(),
        strict: project.strict,
        references: References { allow_outside: project.allow_outside, remote: project.allow_remote },
    };
    if project.config.is_some() {
        return vec![request(project.config.clone())];
    }
    if load::is_file(Path::new(DEFAULT_CONFIG)) {
        return vec![request(Some(DEFAULT_CONFIG.into()))];
    }
    if project.spec.is_some() {
        return vec![request(None)];
    }
    match load::files_with_extension(Path::new(CONFIG_FOLDER), "toml") {
        found if found.is_empty() => vec![request(None)],
        found => found.into_iter().map(|config| request(Some(config))).collect(),
    }
}
