//! Tests the form that later stages rely on.

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::run;
use crate::{
    diagnostic::{Code, Diagnostics},
    load,
    source::{FileId, Files, Node, NodeId, Object, Value},
};

/// A tree from a JSON value, numbered in document order.
pub(super) fn tree(value: &Json, next: &mut u32) -> Node {
    let id = NodeId { file: FileId(0), ordinal: *next };
    *next += 1;
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.clone()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::Array(items.iter().map(|item| tree(item, next)).collect()),
        Json::Object(entries) => {
            let mut object = Object::default();
            for (key, value) in entries {
                *next += 1;
                object.insert(key.clone(), tree(value, next));
            }
            Value::Object(object)
        }
    };
    Node::at(id, value)
}

fn normalised(version: &str, schema: Json) -> (Json, Vec<Code>) {
    let document = json!({
        "openapi": version, "info": {"title": "t", "version": "1"}, "paths": {},
        "components": {"schemas": {
            "Subject": schema, "Other": {"type": "string"}, "Nothing": {"type": "null"}
        }}
    });
    let mut diagnostics = Diagnostics::new();
    let root = run(tree(&document, &mut 0), &Files::default(), &IndexMap::default(), &mut diagnostics)
        .expect("it is a description");
    let codes = diagnostics.items().iter().map(|item| item.code).collect();
    (root.to_json()["components"]["schemas"]["Subject"].clone(), codes)
}

#[test]
fn webhooks_are_the_same_in_every_version() {
    let body = json!({"content": {"application/json": {"schema": {"type": "object"}}}});
    let own = json!({"name": "X-Event", "in": "header", "schema": {"type": "string"}});
    let shared = json!({"name": "X-Sign", "in": "header", "schema": {"type": "string"}});
    let collected = |version: &str, keyword: &str| {
        let document = json!({
            "openapi": version, "info": {"title": "t", "version": "1"}, "paths": {},
            keyword: {"low": {
                "parameters": [shared.clone()],
                "get": {"operationId": "isLow", "responses": {}},
                "post": {"summary": "Low.", "parameters": [own.clone()], "requestBody": body.clone(), "responses": {}},
            }},
        });
        let mut diagnostics = Diagnostics::new();
        let root = run(tree(&document, &mut 0), &Files::default(), &IndexMap::default(), &mut diagnostics);
        assert!(diagnostics.items().is_empty(), "{:?}", diagnostics.items());
        root.expect("it is a description").to_json()["x-cratewright-webhooks"].clone()
    };
    let expected = json!({
        "low": {"summary": "Low.", "requestBody": body, "parameters": [shared, own]},
        "isLow": {"operationId": "isLow", "parameters": [shared]},
    });
    for (version, keyword) in [("3.0.3", "x-webhooks"), ("3.1.0", "webhooks"), ("3.2.0", "webhooks")] {
        assert_eq!(collected(version, keyword), expected, "{version}");
    }
}

#[test]
fn three_one_takes_the_shape_of_three_zero() {
    let pairs = [
        (json!({"type": ["string", "null"]}), json!({"type": "string", "nullable": true})),
        (json!({"type": "null"}), json!({"enum": [null], "nullable": true})),
        (json!({"const": null}), json!({"enum": [null], "nullable": true})),
        (json!({"const": true}), json!({"type": "boolean", "enum": [true]})),
        (json!({"type": ["integer", "number", "null"]}), json!({"type": "number", "nullable": true})),
        (
            json!({"type": "integer", "exclusiveMinimum": 5}),
            json!({"type": "integer", "minimum": 5, "exclusiveMinimum": true}),
        ),
        (
            json!({"oneOf": [{"$ref": "#/components/schemas/Other"}, {"$ref": "#/components/schemas/Nothing"}]}),
            json!({"oneOf": [{"$ref": "#/components/schemas/Other"}], "nullable": true}),
        ),
        (
            json!({"contentMediaType": "image/png"}),
            json!({"type": "string", "format": "binary", "contentMediaType": "image/png"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/json"}),
            json!({"type": "string", "contentMediaType": "application/json"}),
        ),
        (
            json!({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false}),
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}, "^b": {"type": "integer"}}}),
            json!({"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}),
        ),
        (
            json!({"patternProperties": {"^x-": {"type": "string"}}, "type": "object", "properties": {"a": {}}}),
            json!({"type": "object", "properties": {"a": {}}}),
        ),
        (
            json!({"patternProperties": {".*": {"type": "string"}}, "type": "object", "properties": {"a": {}}}),
            json!({"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "string"}}),
        ),
        (json!({"patternProperties": {"^x-": {}}}), json!({"type": "object"})),
        (
            json!({"type": "object", "unevaluatedProperties": false}),
            json!({"type": "object", "x-cratewright-closed": true}),
        ),
        (
            json!({"type": "object", "unevaluatedProperties": {"type": "string"}}),
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
        ),
        (json!({"const": "a"}), json!({"enum": ["a"]})),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "null"}]}),
            json!({"anyOf": [{"type": "integer"}], "nullable": true}),
        ),
        (
            json!({"$ref": "#/components/schemas/Other", "description": "d"}),
            json!({"allOf": [{"$ref": "#/components/schemas/Other"}], "description": "d"}),
        ),
        (json!(true), json!({})),
        (json!({"additionalProperties": false}), json!({"x-cratewright-closed": true})),
        (json!({"type": ["string", "integer"]}), json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})),
    ];
    for (written, expected) in pairs {
        assert_eq!(normalised("3.1.0", written.clone()).0, expected, "{written}");
    }
}

#[test]
fn three_zero_ignores_what_stands_beside_a_reference_but_nullable() {
    let written = json!({"$ref": "#/components/schemas/Other", "nullable": false, "description": "d"});
    let (schema, codes) = normalised("3.0.3", written);
    assert_eq!(schema, json!({"$ref": "#/components/schemas/Other"}));
    assert!(codes.is_empty());
    let written = json!({"$ref": "#/components/schemas/Other", "nullable": true, "description": "d"});
    let (schema, codes) = normalised("3.0.3", written);
    assert_eq!(schema, json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Other"}]}));
    assert!(codes.is_empty());
}

/// The result for a YAML document, and the reported codes.
fn read(text: &str) -> (Json, Vec<Code>) {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::new());
    let root =
        load::parse(&mut files, &mut diagnostics, "a.yaml".to_owned(), text.to_owned()).expect("it is YAML");
    let root = run(root, &files, &IndexMap::default(), &mut diagnostics).expect("it is a description");
    (root.to_json(), diagnostics.items().iter().map(|item| item.code).collect())
}

#[test]
fn text_is_what_is_written() {
    let (root, codes) = read(
        "openapi: 3.1.0\ninfo: { title: 1e3, version: 1.10 }\npaths: {}\ncomponents:\n  schemas:\n    A:\n      \
         type: string\n      enum: [1.10, '2', True]\n      default: 1.10\n    B: { type: string, const: 0x1F }\n    \
         C: { type: number, enum: [1.10] }\n",
    );
    assert_eq!(root["info"], json!({"title": "1e3", "version": "1.10"}));
    let schemas = &root["components"]["schemas"];
    assert_eq!(schemas["A"], json!({"type": "string", "enum": ["1.10", "2", "True"], "default": "1.10"}));
    assert_eq!(schemas["B"]["enum"], json!(["0x1F"]));
    assert_eq!(schemas["C"]["enum"], json!([1.1]));
    assert_eq!(codes, [Code::WrongType]);
}

#[test]
fn what_is_written_as_in_two_zero_is_read_so() {
    let (root, codes) = read(
        "openapi: 3.0.3\ninfo: { title: t, version: '1' }\nhost: h\npaths:\n  /a:\n    post:\n      parameters:\n        \
         - { name: q, in: query, type: array, items: { type: string }, collectionFormat: pipes }\n        \
         - { name: b, in: body, required: true, schema: { type: string } }\n      consumes: [text/plain]\n      \
         responses: { '200': { description: d, schema: { type: integer } } }\n",
    );
    let operation = &root["paths"]["/a"]["post"];
    let query = json!([{
        "name": "q", "in": "query", "style": "pipeDelimited", "explode": false,
        "schema": {"type": "array", "items": {"type": "string"}}
    }]);
    assert_eq!(operation["parameters"], query);
    let body = json!({"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}});
    assert_eq!(operation["requestBody"], body);
    let content = &operation["responses"]["200"]["content"];
    assert_eq!(content, &json!({"application/json": {"schema": {"type": "integer"}}}));
    assert_eq!(codes, [Code::EarlierKeyword; 4]);
}

#[test]
fn what_conditions_evaluate_is_not_held_to_the_rest() {
    let written = json!({"type": "object", "unevaluatedProperties": {"type": "integer"}});
    assert_eq!(normalised("3.1.0", written).0["additionalProperties"], json!({"type": "integer"}));
    let written = json!({"type": "object", "then": {}, "unevaluatedProperties": {"type": "integer"}});
    assert_eq!(normalised("3.1.0", written).0.get("additionalProperties"), None);
}

#[test]
fn a_reference_into_a_schema_makes_a_component() {
    let written = json!({"properties": {
        "a": {"type": "object", "properties": {"b": {"type": "integer"}}},
        "c": {"$ref": "#/components/schemas/Subject/properties/a"}
    }});
    let (schema, codes) = normalised("3.0.3", written);
    assert_eq!(schema["properties"]["a"], schema["properties"]["c"]);
    assert!(codes.is_empty());
}

#[test]
fn slips_are_repaired() {
    let (schema, codes) =
        normalised("3.0.3", json!({"properties": {"a": {"type": "string", "required": true}}}));
    assert_eq!(schema["required"], json!(["a"]));
    assert_eq!(codes, [Code::WrongType]);
    let (schema, codes) = normalised("3.0.3", json!({"type": "string", "deprecated": "true", "enum": "a"}));
    assert_eq!((&schema["deprecated"], &schema["enum"]), (&json!(true), &json!(["a"])));
    assert_eq!(codes, [Code::WrongType, Code::WrongType]);
}

#[test]
fn what_is_of_the_wrong_kind_is_left_out_and_reported() {
    let (schema, codes) =
        normalised("3.0.3", json!({"properties": {"a": {"$ref": 7}, "$ref": {"type": "string"}}}));
    assert_eq!(schema["properties"], json!({"a": {}, "$ref": {"type": "string"}}));
    assert_eq!(codes, [Code::WrongType]);
    let (schema, codes) = normalised("3.1.0", json!({"type": "object", "patternProperties": ["^x-"]}));
    assert_eq!((schema, codes), (json!({"type": "object"}), vec![Code::WrongType]));
    let (schema, codes) = normalised("3.1.0", json!({"type": ["string", null, 7]}));
    assert_eq!(schema, json!({"type": "string", "nullable": true}));
    assert_eq!(codes, [Code::WrongType, Code::WrongType]);
}

#[test]
fn references_to_nothing_and_cycles_cost_only_themselves() {
    let (schema, codes) =
        normalised("3.0.3", json!({"properties": {"a": {"$ref": "#/components/schemas/Nobody"}}}));
    assert_eq!(schema["properties"]["a"], json!({}));
    assert_eq!(codes, [Code::UnresolvedReference]);
    let (_, codes) = normalised("3.0.3", json!({"$ref": "#/components/schemas/Subject"}));
    assert_eq!(codes, [Code::ReferenceCycle]);
}
