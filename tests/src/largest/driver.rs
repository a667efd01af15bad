//! The program beside a generated crate that reads and writes bodies, by the crate and by `serde_json`.
//!
//! ```text
//! driver --check                a line for each body: nothing, or what is not read and written as it came
//! driver --bench body_00        what the first of them costs
//! ```

use std::{collections::BTreeMap, fmt::Write};

use super::{Body, infer, structs::Structs};
use crate::samples::driver::dependencies;

/// The name of the driver's package.
pub fn package(of: &str) -> String {
    format!("{of}-bench")
}

/// The module of a body.
pub fn module(number: usize) -> String {
    format!("body_{number:02}")
}

/// Its files, `manifest` being that of the generated crate.
///
/// # Errors
///
/// When a body is no JSON, which is a defect of what found it.
pub fn files(
    of: &str,
    manifest: &str,
    bodies: &[Body],
) -> Result<BTreeMap<String, String>, serde_json::Error> {
    let mut files = BTreeMap::new();
    let (mut modules, mut checks) = (String::new(), String::new());
    for (number, body) in bodies.iter().enumerate() {
        let name = module(number);
        let mut structs = Structs::default();
        let by_hand = structs.of(&infer::of(&serde_json::from_str(&body.json)?));
        let text = MODULE.replace("OURS", &body.ty).replace("BY_HAND", &by_hand).replace("NAME", &name);
        modules.push_str(&text.replace("// structs\n", &structs.declarations()));
        let _ = writeln!(checks, "        {name}::check,");
        files.insert(format!("src/{name}.json"), body.json.clone());
    }
    let program = PROGRAM.replace("LIBRARY", &of.replace('-', "_")).replace("// checks\n", &checks);
    files.insert("src/main.rs".to_owned(), program + &modules);
    files.insert("Cargo.toml".to_owned(), self::manifest(of, manifest));
    Ok(files)
}

fn manifest(of: &str, generated: &str) -> String {
    // As this package has it.
    let own = include_str!("../../Cargo.toml").lines();
    let divan: String = own.filter(|line| line.starts_with("divan = ")).collect();
    format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{}{divan}\n\
        serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n",
        package(of),
        dependencies(of, generated)
    )
}

const PROGRAM: &str = r#"//! Reads and writes each body, by the crate and by `serde_json`.

#![allow(dead_code, deprecated, non_snake_case, unused_imports)]

use std::collections::BTreeMap;

use LIBRARY::json::{Codec, read_json, to_json};
use divan::{AllocProfiler, Bencher, black_box};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    let checks: &[fn() -> Result<(), String>] = &[
// checks
    ];
    if std::env::args().nth(1).as_deref() != Some("--check") {
        return divan::main();
    }
    for check in checks {
        println!("{}", check().err().unwrap_or_default().replace('\n', " "));
    }
}

/// Whether a body is read and written as it came, on both sides.
fn check<Ours: Codec, ByHand: DeserializeOwned + Serialize>(json: &[u8]) -> Result<(), String> {
    let (ours, deviations) = read_json::<Ours>(json).map_err(|error| error.to_string())?;
    if let Some(deviation) = deviations.first() {
        return Err(deviation.to_string());
    }
    let by_hand: ByHand = serde_json::from_slice(json).map_err(|error| format!("by hand: {error}"))?;
    let came: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let is_same = |written: Vec<u8>| serde_json::from_slice::<Value>(&written).is_ok_and(|value| value == came);
    if !is_same(to_json(&ours).map_err(|error| error.to_string())?) {
        return Err("it is not written as it came".to_owned());
    }
    if !is_same(serde_json::to_vec(&by_hand).map_err(|error| error.to_string())?) {
        return Err("by hand: it is not written as it came".to_owned());
    }
    Ok(())
}
"#;

const MODULE: &str = r#"
mod NAME {
    use super::*;

    type Ours = OURS;
    type ByHand = BY_HAND;

    static JSON: &[u8] = include_bytes!("NAME.json");

    pub fn check() -> Result<(), String> {
        super::check::<Ours, ByHand>(JSON)
    }

    #[divan::bench(sample_count = 200)]
    fn read_ours(bencher: Bencher<'_, '_>) {
        bencher.bench(|| read_json::<Ours>(black_box(JSON)).expect("it was read before"));
    }

    #[divan::bench(sample_count = 200)]
    fn read_by_hand(bencher: Bencher<'_, '_>) {
        bencher.bench(|| serde_json::from_slice::<ByHand>(black_box(JSON)).expect("it was read before"));
    }

    #[divan::bench(sample_count = 200)]
    fn write_ours(bencher: Bencher<'_, '_>) {
        let (body, _) = read_json::<Ours>(JSON).expect("it was read before");
        bencher.bench(|| to_json(black_box(&body)).expect("it was written before"));
    }

    #[divan::bench(sample_count = 200)]
    fn write_by_hand(bencher: Bencher<'_, '_>) {
        let body: ByHand = serde_json::from_slice(JSON).expect("it was read before");
        bencher.bench(|| serde_json::to_vec(black_box(&body)).expect("it was written before"));
    }

// structs
}
"#;

#[cfg(test)]
mod tests {
    use super::{Body, files};

    #[test]
    fn each_body_has_a_module_and_a_file() {
        let body = Body {
            operation: "get 200".to_owned(),
            is_shown: true,
            ty: "my_api::models::User".to_owned(),
            media: String::new(),
            json: r#"{"id":1}"#.to_owned(),
        };
        let files = files("my-api", "", &[body.clone(), body]).expect("they are JSON");
        let program = &files["src/main.rs"];
        assert!(program.contains("use my_api::json") && program.contains("        body_01::check,\n    ];"));
        assert!(program.contains("    type Ours = my_api::models::User;\n    type ByHand = Struct0;\n"));
        assert_eq!(files["src/body_01.json"], r#"{"id":1}"#);
        assert!(files["Cargo.toml"].contains("\ndivan = { version ="));
    }
}
