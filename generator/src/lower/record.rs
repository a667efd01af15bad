//! Lowers objects with known properties, and maps.
//!
//! ```yaml
//! type: object
//! required: [id]
//! properties: { id: { type: integer }, name: { type: [string, "null"] } }
//! ```
//! is `struct { id: i64, name: Field<String>, extra: … }`.

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema};

use super::{
    Lowering,
    all_of::Branch,
    class::Class,
    merged::{Merged, Property, classify_merged},
    schema::inline,
};
use crate::{
    ir::{Access, Docs, Field, Presence, Record, Rest, Role, Type, TypeId, Usage, UsageParent},
    resolve::SchemaRef,
};

/// How many nested lists are searched for the description of their items.
const MAX_NESTED: usize = 8;

impl<'a> Lowering<'a> {
    /// Classifies a schema with properties and without `allOf`.
    pub(super) fn classify_object(&mut self, schema: SchemaRef<'a>) -> Class<'a> {
        let mut merged = Merged::default();
        self.merge_object(Branch::new(schema, schema.name()), &mut merged);
        classify_merged(merged)
    }

    /// Lowers properties to a record.
    pub(super) fn lower_record(&mut self, merged: Merged<'a>, id: TypeId) -> Record {
        let required = merged.required;
        let fields = merged
            .properties
            .into_iter()
            .map(|(wire, property)| self.lower_field(wire, &property, required.contains(wire), id))
            .collect();
        let rest = match merged.additional.first() {
            Some(first) => {
                let usage = self.part(id, first.owner, Role::Value);
                // A declared type has its own description.
                let said = Some(first.schema).filter(|schema| is_plain(*schema));
                let docs = said.map(|schema| self.element_docs(schema)).unwrap_or_default();
                Rest::Typed(self.lower_all(&merged.additional, usage), docs)
            }
            None => Rest::Unknown,
        };
        Record { fields, rest }
    }

    pub(super) fn lower_field(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        required: bool,
        id: TypeId,
    ) -> Field {
        let ty = self.lower_property(wire, property, id);
        self.typed_field(wire, property, required, ty)
    }

    /// A field of a known type.
    pub(super) fn typed_field(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        required: bool,
        ty: Type,
    ) -> Field {
        let schema = property.schemas[0].schema;
        let nullable = self.are_nullable(&property.schemas);
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::ThreeState,
        };
        let said: Vec<SchemaRef<'a>> =
            property.schemas.iter().flat_map(|branch| self.annotating(branch.schema)).collect();
        let default = said.iter().find_map(|schema| schema.data().default.as_ref());
        Field {
            origin: schema.origin(),
            wire: wire.to_owned(),
            ty,
            presence,
            access: access(&said),
            docs: self.property_docs(property),
            deprecated: said.iter().any(|schema| schema.data().deprecated && schema.name().is_none()),
            default: default.filter(|value| !value.is_null()).map(ToString::to_string),
            constant: self.only_value(property).filter(|_| presence == Presence::Required),
        }
    }

    /// The only possible value of a property, as JSON text.
    fn only_value(&mut self, property: &Property<'a>) -> Option<String> {
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
    fn property_docs(&self, property: &Property<'a>) -> Docs {
        let unnamed = property.schemas.iter().rev().map(|branch| branch.schema);
        let mut said =
            unnamed.filter(|schema| schema.name().is_none()).map(|schema| self.element_docs(schema));
        said.find(|docs| *docs != Docs::default()).unwrap_or_default()
    }

    /// The description of a place, or of its elements if it has none.
    pub(super) fn element_docs(&self, schema: SchemaRef<'a>) -> Docs {
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

    /// The type of a property's value without `null`: all branches combined.
    fn lower_property(&mut self, wire: &str, property: &Property<'a>, id: TypeId) -> Type {
        let role = || Role::Property(wire.to_owned());
        if let [only] = property.schemas.as_slice() {
            let usage = self.part(id, only.owner, role());
            return self.lower_value(only.schema, usage);
        }
        self.lower_together(&property.schemas, inline(id, vec![role()]))
    }

    /// The usage of a part from a component: named after the component, so that all types that extend it share the
    /// part.
    fn part(&self, id: TypeId, owner: Option<&'a str>, role: Role) -> Usage {
        match owner.filter(|owner| self.components.get(owner) != Some(&id)) {
            Some(owner) => {
                Usage::Inline { parent: UsageParent::Component(owner.to_owned()), roles: vec![role] }
            }
            None => inline(id, vec![role]),
        }
    }
}

/// Whether a schema has no declared type to carry its description.
fn is_plain(schema: SchemaRef<'_>) -> bool {
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

/// The directions in which a property travels, by its schemas.
pub(super) fn access(schemas: &[SchemaRef<'_>]) -> Access {
    let (mut read_only, mut write_only) = (false, false);
    for schema in schemas {
        read_only |= schema.data().read_only;
        write_only |= schema.data().write_only;
    }
    match (read_only, write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::Both,
    }
}
