//! What is said of a property, and of the elements of a place.

use super::{Schemas, merged::Property};
use crate::{
    ir::Docs,
    resolve::{Additional, SchemaRef},
};

/// How many nested lists are searched for the description of their items.
const MAX_NESTED: usize = 8;

impl<'a> Schemas<'a> {
    /// The only possible value of a property, as JSON text.
    pub(in crate::lower) fn only_value(&self, property: &Property<'a>) -> Option<String> {
        let schemas = property.schemas.iter().map(|branch| branch.schema);
        let branches = schemas.flat_map(|schema| self.flatten_through(schema, None));
        let lists = branches.map(|branch| branch.schema.enumeration());
        match lists.filter(|values| !values.is_empty()).min_by_key(|values| values.len())? {
            [only] if !only.is_null() => Some(only.to_string()),
            _ => None,
        }
    }

    /// The description of a property by its outermost branch. A component's description belongs to its type and is not
    /// repeated at each use.
    pub(in crate::lower) fn property_docs(&self, property: &Property<'a>) -> Docs {
        let unnamed = property.schemas.iter().rev().map(|branch| branch.schema);
        let mut said =
            unnamed.filter(|schema| schema.name().is_none()).map(|schema| self.element_docs(schema));
        said.find(|docs| *docs != Docs::default()).unwrap_or_default()
    }

    /// The description of a place, or of its elements if it has none.
    pub(in crate::lower) fn element_docs(&self, schema: SchemaRef<'a>) -> Docs {
        let mut schema = schema;
        for _ in 0..MAX_NESTED {
            let docs = self.docs_of(schema);
            let next = items(schema).or_else(|| values(schema));
            match next.filter(|inner| docs == Docs::default() && is_plain(*inner)) {
                Some(inner) => schema = inner,
                None => return docs,
            }
        }
        Docs::default()
    }
}

/// Whether a schema has no declared type to carry its description.
pub(in crate::lower) fn is_plain(schema: SchemaRef<'_>) -> bool {
    let is_plain = matches!(schema.typ(), Some("array" | "string" | "integer" | "number" | "boolean"));
    schema.name().is_none() && is_plain && schema.enumeration().is_empty() && schema.all_of().is_empty()
}

/// The schema of list items.
fn items(schema: SchemaRef<'_>) -> Option<SchemaRef<'_>> {
    schema.items().filter(|_| schema.is_type("array"))
}

/// The schema of map values.
fn values(schema: SchemaRef<'_>) -> Option<SchemaRef<'_>> {
    let is_map = !schema.has_properties() && schema.all_of().is_empty();
    match schema.additional() {
        Additional::Typed(values) if is_map => Some(values),
        Additional::Typed(_) | Additional::Forbidden | Additional::Unspecified => None,
    }
}
