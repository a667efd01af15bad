//! Wide models nested in wide models: small where they stand, and read on a small stack in a build without optimisation.

use std::{fs, path::Path};

use acceptance::workspace::Generated;
use cratewright::pipeline::{Request, run};
use serde_json::{Map, Value, json};

/// Kinds of parcels, and how many crates stand in each other in a parcel.
const KINDS: usize = 25;
const DEPTH: usize = 7;

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties })
}

/// A depot holds references to parcels of many kinds, each of which may carry the parcel. Nothing in it is recursive.
fn document() -> Value {
    let text = json!({ "type": "string" });
    let lines: Map<String, Value> = (0..20).map(|line| (format!("line{line}"), text.clone())).collect();
    let mut schemas = Map::new();
    let mut add = |name: String, schema: Value| drop(schemas.insert(name, schema));
    add("Label".to_owned(), object(&[], Value::Object(lines)));
    add("Crate0".to_owned(), object(&["id"], json!({ "id": text, "label": reference("Label") })));
    for depth in 1..DEPTH {
        let inner = reference(&format!("Crate{}", depth - 1));
        let properties = json!({ "id": text, "left": inner, "right": inner, "label": reference("Label") });
        add(format!("Crate{depth}"), object(&["id", "left"], properties));
    }
    for kind in 0..KINDS {
        let content = reference(&format!("Crate{}", DEPTH - 1 - kind % 2));
        let properties =
            json!({ "id": text, "from": reference("Label"), "to": reference("Label"), "content": content });
        add(format!("Parcel{kind}"), object(&["id", "content"], properties));
        let tag = json!({ "type": "string", "enum": [format!("parcel-{kind}")] });
        let properties = json!({ "kind": tag, "id": text, "parcel": reference(&format!("Parcel{kind}")) });
        add(format!("Parcel{kind}Link"), object(&["kind", "id"], properties));
    }
    let links: Vec<Value> = (0..KINDS).map(|kind| reference(&format!("Parcel{kind}Link"))).collect();
    let mapping: Map<String, Value> = (0..KINDS)
        .map(|kind| (format!("parcel-{kind}"), format!("#/components/schemas/Parcel{kind}Link").into()))
        .collect();
    add(
        "Link".to_owned(),
        json!({ "oneOf": links, "discriminator": { "propertyName": "kind", "mapping": mapping } }),
    );
    let properties = json!({ "first": reference("Link"), "last": reference("Link"), "all": { "type": "array", "items": reference("Link") } });
    add("Depot".to_owned(), object(&["first"], properties));
    json!({
        "openapi": "3.0.3", "info": { "title": "Depot", "version": "1" }, "servers": [{ "url": "https://depot.example" }],
        "paths": { "/depot": { "get": { "operationId": "getDepot", "responses": { "200": {
            "description": "The depot.", "content": { "application/json": { "schema": reference("Depot") } },
        } } } } },
        "components": { "schemas": schemas },
    })
}

/// A depot in which every required member, and everything that may be there of the first parcel, is there.
fn depot() -> Value {
    let inner = |depth: usize| {
        (1..=depth).fold(
            json!({ "id": "0", "label": { "line0": "a" } }),
            |inner, depth| json!({ "id": depth.to_string(), "left": inner, "label": {} }),
        )
    };
    let link = |kind: usize| {
        let parcel = json!({ "id": "p", "from": { "line19": "z" }, "content": inner(DEPTH - 1 - kind % 2) });
        json!({ "kind": format!("parcel-{kind}"), "id": "l", "parcel": parcel })
    };
    json!({ "first": link(0), "last": link(KINDS - 1), "all": (0..KINDS).map(link).collect::<Vec<_>>() })
}

const PROGRAM: &str = r##"//! Reads and writes a depot on a stack of 128 KiB.

use wide::models::{Depot, Link, Parcel0};
use wide::json::{from_json, read_json, to_json};

fn main() {
    // three members and `extra`, at 64 bytes a member
    assert!(size_of::<Depot>() <= 4 * 64, "{}", size_of::<Depot>());
    assert!(size_of::<Link>() <= 128, "{}", size_of::<Link>());
    assert!(size_of::<Parcel0>() <= 5 * 64, "{}", size_of::<Parcel0>());
    let client = wide::Client::builder().build().expect("it needs nothing");
    assert!(size_of_val(&client.depot().get().send()) < 1_024, "{}", size_of_val(&client.depot().get().send()));
    assert!(size_of_val(&client.depot().get().into_future()) < 1_024);
    let run = || {
        let json = include_bytes!("depot.json");
        let strict = from_json::<Depot>(json).expect("it is a depot");
        let (lenient, deviations) = read_json::<Depot>(json).expect("it is a depot");
        assert!(deviations.is_empty());
        assert_eq!(strict, lenient);
        let written = to_json(&strict).expect("it can be written");
        assert_eq!(from_json::<Depot>(&written).expect("it is one still"), strict);
        let (empty, deviations) = read_json::<Depot>(br#"{"first":{"kind":"parcel-3","parcel":{}}}"#).expect("it is read");
        assert_eq!(deviations.len(), 3, "{deviations:?}");
        assert_eq!(to_json(&empty).expect("it can be written"), br#"{"first":{"kind":"parcel-3","parcel":{}}}"#);
    };
    std::thread::Builder::new().stack_size(128 << 10).spawn(run).expect("a thread").join().expect("it ends well");
}
"##;

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the target can be written");
    fs::write(path, text).expect("the target can be written");
}

#[test]
fn wide_models_take_little_stack() {
    let generated = Generated::new("wide");
    let (library, program) = (generated.member("wide"), generated.member("program"));
    let spec = library.join("openapi.json");
    write(&spec, &document().to_string());
    let run = run(&Request { spec: Some(spec), name: Some("wide".to_owned()), ..Request::default() });
    let package = run.output.expect("the document is sound").package;
    package.files.iter().for_each(|(path, text)| write(&library.join(path), text));
    write(&program.join("src/depot.json"), &depot().to_string());
    write(&program.join("src/main.rs"), PROGRAM);
    let manifest = "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
        wide = { path = \"../wide\" }\n";
    write(&program.join("Cargo.toml"), manifest);
    if let Err(output) = generated.cargo(&["run", "--quiet", "-p", "program"]) {
        panic!("{output}");
    }
}
