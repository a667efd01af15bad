//! A server that fails as it is told: for each request that arrives, what it does in place of answering. It counts what
//! arrives, as the outcome of a call does not tell how often the request was sent.

use std::io::{Error, ErrorKind, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::http_server::Seen;

/// How often a server that waits looks whether the test is over.
const TICK: Duration = Duration::from_millis(20);

/// What is done with one request.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    reads: Reads,
    /// How long the server takes before it sends anything.
    pause: Duration,
    sends: Vec<u8>,
    then: Then,
}

/// How much of a request the server reads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reads {
    /// It closes the connection that it accepts.
    Nothing,
    /// It waits until the request arrives, and leaves it where it is.
    Arrival,
    Whole,
}

/// What happens to the connection behind what was sent.
#[derive(Clone, Debug)]
enum Then {
    Closes,
    /// It stays open until the client closes it.
    Stays,
    /// The same is sent again and again, with a pause in between.
    Repeats(Vec<u8>, Duration),
    /// The next request is read from it.
    TakesNext,
}

impl Fault {
    /// Closes the connection before a request is read.
    pub(crate) fn refuses() -> Self { Self { reads: Reads::Nothing, ..Self::sends("") } }

    /// Accepts the connection, and neither reads nor answers.
    pub(crate) fn ignores() -> Self { Self { reads: Reads::Arrival, then: Then::Stays, ..Self::sends("") } }

    /// Sends this, then closes the connection.
    pub(crate) fn sends(text: impl AsRef<[u8]>) -> Self {
        let sends = text.as_ref().to_vec();
        Self { reads: Reads::Whole, pause: Duration::ZERO, sends, then: Then::Closes }
    }

    /// Sends it after a pause.
    pub(crate) fn after(self, pause: Duration) -> Self { Self { pause, ..self } }

    /// Keeps the connection open, and sends no more.
    pub(crate) fn stays(self) -> Self { Self { then: Then::Stays, ..self } }

    /// Takes the next request on the same connection.
    pub(crate) fn takes_next(self) -> Self { Self { then: Then::TakesNext, ..self } }

    /// Sends this over and over.
    pub(crate) fn then_always(self, text: impl AsRef<[u8]>, every: Duration) -> Self {
        Self { then: Then::Repeats(text.as_ref().to_vec(), every), ..self }
    }
}

/// What a server saw, and when it is to end.
#[derive(Default)]
struct Log {
    accepted: AtomicUsize,
    arrived: AtomicUsize,
    /// How many connections the client closed while the server held them open or wrote.
    left: AtomicUsize,
    seen: Mutex<Vec<Seen>>,
    ends: AtomicBool,
}

/// A running server, with a thread for each connection.
pub(crate) struct FaultyServer {
    address: SocketAddr,
    log: Arc<Log>,
}

impl FaultyServer {
    /// A server that does the same with every request.
    pub(crate) fn always(fault: Fault) -> Self { Self::start(move |_| fault.clone()) }

    /// A server that decides by how many requests came before.
    pub(crate) fn start(fault: impl Fn(usize) -> Fault + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Log::default());
        let (shared, fault) = (Arc::clone(&log), Arc::new(fault));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.ends.load(Ordering::SeqCst) {
                    return;
                }
                shared.accepted.fetch_add(1, Ordering::SeqCst);
                let (stream, log, fault) = (stream.unwrap(), Arc::clone(&shared), Arc::clone(&fault));
                thread::spawn(move || serve(stream, &log, &*fault));
            }
        });
        Self { address, log }
    }

    pub(crate) fn url(&self) -> String { format!("http://{}", self.address) }

    /// How many requests arrived, once no more do.
    pub(crate) fn arrived(&self) -> usize {
        let mut last = self.log.arrived.load(Ordering::SeqCst);
        loop {
            thread::sleep(4 * TICK);
            match self.log.arrived.load(Ordering::SeqCst) {
                now if now == last => return now,
                now => last = now,
            }
        }
    }

    /// How many connections there were.
    pub(crate) fn accepted(&self) -> usize { self.log.accepted.load(Ordering::SeqCst) }

    /// The requests that were read.
    pub(crate) fn seen(&self) -> Vec<Seen> { self.log.seen.lock().unwrap().clone() }

    /// How many connections the client closed that the server would have kept.
    pub(crate) fn left(&self) -> usize { self.log.left.load(Ordering::SeqCst) }
}

impl Drop for FaultyServer {
    fn drop(&mut self) {
        self.log.ends.store(true, Ordering::SeqCst);
        // wakes the thread, which waits for a connection
        let _ = TcpStream::connect(self.address);
    }
}

/// Serves the requests of one connection.
fn serve(mut stream: TcpStream, log: &Log, fault: &dyn Fn(usize) -> Fault) {
    stream.set_nodelay(true).unwrap();
    if fault(log.arrived.load(Ordering::SeqCst)).reads == Reads::Nothing {
        log.arrived.fetch_add(1, Ordering::SeqCst);
        return;
    }
    loop {
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        if !matches!(stream.peek(&mut [0]), Ok(1..)) {
            return;
        }
        let fault = fault(log.arrived.fetch_add(1, Ordering::SeqCst));
        if fault.reads == Reads::Whole {
            let Some(request) = Seen::read(&mut stream) else { return };
            log.seen.lock().unwrap().push(request);
        }
        thread::sleep(fault.pause);
        if !write(&mut stream, &fault.sends, log) || !go_on(&mut stream, &fault.then, log) {
            return;
        }
    }
}

/// Does what comes behind an answer. Returns whether another request can come.
fn go_on(stream: &mut TcpStream, then: &Then, log: &Log) -> bool {
    match then {
        Then::Closes => {}
        Then::TakesNext => return true,
        Then::Repeats(text, every) => {
            while write(stream, text, log) {
                thread::sleep(*every);
            }
        }
        Then::Stays => {
            stream.set_read_timeout(Some(TICK)).unwrap();
            while !log.ends.load(Ordering::SeqCst) && is_open(stream) {
                // what is unread stays so, and would be seen at once
                thread::sleep(TICK);
            }
            if !log.ends.load(Ordering::SeqCst) {
                log.left.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
    false
}

/// Whether the client has not closed the connection, or has sent what is not read yet.
fn is_open(stream: &TcpStream) -> bool {
    match stream.peek(&mut [0]) {
        Ok(count) => count > 0,
        Err(error) => is_pause(&error),
    }
}

/// Whether nothing came or went for a tick.
fn is_pause(error: &Error) -> bool { matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) }

/// Writes all of it; `false` if the client has closed the connection, or the test is over.
fn write(stream: &mut TcpStream, mut text: &[u8], log: &Log) -> bool {
    stream.set_write_timeout(Some(TICK)).unwrap();
    while !text.is_empty() && !log.ends.load(Ordering::SeqCst) {
        match stream.write(text) {
            Ok(count) => text = &text[count..],
            Err(error) if is_pause(&error) => {}
            Err(_) => {
                log.left.fetch_add(1, Ordering::SeqCst);
                return false;
            }
        }
    }
    !log.ends.load(Ordering::SeqCst)
}
