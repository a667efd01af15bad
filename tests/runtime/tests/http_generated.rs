//! The calls of a generated crate, as its users write them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::time::Duration;

use http_server::{Server, answer, direct, json};
use runtime::models::{Group, Level};
use runtime::resources::{GetGroupError, StyledBody, UploadBody};
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::multipart::File;

fn client(server: &Server) -> Client {
    direct(Client::builder().api_key("1234$abcdef").base_url(server.url())).build().unwrap()
}

#[tokio::test]
async fn calls_read_as_they_should() -> Result<(), Error> {
    let server = Server::start(|seen| match (seen.method.as_str(), seen.target.as_str()) {
        ("GET", "/groups/0" | "/groups/7") | ("PATCH", _) => json(r#"{"name":"admins"}"#),
        ("DELETE", _) => answer("204 No Content", &[], ""),
        ("GET", "/groups/404") => answer("404 Not Found", &[], r#""no such group""#),
        ("GET", "/groups/409") => answer("409 Conflict", &[], r#"["a","b"]"#),
        (_, "/groups?limit=2&levels=1,2") => json(r#"{"count":3,"results":[{"name":"a"},{"name":"b"}]}"#),
        (_, "/groups?limit=2&levels=1,2&offset=2") => json(r#"{"count":3,"results":[{"name":"c"}]}"#),
        _ => answer("418 I'm a teapot", &[], ""),
    });
    let client = client(&server);
    let group = client.groups().get(0).await?;
    assert_eq!(group.name, "admins");
    let response = client.groups().get(7).timeout(Duration::from_secs(5)).header("X-Trace", "1").send().await?;
    assert_eq!((response.status().as_u16(), response.value()), (200, &group));
    assert_eq!(client.groups().update(7, &group).await?, group);
    client.groups().delete(7).await?;

    let list = client.groups().list().limit(2).levels(vec![Level::Unknown(1), Level::Unknown(2)]);
    assert_eq!(list.clone().await?.count, 3.0);
    let names: Vec<_> = list.items().try_collect().await?.into_iter().map(|group: Group| group.name).collect();
    assert_eq!(names, ["a", "b", "c"]);

    match client.groups().get(404).await {
        Err(Error::Api(error)) if error.status() == 404 => {
            assert_eq!(error.documented(), Some(&GetGroupError::NotFound("no such group".to_owned())));
        }
        other => unreachable!("{:?}", other?),
    }
    let Err(Error::Api(error)) = client.groups().get(409).await else { unreachable!() };
    assert_eq!(error.documented(), Some(&GetGroupError::Default(vec!["a".to_owned(), "b".to_owned()])));
    assert!(server.seen().iter().all(|seen| seen.header("authorization").as_deref() == Some("APIKey 1234$abcdef")));
    Ok(())
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let server = Server::always(json(r#"{"name":"admins"}"#));
    let client = client(&server);
    let task = tokio::spawn(async move { client.groups().get(1).await.map(|group| group.name) });
    assert_eq!(task.await.unwrap().unwrap(), "admins");
}

/// The parts of a body: what stands between its boundaries.
fn parts(content_type: &str, body: &str) -> Vec<String> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    let delimiter = format!("--{boundary}\r\n");
    let parts = body.split(delimiter.as_str()).skip(1);
    parts.map(|part| part.strip_suffix("\r\n").unwrap_or(part).to_owned()).collect()
}

#[tokio::test]
async fn no_boundary_is_known_before() {
    let server = Server::always(answer("204 No Content", &[], ""));
    let body = UploadBody { cover: File::new("x"), ..UploadBody::default() };
    for _ in 0..8 {
        client(&server).groups().upload(7, &body).await.unwrap();
    }
    let boundaries: std::collections::BTreeSet<_> =
        server.seen().iter().filter_map(|seen| seen.header("content-type")).collect();
    assert_eq!(boundaries.len(), 8);
}

#[tokio::test]
async fn each_kind_of_part_is_written_as_servers_expect_it() {
    let server = Server::always(answer("204 No Content", &[], ""));
    let group = Group { name: "a\"b".to_owned(), level: None };
    let body = UploadBody {
        cover: File::new(b"\x89PNG".to_vec()).name("a\"\r\n.png"),
        pages: vec![File::new("one").content_type("text/plain"), File::new("--0123456789abcdef0123456789abcdef")],
        back: None,
        title: Some("über".to_owned()),
        sizes: vec![1, 2],
        weights: vec![0.5, 2.0],
        group: Some(group.clone()),
        groups: vec![group.clone(), group],
    };
    client(&server).groups().upload(7, &body).await.unwrap();
    let seen = server.seen().remove(0);
    let name = "Content-Disposition: form-data; name=";
    let json = "Content-Type: application/json";
    let expected = [
        format!("{name}\"cover\"; filename=\"a%22%0D%0A.png\"\r\nContent-Type: image/png\r\n\r\n\u{fffd}PNG"),
        format!("{name}\"pages\"; filename=\"file\"\r\nContent-Type: text/plain\r\n\r\none"),
        format!(
            "{name}\"pages\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\n\
             --0123456789abcdef0123456789abcdef"
        ),
        format!("{name}\"title\"\r\n\r\nüber"),
        format!("{name}\"sizes\"\r\n\r\n1"),
        format!("{name}\"sizes\"\r\n\r\n2"),
        format!("{name}\"weights\"\r\n{json}\r\n\r\n[0.5,2]"),
        format!("{name}\"the group\"\r\n{json}\r\n\r\n{{\"name\":\"a\\\"b\"}}"),
        format!("{name}\"groups\"\r\n{json}\r\n\r\n{{\"name\":\"a\\\"b\"}}"),
        format!("{name}\"groups\"\r\n{json}\r\n\r\n{{\"name\":\"a\\\"b\"}}"),
    ];
    assert_eq!(parts(&seen.header("content-type").unwrap(), &seen.body), expected);
}

#[tokio::test]
async fn parts_have_styles_and_headers() {
    let server = Server::always(answer("204 No Content", &[], ""));
    let group = Group { name: "a".to_owned(), level: Some(Level::One) };
    let body = StyledBody {
        names: vec!["a b".to_owned(), "c,d".to_owned()],
        sizes: vec![1, 2],
        words: vec!["x".to_owned(), "y".to_owned()],
        group: Some(group.clone()),
        exploded: Some(group),
        nested: [("k[".to_owned(), vec![3, 4])].into(),
        note: "n".to_owned(),
        pages: vec![File::new("one").header("x-side", "2"), File::new("two")],
    };
    client(&server).groups().style(&body).await.unwrap();
    let seen = server.seen().remove(0);
    let name = "Content-Disposition: form-data; name=";
    let page = format!("{name}\"pages\"; filename=\"file\"\r\nContent-Type: application/pdf\r\nX-Kind: page\r\n");
    let expected = [
        format!("{name}\"names\"\r\n\r\na b,c,d"),
        format!("{name}\"sizes\"\r\n\r\n1|2"),
        format!("{name}\"words\"\r\n\r\nx y"),
        format!("{name}\"group\"\r\n\r\nname,a,level,1"),
        format!("{name}\"name\"\r\n\r\na"),
        format!("{name}\"level\"\r\n\r\n1"),
        format!("{name}\"nested[k[][0]\"\r\n\r\n3"),
        format!("{name}\"nested[k[][1]\"\r\n\r\n4"),
        format!("{name}\"note\"\r\nX-Kind: note\r\n\r\nn"),
        format!("{page}x-side: 2\r\n\r\none"),
        format!("{page}X-Side: 1\r\n\r\ntwo"),
    ];
    assert_eq!(parts(&seen.header("content-type").unwrap(), &seen.body), expected);
    for (name, value) in [("X-Side", "1\r\nX-Kind: other"), ("Content-Type", "text/html"), ("a b", "c")] {
        let body = StyledBody { pages: vec![File::new("one").header(name, value)], ..StyledBody::default() };
        let error = client(&server).groups().style(&body).await.unwrap_err();
        assert!(error.to_string().contains("pages"), "{error}");
    }
    assert_eq!(server.seen().len(), 1);
}
