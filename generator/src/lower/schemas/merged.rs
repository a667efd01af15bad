//! Merges what the branches of an `allOf` say about an object.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{
    Schemas,
    all_of::Branch,
    class::{Class, Declared, Plain, says_nothing},
};
use crate::resolve::{Additional, SchemaRef};

/// The merged description of an object.
#[derive(Default)]
pub(in crate::lower) struct Merged<'a> {
    /// The properties, in order of first occurrence.
    pub properties: IndexMap<&'a str, Property<'a>>,
    /// The names of required properties.
    pub required: HashSet<&'a str>,
    /// Those that a branch requires which does not declare them as read-only itself.
    pub asked: HashSet<&'a str>,
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
        merged.required.extend(branch.schema.required().iter().map(String::as_str));
        let is_asked = |name: &&str| !branch.schema.property(name).is_some_and(SchemaRef::is_read_only);
        merged.asked.extend(branch.schema.required().iter().map(String::as_str).filter(is_asked));
        // A property that is `false` must be absent.
        for (wire, schema) in branch.schema.properties().filter(|(_, schema)| !schema.is_never()) {
            let known = merged.properties.entry(wire).or_insert(Property { schemas: Vec::new() });
            add(&mut known.schemas, Branch::new(schema, branch.owner));
        }
        match branch.schema.additional() {
            Additional::Typed(schema) => add(&mut merged.additional, Branch::new(schema, branch.owner)),
            Additional::Forbidden => merged.closed = true,
            Additional::Unspecified => {}
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
        Class::Declared(Declared::Record(merged))
    } else {
        Class::Plain(Plain::Map(merged.additional))
    }
}
