//! The transport over a service, with nothing but the service's own types between them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod http_server;

use std::cell::Cell;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body as _;
use http_server::API;
use runtime::runtime::body::Body;
use runtime::runtime::builder::ClientBuilder;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::fill::Fill as _;
use runtime::runtime::operation::Operation;
use runtime::runtime::retry::RetryPolicy;
use runtime::runtime::transport::{TransportError, TransportErrorKind};
use runtime::runtime::transport_tower::TowerTransport;
use tower_service::Service;

static POST: Operation = Operation::new("post", "POST", "/x");

/// Answers with the length of what it is sent. It must be ready before each request, and is not `Sync`.
#[derive(Clone)]
struct Length {
    is_ready: Cell<bool>,
    readied: Arc<AtomicUsize>,
    failure: Option<TransportErrorKind>,
}

impl Service<Request<Body>> for Length {
    type Response = Response<Body>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Ready<Result<Response<Body>, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        if self.readied.fetch_add(1, Ordering::SeqCst) == 0 {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.is_ready.set(true);
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        assert!(self.is_ready.take(), "it is asked whether it is ready");
        let length = request.body().size_hint().exact().unwrap();
        ready(match self.failure {
            None => Ok(Response::new(Body::from(length.to_string()))),
            Some(TransportErrorKind::Other) => Err("out of order".into()),
            Some(kind) => Err(Box::new(TransportError::new(kind, "own words"))),
        })
    }
}

fn client(failure: Option<TransportErrorKind>) -> Client {
    let service = Length { is_ready: Cell::new(false), readied: Arc::default(), failure };
    ClientBuilder::new(&API).transport(TowerTransport::new(service)).build().unwrap()
}

#[tokio::test]
async fn a_service_carries_requests() {
    let client = client(None);
    for text in ["", "four"] {
        let call = Call::<u64>::json(&client, &POST).with_upload("text/plain", Bytes::from(text));
        assert_eq!(call.await.unwrap(), text.len() as u64);
    }
}

#[tokio::test]
async fn what_a_service_fails_with_is_told() {
    for (failure, kind, text) in [
        (TransportErrorKind::Other, TransportErrorKind::Interrupted, "the service failed"),
        (TransportErrorKind::Connect, TransportErrorKind::Connect, "own words"),
    ] {
        let call = Call::<u64>::json(&client(Some(failure)), &POST).retries(RetryPolicy::never());
        let Err(Error::Transport(error)) = call.await else { unreachable!() };
        assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
    }
}
