//! Objects with known properties, and maps.
//!
//! ```yaml
//! type: object
//! required: [id]
//! properties: { id: { type: integer }, name: { type: [string, "null"] } }
//! ```
//! is `struct { id: i64, name: Field<String>, extra: … }`.

use super::{
    Lowering,
    all_of::Branch,
    class::Class,
    docs,
    merged::{Merged, Property, classify_merged},
    schema::inline,
};
use crate::{
    ir::{Access, Field, Presence, Record, Rest, Role, Type, TypeId, Usage, UsageParent},
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// A schema that speaks of properties and is in no `allOf`.
    pub(super) fn classify_object(&mut self, schema: SchemaRef<'a>) -> Class<'a> {
        let mut merged = Merged::default();
        self.merge_object(Branch::new(schema, schema.name()), &mut merged);
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
            Some(values) => {
                let usage = self.part(id, values.owner, Role::Value);
                Rest::Typed(self.lower(values.schema, usage))
            }
            None => Rest::Unknown,
        };
        Record { fields, rest }
    }

    fn lower_field(&mut self, wire: &str, property: &Property<'a>, required: bool, id: TypeId) -> Field {
        let schema = property.schemas[0].schema;
        let ty = self.lower_property(wire, property, id);
        let nullable = property.schemas.iter().all(|branch| self.is_nullable(branch.schema));
        let presence = match (required, nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::ThreeState,
        };
        let said = || property.schemas.iter().map(|branch| branch.schema);
        // A component's own text stands on its type; repeating it at each use would only be noise.
        let own = said().find(|schema| schema.name().is_none());
        let default = said().find_map(|schema| schema.data().default.as_ref());
        Field {
            origin: schema.origin(),
            wire: wire.to_owned(),
            ty,
            presence,
            access: access(said()),
            docs: own.map(docs::of_schema).unwrap_or_default(),
            deprecated: said().any(|schema| schema.data().deprecated && schema.name().is_none()),
            default: default.filter(|value| !value.is_null()).map(ToString::to_string),
        }
    }

    /// The type of a property's value, apart from `null`: what all branches say together.
    fn lower_property(&mut self, wire: &str, property: &Property<'a>, id: TypeId) -> Type {
        let role = || Role::Property(wire.to_owned());
        if let [only] = property.schemas.as_slice() {
            let usage = self.part(id, only.owner, role());
            return self.lower_value(only.schema, usage);
        }
        self.lower_together(&property.schemas, inline(id, vec![role()]))
    }

    /// A part of a type that came from a component: named after the component, so that all that build on it share
    /// the part.
    fn part(&self, id: TypeId, owner: Option<&'a str>, role: Role) -> Usage {
        match owner.filter(|owner| self.components.get(owner) != Some(&id)) {
            Some(owner) => {
                Usage::Inline { parent: UsageParent::Component(owner.to_owned()), roles: vec![role] }
            }
            None => inline(id, vec![role]),
        }
    }
}

/// Which way a property travels, as its schemas say.
fn access<'a>(schemas: impl Iterator<Item = SchemaRef<'a>>) -> Access {
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
