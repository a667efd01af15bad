//! Sends the calls of scenarios, holds what comes to what is expected, and keeps how each scenario went.

use std::{cell::RefCell, collections::BTreeMap, fmt::Debug, fmt::Display, path::PathBuf};

use bytes::Bytes;

/// A run over all scenarios.
pub struct Trial {
    /// The base URL of the server.
    pub base: String,
    assets: PathBuf,
    results: RefCell<BTreeMap<String, Vec<String>>>,
}

impl Trial {
    /// One that has called nothing. The scenarios' own files are in `assets`.
    pub fn new(base: String, assets: PathBuf) -> Self {
        Self { base, assets, results: RefCell::default() }
    }

    /// A file of the scenarios.
    pub fn asset(&self, name: &str) -> Bytes {
        let path = self.assets.join(name);
        std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into()
    }

    /// The call succeeds and gives a value.
    pub async fn gives<V, E>(&self, scenario: &str, call: impl IntoFuture<Output = Result<V, E>>, expected: V)
    where
        V: PartialEq + Debug,
        E: Display,
    {
        self.reads(scenario, call, |read| {
            expect(*read == expected, || format!("{read:?} was read, {expected:?} is expected"))
        })
        .await;
    }

    /// The call succeeds, and a closure judges what it gives.
    pub async fn reads<V, E: Display>(
        &self,
        scenario: &str,
        call: impl IntoFuture<Output = Result<V, E>>,
        judge: impl FnOnce(&V) -> Result<(), String>,
    ) {
        let result = match call.await {
            Ok(value) => judge(&value),
            Err(error) => Err(error.to_string()),
        };
        self.record(scenario, result);
    }

    /// The call fails, and a closure judges the error.
    pub async fn fails<V: Debug, E: Display>(
        &self,
        scenario: &str,
        call: impl IntoFuture<Output = Result<V, E>>,
        judge: impl FnOnce(&E) -> bool,
    ) {
        let result = match call.await {
            Ok(value) => Err(format!("an error is expected, not {value:?}")),
            Err(error) => expect(judge(&error), || format!("another error is expected, not: {error}")),
        };
        self.record(scenario, result);
    }

    /// How a step of a scenario went; a scenario passes if all of its steps do.
    pub fn record(&self, scenario: &str, result: Result<(), String>) {
        self.results.borrow_mut().entry(scenario.to_owned()).or_default().extend(result.err());
    }

    /// A line for each scenario: its name, and after a tab what went wrong.
    pub fn lines(&self) -> String {
        let results = self.results.borrow();
        let lines = results.iter().map(|(scenario, problems)| {
            let problems = problems.join("; ").replace(['\t', '\n', '\r'], " ");
            format!("{scenario}\t{problems}\n")
        });
        lines.collect()
    }
}

/// `Ok` if something holds, else what was found.
pub fn expect(holds: bool, found: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(found()) }
}

/// `Ok` if a value's debug form has a text in it, for values of types that no other way compares.
pub fn shows(value: &impl Debug, text: &str) -> Result<(), String> {
    let shown = format!("{value:?}");
    expect(shown.contains(text), || format!("{text} is expected in {shown}"))
}
