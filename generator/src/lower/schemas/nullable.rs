//! Whether `null` is a value of a place.

use std::collections::HashSet;

use super::{
    Schemas,
    all_of::Branch,
    class::{has_object_keywords, says_nothing},
};
use crate::resolve::SchemaRef;

/// How many schemas are examined for whether they allow `null`.
const MAX_ASKED: usize = 4096;

impl<'a> Schemas<'a> {
    /// Whether `null` is allowed: by the schema itself, one of its alternatives, or all its branches.
    pub(in crate::lower) fn is_nullable(&self, schema: SchemaRef<'a>) -> bool {
        self.allows_null(schema, &mut HashSet::new())
    }

    /// Whether `null` is allowed at a place with several schemas.
    pub(in crate::lower) fn are_nullable(&self, schemas: &[Branch<'a>]) -> bool {
        all_that_speak(schemas.iter().map(|branch| branch.schema), |schema| self.is_nullable(schema))
    }

    fn allows_null(&self, schema: SchemaRef<'a>, visited: &mut HashSet<usize>) -> bool {
        if !visited.insert(schema.place()) || visited.len() > MAX_ASKED {
            return false;
        }
        if schema.is_nullable() || schema.enumeration().iter().any(serde_json::Value::is_null) {
            return true;
        }
        if has_object_keywords(schema) {
            return false;
        }
        let (all, one, any) = (schema.all_of(), schema.one_of(), schema.any_of());
        let mut allows = |next| self.allows_null(next, visited);
        match (all.is_empty(), one.is_empty(), any.is_empty()) {
            (true, true, _) => any.iter().any(&mut allows),
            (true, _, true) => one.iter().any(&mut allows),
            (_, true, true) => all_that_speak(all.iter(), allows),
            _ => false,
        }
    }
}

/// Whether a predicate holds for all schemas that constrain values, of which there must be at least one. A schema that
/// only annotates excludes no value, not even `null`.
fn all_that_speak<'a>(
    schemas: impl Iterator<Item = SchemaRef<'a>>,
    holds: impl FnMut(SchemaRef<'a>) -> bool,
) -> bool {
    let mut speaking = schemas.filter(|schema| schema.is_nullable() || !says_nothing(*schema)).peekable();
    speaking.peek().is_some() && speaking.all(holds)
}
