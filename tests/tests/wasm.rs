//! The Gcore client compiles for a browser, with the default transport and without. Ignored where no toolchain can. What it
//! does there is shown by the test `browser`.

use std::process::ExitCode;

use acceptance::{
    ignorable::{self, Ran},
    wasm, workspace,
};
use cratewright::pipeline::{Request, run};

fn main() -> ExitCode {
    ignorable::main(&[("the_client_compiles_for_a_browser", the_client_compiles_for_a_browser)])
}

fn the_client_compiles_for_a_browser() -> Ran {
    wasm::build()?;
    let config = workspace::root().join("spec/gcore-iam.toml");
    let run = run(&Request { config: Some(config), ..Request::default() });
    let generated = workspace::Generated::new("wasm");
    let folder = generated.member("gcore-iam");
    let package = run.output.expect("the document has no errors").package;
    cratewright::write::apply(&folder, &package, |_| {}).expect("the target folder can be written");
    for arguments in [[].as_slice(), &["--features", "testing,tower,tracing"], &["--no-default-features"]] {
        let mut command = wasm::build()?;
        let output = command.current_dir(&folder).args(arguments).output().expect("cargo is there");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
