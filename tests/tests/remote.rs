//! References to URLs: followed only when allowed, fetched once, and held to what was fetched.

use std::{fs, path::PathBuf};

use acceptance::server::{Answer, Server};
use cratewright::{
    config::Inputs,
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
        "/large.json" => {
            Answer::json(200, format!("{{\"Large\":{{\"title\":\"{}\"}}}}", "x".repeat(1 << 20)))
        }
        "/text" => Answer::json(200, [0xff, 0xfe]),
        "/moved.json" => Answer::empty(302).header("location", "/models.json"),
        "/away.json" => Answer::empty(302).header("location", "http://127.0.0.1:1/models.json"),
        "/round.json" => Answer::empty(302).header("location", "/round.json"),
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

/// Where the copies of a document's files are.
fn copies(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join(".cratewright-remote")
}

fn generate(path: &std::path::Path, remote: bool) -> (Run, String) {
    generate_with(path, Inputs { remote, ..Inputs::default() })
}

fn generate_with(path: &std::path::Path, inputs: Inputs) -> (Run, String) {
    let run = run(&Request { spec: Some(path.to_owned()), inputs, ..Request::default() });
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

    for copy in fs::read_dir(copies(&folder)).expect("the copies are kept").flatten() {
        fs::write(copy.path(), "{}").expect("it can be written");
    }
    let (_, said) = generate(&path, true);
    assert!(said.contains("[CW0121]") && said.contains("is not what was fetched"), "{said}");
}

#[test]
fn what_cannot_be_fetched_costs_its_own_place() {
    let server = server();
    for (target, why) in [
        ("/nothing.json", "404"),
        ("/text", "UTF-8"),
        ("/away.json", "it leads to `http://127.0.0.1:1`"),
        ("/round.json", "more than 5 times"),
    ] {
        let (folder, path) = document(&format!("{}{target}", server.url()));
        let (run, said) = generate(&path, true);
        assert!(run.output.is_some() && said.contains("[CW0121]") && said.contains(why), "{said}");
        assert!(!copies(&folder).exists(), "what is not text is not kept");
    }
}

#[test]
fn a_url_leads_on_where_that_is_allowed() {
    let server = server();
    let (_folder, path) = document(&format!("{}/moved.json#/Train", server.url()));
    assert_eq!(generate(&path, true).1, "", "its own host and port are");
    let other = Server::start(|_| Answer::json(200, MODELS.replace("depots/depot.json#/Depot", "#/Train")));
    let target = format!("{}/models.json", other.url());
    let first = Server::start(move |_| Answer::empty(302).header("location", &target));
    let (_folder, path) = document(&format!("{}/models.json#/Train", first.url()));
    let (_, said) = generate(&path, true);
    assert!(said.contains("[CW0121]") && other.received().is_empty(), "{said}");
    let host = other.url().trim_start_matches("http://").to_owned();
    let inputs = Inputs { remote: true, redirects: vec![host], ..Inputs::default() };
    let run = run(&Request { spec: Some(path), inputs, ..Request::default() });
    assert!(run.diagnostics.items().is_empty() && models(run).contains("pub struct Train "));
}

#[test]
fn a_copy_is_what_its_name_says_and_no_other_is_there() {
    let server = server();
    let (folder, path) = document(&format!("{}/models.json#/Train", server.url()));
    let first = models(generate(&path, true).0);
    let names: Vec<_> = fs::read_dir(copies(&folder)).expect("they are kept").flatten().collect();
    let copy = names.iter().find(|one| fs::read_to_string(one.path()).is_ok_and(|text| text == MODELS));
    let copy = copy.expect("each file is kept").path();
    // A run was killed while it wrote.
    fs::write(copy.with_extension("part"), "{").expect("it can be written");
    assert_eq!(models(generate(&path, true).0), first);
    let (url, _) = copy.file_name().and_then(|name| name.to_str()?.split_once('-')).expect("two hashes");
    fs::write(copy.with_file_name(format!("{url}-{}", "0".repeat(32))), "{}").expect("it can be written");
    let (_, said) = generate(&path, true);
    assert!(said.contains("[CW0121]") && said.contains("it has two copies"), "{said}");
}

#[cfg(unix)]
#[test]
fn copies_are_neither_read_nor_written_through_links() {
    let server = server();
    let (folder, path) = document(&format!("{}/models.json#/Train", server.url()));
    let outside = tempfile::tempdir().expect("there is a folder for temporary files");
    std::os::unix::fs::symlink(outside.path(), copies(&folder)).expect("it can be made");
    let (_, said) = generate(&path, true);
    assert!(said.contains("[CW0121]") && said.contains("symbolic link"), "{said}");
    assert_eq!(fs::read_dir(outside.path()).expect("it is there").count(), 0);
    assert!(server.received().is_empty());
}

/// The limit on documents holds for what a URL gives, and nothing of it is kept.
#[test]
fn what_is_too_large_is_not_read() {
    let server = server();
    let (folder, path) = document(&format!("{}/large.json#/Large", server.url()));
    let (_, said) = generate_with(&path, Inputs { remote: true, max_size: Some(1), ..Inputs::default() });
    assert!(said.contains("--max-size"), "{said}");
    let kept = fs::read_dir(copies(&folder)).map_or(0, |copies| copies.count());
    assert_eq!(kept, 0, "no copy is kept");
    let (_, said) = generate_with(&path, Inputs { remote: true, max_size: Some(2), ..Inputs::default() });
    assert_eq!(said, "");
}
