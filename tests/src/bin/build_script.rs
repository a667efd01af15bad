//! What a build script does, for the tests that say how a crate is set up: `build_script SPEC [MODULE]`.

use std::env;

fn main() {
    let mut arguments = env::args().skip(1);
    let mut builder = cratewright::Builder::new(arguments.next().unwrap_or_default());
    if let Some(module) = arguments.next() {
        builder = builder.module(module);
    }
    builder.generate_to_out_dir().unwrap_or_exit();
}
