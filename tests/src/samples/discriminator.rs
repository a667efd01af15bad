//! What a discriminator says, as constants of its property.
//!
//! ```yaml
//! oneOf: [ { $ref: "#/components/schemas/Cat" } ]
//! discriminator: { propertyName: kind, mapping: { tom: "#/components/schemas/Cat" } }
//! ```
//! allows a `Cat` whose `kind` is `tom`. A schema that others build on allows those others, each with its own constant.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{
    dialect::{Flavour, Schemas},
    document::{Document, escape},
};

/// The component schemas that build on a schema by `allOf`, by its pointer.
pub(super) fn children(document: &Document) -> HashMap<String, Vec<String>> {
    let mut children: HashMap<String, Vec<String>> = HashMap::new();
    let components = document.components();
    let schemas = document.root.pointer(components).and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let pointer = format!("{components}/{}", escape(name));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let base = part["$ref"].as_str().and_then(|text| document.target(text));
            if let Some(base) = base {
                children.entry(base).or_default().push(pointer.clone());
            }
        }
    }
    children
}

/// The property of a discriminator, which Swagger 2.0 gives as a text.
fn property(discriminator: &Value) -> Option<&str> {
    discriminator.as_str().or_else(|| discriminator["propertyName"].as_str())
}

/// The values of the property in words of JSON: a mapping has texts for keys, whatever the property is.
fn constant(values: &[String], property: &str) -> Value {
    let texts = values.iter().map(|text| json!(text));
    let others = values.iter().filter_map(|text| match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => Some(value),
        _ => None,
    });
    let all: Vec<Value> = texts.chain(others).collect();
    json!({ "properties": { property: { "enum": all } }, "required": [property] })
}

impl Schemas<'_> {
    /// A branch of `oneOf` or `anyOf`, with its constant if there is a discriminator.
    pub(super) fn alternative(&mut self, part: &Value, owner: &Map<String, Value>) -> Value {
        if self.is_null(part) {
            return json!({ "type": "null" });
        }
        let converted = self.convert(part, Flavour::Whole);
        let Some(discriminator) = owner.get("discriminator") else { return converted };
        let target = part["$ref"].as_str().and_then(|text| self.document.target(text));
        let (Some(property), Some(target)) = (property(discriminator), target) else { return converted };
        match self.values(discriminator, property, &target) {
            Some(values) => json!({ "allOf": [converted, constant(&values, property)] }),
            None => converted,
        }
    }

    /// A schema with a discriminator and no alternatives of its own, as the alternatives that build on it.
    pub(super) fn family(&mut self, pointer: &str, schema: &Value) -> Option<Value> {
        let discriminator = schema.get("discriminator")?;
        let property = property(discriminator)?;
        if schema.get("oneOf").is_some() || schema.get("anyOf").is_some() {
            return None;
        }
        let mut members = Vec::new();
        self.descendants(pointer, &mut members);
        // Those of other files are no components, and known by the mapping alone.
        let mapping = discriminator["mapping"].as_object().into_iter().flatten();
        let mapped_to = mapping.filter_map(|(_, value)| self.document.target(value.as_str()?));
        for target in mapped_to.filter(|target| target != pointer) {
            if !members.contains(&target) {
                members.push(target);
            }
        }
        let mut alternatives = Vec::new();
        for member in members {
            if let Some(values) = self.values(discriminator, property, &member) {
                let reference = self.reference(&member, Flavour::Base);
                alternatives.push(json!({ "allOf": [reference, constant(&values, property)] }));
            }
        }
        let own = mapped(self.document, discriminator, pointer);
        if !own.is_empty() {
            let reference = self.reference(pointer, Flavour::Base);
            alternatives.push(json!({ "allOf": [reference, constant(&own, property)] }));
        }
        (!alternatives.is_empty()).then(|| json!({ "anyOf": alternatives }))
    }

    fn descendants(&self, pointer: &str, found: &mut Vec<String>) {
        for child in self.children.get(pointer).into_iter().flatten() {
            if !found.contains(child) {
                found.push(child.clone());
                self.descendants(child, found);
            }
        }
    }

    /// The values that mean a schema: those of the mapping, those of an extension, else the schema's name. `None` where
    /// the schema says itself which they are.
    fn values(&self, discriminator: &Value, property: &str, target: &str) -> Option<Vec<String>> {
        let mapped = mapped(self.document, discriminator, target);
        if !mapped.is_empty() {
            return Some(mapped);
        }
        let schema = self.document.root.pointer(target)?;
        let extensions = ["x-ms-discriminator-value", "x-discriminator-value"];
        if let Some(value) = extensions.iter().find_map(|key| schema[key].as_str()) {
            return Some(vec![value.to_owned()]);
        }
        if schema.get("discriminator").is_some() || self.has_constants(schema, property, 0) {
            return None;
        }
        let name = target.rsplit('/').next()?.replace("~1", "/").replace("~0", "~");
        Some(vec![name])
    }

    /// Whether a schema has constants for a property, its own or those of what it builds on.
    fn has_constants(&self, schema: &Value, property: &str, depth: usize) -> bool {
        const DEEPEST: usize = 8;
        let declared = self.document.resolved(&schema["properties"][property]);
        let parts = schema["allOf"].as_array().into_iter().flatten();
        declared.get("enum").is_some()
            || declared.get("const").is_some()
            || (depth < DEEPEST
                && parts
                    .into_iter()
                    .any(|part| self.has_constants(self.document.resolved(part), property, depth + 1)))
    }
}

/// The values that `mapping` gives a schema.
fn mapped(document: &Document, discriminator: &Value, target: &str) -> Vec<String> {
    let leads_here = |value: &Value| {
        let Some(text) = value.as_str() else { return false };
        let by_name = format!("{}/{}", document.components(), escape(text));
        document.target(text).as_deref() == Some(target) || by_name == target
    };
    let mapping = discriminator["mapping"].as_object().into_iter().flatten();
    mapping.filter(|(_, value)| leads_here(value)).map(|(key, _)| key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Document, Schemas};

    fn allows(document: Value, name: &str, values: &[Value]) -> Vec<bool> {
        let document = Document::from_json(document);
        let mut schemas = Schemas::new(&document);
        let number = schemas.definition(&format!("/components/schemas/{name}"));
        let definitions = schemas.into_definitions();
        let definitions: serde_json::Map<String, Value> =
            definitions.into_iter().enumerate().map(|(number, one)| (number.to_string(), one)).collect();
        let schema = json!({ "$ref": format!("#/$defs/{number}"), "$defs": definitions });
        let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
        values.iter().map(|value| validator.is_valid(value)).collect()
    }

    #[test]
    fn alternatives_have_the_values_of_the_mapping_or_their_names() {
        let document = json!({ "openapi": "3.0.3", "components": { "schemas": {
            "Animal": {
                "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
                "discriminator": { "propertyName": "kind", "mapping": { "tom": "Cat" } },
            },
            "Cat": { "type": "object" },
            "Dog": { "type": "object" },
        } } });
        let values =
            [json!({ "kind": "tom" }), json!({ "kind": "Dog" }), json!({ "kind": "Cat" }), json!({})];
        assert_eq!(allows(document, "Animal", &values), [true, true, false, false]);
    }

    #[test]
    fn a_base_allows_those_that_build_on_it() {
        let base = json!({ "$ref": "#/components/schemas/Animal" });
        let document = json!({ "openapi": "3.0.3", "components": { "schemas": {
            "Animal": { "type": "object", "discriminator": { "propertyName": "kind" } },
            "Cat": { "allOf": [base, { "required": ["lives"] }] },
        } } });
        let values =
            [json!({ "kind": "Cat" }), json!({ "kind": "Cat", "lives": 9 }), json!({ "kind": "Fox" })];
        assert_eq!(allows(document, "Animal", &values), [false, true, false]);
    }
}
