//! What a command works on: documents, each with its configuration and folder.

use std::path::{Path, PathBuf};

use super::{arguments::Project, output};
use crate::{
    config::{self, References},
    load,
    pipeline::Request,
    source::{Files, Format},
};

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
        found => {
            let configurations = found.into_iter().filter(|path| is_configuration(path));
            configurations.map(|config| request(Some(config))).collect()
        }
    }
}

/// Whether a file of the folder is a configuration; another is passed over, and said so.
fn is_configuration(path: &Path) -> bool {
    let mut files = Files::default();
    let text = load::read_text(&mut files, path, Format::Toml).ok().and_then(|file| files.get(file));
    // What cannot be read is an error where it is used.
    let is_one = text.is_none_or(|file| config::is_configuration(&file.text));
    if !is_one {
        output::say(&format!("{}: not a configuration of cratewright; passed over\n", load::display(path)));
    }
    is_one
}
