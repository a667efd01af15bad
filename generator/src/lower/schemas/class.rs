//! Determines the kind of type of a schema, before any of its parts is lowered.
//!
//! The order in [`Schemas::classify`] is the precedence of keywords: a reference, then constants, then alternatives,
//! then properties, then `type`.

use super::{Schemas, all_of::Branch, merged::Merged};
use crate::{
    diagnostic::Code,
    ir::{Enumeration, Type},
    resolve::{MappingEntry, SchemaRef},
};

/// The maximum number of tuple items that the runtime supports.
const MAX_POSITIONS: usize = 12;

/// The kind of type of a schema.
pub(in crate::lower) enum Class<'a> {
    /// The same as another schema.
    Same(SchemaRef<'a>),
    /// A type with a declaration in Rust.
    Declared(Declared<'a>),
    /// A type without one.
    Plain(Plain<'a>),
}

/// The kinds of types with a declaration in Rust.
pub(in crate::lower) enum Declared<'a> {
    /// A list of constants.
    Enumeration(Enumeration),
    /// One of several schemas.
    Union(Alternatives<'a>),
    /// An object with known properties.
    Record(Merged<'a>),
}

/// The kinds of types without a declaration in Rust.
pub(in crate::lower) enum Plain<'a> {
    /// An object whose keys are data, and the schemas of its values.
    Map(Vec<Branch<'a>>),
    /// An array, and the schemas of its items.
    List(Vec<Branch<'a>>),
    /// An array with items by position.
    Tuple(Positions<'a>),
    /// A type without parts that have schemas: a scalar, or any value.
    Leaf(Type),
}

impl Class<'_> {
    /// Any JSON value.
    pub(super) const ANY: Self = Self::Plain(Plain::Leaf(Type::Any));
}

/// The schemas of a `oneOf` or `anyOf`, or those that extend a base with a discriminator.
pub(in crate::lower) struct Alternatives<'a> {
    /// The schema that contains them.
    pub schema: SchemaRef<'a>,
    /// The schemas except `null`.
    pub members: Vec<SchemaRef<'a>>,
    /// The branches beside them, common to all alternatives.
    pub common: Vec<Branch<'a>>,
    /// Whether they extend the schema, which is itself the last of them.
    pub of_base: bool,
}

/// The items of `prefixItems`.
pub(in crate::lower) struct Positions<'a> {
    /// The items with a position; one with an invalid schema may be anything.
    pub items: Vec<Option<SchemaRef<'a>>>,
    /// The items that may follow: none if forbidden, anything if unspecified.
    pub rest: Option<Option<SchemaRef<'a>>>,
}

impl<'a> Schemas<'a> {
    /// Classifies a schema. Looks through references only where `allOf` requires it.
    pub(in crate::lower) fn classify(&self, schema: SchemaRef<'a>) -> Class<'a> {
        if let Some(ty) = self.overridden(schema) {
            return Class::Plain(Plain::Leaf(ty));
        }
        if let Some(constants) = self.constants(schema) {
            return Class::Declared(Declared::Enumeration(constants));
        }
        if let Some(family) = self.family(schema) {
            return Class::Declared(Declared::Union(family));
        }
        if !schema.all_of().is_empty() {
            return self.classify_all_of(schema);
        }
        match self.alternatives(schema) {
            Some(_) if has_object_keywords(schema) => self.classify_all_of(schema),
            Some(mut alternatives) if alternatives.members.len() == 1 => {
                alternatives.members.pop().map_or(Class::ANY, Class::Same)
            }
            Some(alternatives) => Class::Declared(Declared::Union(alternatives)),
            None => self.classify_type(schema),
        }
    }

    /// The members of `oneOf`, or else of `anyOf`.
    pub(in crate::lower) fn alternatives(&self, schema: SchemaRef<'a>) -> Option<Alternatives<'a>> {
        let members = schema.alternatives();
        if members.is_empty() {
            return None;
        }
        // A component with a description beside the reference is still that component, also for a discriminator.
        let members = members.iter().map(|member| match member.name() {
            None => self.lone_reference(member).unwrap_or(member),
            Some(_) => member,
        });
        Some(Alternatives { schema, members: members.collect(), common: Vec::new(), of_base: false })
    }

    /// The components that extend this one by `allOf`, if it is a component with a discriminator and without
    /// alternatives of its own (OpenAPI 3.1 §4.8.25, "Discriminator Object").
    pub(in crate::lower) fn family(&self, schema: SchemaRef<'a>) -> Option<Alternatives<'a>> {
        let name = schema.name()?;
        let tag = schema.discriminator().filter(|_| schema.alternatives().is_empty())?;
        let mut members = self.children.descendants(name);
        // Components in the mapping need not extend the schema.
        for target in tag.mapping().filter_map(MappingEntry::target) {
            if !target.same_place(schema) && !members.iter().any(|member| member.same_place(target)) {
                members.push(target);
            }
        }
        if members.is_empty() {
            return None;
        }
        members.push(schema);
        Some(Alternatives { schema, members, common: Vec::new(), of_base: true })
    }

    /// Classifies by `type` alone.
    pub(in crate::lower) fn classify_type(&self, schema: SchemaRef<'a>) -> Class<'a> {
        match schema.positions().filter(|items| !items.is_empty()) {
            Some(items) if items.len() <= MAX_POSITIONS => {
                let rest = (!schema.is_closed()).then(|| schema.items());
                return Class::Plain(Plain::Tuple(Positions { items, rest }));
            }
            Some(items) => {
                let message = format!("a tuple of {} items is read as a list of any values", items.len());
                self.report(Code::SchemaDegraded, schema.origin(), message);
                return Class::Plain(Plain::List(Vec::new()));
            }
            None => {}
        }
        if has_object_keywords(schema) || schema.is_type("object") {
            return self.classify_object(schema);
        }
        if let Some(ty) = self.scalar(schema) {
            return Class::Plain(Plain::Leaf(ty));
        }
        match schema.typ() {
            Some("array") => {
                let items = Branch::new(schema, schema.name()).items();
                Class::Plain(Plain::List(items.into_iter().collect()))
            }
            Some("null") | None => Class::ANY,
            Some(other) => {
                let message = format!("no type is called `{other}`; any JSON value is taken");
                self.report(Code::SchemaDegraded, schema.origin(), message);
                Class::ANY
            }
        }
    }
}

/// Whether a schema accepts every value.
pub(in crate::lower) fn says_nothing(schema: SchemaRef<'_>) -> bool {
    schema.name().is_none()
        && !has_object_keywords(schema)
        && schema.typ().is_none()
        && schema.format().is_none()
        && schema.items().is_none()
        && schema.enumeration().is_empty()
        && schema.all_of().is_empty()
        && schema.alternatives().is_empty()
}

/// Whether the schema has keywords for properties.
pub(in crate::lower) fn has_object_keywords(schema: SchemaRef<'_>) -> bool {
    let names_any = schema.has_properties() || !schema.required().is_empty();
    !schema.is_type("array") && (names_any || schema.additional().is_specified())
}
