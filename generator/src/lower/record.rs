//! Objects with known properties, and maps.
//!
//! ```yaml
//! type: object
//! required: [id]
//! properties: { id: { type: integer }, name: { type: [string, "null"] } }
//! ```
//! is `struct { id: i64, name: Field<String>, extra: … }`.

use openapiv3::AdditionalProperties;

use super::{
    Lowering,
    all_of::{Merged, Property},
    class::Class,
    docs,
    schema::inline,
};
use crate::{
    ir::{Field, Presence, Record, Rest, Role, TypeId},
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// A schema that speaks of properties and is in no `allOf`.
    pub(super) fn classify_object(&mut self, schema: SchemaRef<'a>) -> Class<'a> {
        let mut merged = Merged::default();
        self.merge_object(schema, &mut merged);
        classify_merged(merged)
    }

    /// A record of these properties.
    pub(super) fn lower_record(&mut self, merged: Merged<'a>, id: TypeId) -> Record {
        let required = merged.required;
        let fields = merged
            .properties
            .into_iter()
            .map(|(wire, property)| self.lower_field(wire, &property, required.contains(wire), id))
            .collect();
        let rest = match merged.additional {
            Some(values) => Rest::Typed(self.lower(values, inline(id, vec![Role::Value]))),
            None => Rest::Unknown,
        };
        Record { fields, rest }
    }

    fn lower_field(&mut self, wire: &str, property: &Property<'a>, required: bool, id: TypeId) -> Field {
        let schema = property.schema;
        let ty = self.lower_value(schema, inline(id, vec![Role::Property(wire.to_owned())]));
        let presence = match (required, self.is_nullable(schema)) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::ThreeState,
        };
        let data = schema.data();
        // A component's own text stands on its type; repeating it at each use would only be noise.
        let docs = if schema.name().is_some() { Default::default() } else { docs::of_schema(schema) };
        Field {
            origin: schema.origin(),
            wire: wire.to_owned(),
            ty,
            presence,
            docs,
            deprecated: data.deprecated && schema.name().is_none(),
            default: data.default.as_ref().filter(|value| !value.is_null()).map(ToString::to_string),
        }
    }
}

/// A record if there are properties to name, else a map.
pub(super) fn classify_merged(merged: Merged<'_>) -> Class<'_> {
    if !merged.properties.is_empty() || merged.closed {
        Class::Record(merged)
    } else {
        Class::Map(merged.additional)
    }
}

/// The declared type of additional properties, and whether there may be any.
pub(super) fn additional<'a>(
    lowering: &Lowering<'a>,
    declared: Option<&'a AdditionalProperties>,
) -> (Option<SchemaRef<'a>>, bool) {
    match declared {
        None | Some(AdditionalProperties::Any(true)) => (None, false),
        Some(AdditionalProperties::Any(false)) => (None, true),
        Some(AdditionalProperties::Schema(schema)) => (lowering.document.schema(schema), false),
    }
}
