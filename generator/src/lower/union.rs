//! Lowers `oneOf` and `anyOf`.
//!
//! ```yaml
//! oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ]
//! discriminator: { propertyName: kind }
//! ```
//! is `enum { Cat(Cat), Dog(Dog), Unknown(Value) }`. If all members are enums of constants, they become one enum; if
//! all are the same scalar, they become that scalar.

use std::collections::HashSet;

use super::{
    Lowering,
    all_of::Branch,
    class::{Alternatives, Class},
    schema::inline,
};
use crate::{
    ir::{Docs, Enumeration, MemberValue, Role, Shape, TagKind, Type, TypeId, Variant},
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// The type of alternatives: an enum, unless they can be simplified.
    pub(super) fn lower_union(&mut self, alternatives: Alternatives<'a>, id: TypeId) -> Shape {
        if alternatives.common.is_empty()
            && let Some(enumeration) = self.joined_constants(&alternatives.members)
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
            _ => Shape::Union(self.dispatched(&alternatives, variants)),
        }
    }

    fn lower_variant(
        &mut self,
        alternatives: &Alternatives<'a>,
        member: SchemaRef<'a>,
        index: usize,
        id: TypeId,
    ) -> Variant {
        let title = member.data().title.clone().filter(|_| member.name().is_none());
        let called = title.clone().or_else(|| member.name().map(str::to_owned));
        let ty = if alternatives.of_base && member.same_place(alternatives.schema) {
            self.lower_base(member, id)
        } else if self.adds_to(&alternatives.common, member) {
            let mut schemas = alternatives.common.clone();
            schemas.push(Branch::new(member, member.name()));
            self.merged.extend(member.name());
            self.lower_together(&schemas, inline(id, vec![Role::Variant(index, called)]))
        } else {
            self.lower_value(member, inline(id, vec![Role::Variant(index, title)]))
        };
        Variant {
            origin: member.origin(),
            ty,
            tags: Vec::new(),
            tag_kind: TagKind::Text,
            docs: self.docs_of(member),
        }
    }

    /// Whether the branches beside the alternatives add something to a member that does not extend them.
    fn adds_to(&mut self, common: &[Branch<'a>], member: SchemaRef<'a>) -> bool {
        let own = self.flatten_through(member, None);
        common.iter().any(|branch| !own.iter().any(|known| known.schema.same_place(branch.schema)))
    }

    /// Declares a base that others extend as a type of its own.
    fn lower_base(&mut self, base: SchemaRef<'a>, id: TypeId) -> Type {
        let branches = [Branch { bare: true, ..Branch::new(base, base.name()) }];
        let own = if base.kind().all_of.is_empty() {
            branches.to_vec()
        } else {
            self.flatten_through(base, base.name())
        };
        match self.merge(base, &own) {
            Class::Record(merged) => {
                let usage = inline(id, vec![Role::Base]);
                let own = self.declare(base.origin(), usage, self.docs_of(base), base.data().deprecated);
                let record = self.lower_record(merged, own);
                self.define(own, Shape::Record(record));
                Type::Named(own)
            }
            _ => Type::Map(Box::new(Type::Any)),
        }
    }

    /// The constants of all members, if each is an enum of constants, or a plain string beside one: enums are open, so
    /// the plain string adds nothing.
    fn joined_constants(&mut self, members: &[SchemaRef<'a>]) -> Option<Enumeration> {
        let mut joined: Option<Enumeration> = None;
        let mut seen = HashSet::new();
        for member in members {
            let kind = member.kind();
            let plain = kind.typ.as_deref() == Some("string") && kind.enumeration.is_empty();
            if plain {
                continue;
            }
            let mut enumeration = self.constants(*member)?;
            if let [only] = enumeration.members.as_mut_slice()
                && only.docs == Docs::default()
            {
                only.docs = self.docs_of(*member);
            }
            let known = &mut joined.get_or_insert_with(|| Enumeration { members: Vec::new() }).members;
            for member in enumeration.members {
                if seen.insert(member.value.clone()) {
                    known.push(member);
                }
            }
        }
        let joined = joined?;
        let texts =
            joined.members.iter().filter(|member| matches!(member.value, MemberValue::Text(_))).count();
        let plain = members.iter().any(|member| member.kind().enumeration.is_empty());
        (texts == joined.members.len() || (texts == 0 && !plain)).then_some(joined)
    }
}
