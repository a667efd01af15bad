//! Files, folders, notebooks and their checkpoints.

use jupyter_client::{
    Client, Value,
    models::{
        Contents, ContentsType, GetApiContentsPathFormat, GetApiContentsPathType, PatchApiContentsPathBody,
        PostApiContentsPathBody, PutApiContentsPathBody,
    },
    json::from_json,
};
use serde_json::{Value as Json, json};

use crate::run::Run;

/// What the server leaves `null` where it gives no content, of files whose media type it knows.
const NO_CONTENT: &[&str] = &["$.content", "$.format"];
/// The same of folders and notebooks.
const NOTHING: &[&str] = &["$.content", "$.format", "$.mimetype"];
/// The content is a list or an object.
const NOT_TEXT: &[&str] = &["$.content", "$.mimetype"];

const NOTEBOOK: &str = r#"{
    "cells": [{ "cell_type": "raw", "id": "one", "metadata": {}, "source": "text" }],
    "metadata": { "language_info": { "name": "python" } },
    "nbformat": 4,
    "nbformat_minor": 5
}"#;

/// Calls all of it. The server's folder is empty before.
pub async fn run(run: &mut Run, client: &Client) {
    folders(run, client).await;
    files(run, client).await;
    notebooks(run, client).await;
    checkpoints(run, client).await;
    deletions(run, client).await;
}

/// Checks what no correction of the document changes.
fn is(kind: ContentsType, path: &str) -> impl Fn(&Contents, &Json) {
    move |it: &Contents, _: &Json| {
        assert_eq!((&it.r#type, it.path.as_str()), (&kind, path));
        assert_eq!(Some(it.name.as_str()), path.rsplit('/').next());
        assert!(it.writable && it.created.ends_with('Z') && it.last_modified.ends_with('Z'));
    }
}

/// An empty `path` would be another operation, and the server takes `/` for the folder that it serves.
async fn folders(run: &mut Run, client: &Client) {
    let contents = client.contents();
    run.read("contents of the empty root", contents.get("/"), NOT_TEXT, |it, json| {
        assert_eq!((&it.r#type, it.path.as_str()), (&ContentsType::Directory, ""));
        assert_eq!((&json["content"], &json["mimetype"]), (&json!([]), &Json::Null));
    })
    .await;
    let folder = PostApiContentsPathBody::new().r#type("directory");
    let call = contents.create("/").body(folder);
    run.read("folder made", call, NOTHING, is(ContentsType::Directory, "Untitled Folder")).await;
    let call = contents.update("Untitled Folder", PatchApiContentsPathBody::new().path("läden"));
    run.read("folder renamed", call, NOTHING, is(ContentsType::Directory, "läden")).await;
    run.refuse("contents of the old name", contents.get("Untitled Folder"), 404).await;
}

async fn files(run: &mut Run, client: &Client) {
    let contents = client.contents();
    let file = |text| PutApiContentsPathBody::new().r#type("file").format("text").content(text);
    let named = is(ContentsType::File, "läden/a.txt");
    let made = PostApiContentsPathBody::new().r#type("file").ext(".txt");
    let untitled = is(ContentsType::File, "läden/untitled.txt");
    run.read("file made", contents.create("läden").body(made), NO_CONTENT, untitled).await;
    let call = contents.update("läden/untitled.txt", PatchApiContentsPathBody::new().path("läden/a.txt"));
    run.read("file renamed", call, NO_CONTENT, &named).await;
    run.read("file saved", contents.replace("läden/a.txt").body(file("one\ntwo")), NO_CONTENT, &named).await;
    let call = contents.replace("läden/b.txt").body(file("other"));
    run.read("file uploaded", call, NO_CONTENT, is(ContentsType::File, "läden/b.txt")).await;

    run.read("file read", contents.get("läden/a.txt"), &[], |it, json| {
        named(it, json);
        assert_eq!((&json["content"], &json["format"]), (&json!("one\ntwo"), &json!("text")));
        assert_eq!((&json["mimetype"], &json["size"]), (&json!("text/plain"), &json!(7)));
    })
    .await;
    let call = contents.get("läden/a.txt").format(&GetApiContentsPathFormat::Base64).hash(1);
    run.read("file read as base64", call, &[], |_, json| {
        assert_eq!((&json["content"], &json["format"]), (&json!("b25lCnR3bw==\n"), &json!("base64")));
        assert_eq!(json["hash_algorithm"], "sha256");
    })
    .await;
    run.read("file without content", contents.get("läden/a.txt").content(0), NO_CONTENT, |it, json| {
        named(it, json);
        assert_eq!((&json["content"], &json["mimetype"]), (&Json::Null, &json!("text/plain")));
    })
    .await;
    let call = contents.create("/").body(PostApiContentsPathBody::new().copy_from("läden/a.txt"));
    run.read("file copied", call, NO_CONTENT, is(ContentsType::File, "a.txt")).await;
    run.read("contents of a folder", contents.get("läden"), NOT_TEXT, |it, json| {
        is(ContentsType::Directory, "läden")(it, json);
        let mut names: Vec<&str> = json["content"].as_array().into_iter().flatten().map(name).collect();
        names.sort_unstable();
        assert_eq!(names, ["a.txt", "b.txt"]);
    })
    .await;
    let call = contents.get("läden").r#type(&GetApiContentsPathType::File);
    let error = run.refuse("folder read as a file", call, 400).await;
    let body = error.documented().expect("the body of this error is documented");
    assert_eq!(body.reason.as_deref(), Some("bad type"));
}

fn name(entry: &Json) -> &str {
    entry["name"].as_str().unwrap_or_default()
}

async fn notebooks(run: &mut Run, client: &Client) {
    let contents = client.contents();
    let made = PostApiContentsPathBody::new().r#type("notebook");
    let untitled = is(ContentsType::Notebook, "Untitled.ipynb");
    run.read("notebook made", contents.create("/").body(made), NOTHING, &untitled).await;
    run.read("notebook read", contents.get("Untitled.ipynb"), NOT_TEXT, |it, json| {
        untitled(it, json);
        assert_eq!((&json["format"], &json["content"]["cells"]), (&json!("json"), &json!([])));
    })
    .await;
    // the document says that the content is text, so that it goes where what is not documented goes
    let content: Value = from_json(NOTEBOOK.as_bytes()).expect("it is JSON");
    let mut body = PutApiContentsPathBody::new().r#type("notebook").format("json");
    body.extra.insert("content".to_owned(), content);
    let named = is(ContentsType::Notebook, "läden/n.ipynb");
    run.read("notebook saved", contents.replace("läden/n.ipynb").body(body), NOTHING, &named).await;
    run.read("notebook read again", contents.get("läden/n.ipynb"), NOT_TEXT, |it, json| {
        named(it, json);
        assert_eq!(json["content"]["cells"][0]["source"], "text");
        assert_eq!(json["content"]["metadata"]["language_info"]["name"], "python");
    })
    .await;
    run.read("path resolved", client.resolve_path().get("läden/n.ipynb"), &[], |it, _| {
        let found: Vec<_> = it.resolved.iter().map(|one| (one.scope.as_str(), one.path.as_str())).collect();
        assert_eq!(found, [("server", "läden/n.ipynb")]);
    })
    .await;
}

async fn checkpoints(run: &mut Run, client: &Client) {
    let (contents, path) = (client.contents(), "läden/a.txt");
    let mut id = String::new();
    run.read("no checkpoints", contents.list_checkpoints(path), &[], |list, _| assert!(list.is_empty()))
        .await;
    run.read("checkpoint made", contents.create_checkpoints(path), &[], |it, _| id = it.id.clone()).await;
    run.read("checkpoints", contents.list_checkpoints(path), &[], |list, _| {
        assert_eq!(list.iter().map(|one| &one.id).collect::<Vec<_>>(), [&id]);
    })
    .await;
    let changed = PutApiContentsPathBody::new().r#type("file").format("text").content("changed");
    let call = contents.replace(path).body(changed);
    run.read("file changed", call, NO_CONTENT, is(ContentsType::File, path)).await;
    run.take("checkpoint restored", contents.restore_checkpoint(path, &id)).await;
    run.read("file as it was", contents.get(path), &[], |_, json| assert_eq!(json["content"], "one\ntwo"))
        .await;
    run.take("checkpoint deleted", contents.delete_checkpoints(path, &id)).await;
    run.read("no checkpoints left", contents.list_checkpoints(path), &[], |list, _| assert!(list.is_empty()))
        .await;
}

async fn deletions(run: &mut Run, client: &Client) {
    let contents = client.contents();
    for path in ["läden/a.txt", "läden/b.txt", "läden/n.ipynb", "läden", "a.txt", "Untitled.ipynb"] {
        run.take(&format!("{path} deleted"), contents.delete(path)).await;
    }
    run.refuse("file that is not there", contents.get("a.txt"), 404).await;
    run.read("contents of the root at the end", contents.get("/"), NOT_TEXT, |_, json| {
        assert_eq!(json["content"], json!([]));
    })
    .await;
}
