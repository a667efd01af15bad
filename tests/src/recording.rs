//! The recording of the official Python SDK in `wire/gcore.json`, and what a server answers to replay it.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use crate::{
    server::{Answer, Received, Server},
    workspace,
};

/// One recorded call.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its name, such as `users.get/seed`.
    pub name: String,
    value: Value,
}

/// Every recorded call, by name.
pub fn all() -> BTreeMap<String, Recorded> {
    let path = workspace::root().join("tests/wire/gcore.json");
    let text = fs::read_to_string(path).expect("the recording is checked in");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("the recording is JSON");
    cases
        .into_iter()
        .map(|value| {
            let name = value["case"].as_str().expect("a case has a name").to_owned();
            (name.clone(), Recorded { name, value })
        })
        .collect()
}

impl Recorded {
    /// Starts a server that gives the recorded answers in order, the last one again and again.
    pub fn serve(&self) -> Server {
        let answers = self.answers();
        let count = std::sync::atomic::AtomicUsize::new(0);
        Server::start(move |_| {
            let index = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            answers[index.min(answers.len() - 1)].clone()
        })
    }

    fn answers(&self) -> Vec<Answer> {
        let exchanges = self.value["exchanges"].as_array();
        let answers: Vec<Answer> = match exchanges {
            Some(exchanges) => exchanges.iter().filter_map(|one| answer(&one["response"])).collect(),
            None => answer(&self.value["response"]).into_iter().collect(),
        };
        assert!(!answers.is_empty(), "{} has an answer", self.name);
        answers
    }

    /// The recorded body of the request.
    pub fn request_body(&self) -> Value {
        let text = self.value["request"]["body"].as_str().unwrap_or("null");
        serde_json::from_str(text).expect("a recorded request body is JSON")
    }

    /// The recorded body of the answer.
    pub fn answer_body(&self) -> Vec<u8> {
        answer(&self.value["response"]).map(|answer| answer.body).unwrap_or_default()
    }

    /// Compares a request with the recorded first one: method, path, query and body to the byte, and the headers
    /// that the API reads. The query is compared decoded: the SDK writes a space as `+` (HTML forms), we as `%20`
    /// (OpenAPI 3.1 §4.8.12.3).
    pub fn assert_request(&self, received: &Received) {
        let recorded = &self.value["request"];
        let text = |key: &str| recorded[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(received.method, text("method"), "{}: method", self.name);
        assert_eq!(received.path, text("path"), "{}: path", self.name);
        assert_eq!(pairs(&received.query), pairs(&text("query")), "{}: query", self.name);
        assert_eq!(String::from_utf8_lossy(&received.body), text("body"), "{}: body", self.name);
        let header = |name: &str| received.headers.get(name).cloned().unwrap_or_default();
        for name in ["accept", "authorization"] {
            let expected = recorded["headers"][name].as_str().unwrap_or_default();
            assert_eq!(header(name), expected, "{}: {name}", self.name);
        }
        let typed = recorded["body"].as_str().map_or("", |_| "application/json");
        assert_eq!(header("content-type"), typed, "{}: content-type of a body, and none without", self.name);
    }
}

fn answer(value: &Value) -> Option<Answer> {
    let status = u16::try_from(value["status"].as_u64()?).ok()?;
    let mut answer = Answer::empty(status);
    answer.body = match value["body_base64"].as_str() {
        Some(text) => base64(text),
        None => value["body"].as_str().unwrap_or_default().as_bytes().to_vec(),
    };
    for (name, value) in value["headers"].as_object().into_iter().flatten() {
        if name != "content-length" {
            answer = answer.header(name, value.as_str().unwrap_or_default());
        }
    }
    Some(answer)
}

/// The pairs of a query, decoded.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    let split = query.split('&').filter(|pair| !pair.is_empty());
    split
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

/// Base64 (RFC 4648 §4).
fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| ALPHABET.iter().position(|known| *known == byte));
    let (mut bits, mut held, mut out) = (0u32, 0u32, Vec::new());
    for digit in digits {
        bits = (bits << 6) | u32::try_from(digit).unwrap_or(0);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from((bits >> held) & 0xff).unwrap_or(0));
        }
    }
    out
}
