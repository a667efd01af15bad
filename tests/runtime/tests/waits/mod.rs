//! Work in memory, where no time passes: how long a client was to wait, and what came of it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::mock::Mock;
use runtime::runtime::operation::Operation;
use runtime::runtime::transport::{BoxFuture, Transport, TransportError};
use runtime::runtime::unfinished::Unfinished;
use runtime::runtime::value::Value;

use super::http_server::API;

pub(crate) static PILE: Operation =
    Operation::new("pile", "GET", "/yards/{yard}/piles/{pile}").accept("application/json");

pub(crate) const DONE: &str = r#"{"state":"DONE","made":{"piles":[4]}}"#;

pub(crate) fn pile(client: &Client, pile: i64) -> Call<Value> {
    Call::json(client, &PILE).with_path("yard", &"a b").with_path("pile", &pile)
}

/// A mock that keeps how long it was to wait.
#[derive(Clone, Default)]
pub(crate) struct Waits(pub(crate) Mock, Arc<Mutex<Vec<u64>>>);

impl Waits {
    /// A client over it.
    pub(crate) fn client(&self) -> Client {
        ClientBuilder::new(&API).secret("Key", "k").transport(self.clone()).build().unwrap()
    }

    /// The waits in milliseconds.
    pub(crate) fn waited(&self) -> Vec<u64> { self.1.lock().unwrap().clone() }
}

impl Transport for Waits {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request)
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.1.lock().unwrap().push(time.as_millis().try_into().unwrap());
        self.0.sleep(time)
    }

    fn limit(&self, time: Duration) -> BoxFuture<'static, ()> { self.0.limit(time) }

    fn random(&self) -> u64 { self.0.random() }
}

/// The error of work that is not done.
pub(crate) fn unfinished<T>(outcome: Result<T, Error>) -> Unfinished {
    match outcome {
        Err(Error::Work(work)) => *work,
        Err(other) => unreachable!("{other}"),
        Ok(_) => unreachable!("there is no result"),
    }
}
