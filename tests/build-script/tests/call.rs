//! The generated module works, and what the build script tells cargo is right.

use acceptance::server::{Answer, Server};
use build_script_example::{
    Client,
    models::{Book, BookBinding},
    places::Shelf,
};

#[tokio::test]
async fn a_book_is_read() {
    let server = Server::start(|_| {
        Answer::json(200, r#"{"title":"Emma","binding":"soft","sequel":{"title":"Emma II"}}"#)
    });
    let client = Client::builder().base_url(server.url()).build().expect("a client");
    let book = client.books().get("978 1").edition(2).await.expect("a book");
    assert_eq!(book.binding, Some(BookBinding::Soft));
    assert_eq!(book.sequel.map(|sequel| sequel.title).as_deref(), Some("Emma II"));
    let received = &server.received()[0];
    assert_eq!((received.path.as_str(), received.query.as_str()), ("/books/978%201", "edition=2"));
}

#[tokio::test]
async fn what_looks_like_a_path_is_sent_as_it_is() {
    let server = Server::start(|_| {
        Answer::json(200, r#"{"title":"Emma","binding":"crate::spiral","crate::shelf":"A 3"}"#)
    });
    let client = Client::builder().base_url(server.url()).build().expect("a client");
    let book: Book = client.books().get("978 1").await.expect("a book");
    assert_eq!(book.binding.as_ref().map(BookBinding::as_str), Some("crate::spiral"));
    assert_eq!(book.crate_shelf, Some(Shelf("A 3".to_owned())));
}

#[test]
fn cargo_is_told_what_to_watch_and_what_is_wrong() {
    let folder = std::env::temp_dir().join(format!("cratewright-build-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let good = cratewright_builder("library.yaml", &folder);
    assert!(!good.failed() && good.instructions().contains("cargo::rerun-if-changed=library.yaml\n"));
    let written = folder.join("library.rs");
    let before = std::fs::metadata(&written).and_then(|meta| meta.modified()).expect("it was written");
    let _ = cratewright_builder("library.yaml", &folder);
    let after = std::fs::metadata(&written).and_then(|meta| meta.modified()).expect("it is there");
    assert_eq!(before, after, "unchanged output is left untouched");
    let bad = cratewright_builder("nothing.yaml", &folder);
    assert!(
        bad.failed() && bad.instructions().contains("cargo::error=tests/build-script/nothing.yaml: "),
        "{}",
        bad.instructions()
    );
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

fn cratewright_builder(spec: &str, folder: &std::path::Path) -> cratewright::build::BuildOutcome {
    cratewright::Builder::new(spec).out_dir(folder).generate_to_out_dir()
}
