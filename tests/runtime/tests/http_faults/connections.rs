//! Connections that are kept: bytes behind a response are not read as the response to the next request, and a request on a
//! connection that the server closes is sent once.

use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;

use crate::over::BOTH;
use crate::server::{Fault, FaultyServer};

static GET: Operation = Operation::new("get", "GET", "/x");
static POST: Operation = Operation::new("post", "POST", "/x");

/// An answer whose length is told, on a connection that is kept.
fn answer(body: &str) -> Fault {
    Fault::sends(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())).takes_next()
}

async fn call(client: &Client, operation: &'static Operation) -> Result<i64, Error> {
    Call::json(client, operation).await
}

#[test]
fn a_connection_is_kept() {
    for over in BOTH {
        let server = FaultyServer::always(answer("1"));
        let client = over.builder(&server).build().unwrap();
        over.wait(async {
            for _ in 0..3 {
                assert_eq!(call(&client, &POST).await.unwrap(), 1);
            }
        });
        assert_eq!((server.arrived(), server.accepted()), (3, 1), "{over:?}");
    }
}

/// The library must not send a request again by itself: the server read it, and may have acted.
#[test]
fn a_request_on_a_kept_connection_that_breaks_is_sent_once() {
    for over in BOTH {
        for operation in [&GET, &POST] {
            let server = FaultyServer::start(|before| if before == 0 { answer("1") } else { Fault::sends("") });
            let client = over.builder(&server).retries(RetryPolicy::never()).build().unwrap();
            let (first, second) = over.wait(async { (call(&client, &GET).await, call(&client, operation).await) });
            assert!(first.is_ok() && second.is_err(), "{over:?}: {first:?} {second:?}");
            assert_eq!((server.arrived(), server.accepted()), (2, 1), "{over:?} {}", operation.method());
        }
    }
}

/// What stands behind an answer could be taken for the next one.
#[test]
fn what_is_sent_too_much_is_not_the_next_answer() {
    let forged = "1HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n666";
    for over in BOTH {
        let server = FaultyServer::start(move |before| match before {
            0 => Fault::sends(format!("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{forged}")).takes_next(),
            _ => answer("7"),
        });
        let client = over.builder(&server).build().unwrap();
        let values = over.wait(async { (call(&client, &GET).await, call(&client, &GET).await) });
        assert_eq!((values.0.unwrap(), values.1.unwrap()), (1, 7), "{over:?}");
    }
}
