//! The command line: takes arguments, prints text, and returns an exit status (0 done, 1 stale, 2 failed).
//!
//! Diagnostics and progress go to standard error, results to standard output. Only this module prints.

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
    /// The command succeeded.
    Done,
    /// The files on disk, or the recordings, do not match the document.
    Stale,
    /// The input or the disk caused an error.
    Failed,
}

/// Runs the command given by the arguments.
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
