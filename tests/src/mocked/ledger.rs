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
    /// Words of which the answer of the server has at least one. If the list is empty, any answer will do.
    #[serde(default)]
    says: Vec<String>,
    /// Method and path of each call. If the list is empty, it holds for all calls.
    #[serde(default)]
    calls: Vec<String>,
    /// How many calls are refused for it.
    pub count: usize,
}

impl Entry {
    fn is_for(&self, call: &str, said: &str) -> bool {
        (self.calls.is_empty() || self.calls.iter().any(|listed| listed == call))
            && (self.says.is_empty() || self.says.iter().any(|words| said.contains(words)))
    }
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
        let entries = self.of(document, mock);
        for (call, said) in &calls.refused {
            if let Some(entry) = entries.iter().find(|entry| entry.is_for(call, said)) {
                *faults.entry(entry.fault).or_default() += 1;
            }
        }
        faults
    }

    /// What differs: what is refused and not listed, and entries for another number of calls.
    pub fn differences(&self, document: &str, mock: Kind, calls: &Calls) -> Vec<String> {
        let place = format!("{document}, {}", mock.name());
        let entries = self.of(document, mock);
        let mut counts = vec![0; entries.len()];
        let mut differences = Vec::new();
        for (call, said) in &calls.refused {
            match entries.iter().position(|entry| entry.is_for(call, said)) {
                Some(index) => counts[index] += 1,
                None => differences.push(format!("{place}: {call} is refused: {said}")),
            }
        }
        let other = entries.iter().zip(counts).filter(|(entry, count)| entry.count != *count);
        differences.extend(other.map(|(entry, count)| {
            format!("{place}: {count} calls and not {} are refused for: {}", entry.count, entry.reason)
        }));
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_listed() {
        let ledger = Ledger::parse(
            "[[refusal]]\ndocument = \"a\"\nmock = \"prism\"\nfault = \"mock\"\nreason = \"It is so\"\nsays = [\"no\"]\ncount = 1\n",
        );
        let refused = |said: &str| Calls {
            count: 1,
            refused: BTreeMap::from([("GET /a".to_owned(), said.to_owned())]),
        };
        assert_eq!(ledger.differences("a", Kind::Prism, &refused("oh no")).len(), 0);
        assert_eq!(ledger.differences("a", Kind::Prism, &refused("never")).len(), 2);
        assert_eq!(ledger.differences("a", Kind::Prism, &Calls::default()).len(), 1);
        assert_eq!(ledger.differences("a", Kind::Steady, &refused("oh no")).len(), 1);
        assert_eq!(ledger.differences("b", Kind::Prism, &Calls::default()).len(), 0);
        let faults = ledger.faults("a", Kind::Prism, &refused("oh no"));
        assert_eq!(faults, BTreeMap::from([(Fault::Mock, 1)]));
    }
}
