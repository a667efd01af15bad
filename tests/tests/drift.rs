//! The checked-in client is what the generator makes of its document.

use acceptance::workspace;
use cratewright::{
    pipeline::{Request, run},
    write,
};

#[test]
fn the_checked_in_client_is_fresh() {
    let root = workspace::root();
    let config = Some(root.join("spec/gcore-iam.toml"));
    let run = run(&Request { config, ..Request::default() });
    assert!(run.diagnostics.items().is_empty(), "{:?}", run.diagnostics.items());
    let output = run.output.expect("the document has no errors");
    let drift =
        write::compare(&root.join("generated-client"), &output.package).expect("the client can be read");
    let diffs: String = drift.files.into_iter().map(|file| file.diff).collect();
    assert!(diffs.is_empty(), "run `cratewright generate --config spec/gcore-iam.toml`:\n{diffs}");
}
