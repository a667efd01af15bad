//! JSON Lines and JSON text sequences, however the body is cut into chunks.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod in_memory;

use bytes::Bytes;
use in_memory::{answering, breaking, finish, splits};
use runtime::runtime::api_error::Undocumented;
use runtime::runtime::call::Call;
use runtime::runtime::client::Client;
use runtime::runtime::error::Error;
use runtime::runtime::json_lines::Lines;
use runtime::runtime::operation::Operation;
use runtime::runtime::transport::TransportErrorKind;
use runtime::runtime::value::Value;

static LIST: Operation = Operation::new("list", "GET", "/list").accept("application/jsonl");

type Read = fn(&Client) -> Lines<Value>;

fn lines(client: &Client) -> Lines<Value> {
    Lines::new(Call::<(), Undocumented>::empty(client, &LIST), "application/jsonl")
}

fn records(client: &Client) -> Lines<Value> {
    Lines::sequence(Call::<(), Undocumented>::empty(client, &LIST), "application/json-seq")
}

/// What is read of a body before its end or an error, the same for every way to cut it: each value, and the error.
fn told(read: Read, body: &str) -> Vec<String> {
    let one = |chunks: Vec<Bytes>| {
        let mut values = read(&answering(200, chunks, 1 << 10).0);
        let mut all = Vec::new();
        while let Some(next) = finish(values.next()) {
            all.push(next.map_or_else(|error| error.to_string(), |value| value.to_string()));
        }
        all
    };
    let mut all: Vec<_> = splits(body.as_bytes()).into_iter().map(one).collect();
    all.dedup();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn each_line_is_a_value() {
    let values = ["{\"a\":1}", "[2,\"\\n\"]", "3"];
    for (end, last) in [("\n", "\n"), ("\r\n", "\r\n"), ("\n", ""), ("\r\n", "\r"), ("\n\n \r\n", "\n\n")] {
        let body = format!("{}{last}", values.join(end));
        assert_eq!(told(lines, &body), values, "{end:?} {last:?}");
    }
    assert_eq!(told(lines, ""), [""; 0]);
    assert_eq!(told(lines, "\n \n\r\n"), [""; 0]);
    assert_eq!(told(lines, "\u{FEFF}1\n2"), ["1", "2"]);
}

#[test]
fn each_record_is_a_value() {
    let values = ["{\"a\":[1,\"}\\\"\"]}", "[2]", "\"x\"", "3"];
    let body: String = values.iter().map(|value| format!("\u{1E}{value}\n")).collect();
    assert_eq!(told(records, &body), values);
    // on several lines, without LF, with several RS and none
    assert_eq!(
        told(records, "\u{1E}{\n\"a\":\n1}\n\u{1E}\u{1E}[2]\u{1E}true\n4\n\n"),
        ["{\"a\":1}", "[2]", "true", "4"]
    );
}

/// A record is there once its LF is: the next one need not begin.
#[test]
fn a_record_does_not_wait_for_the_next() {
    let (client, _) = answering(200, vec!["\u{1E}[1]\n".into(), "\u{1E}2".into()], 1 << 10);
    let mut values = records(&client);
    assert_eq!(finish(values.next()).unwrap().unwrap().to_string(), "[1]");
    assert!(finish(values.next()).unwrap().is_err());
}

#[test]
fn a_number_may_be_cut_off() {
    for body in ["\u{1E}12", "\u{1E}12\u{1E}3\n", "\u{1E}tru"] {
        let told = told(records, body);
        assert!(told.len() == 1 && told[0].contains("the record may be cut off"), "{told:?}");
    }
    let told = told(records, "\u{1E}{\"a\":\u{1E}2\n");
    assert!(told.len() == 1 && told[0].contains("could not be read"), "{told:?}");
}

#[test]
fn what_cannot_be_read_ends_the_stream() {
    let told = told(lines, "1\n{\n2\n");
    assert!(told.len() == 2 && told[0] == "1", "{told:?}");
    assert!(told[1].starts_with("an item of the body of a 200 OK response to `list` could not be read"), "{told:?}");
}

#[test]
fn errors_end_the_stream() {
    let mut values = lines(&breaking("1\n2"));
    assert_eq!(finish(values.next()).unwrap().unwrap().to_string(), "1");
    let Some(Err(Error::Transport(error))) = finish(values.next()) else { unreachable!("it broke") };
    assert_eq!(error.kind(), TransportErrorKind::Interrupted);
    assert!(finish(values.next()).is_none());
    let (client, accept) = answering(400, vec!["1\n".into()], 1 << 10);
    let Err(Error::Api(error)) = finish(lines(&client).try_collect()) else { unreachable!("400") };
    assert_eq!(error.body().as_bytes(), b"1\n");
    assert_eq!(*accept.lock().unwrap(), "application/jsonl");
}

#[test]
fn a_line_has_a_limit() {
    for read in [lines as Read, records] {
        for chunks in ["[1,2,3,4]\n", "[1,2,3,4]"].iter().flat_map(|body| splits(body.as_bytes())) {
            let mut values = read(&answering(200, chunks, 8).0);
            let Some(Err(Error::Transport(error))) = finish(values.next()) else { unreachable!("it is too long") };
            assert_eq!(error.to_string(), "a line of the response body is larger than 8 bytes");
            assert!(finish(values.next()).is_none());
        }
        let chunks = vec![Bytes::from("[1]\n".repeat(100))];
        assert_eq!(finish(read(&answering(200, chunks, 8).0).try_collect()).unwrap().len(), 100);
    }
}
