//! The order of a document means nothing: with every object reversed, and lists of parameters and of required members too,
//! the crate has the same surface.

use std::{fs, path::Path};

use acceptance::{case, golden, surface::surface};
use cratewright::pipeline::{Request, run};
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

#[test]
fn the_surface_is_the_same() {
    let mut differences = Vec::new();
    for case in case::all() {
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
        let mut found: Vec<String> =
            before.difference(&after).map(|line| format!("{}: - {line}", case.name)).collect();
        found.extend(after.difference(&before).map(|line| format!("{}: + {line}", case.name)));
        match EXCEPTIONS.iter().find(|(name, _)| *name == case.name) {
            Some((name, why)) => assert!(!found.is_empty(), "{name} is no exception any more: {why}"),
            None => differences.extend(found),
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
