//! Lowers schemas to types.
//!
//! ```yaml
//! type: array
//! items: { $ref: "#/components/schemas/User" }
//! ```
//! is `Vec<User>`.

use super::{
    Lowering,
    schemas::{
        all_of::Branch,
        class::{Class, Declared, Plain},
        together::MAX_SAME,
    },
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
                Class::Declared(declared) => {
                    return self.lower_declared(schema, vec![schema.place()], usage, declared);
                }
                Class::Plain(plain) => {
                    self.json_texts.meet(schema);
                    return self.lower_plain(plain, &usage);
                }
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
        if let Some(ty) = schemas.iter().find_map(|one| self.schemas.overridden(one.schema)) {
            return ty;
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
            Class::Declared(declared) => self.lower_declared(first.schema, places, usage, declared),
            Class::Plain(plain) => self.lower_plain(plain, &usage),
        }
    }

    /// A declared type. The same places give the same type, even while it is being built: a recursive schema refers to
    /// itself.
    pub(super) fn lower_declared(
        &mut self,
        schema: SchemaRef<'a>,
        places: Vec<usize>,
        usage: Usage,
        declared: Declared<'a>,
    ) -> Type {
        if let Some(known) = self.inline.get(&places) {
            return known.clone();
        }
        let id = self.declare(schema.origin(), usage, self.schemas.docs_of(schema), schema.is_deprecated());
        self.inline.insert(places.clone(), Type::Named(id));
        let shape = self.lower_shape(declared, id);
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
            Class::Declared(declared) => self.lower_shape(declared, id),
            Class::Plain(plain) => {
                self.json_texts.meet(schema);
                Shape::Alias(self.lower_plain(plain, &inline(id, Vec::new())))
            }
        };
        self.define(id, shape);
    }

    /// The shape of a declared type.
    fn lower_shape(&mut self, declared: Declared<'a>, id: TypeId) -> Shape {
        match declared {
            Declared::Record(merged) => Shape::Record(self.lower_record(merged, id)),
            Declared::Enumeration(constants) => Shape::Enumeration(constants),
            Declared::Union(alternatives) => self.lower_union(alternatives, id),
        }
    }

    /// A type without a declaration.
    fn lower_plain(&mut self, plain: Plain<'a>, usage: &Usage) -> Type {
        match plain {
            Plain::List(items) => Type::List(Box::new(self.lower_all(&items, usage.role(Role::Item)))),
            Plain::Map(values) => Type::Map(Box::new(self.lower_all(&values, usage.role(Role::Value)))),
            Plain::Tuple(positions) => {
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
            Plain::Leaf(ty) => ty,
        }
    }
}

fn mentions(ty: &Type, id: TypeId) -> bool {
    let mut found = false;
    ty.for_each_named(&mut |named| found |= named == id);
    found
}

/// The usage of a part of a declared type.
pub(super) fn inline(parent: TypeId, roles: Vec<Role>) -> Usage {
    Usage::Inline { parent: UsageParent::Type(parent), roles }
}
