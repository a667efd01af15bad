//! The scenarios that are known not to pass, each with its reason, as they are checked in. The list only shrinks.

use std::{collections::BTreeMap, fs};

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

    /// What differs from the outcomes with a version of OpenAPI: failures that are not listed, and what is listed and
    /// passes or is not tried.
    pub fn differences(&self, version: &str, outcomes: &Outcomes) -> Vec<String> {
        let known = self.known(version);
        let mut differences = Vec::new();
        for (name, outcome) in outcomes {
            match (outcome, known.get(name.as_str())) {
                (Outcome::Failed(problem), None) => {
                    differences.push(format!("{version}: {name} fails: {problem}"));
                }
                (Outcome::Passed, Some(_)) => differences
                    .push(format!("{version}: {name} passes: take it out, the ledger only shrinks")),
                (Outcome::NotTried, Some(_)) => {
                    differences.push(format!("{version}: {name} is in the ledger, and is not tried"));
                }
                (Outcome::Failed(_), Some(_)) | (Outcome::Passed | Outcome::NotTried, None) => {}
            }
        }
        let gone = known.keys().filter(|name| !outcomes.contains_key(**name));
        differences
            .extend(gone.map(|name| format!("{version}: {name} is in the ledger, and is no scenario")));
        differences
    }

    /// Each known failure with its reason, and how it fails.
    pub fn explained(&self, version: &str, outcomes: &Outcomes) -> String {
        let known = self.known(version).into_iter();
        let failed = known.filter_map(|(name, reason)| match outcomes.get(name) {
            Some(Outcome::Failed(problem)) => Some(format!("{name}: {reason}: {problem}\n")),
            Some(Outcome::Passed | Outcome::NotTried) | None => None,
        });
        failed.collect()
    }

    fn known(&self, version: &str) -> BTreeMap<&str, &str> {
        let holds = |entry: &&Entry| {
            entry.versions.as_ref().is_none_or(|versions| versions.iter().any(|listed| listed == version))
        };
        let entries = self.0.values().filter(holds);
        entries
            .flat_map(|entry| entry.scenarios.iter().map(|name| (name.as_str(), entry.reason.as_str())))
            .collect()
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
    fn only_a_listed_failure_is_none() {
        let failed = || Outcome::Failed("it is 2".to_owned());
        assert_eq!(differences("3.1.0", failed()), 0);
        assert_eq!(differences("3.0.0", failed()), 1);
        assert_eq!(differences("3.1.0", Outcome::Passed), 1);
        assert_eq!(differences("3.0.0", Outcome::Passed), 0);
        assert_eq!(differences("3.1.0", Outcome::NotTried), 1);
    }

    #[test]
    fn what_is_listed_is_a_scenario() {
        let ledger = Ledger::parse("[cause]\nreason = \"It is so\"\nscenarios = [\"Listed\"]\n");
        assert_eq!(ledger.differences("3.2.0", &Outcomes::new()).len(), 1);
    }
}
