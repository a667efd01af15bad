//! The schemas of a document as JSON Schema 2020-12, which an independent validator reads.
//!
//! In: a document and pointers to schemas in it. Out: one list of definitions that refer to each other. Nothing here
//! knows the generator's IR.
//!
//! | in the document | here |
//! |---|---|
//! | `nullable: true` (3.0), `x-nullable: true` (2.0) | `anyOf` of the schema and `null`; `null` for a branch of a union that says nothing else |
//! | `nullable: false` without a `type` (3.0) | not `null` |
//! | `minimum: 0, exclusiveMinimum: true` (2.0, 3.0) | `exclusiveMinimum: 0` |
//! | what stands beside a `$ref` (2.0, 3.0) | nothing |
//! | `type: integer, format: int32`, the same of `number` | an integer with the bounds of the format |
//! | `required: true` in a property | its name among those that are required |
//! | `properties: { $ref: … }` | what that refers to |
//! | `type: file` (2.0) | `string` |
//! | a `discriminator` | constants of its property, see [`discriminator`](super::discriminator) |

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::document::{Document, Version};

/// Which part of a schema with a discriminator is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// The schema, or one of those that build on it.
    Whole,
    /// The schema as others build on it.
    Base,
}

/// Keywords whose value is a schema.
const SCHEMAS: &[&str] = &[
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords whose value is a map of schemas.
const MAPS: &[&str] = &["properties", "patternProperties", "dependentSchemas"];

/// Keywords whose value is a length or a count.
const COUNTS: &[&str] = &[
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];

const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

/// The definitions of one document, made as they are asked for.
pub struct Schemas<'d> {
    /// The document.
    pub document: &'d Document,
    definitions: Vec<Value>,
    known: HashMap<(String, Flavour), usize>,
    pub(super) children: HashMap<String, Vec<String>>,
}

impl<'d> Schemas<'d> {
    /// None so far.
    pub fn new(document: &'d Document) -> Self {
        let children = super::discriminator::children(document);
        Self { document, definitions: Vec::new(), known: HashMap::new(), children }
    }

    /// The definitions.
    pub fn into_definitions(self) -> Vec<Value> {
        self.definitions
    }

    /// The number of the definition for the schema at a pointer; one that is only a reference is what it refers to.
    pub fn definition(&mut self, pointer: &str) -> usize {
        let number = self.define(pointer, Flavour::Whole);
        alone(&self.definitions[number]).unwrap_or(number)
    }

    /// A reference to the definition for the schema at a pointer.
    pub(super) fn reference(&mut self, pointer: &str, flavour: Flavour) -> Value {
        json!({ "$ref": format!("#/$defs/{}", self.define(pointer, flavour)) })
    }

    fn define(&mut self, pointer: &str, flavour: Flavour) -> usize {
        let key = (pointer.to_owned(), flavour);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let number = self.definitions.len();
        self.definitions.push(Value::Bool(true));
        self.known.insert(key, number);
        let document = self.document;
        if let Some(schema) = document.root.pointer(pointer) {
            let family = match flavour {
                Flavour::Whole => self.family(pointer, schema),
                Flavour::Base => None,
            };
            let converted = family.unwrap_or_else(|| self.convert(schema, flavour));
            self.definitions[number] = converted;
        }
        number
    }

    pub(super) fn convert(&mut self, schema: &Value, flavour: Flavour) -> Value {
        let Value::Object(entries) = schema else {
            return if schema.is_boolean() { schema.clone() } else { Value::Bool(true) };
        };
        let mut out = Map::new();
        if let Some(reference) = entries.get("$ref").and_then(Value::as_str) {
            if let Some(target) = self.document.target(reference)
                && let Value::Object(found) = self.reference(&target, flavour)
            {
                out = found;
            }
            if self.document.version != Version::V31 {
                return Value::Object(out);
            }
        }
        for (key, value) in entries {
            self.keyword(key, value, entries, &mut out);
        }
        require_marked(&mut out, entries);
        exclusive(&mut out, "minimum", "exclusiveMinimum");
        exclusive(&mut out, "maximum", "exclusiveMaximum");
        bound_by_format(&mut out);
        self.nullable(entries, out)
    }

    fn keyword(
        &mut self,
        key: &str,
        value: &Value,
        entries: &Map<String, Value>,
        out: &mut Map<String, Value>,
    ) {
        let converted = match (key, value) {
            ("allOf", Value::Array(parts)) => {
                let is_wrapper = parts.len() == 1 && !entries.contains_key("properties");
                let flavour = if is_wrapper { Flavour::Whole } else { Flavour::Base };
                parts.iter().map(|part| self.convert(part, flavour)).collect()
            }
            ("oneOf" | "anyOf", Value::Array(parts)) => {
                parts.iter().map(|part| self.alternative(part, entries)).collect()
            }
            ("prefixItems", Value::Array(parts)) => {
                parts.iter().map(|part| self.convert(part, Flavour::Whole)).collect()
            }
            ("items", Value::Array(parts)) => {
                let parts = parts.iter().map(|part| self.convert(part, Flavour::Whole)).collect();
                out.insert("prefixItems".to_owned(), parts);
                return;
            }
            ("items", _) => self.convert(value, Flavour::Whole),
            (map, Value::Object(members)) if MAPS.contains(&map) => {
                let document = self.document;
                let by_reference = members.get("$ref").is_some_and(Value::is_string);
                let found = by_reference.then(|| document.resolved(value).as_object()).flatten();
                let members = found.unwrap_or(members);
                let convert =
                    |(name, member): (&String, &Value)| (name.clone(), self.convert(member, Flavour::Whole));
                Value::Object(members.iter().map(convert).collect())
            }
            (one, Value::Object(_) | Value::Bool(_)) if SCHEMAS.contains(&one) => {
                self.convert(value, Flavour::Whole)
            }
            (count, Value::Number(number)) if COUNTS.contains(&count) && number.is_u64() => value.clone(),
            ("type", _) => return types(value, out),
            ("minimum" | "maximum" | "multipleOf", Value::Number(_))
            | ("exclusiveMinimum" | "exclusiveMaximum", Value::Number(_) | Value::Bool(true))
            | ("required" | "enum", Value::Array(_))
            | ("const" | "default" | "example" | "examples", _)
            | ("format" | "contentEncoding", Value::String(_))
            | ("uniqueItems", Value::Bool(_))
            | ("dependentRequired", Value::Object(_)) => value.clone(),
            ("pattern", Value::String(pattern)) if is_pattern(pattern) => value.clone(),
            _ => return,
        };
        out.insert(key.to_owned(), converted);
    }

    fn nullable(&self, entries: &Map<String, Value>, mut out: Map<String, Value>) -> Value {
        let nullable = self.nullable_key().and_then(|key| entries.get(key)).and_then(Value::as_bool);
        match nullable {
            Some(true) => json!({ "anyOf": [out, { "type": "null" }] }),
            Some(false) if !out.contains_key("type") => {
                out.entry("not").or_insert(json!({ "type": "null" }));
                Value::Object(out)
            }
            Some(false) | None => Value::Object(out),
        }
    }

    /// The keyword that allows `null`, in versions that have one.
    fn nullable_key(&self) -> Option<&'static str> {
        match self.document.version {
            Version::V20 => Some("x-nullable"),
            Version::V30 => Some("nullable"),
            Version::V31 => None,
        }
    }

    /// Whether a branch of a union says nothing but that `null` is allowed, which is how 3.0 writes `null` there.
    pub(super) fn is_null(&self, branch: &Value) -> bool {
        let entries = branch.as_object().filter(|entries| entries.len() == 1);
        let value = self.nullable_key().and_then(|key| entries?.get(key));
        value == Some(&Value::Bool(true))
    }
}

/// Requires properties that say of themselves that they are required.
fn require_marked(out: &mut Map<String, Value>, entries: &Map<String, Value>) {
    let properties = entries.get("properties").and_then(Value::as_object).into_iter().flatten();
    let marked = properties.filter(|(_, schema)| schema["required"] == true).map(|(name, _)| json!(name));
    let marked: Vec<Value> = marked.collect();
    if !marked.is_empty()
        && let Some(required) = out.entry("required").or_insert(json!([])).as_array_mut()
    {
        required.extend(marked);
    }
}

/// The definition that a schema is a reference to, and nothing else.
pub fn alone(schema: &Value) -> Option<usize> {
    let entries = schema.as_object().filter(|entries| entries.len() == 1)?;
    number_of(entries.get("$ref")?.as_str()?)
}

/// The definition that a reference means.
pub fn number_of(reference: &str) -> Option<usize> {
    reference.strip_prefix("#/$defs/")?.parse().ok()
}

/// What cannot be a value of any type is nothing that is known to be allowed.
fn types(value: &Value, out: &mut Map<String, Value>) {
    let known = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    match value {
        Value::String(name) if name == "file" => out.insert("type".to_owned(), json!("string")),
        Value::String(name) if name == "any" => None,
        Value::String(_) if known(value) => out.insert("type".to_owned(), value.clone()),
        Value::Array(names) if !names.is_empty() && names.iter().all(known) => {
            out.insert("type".to_owned(), value.clone())
        }
        Value::Null => None,
        _ => out.insert("not".to_owned(), json!({})),
    };
}

/// `exclusiveMinimum: true` takes the value of `minimum`.
fn exclusive(out: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    if out.get(exclusive) == Some(&Value::Bool(true)) {
        out.remove(exclusive);
        if let Some(value) = out.remove(bound) {
            out.insert(exclusive.to_owned(), value);
        }
    }
}

/// The least and the greatest value of an integer format.
fn bounds(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" | "uint" => (0, u64::MAX.into()),
        _ => return None,
    })
}

fn bound_by_format(out: &mut Map<String, Value>) {
    let format = out.get("format").and_then(Value::as_str).map(str::to_owned);
    let Some((least, greatest)) = format.as_deref().and_then(bounds) else { return };
    let is_whole = |name: &Value| name == "integer" || name == "number";
    let integer = json!("integer");
    match out.get_mut("type") {
        Some(Value::Array(names)) if names.iter().any(is_whole) => {
            names.iter_mut().filter(|name| is_whole(name)).for_each(|name| *name = integer.clone());
        }
        Some(name) if is_whole(name) => *name = integer,
        _ => return,
    }
    let number = |value: i128| match (i64::try_from(value), u64::try_from(value)) {
        (Ok(value), _) => json!(value),
        (_, Ok(value)) => json!(value),
        _ => Value::Null,
    };
    let own = |key: &str| out.get(key).and_then(Value::as_f64);
    let low = own("minimum").is_none_or(|own| own < least as f64);
    let high = own("maximum").is_none_or(|own| own > greatest as f64);
    if low {
        out.insert("minimum".to_owned(), number(least));
    }
    if high {
        out.insert("maximum".to_owned(), number(greatest));
    }
}

/// Whether the validator can read a pattern. One that it cannot changes nothing for codecs.
fn is_pattern(pattern: &str) -> bool {
    jsonschema::validator_for(&json!({ "pattern": pattern })).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Document, Schemas};

    fn converted(version: &str, schema: Value) -> Value {
        let key = if version == "2.0" { "swagger" } else { "openapi" };
        let document = Document::from_json(json!({ key: version, "x": schema, "y": { "type": "string" } }));
        let mut schemas = Schemas::new(&document);
        let number = schemas.definition("/x");
        schemas.into_definitions().swap_remove(number)
    }

    fn allows(schema: &Value, value: Value) -> bool {
        jsonschema::validator_for(schema).expect("the schema is valid").is_valid(&value)
    }

    #[test]
    fn null_is_allowed_where_the_version_says_so() {
        let lists_no_null = json!({ "type": "string", "nullable": true, "enum": ["a"] });
        let schema = converted("3.0.3", lists_no_null.clone());
        assert!(allows(&schema, Value::Null) && allows(&schema, json!("a")) && !allows(&schema, json!("b")));
        assert!(!allows(&converted("3.1.0", lists_no_null), Value::Null));
        let by_extension = json!({ "type": "integer", "x-nullable": true });
        assert!(allows(&converted("2.0", by_extension.clone()), Value::Null));
        assert!(!allows(&converted("3.0.0", by_extension), Value::Null));
        let of_parts = json!({ "nullable": true, "allOf": [{ "type": "object" }] });
        assert!(allows(&converted("3.0.3", of_parts), Value::Null));
    }

    #[test]
    fn nullable_by_itself_is_null_in_a_union_and_can_forbid_it() {
        let union = json!({ "anyOf": [{ "$ref": "#/y" }, { "nullable": true }] });
        let schema = converted("3.0.3", union);
        assert!(allows(&schema["anyOf"][1], Value::Null) && !allows(&schema["anyOf"][1], json!(1)));
        let of_parts = json!({ "allOf": [{ "type": "string", "nullable": true }, { "nullable": false }] });
        let schema = converted("3.0.3", of_parts);
        assert!(!allows(&schema, Value::Null) && allows(&schema, json!("a")));
    }

    #[test]
    fn what_a_property_says_of_itself_is_required() {
        let object = json!({ "properties": { "a": { "required": true, "type": "string" } } });
        let schema = converted("3.0.3", object);
        assert!(!allows(&schema, json!({})) && allows(&schema, json!({ "a": "" })));
    }

    #[test]
    fn what_stands_beside_a_reference_counts_from_31_on() {
        let schema = json!({ "$ref": "#/y", "maxLength": 1, "nullable": true });
        assert_eq!(converted("3.0.3", schema.clone()), json!({ "type": "string" }));
        assert_eq!(converted("3.1.0", schema)["maxLength"], 1);
    }

    #[test]
    fn bounds_are_those_of_the_keyword_and_of_the_format() {
        let schema = converted("3.0.3", json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true }));
        assert!(!allows(&schema, json!(0)) && allows(&schema, json!(0.5)));
        let schema = converted("3.1.0", json!({ "type": "integer", "format": "int32", "minimum": 1 }));
        assert!(!allows(&schema, json!(0)) && !allows(&schema, json!(2_147_483_648_u32)));
        assert!(allows(&schema, json!(2_147_483_647)));
        let schema = converted("3.0.3", json!({ "type": "number", "format": "int64" }));
        assert!(allows(&schema, json!(i64::MIN)) && !allows(&schema, json!(0.5)));
    }
}
