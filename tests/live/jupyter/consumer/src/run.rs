//! Sends calls, holds each reply to what is expected of it, and says how it went.

use std::{fmt::Debug, process::ExitCode, sync::Arc};

use jupyter_client::{
    ApiError, BodyError, Call, Error, ErrorPayload, Response,
    json::{Codec, to_json},
};
use serde_json::Value;

use crate::{
    reading::{self, Outcome, Reading},
    recorder::Recorder,
};

/// A run over many calls.
pub struct Run {
    reading: Reading,
    recorder: Arc<Recorder>,
    counts: [usize; 3],
    failures: Vec<String>,
}

impl Run {
    /// One that has called nothing.
    pub fn new(reading: Reading, recorder: Arc<Recorder>) -> Self {
        Self { reading, recorder, counts: [0; 3], failures: Vec::new() }
    }

    /// Sends a call whose reply is JSON. `deviating` are the JSON paths at which the reply is not what the published
    /// document says. What could be read is held to `check`, with its JSON as it is written back.
    pub async fn read<T: Codec + 'static, E: ErrorPayload + Debug>(
        &mut self,
        name: &str,
        call: impl Into<Call<T, E>>,
        deviating: &[&str],
        check: impl FnOnce(&T, &Value),
    ) {
        self.recorder.begin(name);
        let outcome = match call.into().send().await {
            Ok(response) => {
                let written = written(name, &response);
                for path in deviating.iter().filter(|_| self.reading == Reading::Published) {
                    let body: Value = json(name, response.body().as_bytes());
                    assert_eq!(at(&written, path), at(&body, path), "{name}: {path} is written as it came");
                }
                check(response.value(), &written);
                Outcome::Read(reading::deviations(&response))
            }
            Err(Error::Decode(failure)) => match failure.error() {
                BodyError::Json(error) => Outcome::Refused(vec![error.path()]),
                other => panic!("{name}: {other}"),
            },
            Err(error) => panic!("{name}: {error}"),
        };
        self.hold(name, &outcome, deviating);
    }

    /// Sends a call whose reply is not JSON, or nothing.
    pub async fn take<T: 'static, E: ErrorPayload + Debug>(&mut self, name: &str, call: impl Into<Call<T, E>>) -> T {
        self.recorder.begin(name);
        let response = call.into().send().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        self.hold(name, &Outcome::Read(Vec::new()), &[]);
        response.into_value()
    }

    /// Sends a call that the server refuses with a status.
    pub async fn refuse<T: 'static, E: ErrorPayload + Debug>(
        &mut self,
        name: &str,
        call: impl Into<Call<T, E>>,
        status: u16,
    ) -> ApiError<E> {
        self.recorder.begin(name);
        match call.into().send().await {
            Err(Error::Api(error)) if error.status() == status => {
                println!("{name:<44} {status}, as it should");
                *error
            }
            Err(error) => panic!("{name}: {status} is expected, not {error}"),
            Ok(response) => panic!("{name}: {status} is expected, not {}", response.status()),
        }
    }

    /// Says how the run went as a whole.
    pub fn conclude(self) -> ExitCode {
        let [whole, deviating, refused] = self.counts;
        println!("{whole} replies as documented, {deviating} read with deviations, {refused} refused");
        for failure in &self.failures {
            println!("{failure}");
        }
        if self.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn hold(&mut self, name: &str, outcome: &Outcome, deviating: &[&str]) {
        let expected = self.reading.expected(deviating);
        let (said, kind, fits) = match (outcome, &expected) {
            (Outcome::Read(paths), _) if paths.is_empty() => {
                ("as documented".to_owned(), 0, *outcome == expected)
            }
            (Outcome::Read(paths), _) => {
                (format!("read; deviates at {}", paths.join(" ")), 1, *outcome == expected)
            }
            (Outcome::Refused(paths), Outcome::Refused(any)) => {
                (format!("refused at {}", paths.join(" ")), 2, paths.iter().all(|path| any.contains(path)))
            }
            (Outcome::Refused(paths), Outcome::Read(_)) => {
                (format!("refused at {}", paths.join(" ")), 2, false)
            }
        };
        self.counts[kind] += 1;
        println!("{name:<44} {said}");
        if !fits {
            self.failures.push(format!("{name}: {expected:?} is expected, not {outcome:?}"));
        }
    }
}

/// The JSON of a value as it is written, which is what came. Optional members that came as `null` may be left out.
fn written<T: Codec>(name: &str, response: &Response<T>) -> Value {
    let text = to_json(response.value()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (written, came) = (json(name, &text), json(name, response.body().as_bytes()));
    assert_eq!(without_null(written.clone()), without_null(came), "{name}: what is written is what came");
    written
}

fn json(name: &str, text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_null).collect(),
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(name, value)| (name, without_null(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// What a JSON path of plain names leads to.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    value.pointer(&path.trim_start_matches('$').replace('.', "/"))
}
