//! The command: its exit statuses, what it writes and what it leaves alone.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const DOCUMENT: &str = r##"openapi: 3.0.3
info: { title: Garden, version: "1" }
servers: [{ url: "https://garden.example" }]
paths:
  /beds/{bed}:
    get:
      operationId: getBed
      tags: [Beds]
      parameters: [{ name: bed, in: path, required: true, schema: { type: integer } }]
      responses:
        "200":
          description: The bed.
          content: { application/json: { schema: { $ref: "#/components/schemas/Bed" } } }
components:
  schemas:
    Bed: { type: object, required: [plants], properties: { plants: { type: array, items: { type: string } } } }
"##;

/// A folder with the document.
fn garden() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("garden.yaml"), DOCUMENT).expect("the document");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cratewright"));
    command.args(arguments).current_dir(folder).output().expect("the command runs")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn generate_then_check_then_drift() {
    let folder = garden();
    let generated = run(folder.path(), &["generate", "garden.yaml", "--output", "client"]);
    assert_eq!((status(&generated), said(&generated).as_str()), (0, ""), "quiet where no terminal is");
    assert!(folder.path().join("client/src/lib.rs").is_file());
    let check = ["check", "garden.yaml", "--output", "client"];
    assert_eq!(status(&run(folder.path(), &check)), 0);
    let changed = DOCUMENT.replace("plants: {", "soil: { type: string }, plants: {");
    fs::write(folder.path().join("garden.yaml"), changed).expect("the document");
    let stale = run(folder.path(), &check);
    assert_eq!(status(&stale), 1);
    let diff = String::from_utf8_lossy(&stale.stdout).into_owned();
    assert!(diff.contains("+    pub soil: Option<String>,"), "{diff}");
    assert!(
        said(&stale).ends_with("2 files differ from what the document says; run `cratewright generate`\n")
    );
}

#[test]
fn tests_are_written_where_they_are_asked_for() {
    let folder = garden();
    let tests = folder.path().join("client/tests/calls/beds.rs");
    let status = |arguments: &[&str]| status(&run(folder.path(), arguments));
    assert_eq!(status(&["generate", "garden.yaml", "--output", "client", "--tests"]), 0);
    let text = fs::read_to_string(&tests).expect("a file for each resource");
    assert!(text.contains("client.beds().get(1).await?;"), "{text}");
    assert_eq!(status(&["check", "garden.yaml", "--output", "client", "--tests"]), 0);
    assert_eq!(status(&["check", "garden.yaml", "--output", "client"]), 1, "the flag says what is due");
    fs::write(folder.path().join("cratewright.toml"), "tests = true\n").expect("the configuration");
    assert_eq!(status(&["check", "garden.yaml", "--output", "client"]), 0);
    fs::remove_file(folder.path().join("cratewright.toml")).expect("the configuration");
    assert_eq!(status(&["generate", "garden.yaml", "--output", "client"]), 0);
    assert!(!tests.exists(), "what is no longer asked for is removed");
}

#[test]
fn drift_of_one_cause_is_one_line() {
    let folder = garden();
    let check = ["check", "garden.yaml", "--output", "client"];
    let say = || {
        let checked = run(folder.path(), &check);
        assert_eq!((status(&checked), checked.stdout.as_slice()), (1, [].as_slice()));
        assert_eq!(said(&checked).lines().count(), 1);
        said(&checked)
    };
    assert_eq!(say(), "client: the crate is not there; run `cratewright generate`\n");
    run(folder.path(), &["generate", "garden.yaml", "--output", "client"]);
    let client = folder.path().join("client");
    let whole = fs::read_to_string(client.join("src/client.rs")).expect("it was written");
    fs::write(client.join("src/client.rs"), whole.replace("cratewright 0.1.0", "cratewright 0.0.9"))
        .expect("ours");
    assert!(say().contains("made by another version of cratewright"), "{}", say());
    fs::write(client.join("src/client.rs"), whole.replace("(&self)", "(\n        &self,\n    )"))
        .expect("ours");
    assert!(say().contains("layout alone"), "{}", say());
    fs::write(client.join("src/client.rs"), whole).expect("ours");
    fs::remove_file(client.join(".cratewright")).expect("it was written");
    assert!(say().contains("`.cratewright`, the list of written files, is missing"), "{}", say());
}

#[test]
fn drift_is_annotated_from_the_root_of_the_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join(".git")).expect("ours");
    let below = folder.path().join("apis/garden");
    fs::create_dir_all(&below).expect("ours");
    fs::write(below.join("garden.yaml"), DOCUMENT).expect("the document");
    run(&below, &["generate", "garden.yaml", "--output", "client"]);
    fs::write(below.join("client/README.md"), "mine").expect("ours");
    fs::remove_file(below.join("client/src/client.rs")).expect("it was written");
    let check = |format| run(&below, &["check", "garden.yaml", "--output", "client", "--format", format]);
    let github = check("github");
    assert_eq!((status(&github), github.stdout.as_slice()), (1, [].as_slice()));
    let said_of = |path: &str| format!("::error file=apis/garden/client/{path},title=CW0021::");
    assert!(
        said(&github).contains(&said_of("README.md")) && said(&github).contains(&said_of("src/client.rs"))
    );
    let json = said(&check("json"));
    assert_eq!(json.lines().count(), 2);
    assert!(json.contains(r#""file":"apis/garden/client/src/client.rs""#), "{json}");
}

#[test]
fn another_file_among_configurations_fails_nobody() {
    let folder = garden();
    fs::create_dir_all(folder.path().join("spec")).expect("ours");
    let config = "spec = \"../garden.yaml\"\noutput = \"../client\"\n";
    fs::write(folder.path().join("spec/garden.toml"), config).expect("ours");
    fs::write(folder.path().join("spec/other.toml"), "[tool]\nkey = 1\n").expect("ours");
    assert_eq!(status(&run(folder.path(), &["generate"])), 0);
    let checked = run(folder.path(), &["check"]);
    assert_eq!(status(&checked), 0);
    assert_eq!(said(&checked), "spec/other.toml: not a configuration of cratewright; passed over\n");
}

#[test]
fn unchanged_files_are_not_touched_and_those_of_others_stay() {
    let folder = garden();
    let generate = ["generate", "garden.yaml", "--output", "client"];
    run(folder.path(), &generate);
    let library = folder.path().join("client/src/lib.rs");
    let before = fs::metadata(&library).and_then(|meta| meta.modified()).expect("it was written");
    fs::create_dir(folder.path().join("client/examples")).expect("a folder");
    fs::write(folder.path().join("client/examples/own.rs"), "fn main() {}\n").expect("a file of one's own");
    assert_eq!(status(&run(folder.path(), &generate)), 0);
    assert_eq!(fs::metadata(&library).and_then(|meta| meta.modified()).expect("it is there"), before);
    assert!(folder.path().join("client/examples/own.rs").is_file());
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let folder = garden();
    fs::create_dir(folder.path().join("mine")).expect("a folder");
    fs::write(folder.path().join("mine/notes.txt"), "mine").expect("a file");
    let output = run(folder.path(), &["generate", "garden.yaml", "--output", "mine"]);
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains("CW0011"), "{}", said(&output));
    assert_eq!(fs::read_dir(folder.path().join("mine")).expect("it is there").count(), 1);
}

#[test]
fn an_output_that_cannot_be_written_leaves_what_stood_there() {
    let folder = garden();
    fs::write(folder.path().join("file"), "a file, no folder").expect("a file");
    let output = run(folder.path(), &["generate", "garden.yaml", "--output", "file/client"]);
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains("CW0012"), "{}", said(&output));

    run(folder.path(), &["generate", "garden.yaml", "--output", "client"]);
    // A folder where a file is due: the last of the files to be replaced cannot be.
    let library = folder.path().join("client/src/models/mod.rs");
    let before = fs::read_to_string(folder.path().join("client/src/models/beds.rs")).expect("it was written");
    fs::remove_file(&library).expect("it was written");
    fs::create_dir_all(library.join("in-the-way")).expect("a folder");
    let changed = DOCUMENT.replace("plants: {", "soil: { type: string }, plants: {");
    fs::write(folder.path().join("garden.yaml"), changed).expect("the document");
    let output = run(folder.path(), &["generate", "garden.yaml", "--output", "client"]);
    assert_eq!(status(&output), 2, "{}", said(&output));
    let after = fs::read_to_string(folder.path().join("client/src/models/beds.rs")).expect("it is there");
    assert_eq!(before, after, "what was replaced is put back");
}

#[test]
fn bad_input_is_an_error_and_costs_nothing() {
    let folder = garden();
    run(folder.path(), &["generate", "garden.yaml", "--output", "client"]);
    let before = fs::read_to_string(folder.path().join("client/src/lib.rs")).expect("it was written");
    fs::create_dir(folder.path().join("folder.yaml")).expect("a folder");
    for (name, text, code) in [
        ("missing.yaml", None, "CW0001"),
        ("folder.yaml", None, "CW0001"),
        ("empty.yaml", Some(""), "CW0003"),
        ("broken.yaml", Some("openapi: [3.0.3\npaths: {}\n"), "CW0002"),
        ("broken.json", Some("{\"openapi\": \"3.0.3\","), "CW0002"),
        ("other.yaml", Some("services: { web: { image: nginx } }\n"), "CW0004"),
        ("future.yaml", Some("openapi: 5.0.0\ninfo: {}\n"), "CW0005"),
    ] {
        if let Some(text) = text {
            fs::write(folder.path().join(name), text).expect("the input");
        }
        let output = run(folder.path(), &["generate", name, "--output", "client"]);
        assert_eq!(status(&output), 2, "{name}: {}", said(&output));
        assert!(said(&output).contains(code) && said(&output).contains(name), "{name}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{name}: {}", said(&output));
    }
    fs::write(folder.path().join("bad.toml"), "spec = \"garden.yaml\"\ncolour = 1\n")
        .expect("the configuration");
    let output = run(folder.path(), &["generate", "--config", "bad.toml", "--output", "client"]);
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains("CW0010") && said(&output).contains("bad.toml:2:1"), "{}", said(&output));
    assert_eq!(fs::read_to_string(folder.path().join("client/src/lib.rs")).expect("it is there"), before);
}

#[test]
fn slips_are_located_warnings_and_errors_when_strict() {
    let folder = garden();
    let slip = DOCUMENT.replace("#/components/schemas/Bed\"", "#/components/schemas/Bad\"");
    fs::write(folder.path().join("garden.yaml"), slip).expect("the document");
    let output = run(folder.path(), &["generate", "garden.yaml", "--output", "client"]);
    assert_eq!(status(&output), 0);
    assert!(
        said(&output).contains("warning[CW0101]") && said(&output).contains("garden.yaml:13:"),
        "{}",
        said(&output)
    );
    let output = run(folder.path(), &["generate", "garden.yaml", "--output", "client", "--strict"]);
    assert_eq!(status(&output), 2);
    let output = run(folder.path(), &["generate", "garden.yaml", "--output", "client", "--format", "json"]);
    let line = said(&output);
    let object: serde_json::Value = serde_json::from_str(line.lines().next().expect("a line")).expect("JSON");
    assert_eq!((object["code"].as_str(), object["line"].as_u64()), (Some("CW0101"), Some(13)));
}

#[test]
fn list_and_explain_and_init() {
    let folder = garden();
    let output = run(folder.path(), &["list", "garden.yaml"]);
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(listed, "GET /beds/{bed}  client.beds().get(bed: i64) -> garden::models::Bed\n");
    let output = run(folder.path(), &["list", "garden.yaml", "--json"]);
    let listed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(listed[0]["operation_id"], "getBed");
    let output = run(folder.path(), &["explain", "cw0101"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("CW0101"));
    let output = run(folder.path(), &["explain", "/components/schemas/Bed", "garden.yaml"]);
    let explained = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(explained.contains("type models::Bed") && explained.contains("garden.yaml:16:"), "{explained}");
    assert_eq!(status(&run(folder.path(), &["explain", "nonsense"])), 2);
    assert_eq!(status(&run(folder.path(), &["init", "garden.yaml"])), 0);
    assert_eq!(status(&run(folder.path(), &["init", "garden.yaml"])), 2, "an existing configuration stays");
    assert_eq!(status(&run(folder.path(), &["generate"])), 0, "the configuration is found");
}

#[test]
fn list_and_explain_show_webhooks() {
    let folder = garden();
    let webhook = "x-webhooks:\n  bed-dry:\n    post:\n      requestBody:\n        content:\n          \
        application/json: { schema: { $ref: '#/components/schemas/Bed' } }\n      \
        responses: { '204': { description: Noted. } }\n";
    let document = format!("{DOCUMENT}{webhook}");
    fs::write(folder.path().join("garden.yaml"), document).expect("the document");
    let listed = String::from_utf8(run(folder.path(), &["list", "garden.yaml"]).stdout).expect("text");
    let (_, last) = listed.trim_end().rsplit_once('\n').expect("a call stands before it");
    assert_eq!(last, "webhook bed-dry  garden::webhooks::Webhook::BedDry(garden::models::Bed)");
    let output = run(folder.path(), &["list", "garden.yaml", "--json"]);
    let listed: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(listed[1]["webhook"], "bed-dry");
    let output = run(folder.path(), &["explain", "/x-webhooks/bed-dry/post", "garden.yaml"]);
    let explained = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(explained.contains("event webhooks::Webhook::BedDry"), "{explained}");
}

#[test]
fn what_a_document_says_is_no_instruction() {
    let folder = garden();
    let hostile = r#"/beds/{bed}\n::error::a\u001b[2J\u202e\u009b"#;
    let text = DOCUMENT
        .replace("  /beds/{bed}:", &format!("  \"{hostile}\":"))
        .replace(
            "operationId: getBed",
            &format!("operationId: \"get{hostile}\"\n      servers: [\"{hostile}\"]"),
        )
        .replace("#/components/schemas/Bed", &format!("lost/{hostile}.yaml"));
    fs::write(folder.path().join("garden.yaml"), text).expect("the document");
    for arguments in [
        ["list", "garden.yaml", "--format", "human"].as_slice(),
        &["list", "garden.yaml", "--format", "json"],
        &["list", "garden.yaml", "--json"],
        &["explain", "/paths/~1beds~1{bed}\n::error::a\u{1b}[2J\u{202e}\u{9b}/get", "garden.yaml"],
        &["generate", "garden.yaml", "--output", "client", "--verbose"],
    ] {
        let output = run(folder.path(), arguments);
        let written = [output.stdout, output.stderr].concat();
        let written = String::from_utf8(written).expect("it is text");
        assert!(written.len() > 100, "{arguments:?}");
        let is_odd = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!written.contains(is_odd), "{arguments:?}: {written:?}");
        assert!(!written.lines().any(|line| line.trim_start().starts_with("::")), "{arguments:?}: {written}");
    }
    let github = said(&run(folder.path(), &["list", "garden.yaml", "--format", "github"]));
    assert!(github.lines().all(|line| line.contains(" file=garden.yaml,line=")), "{github}");
}

#[test]
fn how_large_a_document_may_be_can_be_raised() {
    let folder = garden();
    let large = format!("{DOCUMENT}# {}\n", "-".repeat(1 << 20));
    fs::write(folder.path().join("garden.yaml"), large).expect("the document");
    let refused = run(folder.path(), &["list", "garden.yaml", "--max-size", "1"]);
    assert_eq!(status(&refused), 2);
    assert!(
        said(&refused).contains("[CW0006]") && said(&refused).contains("--max-size"),
        "{}",
        said(&refused)
    );
    fs::write(folder.path().join("cratewright.toml"), "max_size = 1\n").expect("a configuration");
    assert_eq!(status(&run(folder.path(), &["list", "garden.yaml"])), 2);
    assert_eq!(status(&run(folder.path(), &["list", "garden.yaml", "--max-size", "2"])), 0);
}
