//! The transports without a server of the Gcore client, as its users write their tests.

use std::fs;

use acceptance::workspace;
use cratewright::pipeline::{self, Request};
use gcore_iam::{
    Call, Client, Error,
    models::{User, UserUpdate},
    testing::{Mock, Recorder, Replay},
    transport::{Operation, TransportErrorKind},
};

const USER: &str = include_str!("../../generated-client/examples/user.json");

fn mocked() -> (Mock, Client) {
    let mock = Mock::new();
    let client = Client::builder().api_key("1234$abcdef").transport(mock.clone()).build().expect("a client");
    (mock, client)
}

#[tokio::test]
async fn calls_of_every_kind_are_expected() {
    let (mock, client) = mocked();
    let users = client.iam().users();
    let user: User = gcore_iam::json::from_json(USER.as_bytes()).expect("a user");
    mock.expect(users.get(7)).returns(&user);
    mock.expect(users.list().limit(2).offset(4)).returns_json(200, r#"{"count":0,"results":[]}"#);
    mock.expect(users.update(7, UserUpdate::new().name("Ann"))).returns(&user);
    mock.expect(users.delete(42, 7)).responds(204, "", "");
    assert_eq!(users.get(7).await.expect("it is expected"), user);
    assert_eq!(users.list().offset(4).limit(2).await.expect("it is expected").count, 0);
    users.update(7, UserUpdate::new().name("Ann")).await.expect("it is expected");
    users.delete(42, 7).await.expect("it is expected");
    mock.verify();
    let called = mock.requests();
    let called: Vec<_> = called.iter().filter_map(|one| one.extensions().get::<Operation>()).collect();
    assert_eq!(called.len(), 4);
    assert_eq!((called[0].method(), called[0].path()), ("GET", "/iam/users/{userId}"));
    let key = mock.requests()[0].headers().get("Authorization").cloned();
    assert_eq!(key.expect("the credential is sent"), "APIKey 1234$abcdef");
}

/// A function over any call takes what `expect` does.
#[tokio::test]
async fn errors_are_those_of_the_client() {
    fn fails<T, E>(mock: &Mock, call: impl Into<Call<T, E>>) {
        mock.expect(call).fails(TransportErrorKind::Timeout).times(3);
    }
    let (mock, client) = mocked();
    fails(&mock, client.iam().users().list());
    let error = client.iam().users().list().await.expect_err("it fails");
    assert!(error.is_timeout(), "{error}");
    let problem = r#"{"exception_class":"NotFound","message":"no such user","request_id":"1"}"#;
    mock.expect(client.iam().users().get(404)).returns_json(404, problem);
    let Err(Error::Api(error)) = client.iam().users().get(404).await else { panic!("it fails") };
    assert_eq!(error.status(), 404);
    assert_eq!(error.documented().map(|problem| problem.message.as_str()), Some("no such user"));
    mock.verify();
}

#[tokio::test]
async fn every_page_is_expected() {
    let (mock, client) = mocked();
    let page = |count: usize| format!(r#"{{"count":3,"results":[{}]}}"#, [USER].repeat(count).join(","));
    let list = || client.iam().users().list().limit(2);
    mock.expect(list()).returns_json(200, &page(2));
    mock.expect(list().offset(2)).returns_json(200, &page(1));
    assert_eq!(list().items().try_collect().await.expect("both pages are expected").len(), 3);
    mock.verify();
}

#[tokio::test]
async fn a_recording_plays_back_and_corrects_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("users.har");
    let mock = Mock::new();
    let client =
        Client::builder().api_key("1234$abcdef").strict_reading(false).transport(mock.clone()).build();
    let client = Recorder::around(&client.expect("a client"), &file);
    let deviating = USER.replace(r#""company":"Example""#, r#""company":null"#);
    mock.expect(client.iam().users().get(7)).returns_json(200, &deviating);
    mock.expect(client.iam().users().list())
        .returns_json(200, &format!(r#"{{"count":1,"results":[{USER}]}}"#));
    let user = client.iam().users().get(7).await.expect("it is expected");
    client.iam().users().list().await.expect("it is expected");

    let text = fs::read_to_string(&file).expect("it was recorded");
    assert!(!text.contains("1234$abcdef") && text.contains("REDACTED"), "{text}");
    let replay = Replay::open(&file).expect("a recording");
    let replayed = Client::builder().api_key("any").transport(replay).build().expect("a client");
    assert_eq!(replayed.iam().users().get(7).await.expect("it was recorded"), user);
    assert_eq!(replayed.iam().users().list().await.expect("it was recorded").count, 1);

    let config = Some(workspace::root().join("spec/gcore-iam.toml"));
    let reconciled = pipeline::reconcile(&Request { config, ..Request::default() }, &[file]);
    let lines = reconciled.lines();
    let corrections: Vec<&str> = lines.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(corrections, ["[corrections]", "\"User.company\" = \"nullable\""]);
}
