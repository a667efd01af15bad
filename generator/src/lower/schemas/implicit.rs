//! Finds alternatives that constants distinguish without a discriminator.
//!
//! ```yaml
//! oneOf:
//!   - { required: [ok], properties: { ok: { const: true } } }
//!   - { required: [ok], properties: { ok: { const: false } } }
//! ```
//! are distinguished by `ok`: no value of one fits the other, whatever else it contains.

use std::collections::HashSet;

use serde_json::Value;

use super::{Schemas, all_of::Branch, class::Alternatives, discriminator::text};
use crate::resolve::SchemaRef;

impl<'a> Schemas<'a> {
    /// The distinguishing property and its values for each member: all objects among the members require it, with
    /// constants that no two share. A property with a single constant each is preferred to lists of constants.
    pub(in crate::lower) fn implicit_tags(
        &self,
        alternatives: &Alternatives<'a>,
    ) -> Option<(&'a str, Vec<Vec<String>>)> {
        let members = alternatives.members.iter();
        let objects: Vec<Option<Vec<Branch<'a>>>> = members
            .map(|member| (!self.is_no_object(*member)).then(|| self.branches(&alternatives.common, *member)))
            .collect();
        let mut known = objects.iter().flatten();
        let first = known.next()?;
        known.next()?;
        let mut found: Option<(&'a str, Vec<Vec<String>>)> = None;
        for (name, _) in first.iter().flat_map(|branch| branch.schema.properties()) {
            let Some(tags) = self.tags_by(name, &objects) else { continue };
            if tags.iter().all(|tags| tags.len() < 2) {
                return Some((name, tags));
            }
            found.get_or_insert((name, tags));
        }
        found
    }

    /// Whether no object satisfies the schema.
    pub(in crate::lower) fn is_no_object(&self, member: SchemaRef<'a>) -> bool {
        ["string", "integer", "number", "boolean", "array"].iter().any(|typ| self.has_type(member, typ))
    }

    /// The branches of a member, and those beside the list of alternatives.
    pub(in crate::lower) fn branches(&self, common: &[Branch<'a>], member: SchemaRef<'a>) -> Vec<Branch<'a>> {
        common.iter().copied().chain(self.flatten_through(member, None)).collect()
    }

    /// The values of a property for each member, if they distinguish all objects.
    fn tags_by(&self, name: &str, objects: &[Option<Vec<Branch<'a>>>]) -> Option<Vec<Vec<String>>> {
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for branches in objects {
            let tags = match branches {
                Some(branches) => self.required_constants(name, branches)?,
                None => Vec::new(),
            };
            if !tags.iter().all(|tag| seen.insert(tag.clone())) {
                return None;
            }
            all.push(tags);
        }
        Some(all)
    }

    /// The constants of a required property.
    fn required_constants(&self, name: &str, branches: &[Branch<'a>]) -> Option<Vec<String>> {
        let schemas = || branches.iter().map(|branch| branch.schema);
        if !schemas().any(|schema| schema.required().iter().any(|one| one == name)) {
            return None;
        }
        let properties = schemas().filter_map(|schema| schema.property(name));
        let lists = properties.filter_map(|schema| self.lone_constants(schema));
        lists.min_by_key(Vec::len)
    }

    /// The constants of a schema that is not nullable, as in JSON without quotes.
    pub(super) fn lone_constants(&self, schema: SchemaRef<'a>) -> Option<Vec<String>> {
        if self.is_nullable(schema) {
            return None;
        }
        let branches = self.flatten_through(schema, None);
        let lists = branches.iter().map(|branch| branch.schema.enumeration());
        let narrowest = lists.filter(|values| !values.is_empty()).min_by_key(|values| values.len())?;
        let is_exact = |value: &Value| !value.is_f64();
        narrowest.iter().map(|value| text(value).filter(|_| is_exact(value))).collect()
    }
}
