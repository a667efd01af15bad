//! References to URLs: followed only when allowed, fetched once, and held to what was fetched.

use std::{fs, path::PathBuf};

use acceptance::server::{Answer, Server};
use cratewright::{
    config::References,
    diagnostic::human,
    pipeline::{Request, Run, run},
};

const MODELS: &str =
    r#"{"Train":{"type":"object","properties":{"depot":{"$ref":"depots/depot.json#/Depot"}}}}"#;
const DEPOT: &str =
    r##"{"Depot":{"type":"object","properties":{"name":{"type":"string"},"next":{"$ref":"#/Depot"}}}}"##;

fn server() -> Server {
    Server::start(|request| match request.path.as_str() {
        "/models.json" => Answer::json(200, MODELS),
        "/depots/depot.json" => Answer::json(200, DEPOT),
        "/text" => Answer::json(200, [0xff, 0xfe]),
        _ => Answer::empty(404),
    })
}

/// A folder with a document that refers to a URL.
fn document(url: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let path = folder.path().join("openapi.json");
    let text = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Trains","version":"1"}},"paths":{{"/train":{{"get":{{"responses":
        {{"200":{{"description":"d","content":{{"application/json":{{"schema":{{"$ref":"{url}"}}}}}}}}}}}}}}}}}}"#
    );
    fs::write(&path, text).expect("it can be written");
    (folder, path)
}

fn generate(path: &std::path::Path, remote: bool) -> (Run, String) {
    let references = References { remote, ..References::default() };
    let run = run(&Request { spec: Some(path.to_owned()), references, ..Request::default() });
    let said = human::render(&run.diagnostics, &run.files, false);
    (run, said)
}

fn models(run: Run) -> String {
    let files = run.output.expect("a crate comes out").package.files;
    files.into_iter().filter(|(path, _)| path.starts_with("src/models/")).map(|(_, text)| text).collect()
}

#[test]
fn nothing_is_fetched_unless_that_is_allowed() {
    let server = server();
    let (_folder, path) = document(&format!("{}/models.json#/Train", server.url()));
    let (_, said) = generate(&path, false);
    assert!(said.contains("[CW0122]") && said.contains("--allow-remote"), "{said}");
    assert!(server.received().is_empty());
}

#[test]
fn what_was_fetched_once_is_what_later_runs_read() {
    let server = server();
    let (folder, path) = document(&format!("{}/models.json#/Train", server.url()));
    let (run, said) = generate(&path, true);
    assert_eq!(said, "");
    let first = models(run);
    assert!(first.contains("pub struct Train ") && first.contains("pub struct Depot "), "{first}");
    assert_eq!(server.received().len(), 2, "each file is fetched once");
    drop(server);
    assert_eq!(models(generate(&path, true).0), first, "no server is needed any more");

    let copies = fs::read_dir(folder.path().join(".cratewright-remote")).expect("the copies are kept");
    for copy in copies.flatten() {
        fs::write(copy.path(), "{}").expect("it can be written");
    }
    let (_, said) = generate(&path, true);
    assert!(said.contains("[CW0121]") && said.contains("is not what was fetched"), "{said}");
}

#[test]
fn what_cannot_be_fetched_costs_its_own_place() {
    let server = server();
    for (target, why) in [("/nothing.json", "404"), ("/text", "UTF-8")] {
        let (_folder, path) = document(&format!("{}{target}", server.url()));
        let (run, said) = generate(&path, true);
        assert!(run.output.is_some() && said.contains("[CW0121]") && said.contains(why), "{said}");
    }
}
