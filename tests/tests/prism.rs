//! Every operation of the Gcore IAM client against Prism, a mock server that others wrote, which validates each
//! request against the document. Runs with `CRATEWRIGHT_LIVE=1` once `npm ci` was run in `tests/live`.

use std::process::ExitCode;

use acceptance::{
    ignorable::{self, Ran},
    mocked::mock::{Kind, Mock},
    workspace,
};
use gcore_iam::{
    Client, Error, Response,
    models::{
        ApiTokenCreate, GroupName, TokenClientUserCreate, UserInvite, UserLanguage, UserRole, UserUpdate,
    },
};

/// Says how an operation went, and that Prism found nothing wrong with the request.
fn passed<T, E: std::fmt::Debug>(name: &str, answer: Result<Response<T>, Error<E>>) {
    let response = answer.unwrap_or_else(|error| panic!("{name}: {error}"));
    let violations = response.headers().get("sl-violations");
    assert!(violations.is_none(), "{name}: {violations:?}");
    println!("{name}: {}", response.status());
}

fn main() -> ExitCode {
    ignorable::main(&[("every_operation_is_valid", every_operation_is_valid)])
}

fn every_operation_is_valid() -> Ran {
    ignorable::live()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("the system gives a runtime").block_on(call_every_operation());
    Ok(())
}

async fn call_every_operation() {
    let document = workspace::root().join("spec/gcore-iam.yaml");
    let prism = Mock::start(Kind::Prism, &document).expect("Prism serves it");
    let client = Client::builder().base_url(&prism.url).api_key("1234$abcdef").build().expect("a client");
    let (iam, users, tokens) = (client.iam(), client.iam().users(), client.iam().api_tokens());
    passed("getAccountOverview", iam.get_account_overview().send().await);
    passed("listUsers", users.list().limit(2).offset(0).send().await);
    passed("getUser", users.get(0).send().await);
    let update =
        UserUpdate::new().name(None).phone("+15550100").lang(UserLanguage::De).email("a@example.com");
    passed("updateUser", users.update(7, update).send().await);
    passed("deleteUser", users.delete(456, 123).send().await);
    let invite = UserInvite::new(456, "dev@example.com", UserRole::new().name(GroupName::Engineers));
    passed("inviteUser", users.invite(invite).send().await);
    let create =
        ApiTokenCreate::new(TokenClientUserCreate::new().role(UserRole::new().id(1)), None, "My token");
    passed("createApiToken", tokens.create(456, create).send().await);
    passed("listApiTokens", tokens.list(456).deleted(false).issued_by(1).role("Engineers").send().await);
    passed("getApiToken", tokens.get(456, 42).send().await);
    passed("deleteApiToken", tokens.delete(456, 42).send().await);
}
