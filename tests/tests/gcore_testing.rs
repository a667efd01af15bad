//! The transports without a server of the Gcore client, as its users write their tests.

use gcore_iam::{
    Call, Client, Error,
    models::{User, UserUpdate},
    testing::Mock,
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
