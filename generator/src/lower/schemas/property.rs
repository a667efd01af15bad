//! What is said of a property, and of the elements of a place.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema};

use super::{Schemas, merged::Property};
use crate::{ir::Docs, resolve::SchemaRef};

/// How many nested lists are searched for the description of their items.
const MAX_NESTED: usize = 8;

impl<'a> Schemas<'a> {
    /// The only possible value of a property, as JSON text.
    pub(in crate::lower) fn only_value(&self, property: &Property<'a>) -> Option<String> {
        let schemas = property.schemas.iter().map(|branch| branch.schema);
        let branches = schemas.flat_map(|schema| self.flatten_through(schema, None));
        let lists = branches.map(|branch| branch.schema.kind().enumeration.as_slice());
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
            let item = items(schema.kind()).and_then(|inner| self.document.boxed_schema(inner));
            let next = item.or_else(|| self.document.schema(values(schema.kind())?));
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
    let kind = schema.kind();
    let is_plain = matches!(kind.typ.as_deref(), Some("array" | "string" | "integer" | "number" | "boolean"));
    schema.name().is_none() && is_plain && kind.enumeration.is_empty() && kind.all_of.is_empty()
}

/// The schema of list items.
fn items(kind: &AnySchema) -> Option<&ReferenceOr<Box<Schema>>> {
    kind.items.as_ref().filter(|_| kind.typ.as_deref() == Some("array"))
}

/// The schema of map values.
fn values(kind: &AnySchema) -> Option<&ReferenceOr<Schema>> {
    let is_map = kind.properties.is_empty() && kind.all_of.is_empty();
    match &kind.additional_properties {
        Some(AdditionalProperties::Schema(schema)) if is_map => Some(schema),
        Some(AdditionalProperties::Schema(_) | AdditionalProperties::Any(_)) | None => None,
    }
}
