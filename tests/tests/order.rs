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

/// What a user of the crate can name or call, a line each: types, methods by what they are of, what constructors take, and which
/// name stands for which key or value.
fn surface(run: &Run) -> BTreeSet<String> {
    let said = || human::render(&run.diagnostics, &run.files, false);
    let package = &run.output.as_ref().unwrap_or_else(|| panic!("the case generates:\n{}", said())).package;
    let sources =
        package.files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.starts_with("src/runtime/"));
    sources.flat_map(|(_, text)| declared(text).into_iter().chain(tables(text))).collect()
}

/// Types, and methods with the block that they stand in.
fn declared(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block = "";
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("impl") {
            block = line;
        }
        let line = line.trim();
        if ["pub struct ", "pub enum ", "pub type "].iter().any(|word| line.starts_with(word)) {
            found.push(line.to_owned());
        } else if line.starts_with("pub fn ") {
            let mut signature = line.to_owned();
            while !signature.contains('{') {
                let Some(next) = lines.next() else { break };
                signature.push_str(next.trim());
            }
            found.push(format!("{block} {signature}"));
        }
    }
    found
}

/// The entries of tables: keys of structs, values of enums, arguments of constructors in their order.
fn tables(text: &str) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    // Up to the first semicolon stand the arguments, behind it the setters.
    let calls = text.split("constructors!(").skip(1).filter_map(|call| call.split_once(';'));
    found.extend(calls.map(|(required, _)| words(required)));
    for table in ["record!(", "text_enum!(", "integer_enum!(", "text_enum! {", "integer_enum! {"] {
        for call in text.split(table).skip(1) {
            let body =
                call.split_once('{').and_then(|(name, rest)| Some((name, rest.split_once(['}', ';'])?.0)));
            let Some((name, entries)) = body else { continue };
            let plain = entries.lines().filter(|line| !line.trim().starts_with(['/', '#']));
            let plain = plain.collect::<Vec<_>>().join(" ");
            found.extend(plain.split(',').map(|entry| words(&format!("{name} {entry}"))));
        }
    }
    found
}

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
