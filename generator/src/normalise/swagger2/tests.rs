//! Tests parts of 2.0 documents and what they become.

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::super::{run, tests::tree};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Files;

/// A document with these entries, normalised, and the reported codes.
fn normalised(entries: Json) -> (Json, Vec<Code>) {
    let mut document = json!({"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {}});
    let all = document.as_object_mut().expect("it is an object");
    all.extend(entries.as_object().expect("entries are an object").clone());
    let mut diagnostics = Diagnostics::new();
    let root = run(tree(&document, &mut 0), &Files::default(), &IndexMap::default(), &mut diagnostics)
        .expect("it is a description");
    (root.to_json(), diagnostics.items().iter().map(|item| item.code).collect())
}

fn operation(operation: Json) -> (Json, Vec<Code>) {
    let (root, codes) = normalised(json!({"paths": {"/a": {"post": operation}}}));
    (root["paths"]["/a"]["post"].clone(), codes)
}

#[test]
fn hosts_and_schemes_are_servers() {
    let servers = |entries: Json| normalised(entries).0["servers"].clone();
    let both = json!({"host": "h:8", "basePath": "/b/", "schemes": ["http", "https", "ws"]});
    assert_eq!(
        servers(both),
        json!([{"url": "https://h:8/b"}, {"url": "http://h:8/b"}, {"url": "ws://h:8/b"}])
    );
    assert_eq!(servers(json!({"host": "h", "basePath": "/"})), json!([{"url": "https://h"}]));
    assert_eq!(servers(json!({"basePath": "b"})), json!([{"url": "/b"}]));
    assert_eq!(servers(json!({})), Json::Null);
    assert_eq!(normalised(json!({"host": 1})).1, [Code::WrongType]);
    let (root, _) = normalised(json!({"host": "h", "paths": {"/a": {
        "get": {"schemes": ["https"]}, "put": {"schemes": ["http"]}
    }}}));
    let path = &root["paths"]["/a"];
    assert_eq!(
        (&path["get"]["servers"], &path["put"]["servers"][0]["url"]),
        (&Json::Null, &json!("http://h"))
    );
}

#[test]
fn lists_are_written_by_their_collection_format() {
    let style = |place: &str, format: &str| {
        let list =
            json!({"name": "a", "in": place, "type": "array", "items": {}, "collectionFormat": format});
        let (operation, codes) = operation(json!({"parameters": [list]}));
        let parameter = &operation["parameters"][0];
        (parameter["style"].clone(), parameter["explode"].clone(), codes)
    };
    assert_eq!(style("query", "csv"), (json!("form"), json!(false), vec![]));
    assert_eq!(style("query", "multi"), (json!("form"), json!(true), vec![]));
    assert_eq!(style("query", "ssv"), (json!("spaceDelimited"), json!(false), vec![]));
    assert_eq!(style("query", "pipes"), (json!("pipeDelimited"), json!(false), vec![]));
    assert_eq!(style("query", "tsv"), (json!("form"), json!(false), vec![Code::ParameterDegraded]));
    assert_eq!(style("header", "csv"), (Json::Null, Json::Null, vec![]));
    assert_eq!(style("header", "pipes"), (Json::Null, Json::Null, vec![Code::ParameterDegraded]));
}

#[test]
fn forms_are_bodies() {
    let field =
        |name: &str, kind: &str| json!({"name": name, "in": "formData", "type": kind, "required": true});
    let (plain, _) = operation(json!({"parameters": [field("a", "integer")]}));
    let content = &plain["requestBody"]["content"];
    assert_eq!(
        content["application/x-www-form-urlencoded"]["schema"],
        json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}})
    );
    assert_eq!(plain["parameters"], json!([]));
    let (file, _) = operation(json!({"parameters": [field("a", "file")], "consumes": ["application/json"]}));
    let schema = &file["requestBody"]["content"]["multipart/form-data"]["schema"];
    assert_eq!(schema["properties"]["a"], json!({"type": "string", "format": "binary"}));
    let list = json!({"name": "l", "in": "formData", "type": "array", "items": {"type": "string"}});
    let (list, _) = operation(json!({"parameters": [list], "consumes": ["multipart/form-data"]}));
    let encoding = &list["requestBody"]["content"]["multipart/form-data"]["encoding"];
    assert_eq!(encoding, &json!({"l": {"style": "form", "explode": false}}));
}

#[test]
fn bodies_are_shared_by_value_and_inherited() {
    let (root, codes) = normalised(json!({
        "consumes": ["application/xml", "application/json"],
        "parameters": {
            "Body": {"name": "b", "in": "body", "required": true, "schema": {"type": "string"}},
            "Page": {"name": "p", "in": "query", "type": "integer"}
        },
        "paths": {"/a": {
            "parameters": [{"$ref": "#/parameters/Body"}, {"$ref": "#/parameters/Page"}],
            "put": {}, "post": {"parameters": [{"name": "c", "in": "body", "schema": {"type": "integer"}}]}
        }}
    }));
    let path = &root["paths"]["/a"];
    assert_eq!(path["parameters"], json!([{"$ref": "#/components/parameters/Page"}]));
    assert_eq!(path["put"]["requestBody"]["content"]["application/xml"]["schema"], json!({"type": "string"}));
    assert_eq!(
        path["post"]["requestBody"]["content"]["application/json"]["schema"],
        json!({"type": "integer"})
    );
    assert_eq!(root["components"]["parameters"].as_object().map(|all| all.len()), Some(1));
    assert_eq!(codes, []);
}

#[test]
fn responses_have_the_media_types_produced() {
    let (root, codes) = normalised(json!({
        "produces": ["application/json"],
        "responses": {"R": {"description": "d", "schema": {"type": "integer"}}},
        "paths": {"/a": {
            "get": {"responses": {"200": {"$ref": "#/responses/R"}}},
            "put": {"produces": ["text/csv"], "responses": {"200": {"$ref": "#/responses/R"}}},
            "post": {"responses": {"200": {"description": "d", "schema": {"type": "file"}}}}
        }}
    }));
    let response = |method: &str| root["paths"]["/a"][method]["responses"]["200"].clone();
    assert_eq!(response("get"), json!({"$ref": "#/components/responses/R"}));
    assert_eq!(response("put")["content"]["text/csv"]["schema"], json!({"type": "integer"}));
    let file = json!({"type": "string", "format": "binary"});
    assert_eq!(response("post")["content"]["application/octet-stream"]["schema"], file);
    assert_eq!(codes, []);
}

#[test]
fn references_lead_where_things_went() {
    let (root, codes) = normalised(json!({
        "paths": {
            "/a": {"get": {
                "parameters": [{"name": "b", "in": "body", "schema": {"type": "object", "properties": {"x": {"enum": ["y"]}}}}],
                "responses": {"200": {"description": "d", "schema": {"type": "object", "title": "shared"}}}
            }},
            "/b": {"$ref": "#/x-cratewright-files/b.yaml"}
        },
        "definitions": {
            "A": {"$ref": "#/paths/~1a/get/responses/200/schema"},
            "B": {"items": {"$ref": "#/paths/~1a/get/parameters/0/schema/properties/x"}},
            "C": {"properties": {"d": {"$ref": "#/x-cratewright-files/c.yaml/definitions/D"}}}
        },
        "x-cratewright-files": {
            "b.yaml": {"put": {"parameters": [{"name": "p", "in": "body", "schema": {"$ref": "#/definitions/C"}}]}},
            "c.yaml": {"definitions": {"D": {"x-nullable": true, "type": "string"}}}
        }
    }));
    let schemas = &root["components"]["schemas"];
    let target = |node: &Json| {
        let name = node["$ref"].as_str().and_then(|text| text.rsplit('/').next()).unwrap_or_default();
        schemas[name].clone()
    };
    assert_eq!(schemas["A"]["title"], "shared", "the component is where the place is named");
    assert_eq!(target(&schemas["B"]["items"])["enum"], json!(["y"]));
    assert_eq!(target(&schemas["C"]["properties"]["d"])["nullable"], true);
    let body = &root["paths"]["/b"]["put"]["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(body, &json!({"$ref": "#/components/schemas/C"}));
    assert_eq!(codes, []);
}

#[test]
fn schemas_are_said_in_the_way_of_three_zero() {
    let (root, codes) = normalised(json!({"definitions": {
        "Pet": {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}},
        "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}]},
        "Both": {"$ref": "#/definitions/Pet", "x-nullable": true},
        "Listed": {"type": ["string", "null"]}
    }}));
    let schemas = &root["components"]["schemas"];
    assert_eq!(schemas["Pet"]["discriminator"], json!({"propertyName": "kind"}));
    assert_eq!(schemas["Cat"], json!({"allOf": [{"$ref": "#/components/schemas/Pet"}]}));
    assert_eq!(schemas["Both"], json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Pet"}]}));
    assert_eq!(schemas["Listed"], json!({"type": "string", "nullable": true}));
    assert_eq!(codes, [Code::WrongType]);
}

#[test]
fn references_in_a_list_of_items_are_followed() {
    let (root, codes) = normalised(json!({"definitions": {
        "Pet": {"type": "object"},
        "Row": {"type": "array", "items": [{"$ref": "#/definitions/Pet"}]}
    }}));
    let items = &root["components"]["schemas"]["Row"]["items"];
    assert_eq!(items, &json!({"$ref": "#/components/schemas/Pet"}));
    assert_eq!(codes, [Code::WrongType]);
}

#[test]
fn security_definitions_are_schemes() {
    let (root, codes) = normalised(json!({"securityDefinitions": {
        "basic": {"type": "basic"},
        "flow": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": "a", "tokenUrl": "t", "scopes": {}}
    }}));
    let schemes = &root["components"]["securitySchemes"];
    assert_eq!(schemes["basic"], json!({"type": "http", "scheme": "basic"}));
    let flow = json!({"authorizationUrl": "a", "tokenUrl": "t", "scopes": {}});
    assert_eq!(schemes["flow"], json!({"type": "oauth2", "flows": {"authorizationCode": flow}}));
    assert_eq!(codes, []);
}
