//! Input that is broken, hostile or endless: an error that is located, or a correct crate, and never a panic, a hang, or
//! a file outside of the crate.

use std::{collections::BTreeMap, fs, path::Path};

use cratewright::{
    diagnostic::{Code, human},
    pipeline::{Request, Run, run},
};
use serde_json::{Value, json};

/// Generates from the first of some files, which are written into a folder of their own.
fn generate(files: &[(&str, &str)]) -> Run {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("it can be written");
        fs::write(path, text).expect("it can be written");
    }
    let (name, _) = files.first().expect("there is a document");
    run(&Request { spec: Some(folder.path().join(name)), name: Some("bad".to_owned()), ..Request::default() })
}

/// What holds of every outcome. The files of the crate, if there is one.
#[track_caller]
fn sound(run: Run) -> BTreeMap<String, String> {
    let said = human::render(&run.diagnostics, &run.files, false);
    assert!(!run.diagnostics.items().iter().any(|item| item.code == Code::Internal), "{said}");
    assert_eq!(run.output.is_some(), !run.diagnostics.failed(), "{said}");
    let files = run.output.map(|output| output.package.files).unwrap_or_default();
    for path in files.keys() {
        let plain = |part: &str| {
            !part.is_empty()
                && part != ".."
                && part.len() < 256
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        };
        assert!(path.split('/').all(plain), "{path:?} is a plain path");
    }
    files
}

/// A description with this schema, in JSON.
fn with_schema(schema: &str) -> String {
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{"200":{{"description":"d",
        "content":{{"application/json":{{"schema":{schema}}}}}}}}}}}}}}}}}"#
    )
}

#[test]
fn nesting_ends_in_an_error_or_in_a_crate() {
    for depth in [100, 1_000, 10_000, 100_000] {
        let nested = |open: &str, close: &str| format!("{}true{}", open.repeat(depth), close.repeat(depth));
        sound(generate(&[("a.json", &with_schema(&nested(r#"{"items":"#, "}")))]));
        sound(generate(&[("a.json", &with_schema(&nested(r#"{"allOf":["#, "]}")))]));
        sound(generate(&[("a.json", &with_schema(&nested(r#"{"properties":{"a":"#, "}}")))]));
        sound(generate(&[("a.json", &nested("[", "]"))]));
        sound(generate(&[("a.yaml", &nested("[", "]"))]));
        sound(generate(&[("a.yaml", &nested("{a: ", "}"))]));
        sound(generate(&[("a.yaml", &"- ".repeat(depth))]));
        sound(generate(&[("a.yaml", &"a:\n ".repeat(depth.min(1_000)))]));
    }
}

/// A document with one parameter of these keywords, and schemas.
fn with_parameter(parameter: Value, schemas: Value) -> String {
    let responses = json!({ "200": { "description": "d", "content": {
        "application/json": { "schema": { "$ref": "#/components/schemas/Top" } } } } });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
        "paths": { "/a": { "get": { "parameters": [parameter], "responses": responses } } },
        "components": { "schemas": schemas },
    });
    document.to_string()
}

#[test]
fn media_types_within_themselves_are_said_to_lead_nowhere() {
    let top = json!({ "Top": { "type": "string" } });
    for target in ["#/paths/~1a/get/parameters/0", "#/paths/~1a/get/parameters/0/content/a~1b"] {
        let content = json!({ "a/b": { "encoding": { "x": { "headers": { "H": {
            "content": { "a/b": { "$ref": target } } } } } } }, "c/d": { "$ref": target } });
        let parameter = json!({ "name": "a", "in": "cookie", "content": content });
        sound(generate(&[("a.json", &with_parameter(parameter, top.clone()))]));
    }
}

#[test]
fn what_schemas_can_be_combined_to_is_bounded() {
    let parameter = json!({ "name": "a", "in": "query", "schema": { "type": "string" } });
    let to = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
    // Two cycles of lengths without a common divisor have as many pairs as their product.
    let mut schemas = serde_json::Map::new();
    for (cycle, length) in [("A", 120), ("B", 121)] {
        for at in 0..length {
            let next = to(format!("{cycle}{}", (at + 1) % length));
            let schema = json!({ "type": "object", "properties": { "next": next } });
            schemas.insert(format!("{cycle}{at}"), schema);
        }
    }
    schemas.insert("Top".to_owned(), json!({ "allOf": [to("A0".to_owned()), to("B0".to_owned())] }));
    sound(generate(&[("a.json", &with_parameter(parameter.clone(), Value::Object(schemas)))]));
    // Properties beside alternatives that lead on: as many combinations as there are ways.
    let mut schemas = serde_json::Map::new();
    let ways = |level: usize| json!([to(format!("S{level}a")), to(format!("S{level}b"))]);
    for level in 0..12 {
        for side in ["a", "b"] {
            let own = json!({ format!("{side}{level}"): { "type": "string" } });
            let schema = json!({ "type": "object", "properties": own, "oneOf": ways(level + 1) });
            schemas.insert(format!("S{level}{side}"), schema);
        }
    }
    for side in ["a", "b"] {
        let own = json!({ side: { "type": "string" } });
        schemas.insert(format!("S12{side}"), json!({ "type": "object", "properties": own }));
    }
    let top = json!({ "type": "object", "properties": { "z": { "type": "string" } }, "oneOf": ways(0) });
    schemas.insert("Top".to_owned(), top);
    sound(generate(&[("a.json", &with_parameter(parameter, Value::Object(schemas)))]));
}

#[test]
fn chains_of_references_are_no_nesting() {
    let links: BTreeMap<String, Value> = (0..20_000)
        .map(|link| {
            (format!("S{link}"), json!({ "$ref": format!("#/components/schemas/S{}", (link + 1) % 20_000) }))
        })
        .collect();
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": { "description": "d", "content": {
            "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } } } } } } },
        "components": { "schemas": links },
    });
    sound(generate(&[("a.json", &document.to_string())]));
    let links: BTreeMap<String, Value> = (0..5_000)
        .map(|link| {
            let next = json!({ "$ref": format!("#/components/schemas/S{}", link + 1) });
            let schema = if link == 4_999 {
                json!({ "type": "string" })
            } else {
                json!({ "type": "object", "properties": { "next": next } })
            };
            (format!("S{link}"), schema)
        })
        .collect();
    let mut document = document;
    document["components"]["schemas"] = json!(links);
    let files = sound(generate(&[("a.json", &document.to_string())]));
    assert!(files.values().any(|text| text.contains("pub struct S4998")));
}

/// Each step aside makes the way through such a reference longer, for every reference that goes through it.
#[test]
fn a_way_through_itself_ends() {
    let way = format!("#/components/schemas{}", "/properties/a".repeat(100));
    let schema = json!({ "$ref": "#/components/schemas/A" });
    let parts: BTreeMap<String, Value> = (0..500).map(|part| (format!("p{part}"), schema.clone())).collect();
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "t", "version": "1" },
        "paths": { "/a": { "get": { "responses": { "200": { "description": "d", "content": {
            "application/json": { "schema": { "type": "object", "properties": parts } } } } } } } },
        "components": { "$ref": way },
    });
    let run = generate(&[("a.json", &document.to_string())]);
    let said = run.diagnostics.items().iter().any(|item| item.message.contains("`#/components/schemas/A`"));
    assert!(said, "{:?}", run.diagnostics.items());
}

#[test]
fn aliases_do_not_multiply() {
    let mut text =
        String::from("openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\nx-0: &a0 [lol, lol]\n");
    for level in 1..60 {
        let before = level - 1;
        text.push_str(&format!("x-{level}: &a{level} [{}]\n", vec![format!("*a{before}"); 10].join(", ")));
    }
    sound(generate(&[("a.yaml", &text)]));
    sound(generate(&[("a.yaml", "a: &a [*a]\n")]));
}

#[test]
fn files_that_refer_to_each_other_end() {
    let root = r##"{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"$ref":"b.json#/a"},"/b":{"$ref":"b.json#/b"}},
        "components":{"schemas":{"A":{"$ref":"b.json#/s"},"B":{"$ref":"a.json#/components/schemas/A"}}}}"##;
    let other = r##"{"a":{"$ref":"c.json"},"b":{"get":{"responses":{"200":{"description":"d","content":{"application/json":
        {"schema":{"$ref":"#/s"}}}}}}},"s":{"type":"object","properties":{"self":{"$ref":"a.json#/components/schemas/B"},"c":{"$ref":"c.json#/s"}}}}"##;
    let third = r##"{"$ref":"b.json#/a","s":{"allOf":[{"$ref":"b.json#/s"},{"$ref":"#/s"}]}}"##;
    sound(generate(&[("a.json", root), ("b.json", other), ("c.json", third)]));
}

/// Words that mean something in Rust, in a path, in a manifest, in a comment or on a terminal.
const WORDS: &[&str] = &[
    "\"",
    "\\",
    "'",
    "\n",
    "\r",
    "\0",
    "*/",
    "/*",
    "//",
    "../",
    "../../etc/passwd",
    "/",
    "C:\\x",
    "\u{202e}abc",
    "\u{feff}",
    "{",
    "}",
    "#[x]",
    "r#\"",
    "\"#",
    "crate",
    "self",
    "Self",
    "super",
    "fn",
    "",
    " ",
    "1",
    "-",
    "é",
    "東京",
    "🦀",
    "a\"; panic!(); \"",
    "con",
    "mod",
    "lib",
    "main",
    "]",
    "$x",
    "`",
    "${x}",
    "%00",
    "{{x}}",
    "</script>",
    "Option",
    "String",
    "a\n\n    let z = ;\n",
];

#[test]
fn hostile_names_stay_within_their_literals() {
    let long = "a long word ".repeat(50);
    for word in WORDS.iter().chain([&long.as_str()]) {
        let escaped = word.replace('~', "~0").replace('/', "~1").replace('%', "%25");
        let schema = json!({ "$ref": format!("#/components/schemas/{escaped}") });
        let document = json!({
            "openapi": "3.1.0",
            "info": { "title": word, "version": word, "description": word },
            "servers": [{ "url": word, "description": word }],
            "tags": [{ "name": word, "description": word }],
            "security": [{ *word: [] }],
            "paths": {
                format!("/{word}/{{{word}}}"): { "get": {
                    "operationId": word, "tags": [word], "summary": word, "description": word,
                    "parameters": [
                        { "name": word, "in": "path", "required": true, "schema": { "type": "string", "enum": [word, "other"] } },
                        { "name": word, "in": "query", "description": word, "schema": { "type": "string", "default": word } },
                        { "name": word, "in": "header", "schema": { "type": "string" } },
                    ],
                    "requestBody": { "description": word, "content": { *word: { "schema": schema }, "multipart/form-data": { "schema": schema } } },
                    "responses": {
                        "200": { "description": word, "content": { "application/json": { "schema": schema }, *word: { "schema": { "type": "string" } } } },
                        *word: { "description": word },
                    },
                } },
            },
            "components": {
                "schemas": { *word: {
                    "title": word, "description": word, "type": "object", "required": [word],
                    "properties": { *word: { "type": "string", "enum": [word] }, "one": { "oneOf": [schema, { "type": "string", "const": word }],
                        "discriminator": { "propertyName": word, "mapping": { *word: word } } } },
                } },
                "securitySchemes": { *word: { "type": "apiKey", "in": "header", "name": word } },
            },
        });
        let files = sound(generate(&[("a.json", &document.to_string())]));
        for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
            assert!(!text.contains(['\0', '\u{202e}', '\r']), "{word:?} in {path}");
            assert!(!text.lines().any(|line| line.trim_start().starts_with("panic!")), "{word:?} in {path}");
            assert!(!text.contains("///     let z"), "{word:?} in {path}");
        }
    }
}

/// Changes each byte of a document, or cuts it there, at every so many places.
fn broken(text: &str, step: usize) -> impl Iterator<Item = Vec<u8>> {
    let bytes = text.as_bytes();
    (0..bytes.len()).step_by(step).flat_map(move |at| {
        let mut flipped = bytes.to_vec();
        flipped[at] ^= 1 << (at % 8);
        [flipped, bytes[..at].to_vec()]
    })
}

#[test]
fn damaged_documents_are_read_or_refused() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let path = folder.path().join("a.yaml");
    let documents = [include_str!("../versions/swagger2.yaml"), include_str!("../versions/openapi32.yaml")];
    for text in documents {
        for bytes in broken(text, 397) {
            fs::write(&path, bytes).expect("it can be written");
            sound(run(&Request { spec: Some(path.clone()), ..Request::default() }));
        }
    }
}

#[test]
fn output_does_not_depend_on_where_it_is_made() {
    let text = include_str!("../versions/openapi31.yaml");
    let request = |path: &Path| Request { spec: Some(path.to_owned()), ..Request::default() };
    let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (first, second) = (one.path().join("a.yaml"), other.path().join("deeper/b.yaml"));
    fs::create_dir_all(second.parent().expect("a file is in a folder")).expect("it can be written");
    fs::write(&first, text).expect("it can be written");
    fs::write(&second, text).expect("it can be written");
    assert_eq!(sound(run(&request(&first))), sound(run(&request(&second))));
}
