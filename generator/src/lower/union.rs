//! Lowers `oneOf` and `anyOf`.
//!
//! ```yaml
//! oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ]
//! discriminator: { propertyName: kind }
//! ```
//! is `enum { Cat(Cat), Dog(Dog), Unknown(Value) }`. If all members are enums of constants, they become one enum; if
//! all are the same scalar, they become that scalar.

use super::{
    Lowering,
    schema::inline,
    schemas::{
        all_of::Branch,
        class::{Alternatives, Class, Declared},
    },
};
use crate::{
    ir::{Role, Shape, TagKind, Type, TypeId, Variant},
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// The type of alternatives: an enum, unless they can be simplified.
    pub(super) fn lower_union(&mut self, alternatives: Alternatives<'a>, id: TypeId) -> Shape {
        if alternatives.common.is_empty()
            && let Some(enumeration) = self.schemas.joined_constants(&alternatives.members)
        {
            return Shape::Enumeration(enumeration);
        }
        if let Some(record) = self.joined_record(&alternatives, id) {
            return Shape::Record(record);
        }
        let members = alternatives.members.iter().enumerate();
        let variants: Vec<Variant> =
            members.map(|(index, member)| self.lower_variant(&alternatives, *member, index, id)).collect();
        match variants.split_first() {
            Some((first, others)) if others.iter().all(|other| other.ty == first.ty) => {
                Shape::Alias(first.ty.clone())
            }
            _ => Shape::Union(self.schemas.dispatched(&alternatives, variants)),
        }
    }

    fn lower_variant(
        &mut self,
        alternatives: &Alternatives<'a>,
        member: SchemaRef<'a>,
        index: usize,
        id: TypeId,
    ) -> Variant {
        let title = member.title().map(str::to_owned).filter(|_| member.name().is_none());
        let called = title.clone().or_else(|| member.name().map(str::to_owned));
        let ty = if alternatives.of_base && member.same_place(alternatives.schema) {
            self.lower_base(member, id)
        } else if self.schemas.adds_to(&alternatives.common, member) {
            let mut schemas = alternatives.common.clone();
            schemas.push(Branch::new(member, member.name()));
            self.schemas.merge_in(member.name());
            self.lower_together(&schemas, inline(id, vec![Role::Variant(index, called)]))
        } else {
            self.lower_value(member, inline(id, vec![Role::Variant(index, title)]))
        };
        Variant {
            origin: member.origin(),
            ty,
            tags: Vec::new(),
            tag_kind: TagKind::Text,
            docs: self.schemas.docs_of(member),
        }
    }

    /// Declares a base that others extend as a type of its own.
    fn lower_base(&mut self, base: SchemaRef<'a>, id: TypeId) -> Type {
        let branches = [Branch { bare: true, ..Branch::new(base, base.name()) }];
        let own = if base.all_of().is_empty() {
            branches.to_vec()
        } else {
            self.schemas.flatten_through(base, base.name())
        };
        match self.schemas.merge(base, &own) {
            Class::Declared(Declared::Record(merged)) => {
                let usage = inline(id, vec![Role::Base]);
                let own =
                    self.declare(base.origin(), usage, self.schemas.docs_of(base), base.is_deprecated());
                let record = self.lower_record(merged, own);
                self.define(own, Shape::Record(record));
                Type::Named(own)
            }
            _ => Type::Map(Box::new(Type::Any)),
        }
    }
}
