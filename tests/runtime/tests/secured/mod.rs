//! A call that needs a bearer token, and what its server saw of the token endpoint.

use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::operation::Operation;

use super::http_server::{Seen, Server};

pub(crate) static SECURED: Operation = Operation::new("read", "GET", "/x").security(&[&["Bearer"]]);

pub(crate) async fn call(client: &Client) -> Result<i64, Error> { Call::json(client, &SECURED).await }

/// What came at the token endpoint.
pub(crate) fn of_token(server: &Server) -> Vec<Seen> {
    server.seen().into_iter().filter(|seen| seen.target == "/token").collect()
}
