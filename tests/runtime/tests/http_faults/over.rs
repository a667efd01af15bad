//! The transports that a fault is met over.

use std::time::Duration;

use runtime::runtime::blocking::Block as _;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport_reqwest::ReqwestTransport;
use runtime::runtime::transport_ureq::UreqTransport;
use ureq::Agent;

use crate::http_server::API;
use crate::server::FaultyServer;

/// A transport, and what waits for its calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Over {
    /// `reqwest`, in a runtime of tokio.
    Reqwest,
    /// `ureq`, in a thread that waits.
    Ureq,
}

pub(crate) const BOTH: [Over; 2] = [Over::Reqwest, Over::Ureq];

impl Over {
    /// A client of a server, whose three attempts follow each other at once.
    pub(crate) fn builder(self, server: &FaultyServer) -> ClientBuilder {
        let at_once = Duration::from_millis(1);
        let builder = ClientBuilder::new(&API).base_url(server.url()).secret("Key", "k");
        let builder = builder.retries(RetryPolicy::new().delay(at_once, at_once));
        match self {
            Over::Reqwest => builder.transport(ReqwestTransport::without_proxy(None).unwrap()),
            Over::Ureq => builder.transport(UreqTransport::from(Agent::config_builder().proxy(None))),
        }
    }

    /// Waits for a future.
    pub(crate) fn wait<F: Future>(self, future: F) -> F::Output {
        match self {
            Over::Reqwest => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.unwrap().block_on(future)
            }
            Over::Ureq => future.block(),
        }
    }
    /// Lets time pass, in which the tasks of `reqwest` go on.
    pub(crate) async fn pause(self, time: Duration) {
        match self {
            Over::Reqwest => tokio::time::sleep(time).await,
            Over::Ureq => std::thread::sleep(time),
        }
    }
}
