//! `oneOf` and `anyOf`.
//!
//! ```yaml
//! oneOf: [ { $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" } ]
//! discriminator: { propertyName: kind }
//! ```
//! is `enum { Cat(Cat), Dog(Dog), Unknown(Value) }`. Constants of every member make one list of constants, and
//! members that are the same scalar are that scalar.

use serde_json::Value;

use super::{Lowering, class::Alternatives, docs, enumeration::Constants, schema::inline};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Dispatch, Enumeration, MemberValue, Role, Shape, TypeId, Union, Variant},
    resolve::SchemaRef,
};

impl<'a> Lowering<'a> {
    /// The type of alternatives: an enum, unless they are less than they look.
    pub(super) fn lower_union(&mut self, alternatives: Alternatives<'a>, id: TypeId) -> Shape {
        if let Some(enumeration) = self.joined_constants(&alternatives.members) {
            return Shape::Enumeration(enumeration);
        }
        let tag = alternatives.schema.data().discriminator.as_ref();
        let variants: Vec<Variant> = alternatives
            .members
            .iter()
            .enumerate()
            .map(|(index, member)| self.lower_variant(*member, index, id))
            .collect();
        match variants.split_first() {
            Some((first, others)) if others.iter().all(|other| other.ty == first.ty) => {
                Shape::Alias(first.ty.clone())
            }
            _ => {
                let dispatch = tag.map_or(Dispatch::Trial, |tag| Dispatch::Tag(tag.property_name.clone()));
                let mut union = Union { variants, dispatch, default: None };
                if let Some(tag) = tag {
                    for (variant, member) in union.variants.iter_mut().zip(&alternatives.members) {
                        variant.tags = self.tags(*member, tag);
                    }
                    if union.variants.iter().any(|variant| variant.tags.is_empty()) {
                        // A member that no value of the discriminator means can only be told by what fits.
                        union.dispatch = Dispatch::Trial;
                    }
                    union.default = self.default_variant(&alternatives, tag);
                }
                Shape::Union(union)
            }
        }
    }

    /// The member that `defaultMapping` names (OpenAPI 3.2 §4.25).
    fn default_variant(
        &mut self,
        alternatives: &Alternatives<'a>,
        tag: &openapiv3::Discriminator,
    ) -> Option<usize> {
        let name = extension::default_mapping(tag)?;
        let position = alternatives.members.iter().position(|member| member.name() == Some(name));
        if position.is_none() {
            let message = format!("`defaultMapping` is `{name}`, which is none of the alternatives");
            self.report(Code::SchemaDegraded, alternatives.schema.origin(), message);
        }
        position
    }

    fn lower_variant(&mut self, member: SchemaRef<'a>, index: usize, id: TypeId) -> Variant {
        let title = member.data().title.clone().filter(|_| member.name().is_none());
        let ty = self.lower_value(member, inline(id, vec![Role::Variant(index, title)]));
        Variant { origin: member.origin(), ty, tags: Vec::new(), docs: docs::of_schema(member) }
    }

    /// The discriminator's values for a member: the constant that the member itself declares, else the keys that
    /// `mapping` gives it, else its component name (OpenAPI 3.1 §4.8.25).
    fn tags(&mut self, member: SchemaRef<'a>, tag: &openapiv3::Discriminator) -> Vec<String> {
        let declared = member.kind().properties.get(&tag.property_name);
        let declared = declared.and_then(|property| self.document.boxed_schema(property));
        if let Some([Value::String(constant)]) = declared.map(|schema| schema.kind().enumeration.as_slice()) {
            return vec![constant.clone()];
        }
        let Some(name) = member.name() else { return Vec::new() };
        let mapped = tag.mapping.iter().filter(|(_, target)| {
            target.as_str() == name || target.strip_prefix("#/components/schemas/") == Some(name)
        });
        let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        if mapped.is_empty() { vec![name.to_owned()] } else { mapped }
    }

    /// The constants of all members, where every member is a list of constants or, beside one, a plain string:
    /// lists are open, so the plain string adds nothing.
    fn joined_constants(&mut self, members: &[SchemaRef<'a>]) -> Option<Enumeration> {
        let mut joined: Option<Enumeration> = None;
        for member in members {
            let kind = member.kind();
            let plain = kind.typ.as_deref() == Some("string") && kind.enumeration.is_empty();
            if plain {
                continue;
            }
            let Constants { mut enumeration } = self.constants(*member)?;
            if let [only] = enumeration.members.as_mut_slice() {
                only.docs = docs::of_schema(*member);
            }
            let known = &mut joined.get_or_insert_with(|| Enumeration { members: Vec::new() }).members;
            for member in enumeration.members {
                if !known.iter().any(|other| other.value == member.value) {
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
