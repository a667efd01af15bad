//! The command line. In: arguments. Out: text on the terminal and an exit status: 0 done, 1 stale, 2 failed.
//!
//! Diagnostics and progress go to standard error, what was asked for to standard output. Only this module prints.

mod arguments;
mod check;
mod explain;
mod generate;
mod init;
mod list;
mod output;
mod project;
mod reconcile;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// What was asked for is done, or is so.
    Done,
    /// What is on disk, or was recorded, is not what the document says.
    Stale,
    /// The input or the disk did not allow it.
    Failed,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let status = match &arguments.command {
        Command::Generate(command) => generate::run(command, &arguments.output),
        Command::Check(command) => check::run(command, &arguments.output),
        Command::List(command) => list::run(command, &arguments.output),
        Command::Explain(command) => explain::run(command, &arguments.output),
        Command::Init(command) => init::run(command),
        Command::Reconcile(command) => reconcile::run(command, &arguments.output),
    };
    match status {
        Status::Done => ExitCode::SUCCESS,
        Status::Stale => ExitCode::from(1),
        Status::Failed => ExitCode::from(2),
    }
}
