//! Merges what the branches of an `allOf` say about an object.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::AdditionalProperties;

use super::{
    Schemas,
    all_of::Branch,
    class::{Class, says_nothing},
};
use crate::{document::extension, resolve::SchemaRef};

/// The merged description of an object.
#[derive(Default)]
pub(in crate::lower) struct Merged<'a> {
    /// The properties, in order of first occurrence.
    pub properties: IndexMap<&'a str, Property<'a>>,
    /// The names of required properties.
    pub required: HashSet<&'a str>,
    /// The schemas of additional properties, each from another branch.
    pub additional: Vec<Branch<'a>>,
    /// Whether other properties are forbidden.
    pub closed: bool,
}

/// A property as described by every branch that mentions it.
pub(in crate::lower) struct Property<'a> {
    /// Its schemas, each from another branch; at least one.
    pub schemas: Vec<Branch<'a>>,
}

impl<'a> Schemas<'a> {
    /// Classifies a schema with properties and without `allOf`.
    pub(in crate::lower) fn classify_object(&self, schema: SchemaRef<'a>) -> Class<'a> {
        let mut merged = Merged::default();
        self.merge_object(Branch::new(schema, schema.name()), &mut merged);
        classify_merged(merged)
    }

    /// Adds the properties of a branch.
    pub(in crate::lower) fn merge_object(&self, branch: Branch<'a>, merged: &mut Merged<'a>) {
        let kind = branch.schema.kind();
        merged.required.extend(kind.required.iter().map(String::as_str));
        for (wire, property) in &kind.properties {
            // A property that is `false` must be absent.
            let schema = self.document.boxed_schema(property);
            if let Some(schema) = schema.filter(|schema| !extension::is_never(schema.data())) {
                let known = merged.properties.entry(wire).or_insert(Property { schemas: Vec::new() });
                add(&mut known.schemas, Branch::new(schema, branch.owner));
            }
        }
        let (additional, closed) = self.additional(kind.additional_properties.as_ref());
        if let Some(schema) = additional {
            add(&mut merged.additional, Branch::new(schema, branch.owner));
        }
        merged.closed |= closed;
    }

    /// The declared type of additional properties, and whether they are forbidden.
    fn additional(&self, declared: Option<&'a AdditionalProperties>) -> (Option<SchemaRef<'a>>, bool) {
        match declared {
            None | Some(AdditionalProperties::Any(true)) => (None, false),
            Some(AdditionalProperties::Any(false)) => (None, true),
            Some(AdditionalProperties::Schema(schema)) => (self.document.schema(schema), false),
        }
    }
}

/// Adds a schema to those of a place, unless it says nothing or is already there.
pub(in crate::lower) fn add<'a>(known: &mut Vec<Branch<'a>>, new: Branch<'a>) {
    if known.iter().any(|other| other.schema.same_place(new.schema)) {
        return;
    }
    if known.is_empty() || !says_nothing(new.schema) {
        known.retain(|other| !says_nothing(other.schema));
        known.push(new);
    }
}

/// A record if there are named properties, otherwise a map.
pub(in crate::lower) fn classify_merged(merged: Merged<'_>) -> Class<'_> {
    if !merged.properties.is_empty() || merged.closed {
        Class::Record(merged)
    } else {
        Class::Map(merged.additional)
    }
}
