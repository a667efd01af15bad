//! The refusals that are known, each with who is at fault and why, as they are checked in. The list only shrinks.

use std::{collections::BTreeMap, fs};

use serde::Deserialize;

use super::{call::Calls, mock::Kind};
use crate::workspace;

/// Who has to change for a call to be accepted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The document contradicts itself, or asks for what no value is.
    Document,
    /// The mock server refuses what the document allows, or answers what it does not allow.
    Mock,
    /// The generated crate.
    Ours,
}

/// Why some calls are refused.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    document: String,
    mock: String,
    /// Who is at fault.
    pub fault: Fault,
    /// Why, in our words.
    pub reason: String,
    /// Method and path of each call.
    pub calls: Vec<String>,
}

/// The entries.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    #[serde(default)]
    refusal: Vec<Entry>,
}

impl Ledger {
    /// The one that is checked in.
    pub fn read() -> Self {
        let path = workspace::root().join("tests/mocked.toml");
        Self::parse(&fs::read_to_string(path).expect("the ledger is checked in"))
    }

    fn parse(text: &str) -> Self {
        toml::from_str(text).expect("the ledger is TOML")
    }

    /// The entries about a document and a server.
    pub fn of(&self, document: &str, mock: Kind) -> Vec<&Entry> {
        let is_it = |entry: &&Entry| entry.document == document && entry.mock == mock.name();
        self.refusal.iter().filter(is_it).collect()
    }

    /// How many refused calls each is at fault for.
    pub fn faults(&self, document: &str, mock: Kind, calls: &Calls) -> BTreeMap<Fault, usize> {
        let mut faults = BTreeMap::new();
        for entry in self.of(document, mock) {
            let refused = entry.calls.iter().filter(|call| calls.refused.contains_key(*call));
            *faults.entry(entry.fault).or_default() += refused.count();
        }
        faults
    }

    /// What differs: what is refused and not listed, and what is listed and not refused.
    pub fn differences(&self, document: &str, mock: Kind, calls: &Calls) -> Vec<String> {
        let listed: Vec<&String> = self.of(document, mock).iter().flat_map(|entry| &entry.calls).collect();
        let place = format!("{document}, {}", mock.name());
        let new = calls.refused.iter().filter(|(call, _)| !listed.contains(call));
        let new = new.map(|(call, said)| format!("{place}: {call} is refused: {said}"));
        let gone = listed.iter().filter(|call| !calls.refused.contains_key(**call));
        let gone = gone.map(|call| format!("{place}: {call} is listed and not refused: take it out"));
        new.chain(gone).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_listed() {
        let ledger = Ledger::parse(
            "[[refusal]]\ndocument = \"a\"\nmock = \"prism\"\nfault = \"mock\"\nreason = \"It is so\"\ncalls = [\"GET /a\"]\n",
        );
        let refused =
            |call: &str| Calls { count: 1, refused: BTreeMap::from([(call.to_owned(), "no".to_owned())]) };
        assert_eq!(ledger.differences("a", Kind::Prism, &refused("GET /a")).len(), 0);
        assert_eq!(ledger.differences("a", Kind::Prism, &refused("GET /b")).len(), 2);
        assert_eq!(ledger.differences("a", Kind::Steady, &refused("GET /a")).len(), 1);
        assert_eq!(ledger.differences("b", Kind::Prism, &Calls::default()).len(), 0);
        let faults = ledger.faults("a", Kind::Prism, &refused("GET /a"));
        assert_eq!(faults, BTreeMap::from([(Fault::Mock, 1)]));
    }
}
