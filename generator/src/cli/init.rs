//! `cratewright init`

use super::{Status, arguments::Init, output};
use crate::{config, write};

/// Writes a commented configuration, unless the file exists.
pub(super) fn run(command: &Init) -> Status {
    let spec = command.spec.to_string_lossy().replace('\\', "/");
    match write::create(&command.output, &config::template(&spec)) {
        Ok(()) => {
            output::say(&format!("wrote {}\n", command.output.display()));
            Status::Done
        }
        Err(diagnostic) => {
            output::say(&format!("error[{}]: {}\n", diagnostic.code.id(), diagnostic.message));
            Status::Failed
        }
    }
}
