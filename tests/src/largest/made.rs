//! Bodies made from the schemas of replies, for a document that shows none, or small ones only.

use serde_json::Value;

use super::{Body, find::Reply};
use crate::samples::{
    choices::Choices, conjunction::Conjunctions, cost, dialect::Schemas, document::Document, judge::Judge,
    value::Maker,
};

/// How many members a body has at most, before its lists are made longer.
const MEMBERS: usize = 20_000;

/// How many items the outermost lists of a body have: those of a page.
const ITEMS: usize = 20;

/// A body for each reply whose schema the validator can read and allows it.
///
/// # Errors
///
/// Why the validator cannot read the schemas of the document.
pub fn bodies(replies: &[Reply], document: &Document) -> Result<Vec<Body>, String> {
    let mut schemas = Schemas::new(document);
    let places = replies.iter().map(|reply| format!("{}/schema", reply.media));
    let numbers: Vec<usize> = places.map(|place| schemas.definition(&place)).collect();
    let definitions = schemas.into_definitions();
    let depths = cost::depths(&definitions);
    let maker = Maker { conjunctions: Conjunctions { definitions: &definitions, depths: &depths } };
    let judge = Judge::new(&definitions)?;
    let one = |(reply, number): (&Reply, usize)| {
        let mut value = maker.value(&definitions[number], &mut Choices::first(&[]), MEMBERS)?;
        lengthen(&mut value);
        judge.validator(number).ok().filter(|validator| validator.is_valid(&value))?;
        let (operation, ty) = (reply.operation.clone(), reply.ty.clone());
        Some(Body { operation, is_shown: false, ty, json: value.to_string() })
    };
    Ok(replies.iter().zip(numbers).filter_map(one).collect())
}

/// Repeats what is in the outermost lists.
fn lengthen(value: &mut Value) {
    match value {
        Value::Array(items) => {
            *items = items.iter().cycle().take(ITEMS.min(items.len() * ITEMS)).cloned().collect()
        }
        Value::Object(members) => members.values_mut().for_each(lengthen),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, Reply, bodies};

    #[test]
    fn a_body_is_a_page_that_the_schema_allows() {
        let list = |more| json!({ "type": "array", "items": { "const": [1] }, "uniqueItems": more });
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
        let made = bodies(&[reply("/list"), reply("/set")], &document).expect("the schemas are valid");
        let [page] = made.as_slice() else { panic!("there are others: {made:?}") };
        assert_eq!(page.json, format!(r#"{{"data":[{}]}}"#, ["[1]"; 20].join(",")));
    }
}
