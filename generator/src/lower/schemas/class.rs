//! Determines the kind of type of a schema, before any of its parts is lowered.
//!
//! The order in [`Schemas::classify`] is the precedence of keywords: a reference, then constants, then alternatives,
//! then properties, then `type`.

use openapiv3::AnySchema;

use super::{Schemas, all_of::Branch, merged::Merged};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Enumeration, Primitive, Scalar},
    resolve::SchemaRef,
};

/// The maximum number of tuple items that the runtime supports.
const MAX_POSITIONS: usize = 12;

/// The kind of type of a schema.
pub(in crate::lower) enum Class<'a> {
    /// The same as another schema.
    Same(SchemaRef<'a>),
    /// A list of constants.
    Enumeration(Enumeration),
    /// One of several schemas.
    Union(Alternatives<'a>),
    /// An object with known properties.
    Record(Merged<'a>),
    /// An object whose keys are data, and the schemas of its values.
    Map(Vec<Branch<'a>>),
    /// An array, and the schemas of its items.
    List(Vec<Branch<'a>>),
    /// An array with items by position.
    Tuple(Positions<'a>),
    /// A built-in scalar.
    Primitive(Primitive),
    /// A scalar with a library type.
    Scalar(Scalar),
    /// Any JSON value.
    Any,
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
        if let Some(scalar) = self.overridden(schema) {
            return scalar;
        }
        if let Some(constants) = self.constants(schema) {
            return Class::Enumeration(constants);
        }
        if let Some(family) = self.family(schema) {
            return Class::Union(family);
        }
        let kind = schema.kind();
        if !kind.all_of.is_empty() {
            return self.classify_all_of(schema);
        }
        match self.alternatives(schema) {
            Some(_) if has_object_keywords(kind) => self.classify_all_of(schema),
            Some(mut alternatives) if alternatives.members.len() == 1 => {
                alternatives.members.pop().map_or(Class::Any, Class::Same)
            }
            Some(alternatives) => Class::Union(alternatives),
            None => self.classify_type(schema),
        }
    }

    /// The members of `oneOf`, or else of `anyOf`.
    pub(in crate::lower) fn alternatives(&self, schema: SchemaRef<'a>) -> Option<Alternatives<'a>> {
        let kind = schema.kind();
        let members = if kind.one_of.is_empty() { &kind.any_of } else { &kind.one_of };
        if members.is_empty() {
            return None;
        }
        // A component with a description beside the reference is still that component, also for a discriminator.
        let members = members.iter().filter_map(|member| self.document.schema(member));
        let members = members.map(|member| match member.name() {
            None => self.lone_reference(member).unwrap_or(member),
            Some(_) => member,
        });
        Some(Alternatives { schema, members: members.collect(), common: Vec::new(), of_base: false })
    }

    /// The components that extend this one by `allOf`, if it is a component with a discriminator and without
    /// alternatives of its own (OpenAPI 3.1 §4.8.25, "Discriminator Object").
    pub(in crate::lower) fn family(&self, schema: SchemaRef<'a>) -> Option<Alternatives<'a>> {
        let (name, kind) = (schema.name()?, schema.kind());
        let listed = !kind.one_of.is_empty() || !kind.any_of.is_empty();
        let tag = schema.data().discriminator.as_ref().filter(|_| !listed)?;
        let mut members = self.children.descendants(name);
        // Components in the mapping need not extend the schema.
        for target in tag.mapping.values().filter_map(|target| self.document.mapped(target)) {
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
        let kind = schema.kind();
        match extension::prefix_items(schema.data()) {
            Some(count @ 1..=MAX_POSITIONS) => return Class::Tuple(self.positions(schema, count)),
            Some(0) | None => {}
            Some(count) => {
                let message = format!("a tuple of {count} items is read as a list of any values");
                self.report(Code::SchemaDegraded, schema.origin(), message);
                return Class::List(Vec::new());
            }
        }
        if has_object_keywords(kind) || kind.typ.as_deref() == Some("object") {
            return self.classify_object(schema);
        }
        if let Some(scalar) = self.scalar(schema) {
            return scalar;
        }
        match kind.typ.as_deref() {
            Some("array") => {
                Class::List(self.items(Branch::new(schema, schema.name())).into_iter().collect())
            }
            Some("null") | None => Class::Any,
            Some(other) => {
                let message = format!("no type is called `{other}`; any JSON value is taken");
                self.report(Code::SchemaDegraded, schema.origin(), message);
                Class::Any
            }
        }
    }
}

impl<'a> Schemas<'a> {
    /// The schema of a branch's array items.
    pub(in crate::lower) fn items(&self, branch: Branch<'a>) -> Option<Branch<'a>> {
        let items = branch.schema.kind().items.as_ref()?;
        Some(Branch::new(self.document.boxed_schema(items)?, branch.owner))
    }

    /// The items of a tuple, which are stored among the properties by position.
    fn positions(&self, schema: SchemaRef<'a>, count: usize) -> Positions<'a> {
        let kind = schema.kind();
        let item = |index: usize| self.document.boxed_schema(kind.properties.get(&index.to_string())?);
        let items = (0..count).map(item).collect();
        let declared = kind.items.as_ref().and_then(|items| self.document.boxed_schema(items));
        let closed = extension::is_closed(schema.data());
        Positions { items, rest: (!closed).then_some(declared) }
    }
}

/// Whether a schema accepts every value.
pub(in crate::lower) fn says_nothing(schema: SchemaRef<'_>) -> bool {
    let kind = schema.kind();
    schema.name().is_none()
        && !has_object_keywords(kind)
        && kind.typ.is_none()
        && kind.format.is_none()
        && kind.items.is_none()
        && kind.enumeration.is_empty()
        && kind.all_of.is_empty()
        && kind.one_of.is_empty()
        && kind.any_of.is_empty()
}

/// Whether the schema has keywords for properties.
pub(in crate::lower) fn has_object_keywords(kind: &AnySchema) -> bool {
    kind.typ.as_deref() != Some("array") && has_properties(kind)
}

fn has_properties(kind: &AnySchema) -> bool {
    !kind.properties.is_empty() || !kind.required.is_empty() || kind.additional_properties.is_some()
}
