//! The projects a command works on: documents, each with its configuration and folder.

use std::path::{Path, PathBuf};

use super::{
    arguments::{self, Project},
    output,
};
use crate::{
    config::{self, Inputs},
    load,
    pipeline::Request,
};

/// The folder to search for configurations if there is no default one.
const CONFIG_FOLDER: &str = "spec";

/// Which files may be read, from the arguments.
pub(super) fn inputs(arguments: &arguments::Inputs) -> Inputs {
    Inputs {
        allow_outside: arguments.allow_outside,
        remote: arguments.allow_remote,
        redirects: arguments.allow_redirect.clone(),
        max_size: arguments.max_size,
    }
}

/// The projects selected by the arguments: one, unless neither a document nor a configuration is given and the folder
/// `spec` holds several configurations.
pub(super) fn requests(project: &Project) -> Vec<Request> {
    let request = |config: Option<PathBuf>| Request {
        spec: project.spec.clone(),
        config,
        name: project.name.clone(),
        tests: project.tests,
        strict: project.strict,
        inputs: inputs(&project.inputs),
        module: None,
    };
    if project.config.is_some() {
        return vec![request(project.config.clone())];
    }
    if load::is_file(Path::new(config::DEFAULT_FILE)) {
        return vec![request(Some(config::DEFAULT_FILE.into()))];
    }
    if project.spec.is_some() {
        return vec![request(None)];
    }
    match load::files_with_extension(Path::new(CONFIG_FOLDER), "toml") {
        found if found.is_empty() => vec![request(None)],
        found => {
            let (configurations, others): (Vec<PathBuf>, Vec<PathBuf>) =
                found.into_iter().partition(|path| is_configuration(path));
            // If none is a configuration, treat each as one, so that its errors are reported.
            let meant = if configurations.is_empty() { &others } else { &configurations };
            if !configurations.is_empty() {
                others.iter().for_each(|path| pass_over(path));
            }
            meant.iter().map(|config| request(Some(config.clone()))).collect()
        }
    }
}

fn pass_over(path: &Path) {
    output::say(&format!("{}: not a configuration of cratewright; passed over\n", load::display(path)));
}

/// Whether a file in the folder is a configuration.
fn is_configuration(path: &Path) -> bool {
    // An unreadable file is reported where it is used.
    load::text_if_there(path).is_none_or(|text| config::is_configuration(&text))
}
