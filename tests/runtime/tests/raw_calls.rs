//! Calls of what no document describes, over real connections.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use http::Method;
use http_server::{Server, answer, json};
use runtime::models::Level;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::value::Value;

fn client(server: &Server) -> Client {
    server.builder().secret("Key", "secret").base_url(format!("{}/v1/", server.url())).build().unwrap()
}

#[tokio::test]
async fn it_is_sent_as_every_other_call() {
    let server = Server::always(json(r#"[2,{"a":null}]"#));
    let call = client(&server).request(Method::POST, "beta/things").query_pair("dry run", "a&b").json(&vec![1, 2]);
    let value: Value = call.header("X-Trace", "7").read_as().await.unwrap();
    assert_eq!(value[0].as_i64(), Some(2));
    let seen = server.only();
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("POST", "/v1/beta/things?dry%20run=a%26b"));
    assert_eq!((seen.body.as_str(), seen.header("content-type").as_deref()), ("[1,2]", Some("application/json")));
    assert_eq!(seen.header("authorization").as_deref(), Some("APIKey secret"));
    assert_eq!((seen.header("x-trace").as_deref(), seen.header("accept").as_deref()), (Some("7"), Some("*/*")));
}

#[tokio::test]
async fn the_body_comes_as_it_is_or_as_asked() {
    let server = Server::always(answer("200 OK", &[("Content-Type", "text/csv")], "1"));
    let call = client(&server).request(Method::GET, "/report.csv");
    assert_eq!(call.clone().await.unwrap().as_ref(), b"1");
    assert_eq!(call.clone().text().await.unwrap(), "1");
    assert_eq!(call.clone().read_as::<i64>().await.unwrap(), 1);
    assert!(call.clone().read_as::<Level>().send().await.unwrap().status().is_success());
    let mut stream = call.stream().await.unwrap().into_value();
    assert_eq!(stream.next().await.unwrap().unwrap().as_ref(), b"1");
}

#[tokio::test]
async fn bytes_of_any_type_are_sent_by_any_method() {
    for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::from_bytes(b"QUERY").unwrap()] {
        let server = Server::always(json("{}"));
        client(&server).request(method.clone(), "/a").body("text/x-note", "é").await.unwrap();
        let seen = server.only();
        assert_eq!((seen.method.as_str(), seen.body.as_str()), (method.as_str(), "é"));
        assert_eq!(seen.header("content-type").as_deref(), Some("text/x-note"));
    }
}

#[tokio::test]
async fn a_path_stays_below_the_base_url() {
    for (path, target) in [
        ("/", "/v1/"),
        ("", "/v1/"),
        ("//evil.invalid/x", "/v1/evil.invalid/x"),
        ("https://evil.invalid", "/v1/https://evil.invalid"),
        ("/a b/ü?c#d", "/v1/a%20b/%C3%BC%3Fc%23d"),
        ("/a%2Fb", "/v1/a%2Fb"),
    ] {
        let server = Server::always(json("{}"));
        client(&server).request(Method::GET, path).await.unwrap();
        assert_eq!(server.only().target, target, "{path}");
    }
    let server = Server::always(json("{}"));
    for path in ["/../admin", "/a/%2e%2e/b", "/."] {
        let error = client(&server).request(Method::GET, path).await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{path}: {error}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn errors_and_retries_are_those_of_every_call() {
    let server = Server::always(answer("404 Not Found", &[], "gone"));
    let error = client(&server).request(Method::DELETE, "/a").await.unwrap_err();
    let Error::Api(error) = error else { unreachable!("{error}") };
    assert_eq!((error.status().as_u16(), error.body().as_bytes()), (404, &b"gone"[..]));
    let server = Server::always(answer("503 Service Unavailable", &[("Retry-After", "0")], ""));
    client(&server).request(Method::GET, "/a").await.unwrap_err();
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn what_cannot_be_sent_is_told() {
    let server = Server::always(json("{}"));
    let error = client(&server).request(Method::CONNECT, "/a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request could not be built: method `CONNECT`: is not one that a raw call can have"
    );
    let error = server.client().request(Method::GET, "/a").await.unwrap_err();
    assert!(error.to_string().contains("it takes Key"), "{error}");
    server.client().request(Method::GET, "/a").header("Authorization", "by hand").await.unwrap();
    assert_eq!(server.only().header("authorization").as_deref(), Some("by hand"));
}
