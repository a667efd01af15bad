//! What the samples of each document came to, as it is checked in: hashes and figures, and what fails with its reason.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{corpus::ledger::Differences, workspace};

/// What the samples of a document came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Every file of it, hashed.
    pub sha256: String,
    /// Lines of its crate, which say whether it is in the cut; those of today may differ.
    #[serde(default)]
    pub lines: u64,
    /// Samples that the document allows.
    pub samples: u64,
    /// Types that have samples.
    pub types: u64,
    /// The largest type.
    pub largest: String,
    /// Its size in bytes.
    pub size: u64,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refused: Option<String>,
    /// Samples that fail, by type.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub failures: BTreeMap<String, Known>,
    /// Bytes of models that are larger than they may be, by type.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub large: BTreeMap<String, u64>,
}

/// A number of samples that fail, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// How many.
    pub count: u64,
    /// Why, as a person wrote it.
    #[serde(default)]
    pub reason: String,
}

/// The entries by the document's name.
pub type Ledger = BTreeMap<String, Entry>;

/// Where it is kept.
pub fn path() -> PathBuf {
    workspace::root().join("tests/samples.toml")
}

/// The ledger as it is checked in.
pub fn read() -> Ledger {
    let text = fs::read_to_string(path()).unwrap_or_default();
    toml::from_str(&text).expect("the ledger is TOML")
}

/// Writes it.
pub fn write(ledger: &Ledger) {
    let about = "# What the samples of each document come to. Written by `cargo run --release -p acceptance --bin samples -- FOLDERS --update`,\n# which keeps each `reason`.\n\n";
    let entries = toml::to_string(ledger).expect("a ledger is TOML");
    fs::write(path(), format!("{about}{entries}")).expect("the ledger can be written");
}

/// Takes over what people wrote of the same types.
pub fn keep_reasons(known: &Entry, now: &mut Entry) {
    for (name, one) in &mut now.failures {
        if let Some(before) = known.failures.get(name) {
            one.reason.clone_from(&before.reason);
        }
    }
}

/// Compares one document with its entry.
pub fn compare(name: &str, known: Option<&Entry>, now: &Entry, differences: &mut Differences) {
    let Some(known) = known else {
        return differences.worse.push(format!("{name}: it is not in the ledger"));
    };
    if known.sha256 != now.sha256 {
        return differences.worse.push(format!("{name}: the document is another one"));
    }
    let mut say = |what: &str, before: u64, after: u64, more_is_worse: bool| {
        let line = format!("{name}: {what}: {before}, now {after}");
        match (before == after, (after > before) == more_is_worse) {
            (true, _) => {}
            (false, true) => differences.worse.push(line),
            (false, false) => differences.better.push(line),
        }
    };
    say("samples", known.samples, now.samples, false);
    say("types", known.types, now.types, false);
    say("bytes of the largest type", known.size, now.size, true);
    say("refused", known.refused.is_some().into(), now.refused.is_some().into(), true);
    let counts = |entry: &Entry| -> BTreeMap<String, u64> {
        entry.failures.iter().map(|(name, known)| (name.clone(), known.count)).collect()
    };
    let failures = (counts(known), counts(now));
    for (what, before, after) in
        [("failures of", &failures.0, &failures.1), ("bytes of", &known.large, &now.large)]
    {
        let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let count = |all: &BTreeMap<String, u64>, name: &str| all.get(name).copied().unwrap_or_default();
        for name in names {
            say(&format!("{what} `{name}`"), count(before, name), count(after, name), true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Differences, Entry, Known, compare, keep_reasons};

    fn compared(known: &Entry, now: &Entry) -> Differences {
        let mut differences = Differences::default();
        compare("a", Some(known), now, &mut differences);
        differences
    }

    fn failing(count: u64, reason: &str) -> Entry {
        let known = Known { count, reason: reason.to_owned() };
        Entry { samples: 9, failures: [("T".to_owned(), known)].into(), ..Entry::default() }
    }

    #[test]
    fn more_failures_and_fewer_samples_are_worse() {
        assert_eq!(compared(&failing(2, "why"), &failing(2, "")), Differences::default());
        assert_eq!(compared(&failing(2, ""), &failing(3, "")).worse, ["a: failures of `T`: 2, now 3"]);
        let none = Entry { samples: 9, ..Entry::default() };
        assert_eq!(compared(&failing(2, ""), &none).better, ["a: failures of `T`: 2, now 0"]);
        assert_eq!(compared(&none, &failing(1, "")).worse, ["a: failures of `T`: 0, now 1"]);
        let fewer = Entry { samples: 8, size: 1, ..Entry::default() };
        assert_eq!(compared(&none, &fewer).worse.len(), 2);
    }

    #[test]
    fn reasons_are_kept() {
        let mut now = failing(3, "");
        keep_reasons(&failing(2, "why"), &mut now);
        assert_eq!(now, failing(3, "why"));
    }
}
