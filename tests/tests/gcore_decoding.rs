//! What the Gcore IAM client makes of every recorded answer, and why where it differs from the Python SDK.
//!
//! The SDK does not validate by default: whatever comes is passed on, and a missing or wrong-typed field surfaces
//! where it is used. Here such an answer is read, and told by its place; for a client that reads strictly it is an error
//! that names the place, with status, headers and bytes kept. What a newer server may add is neither: unknown constants
//! and fields are kept.

use std::collections::BTreeMap;

use acceptance::recording::{self, Recorded};
use gcore_iam::{
    Client, Error,
    models::{ApiTokenCreate, AuthType, GroupName, TokenClientUserCreate, User, UserLanguage},
};

type Cases = BTreeMap<String, Recorded>;

fn client(url: String) -> Client {
    Client::builder().base_url(url).api_key("1234$abcdef").build().expect("a client")
}

/// The user in a recorded answer.
async fn user(cases: &Cases, name: &str) -> Result<User, Error> {
    let server = cases.get(name).unwrap_or_else(|| panic!("{name} was recorded")).serve();
    Ok(client(server.url()).iam().users().get(0).await?)
}

async fn good(cases: &Cases, name: &str) -> User {
    user(cases, name).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A decode error that says this, with the answer's bytes kept.
async fn bad(cases: &Cases, name: &str, says: &str) {
    match user(cases, name).await {
        Err(Error::Decode(failure)) => {
            assert!(failure.to_string().contains(says), "{name}: `{failure}` says `{says}`");
            assert_eq!(failure.bytes().as_ref(), cases[name].answer_body(), "{name}: the body is kept");
        }
        other => panic!("{name}: {other:?}"),
    }
}

/// An answer that is read, with a deviation at this place, and that a client which reads strictly refuses with these words.
async fn deviates(cases: &Cases, name: &str, path: &str, says: &str) {
    let server = cases[name].serve();
    let response = client(server.url()).iam().users().get(0).send().await;
    let response = response.unwrap_or_else(|error| panic!("{name}: {error}"));
    let paths: Vec<String> = response.deviations().iter().map(|one| one.path()).collect();
    assert!(paths.iter().any(|found| found == path), "{name}: {paths:?}");
    let server = cases[name].serve();
    let strict = Client::builder().base_url(server.url()).api_key("1234$abcdef").strict_reading(true).build();
    match strict.expect("a client").iam().users().get(0).await {
        Err(Error::Decode(failure)) => {
            assert!(failure.to_string().contains(says), "{name}: `{failure}` says `{says}`");
            assert_eq!(failure.bytes().as_ref(), cases[name].answer_body(), "{name}: the body is kept");
        }
        other => panic!("{name}: {other:?}"),
    }
}

#[tokio::test]
async fn the_seed_decodes_to_the_seeds_values() {
    let cases = recording::all();
    for name in
        ["users.get/seed", "sdk-0.30.0/users.get/seed", "decode-strict/seed", "decode/bom", "transport/gzip"]
    {
        let user = good(&cases, name).await;
        assert_eq!(user.id, 123, "{name}");
        assert_eq!(user.email, "jsmith@example.com");
        assert_eq!(user.name.as_deref(), Some("<string>"));
        assert_eq!(user.lang, UserLanguage::De);
        assert_eq!(user.phone.as_deref(), Some("<string>"));
        assert_eq!((user.company.as_str(), user.reseller, user.client), ("<string>", 123, 123.0));
        assert!(user.deleted && user.activated && user.sso_auth && user.two_fa && user.is_active);
        assert_eq!(user.groups[0].id, Some(1));
        assert_eq!(user.groups[0].name, Some(GroupName::Administrators));
        assert_eq!(user.auth_types, [AuthType::Password]);
        assert_eq!(user.user_type.as_str(), "common");
        let role = &user.client_and_roles[0];
        assert_eq!((role.client_id, role.user_id), (123, 123));
        assert_eq!(role.client_company_name, "<string>");
        assert_eq!(role.user_roles, ["2"]);
    }
}

/// As the SDK: open enums, fields of newer servers, empty lists, whole floats, fractions in `client`, null names.
#[tokio::test]
async fn what_a_server_may_send_is_taken() {
    let cases = recording::all();
    assert_eq!(good(&cases, "decode/lang-unknown").await.lang, UserLanguage::Unknown("fr".to_owned()));
    assert_eq!(good(&cases, "decode-strict/lang-unknown").await.lang.as_str(), "fr");
    assert_eq!(good(&cases, "decode/lang-case").await.lang.as_str(), "DE");
    let types = good(&cases, "decode/auth-type-unknown").await.auth_types;
    assert_eq!(types, [AuthType::Password, AuthType::Unknown("passkey".to_owned())]);
    for name in ["decode/group-unknown", "decode-strict/group-unknown"] {
        let group = good(&cases, name).await.groups.remove(0);
        assert_eq!(group.name, Some(GroupName::Unknown("Auditors".to_owned())));
        assert_eq!(group.id, Some(7));
    }
    assert!(good(&cases, "decode/groups-empty").await.groups.is_empty());
    let group = good(&cases, "decode-strict/group-empty").await.groups.remove(0);
    assert_eq!((group.id, group.name), (None, None));
    assert!(good(&cases, "decode/client-and-roles-empty").await.client_and_roles.is_empty());
    assert_eq!(good(&cases, "decode/email-invalid").await.email, "not an email");
    assert_eq!(good(&cases, "decode/id-float").await.id, 123);
    assert_eq!(good(&cases, "decode-strict/id-float").await.id, 123);
    assert_eq!(good(&cases, "decode-strict/client-fraction").await.client, 123.5);
    let user = good(&cases, "decode-strict/name-null").await;
    assert_eq!((user.name, user.phone), (None, None));
    let extra = good(&cases, "decode-strict/extra-field").await.groups.remove(0).extra;
    assert_eq!(extra.get("scope").and_then(|value| value.as_str()), Some("x"));
}

/// The SDK reads `null` for a missing or non-nullable field, and passes wrong types on.
#[tokio::test]
async fn what_the_document_rules_out_is_told_by_its_place() {
    let cases = recording::all();
    deviates(&cases, "decode/company-null", "$.company", "$.company").await;
    deviates(&cases, "decode-strict/company-null", "$.company", "$.company").await;
    deviates(&cases, "decode/required-missing", "$.id", "missing field `id`").await;
    let missing = "missing field `client_and_roles`";
    deviates(&cases, "decode/client-and-roles-missing", "$.client_and_roles", missing).await;
    deviates(&cases, "decode/groups-object", "$.groups", "$.groups").await;
    deviates(&cases, "decode/groups-item-null", "$.groups[0]", "$.groups[0]").await;
    deviates(&cases, "decode/bool-int", "$.deleted", "$.deleted").await;
    let role = "$.client_and_roles[0].user_roles[0]";
    deviates(&cases, "decode-strict/user-roles-ints", role, role).await;
    // The last of two members counts, as in the SDK; here the others are missing.
    deviates(&cases, "decode/duplicate-key", "$.email", "missing field `email`").await;
}

/// The SDK gives back whatever the JSON is, lets errors of its JSON parser through unwrapped, and a `str` in place of
/// a user for HTML.
#[tokio::test]
async fn what_is_no_user_is_an_error() {
    let cases = recording::all();
    bad(&cases, "decode/empty-body", "empty").await;
    bad(&cases, "decode/null", "expected an object").await;
    bad(&cases, "decode/array", "expected an object").await;
    bad(&cases, "decode/number", "expected an object").await;
    bad(&cases, "decode/trailing-garbage", "").await;
    bad(&cases, "decode/nan", "").await;
    bad(&cases, "decode/lone-surrogate", "").await;
    bad(&cases, "content-type/text-html-no-json", "").await;
    bad(&cases, "content-type/text-html-no-json-strict", "").await;
    bad(&cases, "status/204-on-get", "empty").await;
}

/// As the SDK: JSON is JSON whatever it is called, and any 2xx is a success.
#[tokio::test]
async fn labels_do_not_matter() {
    let cases = recording::all();
    for name in ["content-type/charset", "content-type/problem+json", "status/202-on-get"] {
        assert_eq!(good(&cases, name).await.id, 123);
    }
}

#[tokio::test]
async fn tokens_and_accounts_decode() {
    let cases = recording::all();
    let server = cases["api_tokens.get/nulls"].serve();
    let token = client(server.url()).iam().api_tokens().get(456, 42).await.expect("a token");
    assert_eq!((token.exp_date, token.last_usage), (None, None));
    assert_eq!(token.created, "2021-01-01 12:00:00+00:00");
    // The recorded answer is cut to what the SDK renames; the document requires more.
    let server = cases["account_overview/minimal"].serve();
    let overview = client(server.url()).iam().get_account_overview().send().await.expect("an overview");
    assert!(
        overview.deviations().iter().any(|one| one.path() == "$.companyName" && one.found() == "nothing")
    );
    let server = cases["api_tokens.create/min"].serve();
    let create = || ApiTokenCreate::new(TokenClientUserCreate::new(), None, "My token");
    client(server.url()).iam().api_tokens().create(456, create()).await.expect("a created token");
    // SDKs up to 0.21 read this answer, which the API gave then; the fields it lacks are required since.
    let server = cases["api_tokens.create/token-only-answer"].serve();
    let created =
        client(server.url()).iam().api_tokens().create(456, create()).send().await.expect("a token");
    assert!(created.deviations().iter().any(|one| one.path() == "$.id" && one.found() == "nothing"));
    assert!(created.value().token.is_some(), "what the server has made is not lost");
    let server = cases["users.delete/204"].serve();
    client(server.url()).iam().users().delete(456, 123).await.expect("nothing");
}

/// Every recorded decoding has a test here.
#[test]
fn no_case_is_forgotten() {
    let source = include_str!("gcore_decoding.rs");
    let families = ["decode/", "decode-strict/", "content-type/"];
    let forgotten: Vec<String> = recording::all()
        .into_keys()
        .filter(|name| families.iter().any(|family| name.starts_with(family)))
        .filter(|name| !source.contains(&format!("\"{name}\"")) && name != "decode-strict/list-default")
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}
