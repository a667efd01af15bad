//! The Gcore client compiles for a browser, with the default transport and without. Ignored where no toolchain can: rustup's
//! target `wasm32-unknown-unknown` is used if it is installed, else Debian's `rustc-web`, `rust-web-src`, `cargo-web` and `lld`.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
};

use acceptance::{
    ignorable::{self, Missing, Ran},
    workspace,
};
use cratewright::pipeline::{Request, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// A command that builds for a browser; `None` where no toolchain can.
fn build() -> Option<Command> {
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    if installed.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).lines().any(|line| line == TARGET)) {
        let mut command = Command::new("cargo");
        command.args(["build", "--quiet", "--target", TARGET]);
        return Some(command);
    }
    let linker = fs::read_dir("/usr/bin").ok()?.flatten().map(|entry| entry.path());
    let linker = linker.filter(|path| path.to_string_lossy().contains("wasm-ld")).max();
    let (cargo, rustc) = (Path::new("/usr/bin/cargo"), Path::new("/usr/bin/rustc"));
    let source = Path::new("/usr/lib/rustlib/src/rust/library");
    let (Some(linker), true) = (linker, cargo.exists() && rustc.exists() && source.exists()) else {
        return None;
    };
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "-Zbuild-std=std,panic_abort", "--target", TARGET])
        .env("RUSTC", rustc)
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    Some(command)
}

fn main() -> ExitCode {
    ignorable::main(&[("the_client_compiles_for_a_browser", the_client_compiles_for_a_browser)])
}

fn the_client_compiles_for_a_browser() -> Ran {
    let build = || {
        build().ok_or_else(|| {
            let debian = "Debian's rustc-web, rust-web-src, cargo-web and lld";
            Missing(format!("neither rustup's target {TARGET} nor {debian} is installed"))
        })
    };
    build()?;
    let config = workspace::root().join("spec/gcore-iam.toml");
    let run = run(&Request { config: Some(config), ..Request::default() });
    let generated = workspace::Generated::new("wasm");
    let folder = generated.member("gcore-iam");
    let package = run.output.expect("the document has no errors").package;
    cratewright::write::apply(&folder, &package, |_| {}).expect("the target folder can be written");
    let target = workspace::target().join("wasm");
    for arguments in [[].as_slice(), &["--features", "testing,tower,tracing"], &["--no-default-features"]] {
        let mut command = build()?;
        command.current_dir(&folder).env("CARGO_TARGET_DIR", &target).env("RUSTFLAGS", "-Dwarnings");
        let output = command.args(arguments).output().expect("cargo is there");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
