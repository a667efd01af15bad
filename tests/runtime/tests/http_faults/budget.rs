//! How much a server is asked that always fails: a client makes a hundred further attempts, however many call it at a
//! time.

use std::time::Duration;

use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;

use crate::over::{BOTH, Over};
use crate::server::{Fault, FaultyServer};

static GET: Operation = Operation::new("get", "GET", "/x");

/// How many call at a time, and how often each of them.
const CALLERS: usize = 16;
const CALLS: usize = 12;

/// The further attempts of a client, as `RetryPolicy` says.
const FURTHER: usize = 100;

/// Makes all calls, each of which fails.
fn call(over: Over, client: &Client) {
    let caller = async |client: Client| {
        for _ in 0..CALLS {
            assert!(Call::<i64>::json(&client, &GET).await.is_err());
        }
    };
    match over {
        Over::Reqwest => {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
            runtime.unwrap().block_on(async {
                let callers: Vec<_> = (0..CALLERS).map(|_| tokio::spawn(caller(client.clone()))).collect();
                for caller in callers {
                    caller.await.unwrap();
                }
            });
        }
        Over::Ureq => std::thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| over.wait(caller(client.clone())));
            }
        }),
    }
}

#[test]
fn a_server_that_always_fails_is_left_alone() {
    let busy = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n";
    let broken = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1";
    let faults = [Fault::sends(busy).takes_next(), Fault::sends(broken), Fault::sends(""), Fault::refuses()];
    let at_once = Duration::from_millis(1);
    for (index, fault) in faults.into_iter().enumerate() {
        for over in BOTH {
            let server = FaultyServer::always(fault.clone());
            let policy = RetryPolicy::new().max_attempts(5).delay(at_once, at_once);
            let client = over.builder(&server).retries(policy).build().unwrap();
            call(over, &client);
            assert_eq!(server.arrived(), CALLERS * CALLS + FURTHER, "{index} over {over:?}");
        }
    }
}
