//! A client that a build script makes: how the crate is set up, and what is said where it is not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Garden, version: '1' }\npaths:\n  /beds:\n    get:\n      \
    operationId: listBeds\n      responses: { '200': { description: ok, content: { text/plain: { schema: { type: string } } } } }\n";

/// A crate in a workspace, with a build script that has not run.
struct Crate(tempfile::TempDir);

/// What a run of the build script left.
struct Built {
    succeeds: bool,
    instructions: String,
    module: String,
}

impl Crate {
    /// One whose `src/lib.rs` is this.
    fn new(root: &str) -> Self {
        let of = Self(tempfile::tempdir().expect("tests have a temporary folder"));
        of.put("../Cargo.toml", "[workspace]\nmembers = [\"app\"]\n");
        of.put("Cargo.toml", "[package]\nname = \"app\"\n");
        of.put("src/lib.rs", root);
        of.put("openapi.yaml", DOCUMENT);
        of
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("app")
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.folder().join(name);
        fs::create_dir_all(self.folder()).expect("the temporary folder is ours");
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("the temporary folder is ours");
        fs::write(path, text).expect("the temporary folder is ours");
    }

    /// Runs the build script as cargo does.
    fn build(&self, arguments: &[&str]) -> Built {
        let out = self.0.path().join("out");
        fs::create_dir_all(&out).expect("the temporary folder is ours");
        let output = Command::new(env!("CARGO_BIN_EXE_build_script"))
            .args(arguments)
            .current_dir(self.folder())
            .env("OUT_DIR", &out)
            .env("CARGO_MANIFEST_DIR", self.folder())
            .output()
            .expect("the build script runs");
        let file = arguments.get(1).map_or("openapi", |module| module.rsplit("::").next().unwrap_or(module));
        Built {
            succeeds: output.status.success(),
            instructions: String::from_utf8_lossy(&output.stdout).into_owned(),
            module: fs::read_to_string(out.join(format!("{file}.rs"))).unwrap_or_default(),
        }
    }

    /// The same, with a manifest that has what the first run asks for.
    fn set_up(self) -> Self {
        let asked = self.build(&["openapi.yaml"]).module;
        let start = asked.find("[features]").expect("it says what is missing");
        let end = asked.rfind("\");").expect("it is an error");
        self.put("Cargo.toml", &format!("[package]\nname = \"app\"\n\n{}", unescaped(&asked[start..end])));
        self
    }
}

/// The text of a string literal.
fn unescaped(literal: &str) -> String {
    literal.replace("\\n", "\n").replace("\\\"", "\"")
}

const INCLUDED: &str = "mod garden { mod api { include!(concat!(env!(\"OUT_DIR\"), \"/openapi.rs\")); } }\n";

#[test]
fn what_the_manifest_lacks_is_one_error_that_says_what_to_add() {
    let built = Crate::new(INCLUDED).build(&["openapi.yaml"]);
    assert!(built.succeeds && !built.instructions.contains("cargo::error"), "{}", built.instructions);
    assert!(built.instructions.contains("cargo::rerun-if-changed=Cargo.toml\n"));
    assert_eq!(built.module.matches("compile_error!").count(), 1);
    let said = unescaped(&built.module);
    for part in [
        "app/Cargo.toml: ",
        "[CW0022]",
        "[features]\ndefault = [\"reqwest\", \"rustls\", \"charset\"]\n",
        "bytes = \"1\"\n",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_module_is_found_where_it_is_included() {
    let built = Crate::new(INCLUDED).set_up().build(&["openapi.yaml"]);
    assert!(built.module.contains("use crate::garden::api::runtime::"));
    let elsewhere = Crate::new("mod garden;\n");
    elsewhere.put("src/garden/mod.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/openapi.rs\"));\n");
    let built = elsewhere.set_up().build(&["openapi.yaml"]);
    assert!(built.module.contains("use crate::garden::runtime::"));
}

#[test]
fn another_module_than_is_named_is_one_error() {
    for (root, arguments, says) in [
        (
            INCLUDED,
            ["openapi.yaml", "openapi"].as_slice(),
            "`garden::api`, and `Builder::module` says `openapi`",
        ),
        (
            "include!(concat!(env!(\"OUT_DIR\"), \"/openapi.rs\"));",
            &["openapi.yaml"],
            "at the root of the crate",
        ),
    ] {
        let of = Crate::new(INCLUDED).set_up();
        of.put("src/lib.rs", root);
        let built = of.build(arguments);
        assert!(built.succeeds);
        assert_eq!(built.module.matches("compile_error!").count(), 1);
        assert!(built.module.contains(says), "{}", built.module);
    }
}

#[test]
fn errors_are_the_compilers_with_paths_from_the_workspace() {
    let of = Crate::new(INCLUDED).set_up();
    of.put("openapi.yaml", "openapi: 3.0.3\ninfo: {}\npaths: [\n");
    let built = of.build(&["openapi.yaml"]);
    assert!(built.succeeds && !built.instructions.contains("cargo::error"), "{}", built.instructions);
    assert!(built.module.starts_with("compile_error!(\"app/openapi.yaml:"), "{}", built.module);
    of.put("src/lib.rs", "");
    let built = of.build(&["openapi.yaml"]);
    assert!(!built.succeeds && built.instructions.contains("cargo::error=app/openapi.yaml:"));
}

#[test]
fn the_configuration_beside_the_manifest_is_read() {
    let of = Crate::new(INCLUDED).set_up();
    of.put("cratewright.toml", "[operations]\nlistBeds = \"plots.all\"\n");
    let built = of.build(&["openapi.yaml"]);
    assert!(built.module.contains("pub fn all(&self)"), "{}", built.module);
    assert!(built.instructions.contains("cargo::rerun-if-changed=cratewright.toml\n"));
}

#[test]
fn a_body_that_is_not_there_is_an_error() {
    let of = Crate::new(INCLUDED).set_up();
    let body = "      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Bed' } } } }\n";
    of.put(
        "openapi.yaml",
        &DOCUMENT.replace("      responses", &format!("{body}      responses")).replace("get:", "put:"),
    );
    let built = of.build(&["openapi.yaml"]);
    assert!(built.module.starts_with("compile_error!(\"app/openapi.yaml:"), "{}", built.instructions);
    assert!(built.module.contains("[CW0101]"));
}

#[test]
fn no_name_in_a_document_is_an_instruction_to_cargo() {
    let of = Crate::new(INCLUDED).set_up();
    of.put(
        "openapi.yaml",
        &DOCUMENT.replace("{ type: string }", r##"{ $ref: "./a\ncargo::rustc-link-arg=--evil.yaml" }"##),
    );
    of.put("a\ncargo::rustc-link-arg=--evil.yaml", "type: string\n");
    let built = of.build(&["openapi.yaml"]);
    assert!(built.instructions.contains("[CW0121]"), "{}", built.instructions);
    assert!(
        !built.instructions.lines().any(|line| line.starts_with("cargo::rustc")),
        "{}",
        built.instructions
    );
}
