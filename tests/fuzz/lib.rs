//! Changes to a document that leave it a tree: parts that go, come twice, stand elsewhere, or say something else.

use serde_json::{Map, Value, json};

/// Numbers from a seed (xorshift; George Marsaglia, 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}

/// A document with a few changes; `None` if it is not JSON, or if its bytes are to be changed instead.
pub fn changed(data: &[u8], seed: u32) -> Option<String> {
    let mut random = Random(u64::from(seed) << 17 | 0x2545_f491);
    if random.below(16) == 0 {
        return None;
    }
    let mut root: Value = serde_json::from_slice(data).ok()?;
    for _ in 0..=random.below(3) {
        change(&mut root, &mut random);
    }
    Some(root.to_string())
}

/// Names and texts that need care somewhere.
const TEXTS: &[&str] = &[
    "", " ", "self", "Self", "super", "crate", "type", "fn", "async", "gen", "_", "__", "1", "-1", "+1", "a b", "A", "a",
    "Option", "Result", "Vec", "String", "Error", "Client", "Value", "Box", "Field", "Call", "Request", "Some", "None",
    "Ok", "Err", "Default", "Unknown", "extra", "body", "new", "send", "header", "timeout", "items", "request", "client",
    "null", "true", "../../x", "a/b", "a\\b", "\"", "'", "*/", "/*", "//", "\n", "\r\n", "\0", "\u{202e}", "\u{feff}",
    "é", "名前", "🦀", "ß", "ﬁ", "{", "}", "{id}", "#", "#/", "#/components/schemas/A", "$ref", "@type", "x-", "%", "%2F",
    "`", "```", "[a](b)", "<b>", "application/json", "application/*+json", "*/*", "multipart/form-data", "text/plain",
    "application/x-www-form-urlencoded", "application/octet-stream", "text/event-stream", "image/png", "200", "2XX",
    "default", "204", "99", "600", "string", "integer", "number", "boolean", "object", "array", "date-time", "date",
    "time", "duration", "uuid", "uri", "byte", "binary", "decimal", "ipv4", "ipv6", "int32", "int64", "uint8", "uint64",
    "int128", "uint128", "query", "path", "header", "cookie", "querystring", "form", "simple", "label", "matrix",
    "spaceDelimited", "pipeDelimited", "deepObject", "csv", "multi", "apiKey", "http", "oauth2", "basic", "bearer",
];

/// Keywords, so that what stands under one may come to stand under another.
const KEYWORDS: &[&str] = &[
    "$ref", "type", "format", "enum", "const", "default", "example", "examples", "items", "prefixItems", "properties",
    "required", "additionalProperties", "patternProperties", "unevaluatedProperties", "allOf", "oneOf", "anyOf", "not",
    "discriminator", "mapping", "propertyName", "defaultMapping", "nullable", "readOnly", "writeOnly", "deprecated",
    "title", "description", "minimum", "maximum", "exclusiveMinimum", "pattern", "contentEncoding", "contentMediaType",
    "contentSchema",
    "parameters", "requestBody", "responses", "content", "schema", "headers", "encoding", "style", "explode",
    "allowReserved", "in", "name", "operationId", "tags", "summary", "security", "servers", "callbacks", "webhooks",
    "get", "put", "post", "delete", "query", "additionalOperations", "itemSchema", "pathItems", "components", "schemas",
    "securitySchemes", "definitions", "consumes", "produces", "collectionFormat", "swagger", "openapi", "$defs", "$id",
    "$anchor", "$self", "x-nullable", "if", "then", "else",
];

fn change(root: &mut Value, random: &mut Random) {
    let places = places(root);
    let (from, to) = (random.of(&places), random.of(&places));
    let part = root.pointer(&from).cloned().unwrap_or_default();
    let Some(target) = root.pointer_mut(&to) else { return };
    match random.below(9) {
        0 => *target = part,
        1 => *target = scalar(random),
        2 => *target = json!({ "$ref": format!("#{}", from.replace('%', "%25")) }),
        3 => wrap(target, random),
        4 => remove(target, random),
        5 => rename(target, random),
        6 => insert(target, random.of(KEYWORDS), part),
        7 => {
            let value = scalar(random);
            insert(target, random.of(KEYWORDS), value);
        }
        _ => insert(target, random.of(TEXTS), part),
    }
}

/// The pointers to all values.
fn places(root: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while next < found.len() && found.len() < 20_000 {
        let at = found[next].clone();
        match root.pointer(&at) {
            Some(Value::Object(entries)) => {
                found.extend(entries.keys().map(|key| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))));
            }
            Some(Value::Array(items)) => found.extend((0..items.len()).map(|index| format!("{at}/{index}"))),
            _ => {}
        }
        next += 1;
    }
    found
}

fn scalar(random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!(random.next()),
        4 => json!(-1.5e300),
        5 => json!([]),
        6 => json!({}),
        _ => json!(random.of(TEXTS)),
    }
}

/// Puts a value into one of the shapes that a schema has.
fn wrap(target: &mut Value, random: &mut Random) {
    let inner = target.take();
    *target = match random.below(8) {
        0 => json!({ "allOf": [inner] }),
        1 => json!({ "oneOf": [inner, { "type": "null" }] }),
        2 => json!({ "anyOf": [inner, { "type": "string" }] }),
        3 => json!({ "type": "array", "items": inner }),
        4 => json!({ "type": "object", "additionalProperties": inner }),
        5 => json!({ "type": "object", "properties": { random.of(TEXTS): inner } }),
        6 => json!({ "not": inner }),
        _ => json!([inner]),
    };
}

fn remove(target: &mut Value, random: &mut Random) {
    match target {
        Value::Object(entries) if !entries.is_empty() => {
            let index = random.below(entries.len());
            let key = entries.keys().nth(index).cloned().unwrap_or_default();
            entries.shift_remove(&key);
        }
        Value::Array(items) if !items.is_empty() => drop(items.remove(random.below(items.len()))),
        _ => *target = Value::Null,
    }
}

fn rename(target: &mut Value, random: &mut Random) {
    let Value::Object(entries) = target else { return };
    let index = random.below(entries.len());
    let names = if random.below(2) == 0 { TEXTS } else { KEYWORDS };
    let name = random.of(names).to_owned();
    let renamed = std::mem::take(entries).into_iter().enumerate();
    *entries = renamed.map(|(at, (key, value))| (if at == index { name.clone() } else { key }, value)).collect::<Map<_, _>>();
}

fn insert(target: &mut Value, key: &str, value: Value) {
    match target {
        Value::Object(entries) => drop(entries.insert(key.to_owned(), value)),
        Value::Array(items) => items.push(value),
        _ => {}
    }
}
