//! Joins alternatives that differ only in constants into one record.
//!
//! ```yaml
//! anyOf:
//!   - { properties: { issue: { enum: [TOO_LONG] }, field: { type: string } } }
//!   - { properties: { issue: { enum: [TOO_SHORT] }, field: { type: string } } }
//! ```
//! is `struct { issue: Option<Issue>, field: Option<String> }` with an `Issue` of both constants. Only unnamed
//! alternatives are joined: a named schema is a type of its own.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{
    Lowering,
    all_of::{Branch, constrains_beyond_type},
    class::{Alternatives, has_object_keywords},
    merged::{Merged, Property},
    schema::inline,
};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Enumeration, Field, MemberValue, Presence, Primitive, Record, Rest, Role, Shape, Type, TypeId},
    resolve::SchemaRef,
};

/// Constants longer than this many characters are sentences for people, not values to compare.
const SENTENCE: usize = 60;

/// The property as all alternatives declare it.
enum Joint<'a> {
    /// The same schema.
    Same(Property<'a>),
    /// Constants that differ, and whether `null` is one of them.
    Constants(Property<'a>, Enumeration, bool),
}

impl<'a> Lowering<'a> {
    /// The record that the alternatives form, if they differ only in constants.
    pub(super) fn joined_record(&mut self, alternatives: &Alternatives<'a>, id: TypeId) -> Option<Record> {
        let unnamed = alternatives.members.iter().all(|member| member.name().is_none());
        if !unnamed || alternatives.of_base || alternatives.schema.data().discriminator.is_some() {
            return None;
        }
        let members: Option<Vec<Merged<'a>>> = alternatives
            .members
            .iter()
            .map(|member| self.properties_of(&alternatives.common, *member))
            .collect();
        let members = members?;
        let first = members.first().filter(|_| members.len() > 1)?;
        let is_required = |wire: &str| members.iter().all(|member| member.required.contains(wire));
        let required: Vec<&str> = first.required.iter().copied().filter(|wire| is_required(wire)).collect();
        let joints = self.joints(&members)?;
        if !joints.values().any(|joint| matches!(joint, Joint::Constants(..))) {
            return None;
        }
        let fields = joints.into_iter();
        let fields = fields.map(|(wire, joint)| self.joint_field(wire, joint, required.contains(&wire), id));
        Some(Record { fields: fields.collect(), rest: Rest::Unknown })
    }

    /// The properties of a member, if it says nothing else.
    fn properties_of(&mut self, common: &[Branch<'a>], member: SchemaRef<'a>) -> Option<Merged<'a>> {
        let mut merged = Merged::default();
        let own = self.flatten_through(member, None);
        for branch in common.iter().copied().chain(own) {
            let kind = branch.schema.kind();
            let has_choices = !branch.bare && (!kind.one_of.is_empty() || !kind.any_of.is_empty());
            if has_choices || !has_object_keywords(kind) {
                return None;
            }
            self.merge_object(branch, &mut merged);
        }
        (!merged.properties.is_empty() && merged.additional.is_empty()).then_some(merged)
    }

    /// The joint form of each property; `None` if the members differ in more than constants.
    fn joints(&mut self, members: &[Merged<'a>]) -> Option<IndexMap<&'a str, Joint<'a>>> {
        let (first, others) = members.split_first()?;
        if others.iter().any(|other| other.properties.len() != first.properties.len()) {
            return None;
        }
        let mut joints = IndexMap::new();
        for (wire, property) in &first.properties {
            let all: Option<Vec<&Property<'a>>> =
                members.iter().map(|member| member.properties.get(wire)).collect();
            joints.insert(*wire, self.joint(property, &all?)?);
        }
        Some(joints)
    }

    fn joint(&mut self, first: &Property<'a>, all: &[&Property<'a>]) -> Option<Joint<'a>> {
        let property = || Property { schemas: first.schemas.clone() };
        if all.iter().all(|other| says_the_same(first, other)) {
            return Some(Joint::Same(property()));
        }
        let mut joined = Enumeration { members: Vec::new() };
        let mut seen = HashSet::new();
        for other in all {
            let unnamed = other.schemas.iter().all(|branch| branch.schema.name().is_none());
            let is_alike = unnamed && annotations(first).eq(annotations(other));
            let lists = other.schemas.iter().find_map(|branch| self.constants(branch.schema));
            let members = lists.filter(|_| is_alike)?.members;
            joined.members.extend(members.into_iter().filter(|member| seen.insert(member.value.clone())));
        }
        let nullable =
            all.iter().flat_map(|other| &other.schemas).any(|branch| self.is_nullable(branch.schema));
        let is_text = |value: &MemberValue| matches!(value, MemberValue::Text(_));
        let texts = joined.members.iter().filter(|member| is_text(&member.value)).count();
        let is_one_type = texts == 0 || texts == joined.members.len();
        is_one_type.then(|| Joint::Constants(property(), joined, nullable))
    }

    fn joint_field(&mut self, wire: &str, joint: Joint<'a>, required: bool, id: TypeId) -> Field {
        match joint {
            Joint::Same(property) => self.lower_field(wire, &property, required, id),
            Joint::Constants(property, constants, nullable) => {
                let ty = self.joined_type(wire, constants, id);
                let field = self.typed_field(wire, &property, required, ty);
                let presence = match (field.presence, nullable) {
                    (Presence::Required, true) => Presence::Nullable,
                    (Presence::Optional, true) => Presence::ThreeState,
                    (presence, _) => presence,
                };
                Field { presence, constant: None, ..field }
            }
        }
    }

    /// An enum of the constants, or a string if they are sentences.
    fn joined_type(&mut self, wire: &str, constants: Enumeration, id: TypeId) -> Type {
        let origin = self.types[id.index()].origin;
        let is_sentence = |value: &MemberValue| match value {
            MemberValue::Text(text) => text.contains(' ') && text.chars().count() > SENTENCE,
            MemberValue::Integer(_) => false,
        };
        if constants.members.iter().any(|member| is_sentence(&member.value)) {
            let message = format!("the constants of `{wire}` are sentences; they are read as text");
            self.report(Code::UnsupportedKeyword, origin, message);
            return Type::Primitive(Primitive::String);
        }
        let usage = inline(id, vec![Role::Property(wire.to_owned())]);
        let declared = self.declare(origin, usage, Default::default(), false);
        self.define(declared, Shape::Enumeration(constants));
        Type::Named(declared)
    }
}

/// Whether two properties have the same schemas, or plain ones with the same type.
fn says_the_same(one: &Property<'_>, other: &Property<'_>) -> bool {
    let same = |(one, other): (&Branch<'_>, &Branch<'_>)| {
        let (left, right) = (one.schema.kind(), other.schema.kind());
        let plain = !constrains_beyond_type(left) && !constrains_beyond_type(right);
        let bounds = (left.minimum, left.maximum) == (right.minimum, right.maximum);
        let alike = plain && bounds && left.typ.is_some() && left.typ == right.typ && left.all_of.is_empty();
        one.schema.same_place(other.schema) || (alike && right.all_of.is_empty())
    };
    let as_many = one.schemas.len() == other.schemas.len();
    as_many && annotations(one).eq(annotations(other)) && one.schemas.iter().zip(&other.schemas).all(same)
}

/// The annotations of a property.
fn annotations<'p>(property: &'p Property<'_>) -> impl Iterator<Item = impl PartialEq + use<'p>> + use<'p> {
    property.schemas.iter().map(|branch| {
        let data = branch.schema.data();
        let flags = (data.read_only, data.write_only, data.deprecated);
        let constant_is_told = !branch.schema.kind().enumeration.is_empty();
        let nullable = data.nullable && !constant_is_told;
        (flags, nullable, data.default.as_ref(), extension::overridden(data))
    })
}
