//! Values of golden cases: a program that reads each into its model and writes it again.
//!
//! `values.json` beside a case says, for types of its crate, what must hold of JSON values:
//!
//! ```json
//! {
//!   "Shape": {
//!     "kept": [{ "type": "circle", "r": 5 }],
//!     "changed": [{ "from": { "n": null }, "to": {} }],
//!     "refused": [{ "json": { "r": "5" }, "says": "expected a number" }],
//!     "variants": { "Circle": [{ "type": "circle", "r": 5 }] }
//!   }
//! }
//! ```
//!
//! A type elsewhere than in `models` has its path: `webhooks::Webhook`.
//!
//! What is `kept` is written as it was read, and so is what is read as one of the `variants`; what is `changed` is
//! written otherwise; of what is `refused` a part of the message is given.

use serde_json::Value;

use crate::case::Case;

/// What must hold of one JSON value of a type.
#[derive(Debug)]
struct Row {
    case: String,
    module: String,
    ty: String,
    json: Value,
    to: Option<Value>,
    says: Option<String>,
    variant: Option<String>,
}

/// The manifest and the program for all cases that have values.
pub fn program(cases: &[Case]) -> (String, String) {
    let mut manifest = String::from(
        "[package]\nname = \"values\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde_json = \"1\"\n",
    );
    let mut checks = String::new();
    for case in cases {
        let rows = rows(case);
        if !rows.is_empty() {
            let package = case.package();
            let features = if case.has_webhooks() { "\"webhooks\"" } else { "" };
            manifest.push_str(&format!(
                "{package} = {{ path = \"../{package}\", default-features = false, features = [{features}] }}\n"
            ));
        }
        checks.extend(rows.iter().map(check));
    }
    (manifest, PROGRAM.replace("// checks\n", &checks))
}

fn rows(case: &Case) -> Vec<Row> {
    let path = case.folder.join("values.json");
    let Ok(text) = std::fs::read_to_string(&path) else { return Vec::new() };
    let types: Value =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut rows = Vec::new();
    for (ty, said) in types.as_object().into_iter().flatten() {
        let row = |json: &Value| Row {
            case: case.name.clone(),
            module: case.package().replace('-', "_"),
            ty: ty.clone(),
            json: json.clone(),
            to: None,
            says: None,
            variant: None,
        };
        let list = |key: &str| said[key].as_array().cloned().unwrap_or_default();
        rows.extend(list("kept").iter().map(|json| Row { to: Some(json.clone()), ..row(json) }));
        rows.extend(
            list("changed").iter().map(|one| Row { to: Some(one["to"].clone()), ..row(&one["from"]) }),
        );
        rows.extend(list("refused").iter().map(|one| {
            let says = one["says"].as_str().expect("`says` is a text").to_owned();
            Row { says: Some(says), ..row(&one["json"]) }
        }));
        for (variant, values) in said["variants"].as_object().into_iter().flatten() {
            let values = values.as_array().into_iter().flatten();
            rows.extend(values.map(|json| Row {
                to: Some(json.clone()),
                variant: Some(variant.clone()),
                ..row(json)
            }));
        }
    }
    assert!(!rows.is_empty(), "{} says something", path.display());
    rows
}

/// A line of the program.
fn check(row: &Row) -> String {
    let Row { case, module, ty, json, to, says, variant } = row;
    let to = to.as_ref().map(Value::to_string);
    let ty = if ty.contains("::") { ty.clone() } else { format!("models::{ty}") };
    format!("    check!({case:?}, {module}, {ty}, {:?}, {to:?}, {says:?}, {variant:?});\n", json.to_string(),)
}

const PROGRAM: &str = r#"//! Reads values and writes them again.

fn main() {
    let mut failed = false;
    macro_rules! check {
        ($case:literal, $module:ident, $($ty:ident)::+, $json:literal, $to:expr, $says:expr, $variant:expr) => {
            let read = $module::json::from_json::<$module::$($ty)::+>($json.as_bytes());
            let outcome = match read {
                Ok(value) => {
                    let written = $module::json::to_json(&value).map_err(|error| error.to_string());
                    written.map(|text| (format!("{value:?}"), String::from_utf8_lossy(&text).into_owned()))
                }
                Err(error) => Err(error.to_string()),
            };
            let to: Option<&str> = $to;
            let says: Option<&str> = $says;
            let variant: Option<&str> = $variant;
            if let Some(wrong) = wrong(outcome, to, says, variant) {
                println!("{} {} {}: {wrong}", $case, stringify!($($ty)::+), $json);
                failed = true;
            }
        };
    }
// checks
    std::process::exit(i32::from(failed));
}

fn wrong(
    outcome: Result<(String, String), String>,
    to: Option<&str>,
    says: Option<&str>,
    variant: Option<&str>,
) -> Option<String> {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON is written");
    match (outcome, says) {
        (Ok((value, _)), Some(_)) => Some(format!("read as {value}")),
        (Err(message), None) => Some(message),
        (Err(message), Some(says)) => (!message.contains(says)).then_some(message),
        (Ok((value, text)), None) => {
            let is_variant = variant.is_none_or(|name| value.starts_with(&format!("{name}(")) || value == name);
            let is_kept = to.is_none_or(|to| json(to) == json(&text));
            (!is_variant || !is_kept).then(|| format!("read as {value}, written as {text}"))
        }
    }
}
"#;
