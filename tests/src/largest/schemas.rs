//! The schemas of replies: whether one allows a body, and bodies made from them.

use std::collections::HashMap;

use serde_json::Value;

use super::{Body, find::Reply};
use crate::samples::{
    choices::Choices, conjunction::Conjunctions, cost, dialect, document::Document, judge::Judge,
    value::Maker,
};

/// How many members a body has at most, before its lists are made longer.
const MEMBERS: usize = 20_000;

/// How many items the outermost lists of a body have: those of a page.
const ITEMS: usize = 20;

/// The schemas of replies.
#[derive(Debug)]
pub struct Schemas {
    definitions: Vec<Value>,
    /// The definition of each reply, by the pointer of its media type.
    numbers: HashMap<String, usize>,
}

impl Schemas {
    /// Those of these replies.
    pub fn new(replies: &[Reply], document: &Document) -> Self {
        let mut schemas = dialect::Schemas::new(document);
        let mut number = |reply: &Reply| schemas.definition(&format!("{}/schema", reply.media));
        let numbers = replies.iter().map(|reply| (reply.media.clone(), number(reply))).collect();
        Self { numbers, definitions: schemas.into_definitions() }
    }

    /// An independent validator.
    ///
    /// # Errors
    ///
    /// Why it cannot read the schemas.
    pub fn judge(&self) -> Result<Judge<'_>, String> {
        Judge::new(&self.definitions)
    }

    /// Whether the schema of a body allows it. One that the validator cannot read allows nothing.
    pub fn allow(&self, body: &Body, judge: &Judge<'_>) -> bool {
        let value = serde_json::from_str::<Value>(&body.json).ok();
        let validator = self.numbers.get(&body.media).and_then(|number| judge.validator(*number).ok());
        value.zip(validator).is_some_and(|(value, validator)| validator.is_valid(&value))
    }

    /// A body for each reply that one can be made for.
    pub fn made(&self, replies: &[Reply]) -> Vec<Body> {
        let depths = cost::depths(&self.definitions);
        let maker = Maker { conjunctions: Conjunctions { definitions: &self.definitions, depths: &depths } };
        let one = |reply: &Reply| {
            let schema = &self.definitions[*self.numbers.get(&reply.media)?];
            let mut value = maker.value(schema, &mut Choices::first(&[]), MEMBERS)?;
            lengthen(&mut value);
            Some(reply.body(value.to_string(), false))
        };
        replies.iter().filter_map(one).collect()
    }
}

/// Repeats what is in the outermost lists.
fn lengthen(value: &mut Value) {
    match value {
        Value::Array(items) => {
            let length = ITEMS.min(items.len() * ITEMS);
            *items = items.iter().cycle().take(length).cloned().collect();
        }
        Value::Object(members) => members.values_mut().for_each(lengthen),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, Reply, Schemas};

    #[test]
    fn a_page_is_made_and_judged() {
        let list = |is_set| json!({ "type": "array", "items": { "const": [1] }, "uniqueItems": is_set });
        let document = Document::from_json(json!({
            "openapi": "3.1.0",
            "list": { "schema": { "required": ["data"], "properties": { "data": list(false) } } },
            "set": { "schema": list(true) },
        }));
        let reply = |media: &str| Reply {
            operation: "list 200".to_owned(),
            ty: "A".to_owned(),
            media: media.to_owned(),
        };
        let replies = [reply("/list"), reply("/set")];
        let schemas = Schemas::new(&replies, &document);
        let made = schemas.made(&replies);
        let judge = schemas.judge().expect("the schemas are valid");
        let allowed: Vec<bool> = made.iter().map(|body| schemas.allow(body, &judge)).collect();
        assert_eq!(allowed, [true, false]);
        assert_eq!(made[0].json, format!(r#"{{"data":[{}]}}"#, ["[1]"; 20].join(",")));
    }
}
