//! A name comes from its own place: a value more in one enum, or a property more in one object, leaves the names of all types.

use std::{collections::BTreeSet, fs};

use acceptance::{case, golden};
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
                let is_text = values.iter().all(|value| value.is_string() || value.is_null());
                values.push(if is_text { "something-new".into() } else { 987_654.into() });
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

/// Of one value and `null` alone a variant is called after the value.
fn several(values: &Value) -> bool {
    values.as_sequence().is_some_and(|values| values.iter().filter(|value| !value.is_null()).count() > 1)
}

/// Cases in which a place says something of others, and what.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("union/inline", "alternatives without a name are called after what they alone have"),
    (
        "union/nothing-but-constants",
        "alternatives are one record as long as they differ in nothing but constants",
    ),
];

/// The types that a crate has; none if it was not generated.
fn names(run: &Run) -> BTreeSet<String> {
    let files = run.output.iter().flat_map(|output| &output.package.files);
    let models = files.filter(|(path, _)| path.starts_with("src/models/"));
    let lines = models.flat_map(|(_, text)| text.lines());
    lines
        .filter_map(|line| {
            let (_, rest) =
                ["pub struct ", "pub enum ", "pub type "].iter().find_map(|word| line.split_once(word))?;
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            Some(rest[..end].to_owned())
        })
        .collect()
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
        for path in golden::entries(&case.folder).iter().filter(|path| path.is_file()) {
            let name = path.file_name().expect("it has a name");
            fs::copy(path, temporary.path().join(name)).expect("the folder is ours");
        }
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
            if after.output.is_none() {
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
