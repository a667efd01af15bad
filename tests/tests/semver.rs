//! What a document gains breaks nobody: `cargo-semver-checks` finds no breaking change between the Gcore client and the same
//! with a value more in every enum, an optional member more in every object, a required one more in a reply, a status and an
//! operation more. Ignored where the tool is not installed (`cargo install cargo-semver-checks --locked`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use acceptance::{
    ignorable::{self, Missing, Ran},
    workspace,
};
use cratewright::pipeline::{Request, run};
use serde_yaml::Value;

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("it is YAML")
}

/// Adds to every object and every enum below a value.
fn grow(value: &mut Value) {
    match value {
        Value::Mapping(entries) => {
            if let Some(Value::Sequence(values)) = entries.get_mut("enum") {
                let another = if values.iter().all(Value::is_string) { "something-new" } else { "99" };
                values.push(yaml(another));
            }
            if let Some(Value::Mapping(properties)) = entries.get_mut("properties") {
                properties.insert("brand_new".into(), yaml("type: string"));
            }
            entries.iter_mut().for_each(|(_, value)| grow(value));
        }
        Value::Sequence(items) => items.iter_mut().for_each(grow),
        _ => {}
    }
}

/// The document of the Gcore client with more in it.
fn grown(text: &str) -> String {
    let mut document = yaml(text);
    grow(&mut document["components"]["schemas"]);
    let user = &mut document["components"]["schemas"]["User"];
    user["properties"]["also_required"] = yaml("type: integer");
    user["required"].as_sequence_mut().expect("some are required").push("also_required".into());
    let get = &mut document["paths"]["/iam/users/{userId}"]["get"];
    get["responses"]["410"] = get["responses"]["404"].clone();
    document["paths"]["/iam/users/{userId}/avatar"] = yaml(
        "get:\n  operationId: getUserAvatar\n  parameters:\n    - { name: userId, in: path, required: true, schema: { type: integer } }\n    \
             - { name: size, in: query, schema: { type: integer } }\n  responses:\n    '204': { description: There is none. }\n",
    );
    serde_yaml::to_string(&document).expect("it is YAML")
}

/// Generates the client into a folder, as a workspace of its own.
fn generate(document: &str, folder: &Path) -> PathBuf {
    let spec = workspace::root().join("spec");
    fs::create_dir_all(folder).expect("the folder is ours");
    fs::copy(spec.join("gcore-iam.toml"), folder.join("gcore-iam.toml")).expect("the configuration is there");
    fs::write(folder.join("gcore-iam.yaml"), document).expect("the folder is ours");
    let run = run(&Request { config: Some(folder.join("gcore-iam.toml")), ..Request::default() });
    let made = folder.join("client");
    for (name, text) in run.output.expect("it generates").package.files {
        let path = made.join(&name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is ours");
        let end = if name == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        fs::write(path, text + end).expect("the folder is ours");
    }
    made
}

fn main() -> ExitCode {
    ignorable::main(&[("what_a_document_gains_breaks_nobody", what_a_document_gains_breaks_nobody)])
}

fn what_a_document_gains_breaks_nobody() -> Ran {
    let tool = || Command::new("cargo").args(["semver-checks", "--version"]).output();
    if !tool().is_ok_and(|output| output.status.success()) {
        return Err(Missing("cargo-semver-checks is not installed".to_owned()));
    }
    let temporary = tempfile::tempdir().expect("tests have a temporary folder");
    let text = fs::read_to_string(workspace::root().join("spec/gcore-iam.yaml")).expect("it is there");
    let before = generate(&text, &temporary.path().join("before"));
    let after = generate(&grown(&text), &temporary.path().join("after"));
    let output = Command::new("cargo")
        .args(["semver-checks", "--release-type", "minor", "--manifest-path"])
        .arg(after.join("Cargo.toml"))
        .arg("--baseline-root")
        .arg(before)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
