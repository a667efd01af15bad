//! Every operation of the Gcore IAM client sends what the official SDK was recorded sending.

use acceptance::recording::{self, Recorded};
use gcore_iam::{
    Client, Field,
    models::{
        ApiTokenCreate, AuthType, GroupName, TokenClientUserCreate, UserInvite, UserLanguage, UserRole,
        UserUpdate,
    },
};

/// Serves a recorded case, makes a call, and compares the first request.
async fn replay<F, T>(cases: &std::collections::BTreeMap<String, Recorded>, name: &str, call: F)
where
    F: AsyncFnOnce(Client) -> T,
{
    let case = cases.get(name).unwrap_or_else(|| panic!("{name} was recorded"));
    let server = case.serve();
    let client = Client::builder().base_url(server.url()).api_key("1234$abcdef").build().expect("a client");
    let _ = call(client).await;
    case.assert_request(server.received().first().unwrap_or_else(|| panic!("{name} sends a request")));
}

#[tokio::test]
async fn users() {
    let cases = recording::all();
    replay(&cases, "users.get/seed", async |client| client.iam().users().get(0).await).await;
    replay(&cases, "users.get/id-int", async |client| client.iam().users().get(123).await).await;
    replay(&cases, "async/users.get", async |client| client.iam().users().get(0).await).await;
    replay(&cases, "users.list/default", async |client| client.iam().users().list().await).await;
    replay(&cases, "users.list/limit2-first-page", async |client| client.iam().users().list().limit(2).await)
        .await;
    replay(&cases, "users.list/offset0", async |client| client.iam().users().list().offset(0).await).await;
    replay(&cases, "users.list/limit0", async |client| client.iam().users().list().limit(0).await).await;
    replay(&cases, "users.delete/204", async |client| client.iam().users().delete(456, 123).await).await;
}

#[tokio::test]
async fn updates() {
    let cases = recording::all();
    let bodies: Vec<(&str, UserUpdate)> = vec![
        ("empty", UserUpdate::new()),
        ("name", UserUpdate::new().name("Jöhn / Smith & Co")),
        ("name-null", UserUpdate::new().name(Field::Null)),
        ("phone-null", UserUpdate::new().phone(None)),
        ("emoji", UserUpdate::new().name("😀 \u{2028} \" \\ </script>")),
        ("auth-types-empty", UserUpdate::new().auth_types([])),
        (
            "auth-types-all",
            UserUpdate::new().auth_types([
                AuthType::Password,
                AuthType::Sso,
                AuthType::Github,
                AuthType::GoogleOauth2,
            ]),
        ),
        ("lang-unknown", UserUpdate::new().lang("fr")),
        ("omit", UserUpdate::new().phone("1")),
        (
            "all",
            UserUpdate::new()
                .auth_types([AuthType::Password])
                .email("j+s@example.com")
                .lang(UserLanguage::De)
                .name("n")
                .phone("p"),
        ),
    ];
    for (name, body) in bodies {
        let name = format!("users.update/{name}");
        replay(&cases, &name, async |client| client.iam().users().update(123, body).await).await;
    }
}

/// The document does not let `email` be null, so its field has no `Null`; what the SDK sends all the same goes through
/// `extra`.
#[tokio::test]
async fn what_the_types_do_not_allow_goes_through_extra() {
    let cases = recording::all();
    let mut body = UserUpdate::new().name("over");
    body.extra.insert("company".to_owned(), "C".into());
    replay(&cases, "override/extra-body", async |client| client.iam().users().update(1, body).await).await;
}

#[tokio::test]
async fn invitations() {
    let cases = recording::all();
    let invite = |role: UserRole| UserInvite::new(456, "d@e.f", role);
    let role = |id: i64| UserRole::new().id(id);
    let named = UserRole::new().name(GroupName::PurgeAndPrefetchOnlyApiWeb);
    let minimal = UserInvite::new(456, "dev@example.com", UserRole::new());
    replay(&cases, "users.invite/minimal", async |client| client.iam().users().invite(minimal).await).await;
    replay(&cases, "users.invite/role-id-only", async |client| {
        client.iam().users().invite(invite(role(3009))).await
    })
    .await;
    replay(&cases, "users.invite/role-name-only", async |client| {
        client.iam().users().invite(invite(named)).await
    })
    .await;
    let full = UserInvite::new(456, "dev+ä@example.com", role(1).name(GroupName::Administrators))
        .lang(UserLanguage::Az);
    let full = full.name(invited_name(&cases));
    replay(&cases, "users.invite/full", async |client| client.iam().users().invite(full).await).await;
}

/// The name in the recorded invitation.
fn invited_name(cases: &std::collections::BTreeMap<String, Recorded>) -> String {
    let body = cases["users.invite/full"].request_body();
    body["name"].as_str().expect("the invitation has a name").to_owned()
}

#[tokio::test]
async fn tokens() {
    let cases = recording::all();
    replay(&cases, "api_tokens.list/all", async |client| {
        let list = client.iam().api_tokens().list(456).deleted(true).issued_by(1).not_issued_by(2);
        list.role("Purge and Prefetch only (API+Web)").await
    })
    .await;
    replay(&cases, "api_tokens.list/unicode-role", async |client| {
        client.iam().api_tokens().list(456).role("é/ü?&=+%").await
    })
    .await;
    replay(&cases, "api_tokens.list/empty", async |client| client.iam().api_tokens().list(456).await).await;
    replay(&cases, "api_tokens.get", async |client| client.iam().api_tokens().get(456, 42).await).await;
    let create = ApiTokenCreate::new(TokenClientUserCreate::new(), None, "My token");
    replay(&cases, "api_tokens.create/min", async |client| {
        client.iam().api_tokens().create(456, create).await
    })
    .await;
    replay(&cases, "account_overview/minimal", async |client| client.iam().get_account_overview().await)
        .await;
}

#[tokio::test]
async fn clients() {
    let cases = recording::all();
    let case = &cases["override/base-path-slash"];
    for slash in ["", "/"] {
        let server = case.serve();
        let base = format!("{}/proxy/v9{slash}", server.url());
        let client = Client::builder().base_url(base).api_key("1234$abcdef").build().expect("a client");
        let _ = client.iam().users().get(7).await;
        case.assert_request(&server.received()[0]);
    }
}
