//! The scenarios that are known not to pass, or not tried, each with its reason, as they are checked in. The list only
//! shrinks.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde::Deserialize;

use super::scenario::{Outcome, Outcomes};
use crate::workspace;

/// Why some scenarios do not pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What has to change for them to pass, or why nothing can.
    reason: String,
    /// The versions of OpenAPI that it is for; all if not said.
    versions: Option<Vec<String>>,
    scenarios: Vec<String>,
}

impl Entry {
    fn is_for(&self, version: &str) -> bool {
        self.versions.as_ref().is_none_or(|versions| versions.iter().any(|listed| listed == version))
    }
}

/// The entries, by a name for their cause.
#[derive(Debug)]
pub struct Ledger(BTreeMap<String, Entry>);

impl Ledger {
    /// The one that is checked in.
    pub fn read() -> Self {
        let path = workspace::root().join("tests/live/spector/failures.toml");
        Self::parse(&fs::read_to_string(path).expect("the ledger is checked in"))
    }

    fn parse(text: &str) -> Self {
        Self(toml::from_str(text).expect("the ledger is TOML"))
    }

    /// What differs from the outcomes with a version of OpenAPI: what does not pass and is not listed, and what is listed
    /// and passes.
    pub fn differences(&self, version: &str, outcomes: &Outcomes) -> Vec<String> {
        let known = self.known(version);
        let mut differences = Vec::new();
        for (name, outcome) in outcomes {
            let problem = match (outcome, known.contains(name.as_str())) {
                (Outcome::Failed(problem), false) => format!("fails: {problem}"),
                (Outcome::NotTried, false) => "is not tried".to_owned(),
                (Outcome::Passed, true) => "passes: take it out, the ledger only shrinks".to_owned(),
                (Outcome::Failed(_) | Outcome::NotTried, true) | (Outcome::Passed, false) => continue,
            };
            differences.push(format!("{version}: {name} {problem}"));
        }
        let gone = known.iter().filter(|name| !outcomes.contains_key(**name));
        let gone = gone.map(|name| format!("{version}: {name} is in the ledger, and is no scenario"));
        differences.extend(gone);
        differences
    }

    /// What does not pass with a version of OpenAPI, by reason.
    pub fn explained(&self, version: &str) -> String {
        let of_version = self.0.values().filter(|entry| entry.is_for(version));
        of_version
            .map(|entry| format!("{}:\n    {}\n", entry.reason, entry.scenarios.join("\n    ")))
            .collect()
    }

    fn known(&self, version: &str) -> BTreeSet<&str> {
        let of_version = self.0.values().filter(|entry| entry.is_for(version));
        of_version.flat_map(|entry| entry.scenarios.iter().map(String::as_str)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Ledger, Outcome, Outcomes};

    fn differences(version: &str, outcome: Outcome) -> usize {
        let ledger = "[cause]\nreason = \"It is so\"\nversions = [\"3.1.0\"]\nscenarios = [\"Listed\"]\n";
        let outcomes = Outcomes::from([("Listed".to_owned(), outcome)]);
        Ledger::parse(ledger).differences(version, &outcomes).len()
    }

    #[test]
    fn what_does_not_pass_is_listed() {
        let failed = || Outcome::Failed("it is 2".to_owned());
        assert_eq!(differences("3.1.0", failed()), 0);
        assert_eq!(differences("3.0.0", failed()), 1);
        assert_eq!(differences("3.1.0", Outcome::Passed), 1);
        assert_eq!(differences("3.0.0", Outcome::Passed), 0);
        assert_eq!(differences("3.1.0", Outcome::NotTried), 0);
        assert_eq!(differences("3.0.0", Outcome::NotTried), 1);
    }

    #[test]
    fn what_is_listed_is_a_scenario() {
        let ledger = Ledger::parse("[cause]\nreason = \"It is so\"\nscenarios = [\"Listed\"]\n");
        assert_eq!(ledger.differences("3.2.0", &Outcomes::new()).len(), 1);
    }
}
