//! Calls every operation of a Jupyter Server through the client that is generated from its document, and holds each
//! reply to what the server is known to do.
//!
//! In: one of `published`, `strict` and `corrected`, and the file for the recording; `JUPYTER_URL`, `JUPYTER_TOKEN` and
//! `JUPYTER_DOCUMENT` in the environment. Out: a line for each call, the recording, and status 0 if all went as expected.

mod contents;
mod kernels;
mod reading;
mod recorder;
mod run;
mod server;

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use jupyter_client::Client;

use crate::{reading::Reading, recorder::Recorder, run::Run};

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let reading = match arguments.next().as_deref() {
        Some("published") => Reading::Published,
        Some("strict") => Reading::Strict,
        Some("corrected") => Reading::Corrected,
        other => panic!("the first argument is `published`, `strict` or `corrected`, not {other:?}"),
    };
    let recording =
        PathBuf::from(arguments.next().expect("the second argument is the file for the recording"));
    let token = variable("JUPYTER_TOKEN");

    let recorder = Arc::new(Recorder::new().expect("a transport can be made"));
    let builder = Client::builder()
        .base_url(variable("JUPYTER_URL"))
        .header("Authorization", &format!("token {token}"))
        .transport(recorder.clone());
    let client = reading.prepare(builder).build().expect("a client can be made");
    let mut run = Run::new(reading, recorder.clone());

    server::run(&mut run, &client, &variable("JUPYTER_DOCUMENT")).await;
    contents::run(&mut run, &client).await;
    kernels::run(&mut run, &client).await;

    recorder.write(&recording, &token);
    run.conclude()
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|error| panic!("{name}: {error}"))
}
