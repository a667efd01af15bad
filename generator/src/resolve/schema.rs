//! Schemas with references resolved.

use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema, SchemaData, SchemaKind,
};
use serde_json::Value;

use super::{Document, LinkRef, store::component};
use crate::{document::facts::SchemaFacts, source::NodeId};

/// A schema, with its name if it is a component.
#[derive(Clone, Copy, Debug)]
pub struct SchemaRef<'a> {
    document: &'a Document,
    name: Option<&'a str>,
    schema: &'a Schema,
}

/// The schemas of `allOf`, `oneOf` or `anyOf`.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a> {
    document: &'a Document,
    listed: &'a [ReferenceOr<Schema>],
}

/// What a schema says of all other properties (`additionalProperties`).
#[derive(Clone, Copy, Debug)]
pub enum Additional<'a> {
    /// Nothing.
    Unspecified,
    /// The schema forbids them.
    Forbidden,
    /// They have a schema.
    Typed(SchemaRef<'a>),
}

/// A constant of `enum`.
#[derive(Clone, Copy, Debug)]
pub struct Constant<'a> {
    /// Where it was written.
    pub origin: NodeId,
    /// The value.
    pub value: &'a Value,
    /// Its name, from other tools' extensions.
    pub name: Option<&'a str>,
    /// Its description, from other tools' extensions.
    pub description: Option<&'a str>,
}

/// A discriminator (OpenAPI 3.1 §4.8.25).
#[derive(Clone, Copy, Debug)]
pub struct DiscriminatorRef<'a> {
    document: &'a Document,
    discriminator: &'a Discriminator,
}

/// An entry of a discriminator's `mapping`.
#[derive(Clone, Copy, Debug)]
pub struct MappingEntry<'a> {
    within: DiscriminatorRef<'a>,
    value: &'a str,
    reference: &'a str,
}

impl<'a> SchemaRef<'a> {
    pub(super) fn named(document: &'a Document, name: &'a str, schema: &'a Schema) -> Self {
        Self { document, name: Some(name), schema }
    }

    fn inline(document: &'a Document, schema: &'a Schema) -> Self {
        Self { document, name: None, schema }
    }

    /// The component at the end of a chain of references, with its own name.
    fn component(document: &'a Document, reference: &'a str) -> Option<Self> {
        let (name, schema) = component(&document.components.schemas, reference)?;
        Some(Self::named(document, name, schema))
    }

    /// A schema, with references resolved.
    pub(super) fn resolve(document: &'a Document, schema: &'a ReferenceOr<Schema>) -> Option<Self> {
        match schema {
            ReferenceOr::Item(schema) => Some(Self::inline(document, schema)),
            ReferenceOr::Reference { reference } => Self::component(document, reference),
        }
    }

    fn resolve_boxed(document: &'a Document, schema: &'a ReferenceOr<Box<Schema>>) -> Option<Self> {
        match schema {
            ReferenceOr::Item(schema) => Some(Self::inline(document, schema)),
            ReferenceOr::Reference { reference } => Self::component(document, reference),
        }
    }

    /// The name of the component.
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// Where the schema was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.data().extensions)
    }

    /// A number that identifies the schema in the document.
    pub fn place(self) -> usize {
        std::ptr::from_ref(self.schema).addr()
    }

    /// Whether both are the same schema object.
    pub fn same_place(self, other: Self) -> bool {
        self.place() == other.place()
    }

    fn data(self) -> &'a SchemaData {
        &self.schema.schema_data
    }

    fn facts(self) -> &'a SchemaFacts {
        self.document.facts.schema(&self.data().extensions)
    }

    fn keywords(self) -> &'a AnySchema {
        match &self.schema.schema_kind {
            SchemaKind::Any(any) => any,
            // `document` builds every schema as `Any`.
            SchemaKind::Type(_)
            | SchemaKind::OneOf { .. }
            | SchemaKind::AllOf { .. }
            | SchemaKind::AnyOf { .. }
            | SchemaKind::Not { .. } => nothing(),
        }
    }

    fn members(self, listed: &'a [ReferenceOr<Schema>]) -> Members<'a> {
        Members { document: self.document, listed }
    }
}

/// Annotations.
impl<'a> SchemaRef<'a> {
    /// `title`
    pub fn title(self) -> Option<&'a str> {
        self.data().title.as_deref()
    }

    /// `description`
    pub fn description(self) -> Option<&'a str> {
        self.data().description.as_deref()
    }

    /// `externalDocs`
    pub fn external_docs(self) -> Option<LinkRef<'a>> {
        self.data().external_docs.as_ref().map(LinkRef::new)
    }

    /// `readOnly`
    pub fn is_read_only(self) -> bool {
        self.data().read_only
    }

    /// `writeOnly`
    pub fn is_write_only(self) -> bool {
        self.data().write_only
    }

    /// `deprecated`
    pub fn is_deprecated(self) -> bool {
        self.data().deprecated
    }

    /// `default`
    pub fn default(self) -> Option<&'a Value> {
        self.data().default.as_ref()
    }

    /// `example`, or the first of `examples`
    pub fn example(self) -> Option<&'a Value> {
        self.data().example.as_ref()
    }

    /// The index of its configured override.
    pub fn overridden(self) -> Option<usize> {
        self.facts().overridden
    }
}

/// Keywords for values of any type.
impl<'a> SchemaRef<'a> {
    /// `type`
    pub fn typ(self) -> Option<&'a str> {
        self.keywords().typ.as_deref()
    }

    /// Whether it states this `type`.
    pub fn is_type(self, name: &str) -> bool {
        self.typ() == Some(name)
    }

    /// `nullable`
    pub fn is_nullable(self) -> bool {
        self.data().nullable
    }

    /// Whether no value satisfies it.
    pub fn is_never(self) -> bool {
        self.facts().is_never
    }

    /// The values of `enum`.
    pub fn enumeration(self) -> &'a [Value] {
        &self.keywords().enumeration
    }

    /// The values of `enum`, with what is known of each.
    pub fn constants(self) -> impl Iterator<Item = Constant<'a>> {
        self.enumeration().iter().zip(&self.facts().constants).map(|(value, facts)| Constant {
            origin: facts.origin,
            value,
            name: facts.name.as_deref(),
            description: facts.description.as_deref(),
        })
    }

    /// `allOf`
    pub fn all_of(self) -> Members<'a> {
        self.members(&self.keywords().all_of)
    }

    /// `oneOf`
    pub fn one_of(self) -> Members<'a> {
        self.members(&self.keywords().one_of)
    }

    /// `anyOf`
    pub fn any_of(self) -> Members<'a> {
        self.members(&self.keywords().any_of)
    }

    /// `oneOf`, or else `anyOf`
    pub fn alternatives(self) -> Members<'a> {
        if self.one_of().is_empty() { self.any_of() } else { self.one_of() }
    }

    /// `discriminator`
    pub fn discriminator(self) -> Option<DiscriminatorRef<'a>> {
        let discriminator = self.data().discriminator.as_ref()?;
        Some(DiscriminatorRef { document: self.document, discriminator })
    }

    /// Its discriminator value, from other tools' extensions.
    pub fn discriminator_value(self) -> Option<&'a str> {
        self.facts().discriminator_value.as_deref()
    }
}

/// Keywords for strings and numbers.
impl<'a> SchemaRef<'a> {
    /// `format`
    pub fn format(self) -> Option<&'a str> {
        self.keywords().format.as_deref()
    }

    /// `minLength`
    pub fn min_length(self) -> Option<usize> {
        self.keywords().min_length
    }

    /// `maxLength`
    pub fn max_length(self) -> Option<usize> {
        self.keywords().max_length
    }

    /// `pattern`
    pub fn pattern(self) -> Option<&'a str> {
        self.keywords().pattern.as_deref()
    }

    /// `contentMediaType`
    pub fn content_media_type(self) -> Option<&'a str> {
        self.facts().content_media_type.as_deref()
    }

    /// `contentSchema`
    pub fn content_schema(self) -> Option<SchemaRef<'a>> {
        SchemaRef::resolve(self.document, self.facts().content_schema.as_ref()?)
    }

    /// `minimum`
    pub fn minimum(self) -> Option<f64> {
        self.keywords().minimum
    }

    /// `maximum`
    pub fn maximum(self) -> Option<f64> {
        self.keywords().maximum
    }

    /// `exclusiveMinimum`: whether `minimum` itself is excluded
    pub fn excludes_minimum(self) -> bool {
        self.keywords().exclusive_minimum.unwrap_or(false)
    }

    /// `exclusiveMaximum`: whether `maximum` itself is excluded
    pub fn excludes_maximum(self) -> bool {
        self.keywords().exclusive_maximum.unwrap_or(false)
    }

    /// `multipleOf`
    pub fn multiple_of(self) -> Option<f64> {
        self.keywords().multiple_of
    }
}

/// Keywords for arrays.
impl<'a> SchemaRef<'a> {
    /// `items`
    pub fn items(self) -> Option<SchemaRef<'a>> {
        SchemaRef::resolve_boxed(self.document, self.keywords().items.as_ref()?)
    }

    /// The items with a schema of their own (`prefixItems`); `None` for one with an invalid schema.
    pub fn positions(self) -> Option<Vec<Option<SchemaRef<'a>>>> {
        let items = self.facts().positions.as_ref()?.iter();
        Some(items.map(|item| SchemaRef::resolve(self.document, item.as_ref()?)).collect())
    }

    /// Whether it has `prefixItems`.
    pub fn is_tuple(self) -> bool {
        self.facts().positions.is_some()
    }

    /// `minItems`
    pub fn min_items(self) -> Option<usize> {
        self.keywords().min_items
    }

    /// `maxItems`
    pub fn max_items(self) -> Option<usize> {
        self.keywords().max_items
    }

    /// Whether a tuple allows no further items.
    pub fn is_closed(self) -> bool {
        self.facts().is_closed
    }
}

/// Keywords for objects.
impl<'a> SchemaRef<'a> {
    /// `properties`
    pub fn properties(self) -> impl Iterator<Item = (&'a str, SchemaRef<'a>)> {
        let properties = self.keywords().properties.iter();
        properties.filter_map(move |(name, schema)| {
            Some((name.as_str(), SchemaRef::resolve_boxed(self.document, schema)?))
        })
    }

    /// A property by its name.
    pub fn property(self, name: &str) -> Option<SchemaRef<'a>> {
        SchemaRef::resolve_boxed(self.document, self.keywords().properties.get(name)?)
    }

    /// Whether it names properties.
    pub fn has_properties(self) -> bool {
        !self.keywords().properties.is_empty()
    }

    /// `required`
    pub fn required(self) -> &'a [String] {
        &self.keywords().required
    }

    /// `minProperties`
    pub fn min_properties(self) -> Option<usize> {
        self.keywords().min_properties
    }

    /// `additionalProperties`
    pub fn additional(self) -> Additional<'a> {
        match &self.keywords().additional_properties {
            None | Some(AdditionalProperties::Any(true)) => Additional::Unspecified,
            Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
            Some(AdditionalProperties::Schema(schema)) => {
                SchemaRef::resolve(self.document, schema).map_or(Additional::Unspecified, Additional::Typed)
            }
        }
    }
}

impl Additional<'_> {
    /// Whether the schema says something of them.
    pub fn is_specified(self) -> bool {
        !matches!(self, Self::Unspecified)
    }

    /// Whether the schema forbids them.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Self::Forbidden)
    }
}

impl<'a> Members<'a> {
    /// Whether the list is empty.
    pub fn is_empty(self) -> bool {
        self.listed.is_empty()
    }

    /// The length of the list.
    pub fn len(self) -> usize {
        self.listed.len()
    }

    /// The schemas.
    pub fn iter(self) -> impl Iterator<Item = SchemaRef<'a>> {
        self.listed.iter().filter_map(move |schema| SchemaRef::resolve(self.document, schema))
    }
}

impl<'a> DiscriminatorRef<'a> {
    /// `propertyName`
    pub fn property(self) -> &'a str {
        &self.discriminator.property_name
    }

    /// `mapping`
    pub fn mapping(self) -> impl Iterator<Item = MappingEntry<'a>> {
        let entries = self.discriminator.mapping.iter();
        entries.map(move |(value, reference)| MappingEntry { within: self, value, reference })
    }

    /// The component for all other values, by its name (`defaultMapping`).
    pub fn default_target(self) -> Option<&'a str> {
        let facts = self.document.facts.discriminator(&self.discriminator.extensions)?;
        let target = facts.default.as_deref()?;
        Some(target.strip_prefix("#/components/schemas/").unwrap_or(target))
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.discriminator.extensions)
    }
}

impl<'a> MappingEntry<'a> {
    /// Where it was written.
    pub fn origin(self) -> NodeId {
        let DiscriminatorRef { document, discriminator } = self.within;
        let facts = document.facts.discriminator(&discriminator.extensions);
        let own = facts.and_then(|facts| facts.mapping.get(self.value)).copied();
        own.unwrap_or_else(|| self.within.origin())
    }

    /// The value of the property.
    pub fn value(self) -> &'a str {
        self.value
    }

    /// The component that it selects.
    pub fn target(self) -> Option<SchemaRef<'a>> {
        SchemaRef::component(self.within.document, self.reference)
    }
}

/// A schema without constraints.
fn nothing() -> &'static AnySchema {
    use std::sync::OnceLock;
    static NOTHING: OnceLock<AnySchema> = OnceLock::new();
    NOTHING.get_or_init(AnySchema::default)
}
