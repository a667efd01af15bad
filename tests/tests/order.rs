//! The order of a document means nothing: with every object reversed, and lists of parameters and of required members too,
//! the crate has the same surface.

use std::{collections::BTreeSet, fs, path::Path};

use acceptance::{case, golden};
use cratewright::{
    diagnostic::human,
    pipeline::{Request, Run, run},
};
use serde_yaml::Value;

/// The value with its objects the other way round.
fn reversed(value: Value) -> Value {
    match value {
        Value::Mapping(entries) => {
            let entries: Vec<(Value, Value)> = entries.into_iter().collect();
            let entries = entries.into_iter().rev().map(|(key, value)| {
                let value = match (key.as_str(), reversed(value)) {
                    (Some("parameters" | "required"), Value::Sequence(mut items)) => {
                        items.reverse();
                        Value::Sequence(items)
                    }
                    (_, value) => value,
                };
                (key, value)
            });
            Value::Mapping(entries.collect())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

/// Copies the documents of a folder with their order reversed.
fn reverse(from: &Path, to: &Path) {
    for path in golden::entries(from) {
        let name = path.file_name().expect("it has a name");
        if path.is_dir() && name != "expected" {
            fs::create_dir(to.join(name)).expect("the folder is ours");
            reverse(&path, &to.join(name));
        } else if path.is_file() {
            let text = fs::read_to_string(&path).expect("the case can be read");
            let is_document = path.extension().is_some_and(|kind| kind == "yaml");
            let document = serde_yaml::from_str(&text).ok().filter(|_| is_document).map(reversed);
            let text =
                document.map_or(text, |document| serde_yaml::to_string(&document).expect("it is YAML"));
            fs::write(to.join(name), text).expect("the folder is ours");
        }
    }
}

/// Cases in which the order means something, and what.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("all_of/narrowing", "what is narrowed alike in two places is called after the first"),
    ("correction/value_swagger2", "a correction names a parameter by its number"),
    ("scalar/decimals", "a format is a number or a text as it is met first"),
];

/// What a user of the crate can name or call, a line each: types, methods with their arguments, what constructors take.
fn surface(run: &Run) -> BTreeSet<String> {
    let said = || human::render(&run.diagnostics, &run.files, false);
    let package = &run.output.as_ref().unwrap_or_else(|| panic!("the case generates:\n{}", said())).package;
    let sources =
        package.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime/"));
    let lines = sources.flat_map(|(_, text)| text.lines());
    let signatures = lines.filter(|line| {
        ["pub fn ", "pub struct ", "pub enum ", "pub type "].iter().any(|word| line.trim().starts_with(word))
    });
    let mut found: BTreeSet<String> = signatures.map(|line| line.trim().to_owned()).collect();
    let calls = package.files.values().flat_map(|text| text.split("constructors!(").skip(1));
    // Up to the first semicolon stand the arguments, behind it the setters.
    let required = calls.filter_map(|call| call.split_once(';')).map(|(required, _)| required);
    found.extend(required.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")));
    found
}

#[test]
fn the_surface_is_the_same() {
    let mut differences = Vec::new();
    for case in case::all().into_iter().filter(|case| EXCEPTIONS.iter().all(|(name, _)| *name != case.name)) {
        let temporary = tempfile::tempdir().expect("tests have a temporary folder");
        reverse(&case.folder, temporary.path());
        let config = temporary.path().join("cratewright.toml");
        let other = run(&Request {
            spec: Some(temporary.path().join("openapi.yaml")),
            config: config.is_file().then_some(config),
            name: Some(case.package()),
            ..Request::default()
        });
        let (before, after) = (surface(&case.run()), surface(&other));
        differences.extend(before.difference(&after).map(|line| format!("{}: - {line}", case.name)));
        differences.extend(after.difference(&before).map(|line| format!("{}: + {line}", case.name)));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
