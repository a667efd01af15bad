//! What each document came to, as it is checked in: names, hashes and figures, so that a change for the worse shows.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::Measured;
use crate::workspace;

/// What a document came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Every file of it, hashed.
    pub sha256: String,
    /// Operations in the document.
    pub declared: u64,
    /// Operations emitted.
    pub emitted: u64,
    /// Places typed as less than the document says.
    pub untyped: u64,
    /// Lines of all sources.
    pub lines: u64,
    /// Why nothing is generated.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refused: Option<String>,
    /// How often each code is reported.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub diagnostics: BTreeMap<String, u64>,
}

impl From<&Measured> for Entry {
    fn from(measured: &Measured) -> Self {
        Self {
            sha256: measured.sha256.clone(),
            declared: measured.declared,
            emitted: measured.emitted,
            untyped: measured.untyped(),
            lines: measured.lines,
            refused: measured.refused.clone(),
            diagnostics: measured.diagnostics.clone(),
        }
    }
}

/// The entries by the document's name.
pub type Ledger = BTreeMap<String, Entry>;

/// Where it is kept.
pub fn path() -> PathBuf {
    workspace::root().join("tests/corpus.toml")
}

/// The ledger as it is checked in.
pub fn read() -> Ledger {
    let text = fs::read_to_string(path()).unwrap_or_default();
    toml::from_str(&text).expect("the ledger is TOML")
}

/// Writes it.
pub fn write(ledger: &Ledger) {
    let about = "# What the documents of the corpus come to. Written by `cargo run -p acceptance --bin corpus -- FOLDERS --update`.\n\n";
    let entries = toml::to_string(ledger).expect("a ledger is TOML");
    fs::write(path(), format!("{about}{entries}")).expect("the ledger can be written");
}

/// What is not as the ledger has it: what is worse, and what is better and should be noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// A reason to fail.
    pub worse: Vec<String>,
    /// A reason to update the ledger.
    pub better: Vec<String>,
}

/// Compares one document with its entry.
pub fn compare(name: &str, known: Option<&Entry>, now: &Entry, differences: &mut Differences) {
    let Some(known) = known else {
        return differences.better.push(format!("{name}: it is not in the ledger"));
    };
    if known == now {
        return;
    }
    if known.sha256 != now.sha256 {
        return differences.worse.push(format!("{name}: the document is another one"));
    }
    let mut say = |what: &str, before: String, after: String, is_worse: bool| {
        let line = format!("{name}: {what}: {before}, now {after}");
        if is_worse { differences.worse.push(line) } else { differences.better.push(line) }
    };
    let refusal = |entry: &Entry| entry.refused.clone().unwrap_or_else(|| "none".to_owned());
    if known.refused != now.refused {
        say("refused", refusal(known), refusal(now), now.refused.is_some());
    }
    for (what, before, after, more_is_worse) in [
        ("operations emitted", known.emitted, now.emitted, false),
        ("operations in the document", known.declared, now.declared, true),
        ("untyped places", known.untyped, now.untyped, true),
        ("lines", known.lines, now.lines, true),
    ] {
        if before != after {
            say(what, before.to_string(), after.to_string(), (after > before) == more_is_worse);
        }
    }
    let codes: std::collections::BTreeSet<&String> =
        known.diagnostics.keys().chain(now.diagnostics.keys()).collect();
    for code in codes {
        let count = |entry: &Entry| entry.diagnostics.get(code).copied().unwrap_or_default();
        if count(known) != count(now) {
            say(code, count(known).to_string(), count(now).to_string(), count(now) > count(known));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Differences, Entry, compare};

    fn compared(known: &Entry, now: &Entry) -> Differences {
        let mut differences = Differences::default();
        compare("a", Some(known), now, &mut differences);
        differences
    }

    #[test]
    fn what_is_worse_fails_and_what_is_better_is_told() {
        let known = Entry { emitted: 2, untyped: 1, lines: 10, ..Entry::default() };
        assert_eq!(compared(&known, &known), Differences::default());
        let worse = Entry { emitted: 1, untyped: 2, lines: 11, ..Entry::default() };
        assert_eq!(compared(&known, &worse).worse.len(), 3);
        assert_eq!(compared(&worse, &known).better.len(), 3);
        let refused = Entry { refused: Some("CW0002".to_owned()), ..known.clone() };
        assert_eq!(compared(&known, &refused).worse, ["a: refused: none, now CW0002"]);
        let other = Entry { sha256: "0".to_owned(), ..known.clone() };
        assert_eq!(compared(&known, &other).worse, ["a: the document is another one"]);
    }

    #[test]
    fn codes_are_counted_each() {
        let with = |code: &str| Entry { diagnostics: [(code.to_owned(), 1)].into(), ..Entry::default() };
        let differences = compared(&with("CW0101"), &with("CW0102"));
        assert_eq!(differences.worse, ["a: CW0102: 0, now 1"]);
        assert_eq!(differences.better, ["a: CW0101: 1, now 0"]);
    }
}
