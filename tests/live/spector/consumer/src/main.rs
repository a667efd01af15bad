//! Calls the mock server of Spector with what each scenario asks for, through clients that are generated from the
//! scenarios' documents.
//!
//! In: the base URL of the server, the folder with the files that scenarios send, and the file to write. Out: a line for
//! each scenario that was tried, with what went wrong after a tab.

#[macro_use]
mod table;
mod authentication;
mod documentation;
mod encode;
mod headers;
mod parameters;
mod payload;
mod response;
mod routes;
mod server;
mod special_words;
mod streaming;
mod trial;
mod types;
mod value;
mod versioning;

use std::path::PathBuf;

use crate::trial::Trial;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().unwrap_or_else(|| panic!("{what} is an argument"));
    let trial = Trial::new(next("the base URL"), PathBuf::from(next("the folder of files")));
    let results = PathBuf::from(next("the file to write"));

    authentication::run(&trial).await;
    documentation::run(&trial).await;
    encode::run(&trial).await;
    headers::run(&trial).await;
    parameters::run(&trial).await;
    payload::run(&trial).await;
    response::run(&trial).await;
    routes::run(&trial).await;
    server::run(&trial).await;
    special_words::run(&trial).await;
    streaming::run(&trial).await;
    types::run(&trial).await;
    versioning::run(&trial).await;

    std::fs::write(&results, trial.lines()).unwrap_or_else(|error| panic!("{}: {error}", results.display()));
}
