//! Makes one value that a schema may allow, by a line of choices.
//!
//! The first of every choice is the most usual: the first alternative, every property present, no text empty. A value
//! has a budget of members, which each object divides among its own; what has none left is as small as it can be.

use serde_json::{Map, Value, json};

use super::{
    choices::Choices,
    conjunction::{Conjunctions, names},
    cost::{self, ENDLESS},
    number, text,
};

/// How deep a value is nested before it is ended.
const DEEPEST: usize = 12;

/// Names for members that a schema does not name.
const NAMES: &[&str] = &["alpha", "beta", "ключ", "with space", "a/b~c", "x-extra", "type", "", "0", "\"q\""];

/// What is left to spend on a value.
#[derive(Clone, Copy, Debug)]
struct Room {
    members: usize,
    depth: usize,
}

impl Room {
    /// What each of several parts may spend.
    fn among(self, parts: usize) -> Self {
        let members = self.members.saturating_sub(parts).checked_div(parts).unwrap_or_default();
        Self { members: if self.depth >= DEEPEST { 0 } else { members }, depth: self.depth + 1 }
    }

    fn is_spent(self) -> bool {
        self.members == 0
    }
}

/// Makes values.
pub struct Maker<'a> {
    /// Where the schemas come from.
    pub conjunctions: Conjunctions<'a>,
}

impl Maker<'_> {
    /// A value of about so many members; `None` if these choices lead to none.
    pub fn value(&self, schema: &Value, choices: &mut Choices<'_>, members: usize) -> Option<Value> {
        self.any_of(schema, choices, Room { members, depth: 0 })
    }

    fn any_of(&self, schema: &Value, choices: &mut Choices<'_>, room: Room) -> Option<Value> {
        if cost::depth(schema, self.conjunctions.depths) == ENDLESS {
            return None;
        }
        let keywords = self.conjunctions.of(schema, choices, room.is_spent())?;
        if let Some(constant) = keywords.get("const") {
            return Some(constant.clone());
        }
        if let Some(constants) = keywords.get("enum").and_then(Value::as_array) {
            return choices.from(constants).cloned();
        }
        let typ = typ(&keywords, choices, room);
        let mut shown = shown(&keywords);
        shown.retain(|value| kind(value) == typ || (typ == "integer" && kind(value) == "number"));
        match typ.as_str() {
            "null" => Some(Value::Null),
            "boolean" => choices.from(&[Value::Bool(true), Value::Bool(false)]).cloned(),
            "integer" => choices.from(&[number::integers(&keywords), shown].concat()).cloned(),
            "number" => choices.from(&[number::numbers(&keywords), shown].concat()).cloned(),
            "string" => {
                let texts = text::texts(&keywords).into_iter().map(Value::String);
                choices.from(&texts.chain(shown).collect::<Vec<_>>()).cloned()
            }
            "array" | "object" => {
                let usual = 3;
                if !shown.is_empty() && !room.is_spent() && choices.of(usual + 1) == usual {
                    return choices.from(&shown).cloned();
                }
                if typ == "array" {
                    self.array(&keywords, choices, room)
                } else {
                    self.object(&keywords, choices, room)
                }
            }
            _ => choices.from(&anything()).cloned(),
        }
    }

    fn array(&self, keywords: &Map<String, Value>, choices: &mut Choices<'_>, room: Room) -> Option<Value> {
        let count = |key: &str| keywords.get(key).and_then(Value::as_u64).map(|count| count as usize);
        let (least, most) = (count("minItems").unwrap_or(0), count("maxItems").unwrap_or(usize::MAX));
        let prefix = keywords.get("prefixItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let any = Value::Bool(true);
        let items = keywords.get("items").unwrap_or(&any);
        let mut lengths: Vec<usize> = Vec::new();
        for length in [prefix.len().max(1), 0, 2, prefix.len() + 5, most.min(40)] {
            let length = length.clamp(least, most.max(least));
            if !lengths.contains(&length) {
                lengths.push(length);
            }
        }
        let length = if room.is_spent() { least } else { *choices.from(&lengths)? };
        let each = room.among(length);
        let unique = keywords.get("uniqueItems") == Some(&Value::Bool(true));
        let mut values: Vec<Value> = Vec::new();
        for index in 0..length {
            let schema = prefix.get(index).unwrap_or(items);
            match self.any_of(schema, choices, each) {
                Some(value) if unique && values.contains(&value) => {
                    values.extend(self.other(schema, each, &values));
                }
                Some(value) => values.push(value),
                None if index >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(values))
    }

    /// A value that is not among these.
    fn other(&self, schema: &Value, room: Room, values: &[Value]) -> Option<Value> {
        const ATTEMPTS: u64 = 8;
        let other = |seed| self.any_of(schema, &mut Choices::any(seed), room);
        (0..ATTEMPTS).filter_map(other).find(|value| !values.contains(value))
    }

    fn object(&self, keywords: &Map<String, Value>, choices: &mut Choices<'_>, room: Room) -> Option<Value> {
        let none = Map::new();
        let properties = keywords.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required: Vec<&str> = list(keywords, "required").filter_map(Value::as_str).collect();
        let mut present: Vec<(String, &Value, bool)> = Vec::new();
        for (name, schema) in properties {
            let is_required = required.contains(&name.as_str());
            let is_endless = cost::depth(schema, self.conjunctions.depths) == ENDLESS;
            if is_required || (!is_endless && !room.is_spent() && choices.of(2) == 0) {
                present.push((name.clone(), schema, is_required));
            }
        }
        let any = Value::Bool(true);
        let further = keywords.get("additionalProperties").unwrap_or(&any);
        for name in required.iter().filter(|name| !properties.contains_key(**name)) {
            present.push(((*name).to_owned(), further, true));
        }
        let named = present.len();
        self.further(keywords, choices, room, &mut present);
        let each = room.among(present.len());
        let mut members = Map::new();
        for (index, (name, schema, is_required)) in present.into_iter().enumerate() {
            match self.any_of(schema, choices, each) {
                Some(value) => _ = members.insert(name, value),
                None if is_required && index < named => return None,
                None => {}
            }
        }
        Some(Value::Object(members))
    }

    /// Adds members that the schema does not name.
    fn further<'v>(
        &self,
        keywords: &'v Map<String, Value>,
        choices: &mut Choices<'_>,
        room: Room,
        present: &mut Vec<(String, &'v Value, bool)>,
    ) {
        const UNKNOWN: &Value = &Value::Bool(true);
        let least = keywords.get("minProperties").and_then(Value::as_u64).unwrap_or(0) as usize;
        let patterns = keywords.get("patternProperties").and_then(Value::as_object);
        for (pattern, schema) in patterns.into_iter().flatten() {
            if !room.is_spent() && choices.of(2) == 0 {
                let names = text::of_pattern(pattern);
                present.extend(choices.from(&names).map(|name| (name.clone(), schema, false)));
            }
        }
        let has_properties = keywords.contains_key("properties");
        let (schema, counts): (&Value, &[usize]) = match keywords.get("additionalProperties") {
            Some(Value::Bool(false)) => return,
            Some(schema) if has_properties => (schema, &[0, 1, 2]),
            Some(schema) => (schema, &[1, 0, 3, 8]),
            None if patterns.is_some() => return,
            None if has_properties => (UNKNOWN, &[0, 0, 0, 0, 0, 1]),
            None => (UNKNOWN, &[1, 0, 4]),
        };
        let missing = least.saturating_sub(present.len());
        let count = if room.is_spent() { 0 } else { choices.from(counts).copied().unwrap_or(0) }.max(missing);
        let names = member_names(keywords);
        let start = if count == 0 { 0 } else { choices.of(names.len()) };
        for name in names.iter().cycle().skip(start).take(count.min(names.len())) {
            if !present.iter().any(|(known, ..)| known == name) {
                present.push((name.clone(), schema, false));
            }
        }
    }
}

fn list<'v>(keywords: &'v Map<String, Value>, key: &str) -> impl Iterator<Item = &'v Value> {
    keywords.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Names for members, as `propertyNames` allows them.
fn member_names(keywords: &Map<String, Value>) -> Vec<String> {
    let allowed = keywords.get("propertyNames").and_then(Value::as_object);
    let listed: Vec<String> = allowed
        .into_iter()
        .flat_map(|allowed| list(allowed, "enum"))
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let matching = allowed.and_then(|allowed| allowed.get("pattern")).and_then(Value::as_str);
    match (listed.is_empty(), matching) {
        (false, _) => listed,
        (true, Some(pattern)) => text::of_pattern(pattern),
        (true, None) => NAMES.iter().map(|&name| name.to_owned()).collect(),
    }
}

/// The type of the value: one of those that the schema lists, `null` last, else what its keywords speak of.
fn typ(keywords: &Map<String, Value>, choices: &mut Choices<'_>, room: Room) -> String {
    let mut listed = keywords.get("type").map(names).unwrap_or_default();
    listed.sort_by_key(|name| name == "null");
    if room.is_spent() {
        listed.truncate(1);
    }
    if let Some(name) = choices.from(&listed) {
        return name.clone();
    }
    let has = |keys: &[&str]| keys.iter().any(|key| keywords.contains_key(*key));
    let spoken_of = [
        (
            "object",
            &["properties", "required", "additionalProperties", "patternProperties", "minProperties"][..],
        ),
        ("array", &["items", "prefixItems", "minItems", "maxItems"]),
        ("string", &["pattern", "format", "minLength", "maxLength", "contentEncoding"]),
        ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ];
    let found = spoken_of.into_iter().find(|(_, keys)| has(keys));
    found.map_or_else(String::new, |(name, _)| name.to_owned())
}

/// Values that the document shows.
fn shown(keywords: &Map<String, Value>) -> Vec<Value> {
    let single = ["example", "default"].into_iter().filter_map(|key| keywords.get(key));
    single.chain(list(keywords, "examples")).cloned().collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Values where the schema says nothing.
fn anything() -> Vec<Value> {
    vec![
        json!("text"),
        json!(7),
        json!({ "b": [1, null, 2.5, { "a": "ä" }], "a": true }),
        json!([]),
        json!(1.25),
        json!(false),
        json!({}),
        json!(["x", ["y"]]),
        Value::Null,
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Choices, Conjunctions, Maker};
    use crate::samples::cost;

    fn value(definitions: &[Value], script: &[usize], members: usize) -> Option<Value> {
        let depths = cost::depths(definitions);
        let maker = Maker { conjunctions: Conjunctions { definitions, depths: &depths } };
        maker.value(&json!({ "$ref": "#/$defs/0" }), &mut Choices::first(script), members)
    }

    #[test]
    fn a_recursive_schema_has_a_value_that_ends() {
        let node = json!({
            "type": "object",
            "required": ["id"],
            "properties": { "id": { "enum": [1, 2] }, "next": { "$ref": "#/$defs/0" } },
            "additionalProperties": false,
        });
        let definitions = [node];
        assert_eq!(value(&definitions, &[], 0), Some(json!({ "id": 1 })));
        assert_eq!(value(&definitions, &[1], 9), Some(json!({ "id": 1 })));
        let deep = value(&definitions, &[], 20).expect("it ends");
        assert_eq!(deep["next"]["next"]["id"], 1);
    }

    #[test]
    fn what_needs_itself_has_no_value() {
        let endless = json!({
            "type": "object", "required": ["self"], "properties": { "self": { "$ref": "#/$defs/0" } },
        });
        assert_eq!(value(&[json!({ "anyOf": [endless] })], &[], 5), None);
    }
}
