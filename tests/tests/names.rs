//! A name comes from its own place: a value more in one enum, or a property more in one object, leaves the names of all types.

use std::{collections::BTreeSet, fs, path::Path};

use acceptance::{case, golden, surface::surface};
use cratewright::pipeline::{Request, Run, run};
use serde_yaml::Value;

/// Grows the enum or the object that is met as the `turn`th; `false` if there are not so many.
fn grow(value: &mut Value, turn: &mut usize) -> bool {
    let mut is_it = || {
        let found = *turn == 0;
        *turn = turn.wrapping_sub(1);
        found
    };
    match value {
        Value::Mapping(entries) => {
            if let Some(Value::Sequence(values)) = entries.get_mut("enum").filter(|values| several(values))
                && is_it()
            {
                values.push(another(values));
                return true;
            }
            if let Some(Value::Mapping(properties)) = entries.get_mut("properties")
                && is_it()
            {
                properties.insert(
                    "brand_new".into(),
                    Value::Mapping([("type".into(), "string".into())].into_iter().collect()),
                );
                return true;
            }
            entries.iter_mut().any(|(_, value)| grow(value, turn))
        }
        Value::Sequence(items) => items.iter_mut().any(|item| grow(item, turn)),
        _ => false,
    }
}

/// A value of the kind of the others: texts may stand for numbers.
fn another(values: &[Value]) -> Value {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    match texts.iter().all(|text| text.parse::<i64>().is_ok()) {
        _ if texts.is_empty() => 987_654.into(),
        true => "987654".into(),
        false => "something-new".into(),
    }
}

/// Whether there are several values of one kind. After one alone a variant is called.
fn several(values: &Value) -> bool {
    let Some(values) = values.as_sequence() else { return false };
    let (texts, numbers) =
        (values.iter().filter(|value| value.is_string()), values.iter().filter(|value| value.is_i64()));
    match (texts.count(), numbers.count()) {
        (several, 0) | (0, several) => several > 1,
        _ => false,
    }
}

/// Cases in which a place says something of others, and what.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("union/inline", "alternatives without a name are called after what they alone have"),
    (
        "union/nothing-but-constants",
        "alternatives are one record as long as they differ in nothing but constants",
    ),
];

/// The types of a crate, their fields and their variants.
fn names(run: &Run) -> BTreeSet<String> {
    surface(run)
        .into_iter()
        .filter(|line| !line.contains("pub fn "))
        .flat_map(|line| [owner(&line), name(&line)])
        .collect()
}

/// The type that a line of the surface is about.
fn owner(line: &str) -> String {
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let keyword = words.iter().position(|word| matches!(*word, "struct" | "enum" | "type"));
    keyword.and_then(|at| words.get(at + 1)).or(words.first()).copied().unwrap_or_default().to_owned()
}

/// The field or variant that it is about, behind its type; the type alone if it is about that.
fn name(line: &str) -> String {
    match line.split_once('(') {
        _ if line.contains('{') || line.starts_with("pub type ") => owner(line),
        // A shape: the word before the bracket.
        Some((before, _)) => {
            format!("{} {}", owner(line), before.split_whitespace().last().unwrap_or_default())
        }
        None => line.to_owned(),
    }
}

/// Copies what is in a folder.
fn copy(from: &Path, to: &Path) {
    for path in golden::entries(from) {
        let name = path.file_name().expect("it has a name");
        if path.is_dir() && name != "expected" {
            fs::create_dir(to.join(name)).expect("the folder is ours");
            copy(&path, &to.join(name));
        } else if path.is_file() {
            fs::copy(&path, to.join(name)).expect("the folder is ours");
        }
    }
}

#[test]
fn what_grows_in_one_place_is_called_the_same_in_all() {
    let (mut lost, mut grown) = (Vec::new(), 0);
    let is_exception = |case: &case::Case| EXCEPTIONS.iter().any(|(name, _)| case.name == *name);
    for case in case::all().into_iter().filter(|case| !is_exception(case)) {
        let text = fs::read_to_string(case.folder.join("openapi.yaml")).expect("the case can be read");
        let Ok(document) = serde_yaml::from_str::<Value>(&text) else { continue };
        let before = names(&case.run());
        let temporary = tempfile::tempdir().expect("tests have a temporary folder");
        copy(&case.folder, temporary.path());
        let config = temporary.path().join("cratewright.toml");
        let request = Request {
            spec: Some(temporary.path().join("openapi.yaml")),
            config: config.is_file().then_some(config),
            name: Some(case.package()),
            ..Request::default()
        };
        for turn in 0.. {
            let mut document = document.clone();
            if !grow(&mut document, &mut turn.clone()) {
                break;
            }
            let text = serde_yaml::to_string(&document).expect("it is YAML");
            fs::write(temporary.path().join("openapi.yaml"), text).expect("the folder is ours");
            let after = run(&request);
            // A configuration may name what has another shape now.
            if after.output.is_none() && request.config.is_some() {
                continue;
            }
            grown += 1;
            let gone: Vec<String> = before.difference(&names(&after)).cloned().collect();
            if !gone.is_empty() {
                lost.push(format!("{} {turn}: {}", case.name, gone.join(", ")));
            }
        }
    }
    assert!(grown > 100, "only {grown} documents were grown");
    assert!(lost.is_empty(), "{} of {grown}:\n{}", lost.len(), lost.join("\n"));
}
