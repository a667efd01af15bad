//! The command `reconcile`: its exit statuses, what it prints and what it writes.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const DOCUMENT: &str = r##"openapi: 3.0.3
info: { title: Garden, version: "1" }
paths:
  /beds/{bed}:
    get:
      operationId: getBed
      parameters: [{ name: bed, in: path, required: true, schema: { type: integer } }]
      responses:
        "200":
          description: The bed.
          content: { application/json: { schema: { $ref: "#/components/schemas/Bed" } } }
components:
  schemas:
    Bed: { type: object, required: [soil], properties: { soil: { type: string } } }
"##;

fn recording(body: &str) -> String {
    format!(
        r#"[{{ "request": {{ "method": "GET", "path": "/beds/1" }},
           "response": {{ "status": 200, "headers": {{ "Content-Type": "application/json" }}, "body": {body} }} }}]"#
    )
}

/// A folder with the document and a recording.
fn garden(body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("garden.yaml"), DOCUMENT).expect("the document");
    fs::write(folder.path().join("traffic.har"), recording(body)).expect("the recording");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cratewright"));
    let arguments = ["reconcile", "garden.yaml", "traffic.har"].iter().chain(arguments);
    let Output { status, stdout, stderr } =
        command.args(arguments).current_dir(folder).output().expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (status.code().expect("it ends by itself"), text(&stdout), text(&stderr))
}

#[test]
fn nothing_is_said_of_replies_that_fit() {
    let folder = garden(r#"{ "soil": "peat", "ph": 6 }"#);
    assert_eq!(run(folder.path(), &[]), (0, String::new(), String::new()));
    assert_eq!(run(folder.path(), &["--write"]), (0, String::new(), String::new()));
    assert!(!folder.path().join("cratewright.toml").exists(), "there was nothing to write");
}

#[test]
fn corrections_are_printed_or_written() {
    let folder = garden(r#"{ "soil": null }"#);
    let lines =
        "[corrections]\n# GET /beds/1 (traffic.har entry 1): $.soil is null\n\"Bed.soil\" = \"nullable\"\n";
    assert_eq!(run(folder.path(), &[]), (1, lines.to_owned(), String::new()));
    assert_eq!(run(folder.path(), &["--write"]), (0, String::new(), String::new()));
    let config = folder.path().join("cratewright.toml");
    let written = fs::read_to_string(&config).expect("it was made");
    assert_eq!(written, format!("spec = \"garden.yaml\"\n\n{lines}"));
    assert_eq!(run(folder.path(), &[]), (0, String::new(), String::new()), "the document is true now");
    fs::write(folder.path().join("traffic.har"), recording("{}")).expect("another recording");
    assert_eq!(run(folder.path(), &["--write"]).0, 0);
    let written = fs::read_to_string(&config).expect("it is there");
    assert!(written.contains("\"Bed.soil\" = [\"optional\", \"nullable\"]\n"), "{written}");
}

#[test]
fn an_error_leaves_the_configuration_as_it_was() {
    let folder = garden(r#"{ "soil": 1 }"#);
    let config = folder.path().join("own.toml");
    let before = "[corrections]\n\"Bed.soil\" = \"boolean\" # we know\n";
    fs::write(&config, before).expect("a configuration");
    let (status, printed, said) = run(folder.path(), &["--write", "--config", "own.toml"]);
    assert_eq!((status, printed.as_str()), (2, ""));
    assert!(said.contains("error[CW0016]") && said.contains("own.toml:2:1"), "{said}");
    fs::write(folder.path().join("traffic.har"), "{ \"log\": ").expect("a broken recording");
    let (status, printed, said) = run(folder.path(), &["--write"]);
    assert_eq!((status, printed.as_str()), (2, ""));
    assert!(said.contains("traffic.har:1:"), "{said}");
    assert_eq!(fs::read_to_string(&config).expect("it is there"), before);
    assert!(!folder.path().join("cratewright.toml").exists());
}
