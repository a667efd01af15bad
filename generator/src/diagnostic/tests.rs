//! Tests policy, order, and the machine-readable formats.

use super::*;
use crate::source::{Format, SourceFile};

const FILE: FileId = FileId(0);

fn files() -> Files {
    let mut files = Files::default();
    let text = "a: 1\nb: {c: 2}\n".to_owned();
    files.add(SourceFile { path: "a,b:c.yaml".to_owned(), text, format: Format::Yaml });
    files
}

fn at(ordinal: u32) -> NodeId {
    NodeId { file: FILE, ordinal }
}

/// A note on `/b/c`, a warning on `/a`, an error about a path.
fn three() -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    diagnostics.report(Code::UnsupportedKeyword, at(6), "no effect");
    diagnostics.push(Diagnostic::new(Code::WrongType, Place::Key(at(2)), "100%\nwrong").help("do: this"));
    diagnostics.push(Diagnostic::new(Code::OutputNotWritable, Place::Path("out".to_owned()), "full"));
    diagnostics.report(Code::UnsupportedKeyword, at(6), "no effect");
    diagnostics
}

fn codes(diagnostics: &Diagnostics) -> Vec<(&'static str, Severity)> {
    diagnostics.in_order(&files()).iter().map(|(item, _)| (item.code.id(), item.severity)).collect()
}

#[test]
fn each_is_said_once_in_the_order_of_places() {
    let expected = [("CW0012", Severity::Error), ("CW0103", Severity::Warning), ("CW0106", Severity::Note)];
    assert_eq!(codes(&three()), expected);
}

#[test]
fn what_is_allowed_is_silent_and_what_is_denied_fails() {
    let place = Place::Position { file: FILE, line: 1, column: 1 };
    let allow =
        [Code::UnsupportedKeyword, Code::OutputNotWritable].map(|code| (code, place.clone())).to_vec();
    let mut diagnostics = three();
    diagnostics.apply(&Policy { allow, deny: vec![Code::WrongType], strict: false });
    assert_eq!(codes(&diagnostics), [("CW0012", Severity::Error), ("CW0103", Severity::Error)]);
}

#[test]
fn strict_makes_errors_of_warnings_and_leaves_notes() {
    let mut diagnostics = three();
    diagnostics.apply(&Policy { strict: true, ..Policy::default() });
    let expected = [("CW0012", Severity::Error), ("CW0103", Severity::Error), ("CW0106", Severity::Note)];
    assert_eq!(codes(&diagnostics), expected);
}

#[test]
fn an_allowance_that_nothing_used_is_said_unless_the_run_ended_early() {
    let place = Place::Position { file: FILE, line: 2, column: 1 };
    let policy = Policy { allow: vec![(Code::UnusedSchemas, place)], ..Policy::default() };
    let mut complete = Diagnostics::new();
    complete.apply(&policy);
    assert_eq!(codes(&complete), [("CW0014", Severity::Warning)]);
    let mut failed = three();
    failed.apply(&policy);
    assert!(codes(&failed).iter().all(|(code, _)| *code != "CW0014"));
}

#[test]
fn programs_read_an_object_a_line() {
    let text = json::render(&three(), &files(), str::to_owned);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["line"], serde_json::Value::Null);
    assert_eq!(lines[1]["pointer"], "/a");
    assert_eq!(
        (&lines[1]["line"], &lines[1]["column"], &lines[1]["help"]),
        (&1.into(), &1.into(), &"do: this".into())
    );
    assert_eq!((&lines[2]["pointer"], &lines[2]["column"]), (&"/b/c".into(), &8.into()));
}

#[test]
fn annotations_are_escaped() {
    let expected = "\
::error file=out,title=CW0012::full
::warning file=a%2Cb%3Ac.yaml,line=1,col=1,title=CW0103::100%25\\nwrong%0Ado: this
::notice file=a%2Cb%3Ac.yaml,line=2,col=8,title=CW0106::no effect
";
    assert_eq!(github::render(&three(), &files(), str::to_owned), expected);
}

#[test]
fn cargo_is_told_in_single_lines() {
    let expected = "\
cargo::error=out: full [CW0012]
cargo::warning=a,b:c.yaml:1:1: 100%\\nwrong [CW0103]; help: do: this
";
    assert_eq!(cargo::render(&three(), &files(), str::to_owned), expected);
}

#[test]
fn codes_are_in_order_and_unique() {
    assert!(Code::ALL.windows(2).all(|pair| pair[0].id() < pair[1].id()));
    assert!(Code::ALL.iter().all(|code| !code.title().is_empty() && code.explanation().ends_with('.')));
}
