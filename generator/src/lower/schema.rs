//! Schemas to types.
//!
//! ```yaml
//! type: array
//! items: { $ref: "#/components/schemas/User" }
//! ```
//! is `Vec<User>`.

use super::{Lowering, class::Class, docs};
use crate::{
    ir::{Role, Shape, Type, TypeId, Usage, UsageParent},
    resolve::SchemaRef,
};

/// How many schemas that are nothing but another schema are followed.
const MAX_SAME: usize = 64;

impl<'a> Lowering<'a> {
    /// The type of a place: what stands there, or `null` if the schema allows it.
    pub(super) fn lower(&mut self, schema: SchemaRef<'a>, usage: Usage) -> Type {
        let ty = self.lower_value(schema, usage);
        if self.is_nullable(schema) { ty.nullable() } else { ty }
    }

    /// The type of a place apart from `null`.
    pub(super) fn lower_value(&mut self, schema: SchemaRef<'a>, usage: Usage) -> Type {
        if let Some(name) = schema.name() {
            return Type::Named(self.component(name, schema));
        }
        let class = self.classify(schema);
        if let Class::Same(same) = class {
            return self.lower_value(same, usage);
        }
        if !is_declared(&class) {
            return self.lower_plain(class, &usage);
        }
        let id = self.declare(schema.origin(), usage, docs::of_schema(schema), schema.data().deprecated);
        let shape = self.lower_shape(class, id);
        self.define(id, shape);
        self.undeclare(id)
    }

    /// Gives a declared type back as it is, or as what it turned out to be another name for.
    fn undeclare(&mut self, id: TypeId) -> Type {
        match &self.types[id.index()].shape {
            Shape::Alias(ty) if id.index() + 1 == self.types.len() => {
                let ty = ty.clone();
                self.types.pop();
                ty
            }
            Shape::Alias(ty) => ty.clone(),
            Shape::Record(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Cases(_) => Type::Named(id),
        }
    }

    /// Gives a component schema its shape.
    pub(super) fn lower_component(&mut self, id: TypeId, schema: SchemaRef<'a>) {
        let class = self.classify(schema);
        let shape = match class {
            Class::Same(same) => Shape::Alias(self.lower_value(same, inline(id, Vec::new()))),
            class if is_declared(&class) => self.lower_shape(class, id),
            class => Shape::Alias(self.lower_plain(class, &inline(id, Vec::new()))),
        };
        self.define(id, shape);
    }

    /// The shape of a type that is declared.
    fn lower_shape(&mut self, class: Class<'a>, id: TypeId) -> Shape {
        match class {
            Class::Record(merged) => Shape::Record(self.lower_record(merged, id)),
            Class::Enumeration(constants) => Shape::Enumeration(constants.enumeration),
            Class::Union(alternatives) => self.lower_union(alternatives, id),
            Class::Same(_) | Class::Map(_) | Class::List(_) | Class::Primitive(_) | Class::Any => {
                Shape::Alias(Type::Any)
            }
        }
    }

    /// A type that is written out where it stands.
    fn lower_plain(&mut self, class: Class<'a>, usage: &Usage) -> Type {
        match class {
            Class::List(Some(items)) => Type::List(Box::new(self.lower(items, usage.role(Role::Item)))),
            Class::List(None) => Type::List(Box::new(Type::Any)),
            Class::Map(Some(values)) => Type::Map(Box::new(self.lower(values, usage.role(Role::Value)))),
            Class::Map(None) => Type::Map(Box::new(Type::Any)),
            Class::Primitive(primitive) => Type::Primitive(primitive),
            Class::Same(_) | Class::Record(_) | Class::Enumeration(_) | Class::Union(_) | Class::Any => {
                Type::Any
            }
        }
    }

    /// Whether `null` is among the values, by the schema itself or by one that it is nothing but.
    pub(super) fn is_nullable(&self, schema: SchemaRef<'a>) -> bool {
        let mut schema = schema;
        for _ in 0..MAX_SAME {
            let kind = schema.kind();
            if schema.data().nullable || kind.enumeration.iter().any(serde_json::Value::is_null) {
                return true;
            }
            let only = match (kind.all_of.as_slice(), kind.one_of.as_slice(), kind.any_of.as_slice()) {
                ([only], [], []) | ([], [only], []) | ([], [], [only]) => only,
                _ => return false,
            };
            match self.document.schema(only) {
                Some(next) => schema = next,
                None => return false,
            }
        }
        false
    }
}

/// Whether the type has a name of its own in Rust.
fn is_declared(class: &Class<'_>) -> bool {
    match class {
        Class::Record(_) | Class::Enumeration(_) | Class::Union(_) => true,
        Class::Same(_) | Class::Map(_) | Class::List(_) | Class::Primitive(_) | Class::Any => false,
    }
}

/// A part of a declared type.
pub(super) fn inline(parent: TypeId, roles: Vec<Role>) -> Usage {
    Usage::Inline { parent: UsageParent::Type(parent), roles }
}
