//! Each fault over each transport: how the call ends, and how often the server was asked.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use runtime::runtime::call::Call;
use runtime::runtime::error::Error;
use runtime::runtime::operation::Operation;

use crate::over::{BOTH, Over};
use crate::server::{Fault, FaultyServer};

static GET: Operation = Operation::new("get", "GET", "/x");
static POST: Operation = Operation::new("post", "POST", "/x");

/// The limit of an attempt where the fault is that the server takes too long; no other fault takes nearly as long.
const SHORT: Duration = Duration::from_millis(500);
const LONG: Duration = Duration::from_secs(30);

/// What three attempts may take beyond their limits, on a machine with other work.
const SLACK: Duration = Duration::from_secs(5);

/// How many rows are tried at a time: with more, the limits would measure this machine.
const AT_ONCE: usize = 8;

/// The largest body that a call reads.
const LIMIT: usize = 1 << 20;

/// A fault, and what is right.
#[derive(Clone)]
struct Row {
    name: &'static str,
    fault: Fault,
    outcome: &'static str,
    /// How often the server is asked by `GET`, by `POST`, and by `POST` with an idempotency key.
    asked: [usize; 3],
}

/// The server may have acted, so that only what does no harm is repeated.
const MAY_HAVE_ACTED: [usize; 3] = [3, 1, 3];
/// The server says that it did not act.
const NOT_ACTED: [usize; 3] = [3, 3, 3];
const FOR_GOOD: [usize; 3] = [1, 1, 1];

fn row(name: &'static str, fault: Fault, outcome: &'static str, asked: [usize; 3]) -> Row {
    Row { name, fault, outcome, asked }
}

/// The connection ends, at each place of an answer.
fn dropped() -> Vec<Row> {
    let row = |name, sent: &[u8]| row(name, Fault::sends(sent), "Interrupted", MAY_HAVE_ACTED);
    let mut rows = vec![
        row("dropped without an answer", b""),
        row("dropped in the status line", b"HTTP/1.1 20"),
        row("dropped in the headers", b"HTTP/1.1 200 OK\r\nContent-Len"),
        row("dropped before the body", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
        row("dropped in the body", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"),
        row("dropped before the first chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        row("dropped in a chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n1"),
        row("dropped before the last chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n"),
        row(
            "dropped in what is compressed",
            &[&b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"[..], GZIP].concat(),
        ),
    ];
    rows.push(Row { fault: Fault::refuses(), ..row("dropped before the request", b"") });
    rows
}

/// The start of a body in `gzip`.
const GZIP: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 0x33];

/// The server takes too long, at each place of an answer.
fn slow() -> Vec<Row> {
    let row = |name, fault| row(name, fault, "Timeout", MAY_HAVE_ACTED);
    let tick = Duration::from_millis(20);
    let head = "HTTP/1.1 200 OK\r\n";
    vec![
        row("accepted and never read", Fault::ignores()),
        row("never answered", Fault::sends("").stays()),
        row("answered too late", Fault::sends("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1").after(4 * SHORT)),
        row("a body that never starts", Fault::sends("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n").stays()),
        row("a body that stops", Fault::sends("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1").stays()),
        row("headers that trickle", Fault::sends(head).then_always("X-Again: 1\r\n", tick)),
        row("a header that trickles", Fault::sends("HTTP/1.1 200 OK\r\nX-Long: ").then_always("1", tick)),
        row("a body that trickles", Fault::sends("HTTP/1.1 200 OK\r\n\r\n").then_always("1", tick)),
        row("interim answers for ever", Fault::sends("").then_always("HTTP/1.1 103 Early Hints\r\n\r\n", tick)),
    ]
}

/// The server says no.
fn refused() -> Vec<Row> {
    let row = |name, head: &str, outcome, asked| {
        let text = format!("HTTP/1.1 {head}\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy");
        row(name, Fault::sends(text), outcome, asked)
    };
    vec![
        row("429", "429 Too Many Requests\r\nRetry-After: 0", "429", NOT_ACTED),
        row("429 for longer than is waited", "429 Too Many Requests\r\nRetry-After: 3600", "429", FOR_GOOD),
        row("503", "503 Service Unavailable", "503", MAY_HAVE_ACTED),
        row("503 that says when", "503 Service Unavailable\r\nRetry-After: 0", "503", NOT_ACTED),
        row("500", "500 Internal Server Error", "500", MAY_HAVE_ACTED),
        row("501", "501 Not Implemented", "501", FOR_GOOD),
    ]
}

/// What comes is not HTTP, or too much.
fn wrong() -> Vec<Row> {
    let ok = "HTTP/1.1 200 OK\r\n";
    let huge = format!("{ok}Content-Length: {}\r\n\r\n", 1_u64 << 40);
    let noise: Vec<u8> = (0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let now = Duration::ZERO;
    let lines = |line: &str| line.repeat(100);
    vec![
        row("garbage", Fault::sends(noise), "Interrupted", MAY_HAVE_ACTED),
        row("another protocol", Fault::sends("220 mail.invalid ESMTP\r\n"), "Interrupted", MAY_HAVE_ACTED),
        row(
            "a length that is no number",
            Fault::sends(format!("{ok}Content-Length: x\r\n\r\n1")),
            "Interrupted",
            MAY_HAVE_ACTED,
        ),
        row(
            "a chunk without a length",
            Fault::sends(format!("{ok}Transfer-Encoding: chunked\r\n\r\nx\r\n1")),
            "Interrupted",
            MAY_HAVE_ACTED,
        ),
        row(
            "a body that is not gzip",
            Fault::sends(format!("{ok}Content-Encoding: gzip\r\n\r\n1")),
            "Interrupted",
            MAY_HAVE_ACTED,
        ),
        row(
            "headers without end",
            Fault::sends(ok).then_always(lines("X-Again: 1\r\n"), now),
            "Interrupted",
            MAY_HAVE_ACTED,
        ),
        row(
            "a body without end",
            Fault::sends(format!("{ok}\r\n")).then_always(lines("1"), now),
            "BodyTooLarge",
            FOR_GOOD,
        ),
        row("a body that says it is huge", Fault::sends(huge).then_always(lines("1"), now), "BodyTooLarge", FOR_GOOD),
    ]
}

/// How a call went, in a word.
fn told(result: Result<i64, Error>) -> String {
    match result {
        Ok(_) => "a value".to_owned(),
        Err(Error::Transport(error)) => format!("{:?}", error.kind()),
        Err(error) => error.status().map_or_else(|| error.to_string(), |status| status.as_str().to_owned()),
    }
}

/// Makes the three calls of a row. Returns what happened, and what differs from the row.
fn tried(row: &Row, over: Over) -> (String, Vec<String>) {
    let (limit, most) = match row.outcome {
        "Timeout" => (SHORT, 3 * SHORT + SLACK),
        _ => (LONG, SLACK),
    };
    let (mut line, mut wrong) = (format!("{:<30} {:<8}", row.name, format!("{over:?}")), Vec::new());
    for (index, (operation, has_key)) in [(&GET, false), (&POST, false), (&POST, true)].into_iter().enumerate() {
        let server = FaultyServer::always(row.fault.clone());
        let builder = over.builder(&server).timeout(limit).body_limit(LIMIT);
        let builder = if has_key { builder.idempotency_header("Idempotency-Key") } else { builder };
        let client = builder.build().unwrap();
        let started = Instant::now();
        let outcome = told(over.wait(Call::<i64>::json(&client, operation).into_future()));
        let (took, asked) = (started.elapsed(), server.arrived());
        line += &format!(" | {outcome:>12} {asked} {:>4} ms", took.as_millis());
        let keys: Vec<_> = server.seen().iter().map(|seen| seen.header("idempotency-key")).collect();
        let is_one_key = keys.iter().all(|key| key.is_some() == has_key && *key == keys[0]);
        if outcome != row.outcome || asked != row.asked[index] || took > most || !is_one_key {
            wrong.push(format!("{} over {over:?}: {outcome}, asked {asked} times in {took:?} {keys:?}", row.name));
        }
    }
    (line, wrong)
}

/// Nothing hangs, and nothing is sent twice that must not be.
#[test]
#[allow(clippy::print_stdout, reason = "it shows how each fault ends")]
fn every_fault_ends_as_it_should() {
    let rows = [dropped(), slow(), refused(), wrong()].concat();
    let cases: Vec<_> = rows.iter().flat_map(|row| BOTH.map(|over| (row, over))).collect();
    let (next, tried_all) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((index, (row, over))) = cases.iter().enumerate().nth(next.fetch_add(1, Ordering::SeqCst))
                {
                    let tried = tried(row, *over);
                    tried_all.lock().unwrap().insert(index, tried);
                }
            });
        }
    });
    let (lines, wrong): (Vec<_>, Vec<_>) = tried_all.into_inner().unwrap().into_values().unzip();
    println!("{:<39} | GET, POST, and POST with a key: outcome, requests, time\n{}", "fault", lines.join("\n"));
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
