//! A schema as one map of keywords: references followed, `allOf` merged, one branch taken of each choice.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::{
    choices::Choices,
    cost::{self, ENDLESS},
    dialect::number_of,
};

/// How many schemas one map may be made of.
const MOST_PARTS: usize = 400;

/// What conjunctions are made from.
pub struct Conjunctions<'a> {
    /// The definitions.
    pub definitions: &'a [Value],
    /// How deep the shallowest value of each is.
    pub depths: &'a [u32],
}

/// One conjunction in the making.
struct Making<'m, 'c, 's> {
    keywords: Map<String, Value>,
    choices: &'m mut Choices<'s>,
    /// Whether only the shallowest branches are taken.
    shallow: bool,
    parts: usize,
    of: &'m Conjunctions<'c>,
}

impl Conjunctions<'_> {
    /// The keywords that a value has to satisfy; `None` if no value can, or none that is finite was found.
    pub fn of(&self, schema: &Value, choices: &mut Choices<'_>, shallow: bool) -> Option<Map<String, Value>> {
        let mut making = Making { keywords: Map::new(), choices, shallow, parts: 0, of: self };
        making.add(schema)?;
        Some(making.keywords)
    }
}

impl Making<'_, '_, '_> {
    fn add(&mut self, schema: &Value) -> Option<()> {
        self.parts += 1;
        if self.parts > MOST_PARTS || schema == &Value::Bool(false) {
            return None;
        }
        let definitions = self.of.definitions;
        let Some(entries) = schema.as_object() else { return Some(()) };
        if let Some(number) = entries.get("$ref").and_then(Value::as_str).and_then(number_of) {
            self.add(definitions.get(number)?)?;
        }
        for (key, value) in entries {
            merge(&mut self.keywords, key, value)?;
        }
        for part in entries.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(part)?;
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(branches) = entries.get(key).and_then(Value::as_array).filter(|list| !list.is_empty())
            {
                let branch = self.branch(branches)?;
                self.add(branch)?;
            }
        }
        if let Some(condition) = entries.get("if") {
            let (taken, parts) = match self.choices.of(2) {
                0 => ("then", Some(condition)),
                _ => ("else", None),
            };
            for part in parts.into_iter().chain(entries.get(taken)) {
                self.add(part)?;
            }
        }
        Some(())
    }

    fn branch<'v>(&mut self, branches: &'v [Value]) -> Option<&'v Value> {
        if !self.shallow {
            return self.choices.from(branches);
        }
        let depth = |branch: &&Value| cost::depth(branch, self.of.depths);
        branches.iter().min_by_key(depth).filter(|branch| depth(branch) != ENDLESS)
    }
}

/// Adds a keyword to those that hold already. `None` if no value could satisfy both.
fn merge(into: &mut Map<String, Value>, key: &str, value: &Value) -> Option<()> {
    if matches!(key, "$ref" | "allOf" | "oneOf" | "anyOf" | "if" | "then" | "else" | "not") {
        return Some(());
    }
    let Some(known) = into.get_mut(key) else {
        into.insert(key.to_owned(), value.clone());
        return Some(());
    };
    match (key, &mut *known, value) {
        ("properties" | "patternProperties", Value::Object(known), Value::Object(more)) => {
            for (name, schema) in more {
                match known.get_mut(name) {
                    Some(other) if other != schema => *other = json!({ "allOf": [other.clone(), schema] }),
                    Some(_) => {}
                    None => _ = known.insert(name.clone(), schema.clone()),
                }
            }
        }
        ("required", Value::Array(known), Value::Array(more)) => {
            let new: Vec<Value> = more.iter().filter(|name| !known.contains(name)).cloned().collect();
            known.extend(new);
        }
        ("enum", Value::Array(known), Value::Array(more)) => {
            known.retain(|one| more.contains(one));
            (!known.is_empty()).then_some(())?;
        }
        ("type", known, more) => *known = common_types(known, more)?,
        ("items" | "additionalProperties" | "propertyNames", known, more) if known != more => {
            *known = json!({ "allOf": [known.clone(), more] });
        }
        ("minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties", known, more) => {
            keep(known, more, Ordering::Greater);
        }
        ("maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties", known, more) => {
            keep(known, more, Ordering::Less);
        }
        _ => {}
    }
    Some(())
}

/// Keeps the number that is greater or less.
fn keep(known: &mut Value, more: &Value, order: Ordering) {
    let (Some(one), Some(other)) = (known.as_f64(), more.as_f64()) else { return };
    if other.partial_cmp(&one) == Some(order) {
        *known = more.clone();
    }
}

/// The types of a schema that are in both lists; an integer is a number.
fn common_types(one: &Value, other: &Value) -> Option<Value> {
    let (one, other) = (names(one), names(other));
    let has = |list: &[String], name: &str| {
        list.iter().any(|known| known == name || (name == "integer" && known == "number"))
    };
    let both: Vec<&String> =
        one.iter().chain(&other).filter(|name| has(&one, name) && has(&other, name)).collect();
    (!both.is_empty()).then(|| json!(both))
}

/// The names that a `type` lists.
pub fn names(types: &Value) -> Vec<String> {
    let list = types.as_array().map_or(std::slice::from_ref(types), Vec::as_slice);
    let mut names: Vec<String> = Vec::new();
    for name in list.iter().filter_map(Value::as_str) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Choices, Conjunctions};

    fn conjunction(schema: Value, script: &[usize]) -> Option<Value> {
        let conjunctions = Conjunctions { definitions: &[json!({ "type": "number" })], depths: &[0] };
        conjunctions.of(&schema, &mut Choices::first(script), false).map(Value::Object)
    }

    #[test]
    fn all_parts_count_and_one_branch() {
        let schema = json!({
            "allOf": [{ "$ref": "#/$defs/0" }, { "type": ["string", "integer"], "minimum": 1 }],
            "oneOf": [{ "minimum": 2 }, { "enum": [7] }],
        });
        let second = conjunction(schema, &[1]).expect("an integer satisfies it");
        assert_eq!(second, json!({ "type": ["integer"], "minimum": 1, "enum": [7] }));
    }

    #[test]
    fn what_contradicts_itself_has_no_value() {
        assert_eq!(conjunction(json!({ "allOf": [{ "enum": [1] }, { "enum": [2] }] }), &[]), None);
        assert_eq!(conjunction(json!({ "type": "string", "allOf": [{ "$ref": "#/$defs/0" }] }), &[]), None);
    }
}
