//! The `cratewright` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cratewright::cli::main()
}
