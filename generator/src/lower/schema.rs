//! Lowers schemas to types.
//!
//! ```yaml
//! type: array
//! items: { $ref: "#/components/schemas/User" }
//! ```
//! is `Vec<User>`.

use super::{
    Lowering,
    schemas::{all_of::Branch, class::Class, together::MAX_SAME},
};
use crate::{
    diagnostic::Code,
    ir::{Role, Shape, Type, TypeId, Usage, UsageParent},
    resolve::SchemaRef,
};

/// The maximum nesting of places with several schemas.
const MAX_TOGETHER_DEPTH: usize = 32;

/// The maximum number of such places.
const MAX_TOGETHER: usize = 20_000;

impl<'a> Lowering<'a> {
    /// The type of a place, nullable if the schema allows it.
    pub(super) fn lower(&mut self, schema: SchemaRef<'a>, usage: Usage) -> Type {
        let ty = self.lower_value(schema, usage);
        if self.schemas.is_nullable(schema) { ty.nullable() } else { ty }
    }

    /// The type of a place without `null`.
    pub(super) fn lower_value(&mut self, schema: SchemaRef<'a>, usage: Usage) -> Type {
        let mut schema = schema;
        for _ in 0..MAX_SAME {
            if let Some(name) = schema.name() {
                return Type::Named(self.component(name, schema));
            }
            match self.schemas.classify(schema) {
                Class::Same(same) => schema = same,
                class if is_declared(&class) => {
                    return self.lower_declared(schema, vec![schema.place()], usage, class);
                }
                class => return self.lower_plain(class, &usage),
            }
        }
        Type::Any
    }

    /// The type of a place with any number of schemas: any value if there are none, nullable if all allow `null`.
    pub(super) fn lower_all(&mut self, schemas: &[Branch<'a>], usage: Usage) -> Type {
        match schemas {
            [] => Type::Any,
            [only] => self.lower(only.schema, usage),
            several => {
                let ty = self.lower_together(several, usage);
                if self.schemas.are_nullable(several) { ty.nullable() } else { ty }
            }
        }
    }

    /// The type of a place with several schemas, without `null`.
    pub(super) fn lower_together(&mut self, schemas: &[Branch<'a>], usage: Usage) -> Type {
        let Some(first) = schemas.first() else { return Type::Any };
        if let Some(class) = schemas.iter().find_map(|one| self.schemas.overridden(one.schema)) {
            return self.lower_plain(class, &usage);
        }
        // Recursive schemas can combine in more ways than there are schemas.
        let (depth, count) = self.together;
        if depth >= MAX_TOGETHER_DEPTH || count >= MAX_TOGETHER {
            let message = "branches within branches are combined no further; any JSON value is taken";
            self.schemas.report(Code::LimitReached, first.schema.origin(), message);
            return Type::Any;
        }
        self.together = (depth + 1, count + 1);
        let ty = self.combine(schemas, usage);
        self.together.0 = depth;
        ty
    }

    fn combine(&mut self, schemas: &[Branch<'a>], usage: Usage) -> Type {
        let schemas = self.schemas.distinct(schemas);
        let Some(first) = schemas.first() else { return Type::Any };
        if let [only] = schemas.as_slice()
            && !only.bare
        {
            return self.lower_value(only.schema, usage);
        }
        let places = schemas.iter().map(|branch| branch.schema.place()).collect();
        let mut branches: Vec<Branch<'a>> = Vec::new();
        for one in &schemas {
            let all = if one.bare { vec![*one] } else { self.schemas.flatten_through(one.schema, one.owner) };
            for branch in all {
                if !branches.iter().any(|known| known.schema.same_place(branch.schema)) {
                    branches.push(branch);
                }
            }
        }
        let class = match branches.as_slice() {
            [only] if !only.bare => self.schemas.classify(only.schema),
            _ => self.schemas.merge(first.schema, &branches),
        };
        match class {
            Class::Same(same) => self.lower_value(same, usage),
            class if is_declared(&class) => self.lower_declared(first.schema, places, usage, class),
            class => self.lower_plain(class, &usage),
        }
    }

    /// A declared type. The same places give the same type, even while it is being built: a recursive schema refers to
    /// itself.
    fn lower_declared(
        &mut self,
        schema: SchemaRef<'a>,
        places: Vec<usize>,
        usage: Usage,
        class: Class<'a>,
    ) -> Type {
        if let Some(known) = self.inline.get(&places) {
            return known.clone();
        }
        let id = self.declare(schema.origin(), usage, self.schemas.docs_of(schema), schema.data().deprecated);
        self.inline.insert(places.clone(), Type::Named(id));
        let shape = self.lower_shape(class, id);
        self.define(id, shape);
        let ty = self.undeclare(id);
        self.inline.insert(places, ty.clone());
        ty
    }

    /// Returns a declared type, or the type it turned out to be an alias of.
    fn undeclare(&mut self, id: TypeId) -> Type {
        match &self.types[id.index()].shape {
            Shape::Alias(ty) if id.index() + 1 == self.types.len() && !mentions(ty, id) => {
                let ty = ty.clone();
                self.types.pop();
                ty
            }
            Shape::Alias(_)
            | Shape::Record(_)
            | Shape::Enumeration(_)
            | Shape::Union(_)
            | Shape::Cases(_)
            | Shape::Multipart(_) => Type::Named(id),
        }
    }

    /// Sets the shape of a component schema.
    pub(super) fn lower_component(&mut self, id: TypeId, schema: SchemaRef<'a>) {
        let mut class = self.schemas.classify(schema);
        for _ in 0..MAX_SAME {
            match class {
                Class::Same(same) if same.name().is_none() => class = self.schemas.classify(same),
                _ => break,
            }
        }
        let shape = match class {
            Class::Same(same) => Shape::Alias(self.lower_value(same, inline(id, Vec::new()))),
            class if is_declared(&class) => self.lower_shape(class, id),
            class => Shape::Alias(self.lower_plain(class, &inline(id, Vec::new()))),
        };
        self.define(id, shape);
    }

    /// The shape of a declared type.
    pub(super) fn lower_shape(&mut self, class: Class<'a>, id: TypeId) -> Shape {
        match class {
            Class::Record(merged) => Shape::Record(self.lower_record(merged, id)),
            Class::Enumeration(constants) => Shape::Enumeration(constants),
            Class::Union(alternatives) => self.lower_union(alternatives, id),
            Class::Same(_)
            | Class::Map(_)
            | Class::List(_)
            | Class::Tuple(_)
            | Class::Primitive(_)
            | Class::Scalar(_)
            | Class::Any => Shape::Alias(Type::Any),
        }
    }

    /// A type without a declaration.
    pub(super) fn lower_plain(&mut self, class: Class<'a>, usage: &Usage) -> Type {
        match class {
            Class::List(items) => Type::List(Box::new(self.lower_all(&items, usage.role(Role::Item)))),
            Class::Map(values) => Type::Map(Box::new(self.lower_all(&values, usage.role(Role::Value)))),
            Class::Tuple(positions) => {
                let items = positions.items.into_iter().enumerate();
                let items = items.map(|(index, item)| match item {
                    Some(item) => self.lower(item, usage.role(Role::Position(index))),
                    None => Type::Any,
                });
                let items = items.collect();
                let rest = positions.rest.map(|rest| match rest {
                    Some(rest) => Box::new(self.lower(rest, usage.role(Role::Item))),
                    None => Box::new(Type::Any),
                });
                Type::Tuple(items, rest)
            }
            Class::Primitive(primitive) => Type::Primitive(primitive),
            Class::Scalar(scalar) => Type::Scalar(scalar),
            Class::Same(_) | Class::Record(_) | Class::Enumeration(_) | Class::Union(_) | Class::Any => {
                Type::Any
            }
        }
    }
}

fn mentions(ty: &Type, id: TypeId) -> bool {
    let mut found = false;
    ty.for_each_named(&mut |named| found |= named == id);
    found
}

/// Whether the type is declared in Rust.
fn is_declared(class: &Class<'_>) -> bool {
    match class {
        Class::Record(_) | Class::Enumeration(_) | Class::Union(_) => true,
        Class::Same(_)
        | Class::Map(_)
        | Class::List(_)
        | Class::Tuple(_)
        | Class::Primitive(_)
        | Class::Scalar(_)
        | Class::Any => false,
    }
}

/// The usage of a part of a declared type.
pub(super) fn inline(parent: TypeId, roles: Vec<Role>) -> Usage {
    Usage::Inline { parent: UsageParent::Type(parent), roles }
}
