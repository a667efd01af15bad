//! Alternatives that differ only in constants, property by property.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{
    Schemas,
    all_of::{Branch, constrains_beyond_type},
    class::{Alternatives, has_object_keywords},
    merged::{Merged, Property},
};
use crate::{
    ir::{Enumeration, MemberValue},
    resolve::SchemaRef,
};

/// The property as all alternatives declare it.
pub(in crate::lower) enum Joint<'a> {
    /// The same schema.
    Same(Property<'a>),
    /// Constants that differ, and whether `null` is one of them.
    Constants(Property<'a>, Enumeration, bool),
}

/// The properties of alternatives that differ only in constants.
pub(in crate::lower) struct Joints<'a> {
    pub properties: IndexMap<&'a str, Joint<'a>>,
    /// Those that all alternatives require.
    pub required: Vec<&'a str>,
}

impl<'a> Schemas<'a> {
    /// The properties that the alternatives have, if they are unnamed and differ only in constants.
    pub(in crate::lower) fn joined(&self, alternatives: &Alternatives<'a>) -> Option<Joints<'a>> {
        let unnamed = alternatives.members.iter().all(|member| member.name().is_none());
        if !unnamed || alternatives.of_base || alternatives.schema.discriminator().is_some() {
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
        let properties = self.joints(&members)?;
        let differ = properties.values().any(|joint| matches!(joint, Joint::Constants(..)));
        differ.then_some(Joints { properties, required })
    }

    /// The properties of a member, if it says nothing else.
    fn properties_of(&self, common: &[Branch<'a>], member: SchemaRef<'a>) -> Option<Merged<'a>> {
        let mut merged = Merged::default();
        let own = self.flatten_through(member, None);
        for branch in common.iter().copied().chain(own) {
            let has_choices = !branch.bare && !branch.schema.alternatives().is_empty();
            if has_choices || !has_object_keywords(branch.schema) {
                return None;
            }
            self.merge_object(branch, &mut merged);
        }
        (!merged.properties.is_empty() && merged.additional.is_empty()).then_some(merged)
    }

    /// The joint form of each property; `None` if the members differ in more than constants.
    fn joints(&self, members: &[Merged<'a>]) -> Option<IndexMap<&'a str, Joint<'a>>> {
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

    fn joint(&self, first: &Property<'a>, all: &[&Property<'a>]) -> Option<Joint<'a>> {
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
}

/// Whether two properties have the same schemas, or plain ones with the same type.
fn says_the_same(one: &Property<'_>, other: &Property<'_>) -> bool {
    let same = |(one, other): (&Branch<'_>, &Branch<'_>)| {
        let (left, right) = (one.schema, other.schema);
        let plain = !constrains_beyond_type(left) && !constrains_beyond_type(right);
        let bounds = (left.minimum(), left.maximum()) == (right.minimum(), right.maximum());
        let alike =
            plain && bounds && left.typ().is_some() && left.typ() == right.typ() && left.all_of().is_empty();
        left.same_place(right) || (alike && right.all_of().is_empty())
    };
    let as_many = one.schemas.len() == other.schemas.len();
    as_many && annotations(one).eq(annotations(other)) && one.schemas.iter().zip(&other.schemas).all(same)
}

/// The annotations of a property.
fn annotations<'p>(property: &'p Property<'_>) -> impl Iterator<Item = impl PartialEq + use<'p>> + use<'p> {
    property.schemas.iter().map(|branch| {
        let schema = branch.schema;
        let flags = (schema.is_read_only(), schema.is_write_only(), schema.is_deprecated());
        let constant_is_told = !schema.enumeration().is_empty();
        let nullable = schema.is_nullable() && !constant_is_told;
        (flags, nullable, schema.default(), schema.overridden())
    })
}
