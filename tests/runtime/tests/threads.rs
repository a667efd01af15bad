//! Threads end with what they serve. A program of its own, whose threads are counted.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod in_memory;

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};
use std::thread::sleep;
use std::time::{Duration, Instant};

use http::{Method, Request, Response};
use pollster::block_on;
use runtime::runtime::body::Body;
use runtime::runtime::transport::{BoxFuture, Transport, TransportError};
use runtime::runtime::upload::Upload;

/// A transport without a timer. It takes one chunk of a body, and drops the rest.
struct OneChunk;

impl Transport for OneChunk {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async {
            let mut body = request.into_body();
            assert!(body.next().await.is_some());
            // until the thread has read all that there is room for
            sleep(Duration::from_millis(100));
            Ok(Response::new(Body::default()))
        })
    }
}

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) { self.0.fetch_add(1, Ordering::Relaxed); }
}

fn threads() -> usize { fs::read_dir("/proc/self/task").unwrap().count() }

fn wait_for(count: usize) {
    let start = Instant::now();
    while threads() != count {
        assert!(start.elapsed() < Duration::from_secs(10), "{} threads, not {count}", threads());
        sleep(Duration::from_millis(1));
    }
}

#[test]
fn threads_end_with_what_they_serve() {
    let before = threads();

    let wakes = Arc::new(Count::default());
    let mut timer = OneChunk.sleep(Duration::from_secs(600));
    assert!(timer.as_mut().poll(&mut Context::from_waker(&Waker::from(Arc::clone(&wakes)))).is_pending());
    wait_for(before + 1);
    drop(timer);
    wait_for(before);
    assert_eq!(wakes.0.load(Ordering::Relaxed), 0, "nobody waits for a timer that is dropped");

    let file = std::env::temp_dir().join(format!("threads-{}", std::process::id()));
    fs::write(&file, vec![b'x'; 1 << 20]).unwrap();
    let client = in_memory::builder().transport(OneChunk).build().unwrap();
    let call = client.request(Method::PUT, "/scan").body("text/plain", Upload::from_path(&file).unwrap());
    block_on(call.send()).unwrap();
    fs::remove_file(&file).unwrap();
    wait_for(before);
}
