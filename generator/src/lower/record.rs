//! Lowers objects with known properties, and maps.
//!
//! ```yaml
//! type: object
//! required: [id]
//! properties: { id: { type: integer }, name: { type: [string, "null"] } }
//! ```
//! is `struct { id: i64, name: Field<String>, extra: … }`.

use serde_json::Value;

use super::{
    Lowering,
    schema::inline,
    schemas::{
        merged::{Merged, Property},
        property::is_plain,
    },
};
use crate::{
    ir::{
        Access, Constant, Field, Presence, Primitive, Record, Rest, Role, Type, TypeId, Usage, UsageParent,
    },
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// Lowers properties to a record.
    pub(super) fn lower_record(&mut self, merged: Merged<'a>, id: TypeId) -> Record {
        let (required, asked) = (merged.required, merged.asked);
        let fields = merged
            .properties
            .into_iter()
            .map(|(wire, property)| {
                let mut field = self.lower_field(wire, &property, required.contains(wire), id);
                if field.access == Access::ReadOnly && asked.contains(wire) {
                    field.access = Access::Given;
                }
                field
            })
            .collect();
        let rest = match merged.additional.first() {
            Some(first) => {
                let usage = self.part(id, first.owner, Role::Value);
                // A declared type has its own description.
                let said = Some(first.schema).filter(|schema| is_plain(*schema));
                let docs = said.map(|schema| self.schemas.element_docs(schema)).unwrap_or_default();
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
        let may_be_text = matches!(ty, Type::Primitive(Primitive::String) | Type::Named(_));
        let json = if may_be_text { self.json_of_property(wire, property, id) } else { None };
        Field { json, ..self.typed_field(wire, property, required, ty) }
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
        let nullable = self.schemas.are_nullable(&property.schemas);
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::ThreeState,
        };
        let said: Vec<SchemaRef<'a>> =
            property.schemas.iter().flat_map(|branch| self.schemas.annotating(branch.schema)).collect();
        let default = said.iter().find_map(|schema| schema.default());
        let access = access(&said);
        let only_value = self.schemas.only_value(property).filter(|_| presence == Presence::Required);
        Field {
            origin: schema.origin(),
            wire: wire.to_owned(),
            ty,
            json: None,
            presence,
            access,
            is_secret: access == Access::WriteOnly || said.iter().any(is_password),
            docs: self.schemas.property_docs(property),
            deprecated: said.iter().any(|schema| schema.is_deprecated() && schema.name().is_none()),
            default: default.filter(|value| !value.is_null()).map(ToString::to_string),
            constant: only_value.and_then(|json| constant(&json)),
        }
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

    /// The type of the JSON in a property's value.
    fn json_of_property(&mut self, wire: &str, property: &Property<'a>, id: TypeId) -> Option<Type> {
        let branches = property.schemas.iter().flat_map(|branch| self.schemas.annotating(branch.schema));
        let schemas: Vec<SchemaRef<'a>> = branches.collect();
        let usage = self.part(id, property.schemas[0].owner, Role::Property(wire.to_owned()));
        self.lower_json_text(&schemas, &usage)
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

/// A value that a constructor can set; the caller sets a fraction, a list or an object.
fn constant(json: &str) -> Option<Constant> {
    match serde_json::from_str(json) {
        Ok(Value::Bool(flag)) => Some(Constant::Bool(flag)),
        Ok(Value::Number(number)) => number.as_i64().map(Constant::Integer),
        Ok(Value::String(text)) => Some(Constant::Text(text)),
        Ok(Value::Null | Value::Array(_) | Value::Object(_)) | Err(_) => None,
    }
}

/// Whether a value is not to be shown (OpenAPI 3.1 §4.4, `password`).
pub(super) fn is_password(schema: &SchemaRef<'_>) -> bool {
    let is_one = |schema: SchemaRef<'_>| schema.format() == Some("password");
    is_one(*schema) || schema.items().is_some_and(is_one)
}

/// The directions in which a property travels, by its schemas.
pub(super) fn access(schemas: &[SchemaRef<'_>]) -> Access {
    let (mut read_only, mut write_only) = (false, false);
    for schema in schemas {
        read_only |= schema.is_read_only();
        write_only |= schema.is_write_only();
    }
    match (read_only, write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        _ => Access::Both,
    }
}
