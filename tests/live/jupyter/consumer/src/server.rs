//! The server itself: its version, status, document, user, configuration, kernel specifications and terminals.

use std::{collections::BTreeMap, fs};

use jupyter_client::{Client, Value};

use crate::run::Run;

/// Calls all of it. `document` is the file that the server gives out as its document.
pub async fn run(run: &mut Run, client: &Client, document: &str) {
    about(run, client, document).await;
    configuration(run, client).await;
    terminals(run, client).await;
}

async fn about(run: &mut Run, client: &Client, document: &str) {
    let version = |version: &Option<String>| version.as_deref().is_some_and(|text| text.contains('.'));
    run.read("version", client.get(), &[], |it, _| assert!(version(&it.version), "{it:?}")).await;
    run.read("status", client.status().get(), &[], |status, _| {
        assert_eq!(status.kernels, Some(0.0));
        assert!(status.started.is_some());
    })
    .await;
    let yaml = run.take("document", client.api_spec().get_spec_yaml()).await;
    assert_eq!(yaml, fs::read(document).expect("the document is there"), "it gives out the document");

    let call = client.identity().get_me().permissions(r#"{"contents":["read"]}"#);
    run.read("who am I", call, &[], |me, _| {
        let permissions = me.permissions.as_ref().expect("permissions were asked for");
        assert_eq!(permissions["contents"], ["read"]);
        assert!(me.identity.as_ref().is_some_and(|identity| identity.username.is_some()));
    })
    .await;
    let stranger = client.contents().get("/").header("Authorization", "token another");
    run.refuse("contents with another token", stranger, 403).await;
    run.read("kernel specifications", client.kernelspecs().list(), &[], |specs, json| {
        assert_eq!(specs.default.as_deref(), Some("python3"));
        let known = specs.kernelspecs.as_ref().expect("there are some");
        assert_eq!(known["python3"].name.as_deref(), Some("python3"));
        assert_eq!(
            json["kernelspecs"]["python3"]["spec"]["language"], "python",
            "what is not documented is kept"
        );
    })
    .await;
}

async fn configuration(run: &mut Run, client: &Client) {
    run.read("section that is not there", client.config().get("live"), &[], |it, _| assert!(it.is_empty()))
        .await;
    let section = BTreeMap::from([("answer".to_owned(), Value::from(42))]);
    let call = client.config().update("live").body(section);
    run.read("section changed", call, &[], |it, _| assert_eq!(it["answer"].as_i64(), Some(42))).await;
    run.read("section", client.config().get("live"), &[], |it, _| assert_eq!(it["answer"], Value::from(42)))
        .await;
}

async fn terminals(run: &mut Run, client: &Client) {
    let terminals = client.terminals();
    let mut name = String::new();
    run.read("no terminals", terminals.list(), &[], |list, _| assert!(list.is_empty())).await;
    run.read("terminal started", terminals.create(), &[], |it, _| name = it.name.clone()).await;
    run.read("terminal", terminals.get(&name), &[], |it, _| assert_eq!(it.name, name)).await;
    run.read("terminals", terminals.list(), &[], |list, _| assert_eq!(list.len(), 1)).await;
    run.take("terminal stopped", terminals.delete(&name)).await;
    run.refuse("terminal that is not there", terminals.get(&name), 404).await;
}
