//! How deep the shallowest value of each definition is, so that a value that has become too large can be ended.

use serde_json::Value;

use super::dialect::number_of;

/// The depth of what has no finite value.
pub const ENDLESS: u32 = u32::MAX;

/// The depth of the shallowest value of every definition.
pub fn depths(definitions: &[Value]) -> Vec<u32> {
    const ROUNDS: usize = 64;
    let mut depths = vec![ENDLESS; definitions.len()];
    for _ in 0..ROUNDS {
        let next: Vec<u32> = definitions.iter().map(|one| depth(one, &depths)).collect();
        if next == depths {
            break;
        }
        depths = next;
    }
    depths
}

/// The depth of the shallowest value of a schema.
pub fn depth(schema: &Value, depths: &[u32]) -> u32 {
    let Some(entries) = schema.as_object() else {
        return if schema == &Value::Bool(false) { ENDLESS } else { 0 };
    };
    let below = |schema: &Value| depth(schema, depths).saturating_add(1);
    let list = |key: &str| entries.get(key).and_then(Value::as_array).into_iter().flatten();
    let mut deepest = 0;
    if let Some(number) = entries.get("$ref").and_then(Value::as_str).and_then(number_of) {
        deepest = depths.get(number).copied().unwrap_or_default();
    }
    for part in list("allOf") {
        deepest = deepest.max(depth(part, depths));
    }
    for key in ["oneOf", "anyOf"] {
        deepest = deepest.max(list(key).map(|part| depth(part, depths)).min().unwrap_or_default());
    }
    for name in list("required").filter_map(Value::as_str) {
        let property = entries.get("properties").and_then(|properties| properties.get(name));
        deepest = deepest.max(property.map_or(0, below));
    }
    let holds_items = entries.get("minItems").and_then(Value::as_u64).is_some_and(|least| least > 0);
    if let Some(items) = entries.get("items").filter(|_| holds_items) {
        deepest = deepest.max(below(items));
    }
    deepest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ENDLESS, depths};

    #[test]
    fn alternatives_end_what_would_not_end() {
        let definitions = [
            json!({ "required": ["next"], "properties": { "next": { "$ref": "#/$defs/0" } } }),
            json!({ "oneOf": [{ "$ref": "#/$defs/0" }, { "$ref": "#/$defs/2" }] }),
            json!({ "required": ["one"], "properties": { "one": { "type": "string" } } }),
        ];
        assert_eq!(depths(&definitions), [ENDLESS, 1, 1]);
    }
}
