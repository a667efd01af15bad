//! Schemas.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema, SchemaData, SchemaKind,
};

use super::{
    facts::{DiscriminatorFacts, SchemaFacts},
    reader::{Builder, Fields},
};
use crate::{
    normalise::marker,
    source::{Node, NodeId, Value},
};

/// Other tools' extensions with the discriminator value of a component.
const DISCRIMINATOR_VALUES: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

impl Builder<'_> {
    /// A schema, or a reference to one.
    pub(super) fn schema_or_reference(&mut self, node: Node) -> Option<ReferenceOr<Schema>> {
        self.reference_or(node, Builder::schema)
    }

    fn boxed(&mut self, node: Node) -> Option<ReferenceOr<Box<Schema>>> {
        self.reference_or(node, |builder, node| builder.schema(node).map(Box::new))
    }

    /// A schema.
    pub(super) fn schema(&mut self, node: Node) -> Option<Schema> {
        let mut fields = self.fields(node, "schema")?;
        let mut facts = self.schema_facts(&mut fields);
        let any = self.any_schema(&mut fields, &mut facts);
        let schema_data = self.schema_data(&mut fields, facts);
        Some(Schema { schema_data, schema_kind: SchemaKind::Any(any) })
    }

    fn schema_data(&mut self, fields: &mut Fields, facts: SchemaFacts) -> SchemaData {
        let mut flag = |key: &str| self.flag(fields.take(key), key).unwrap_or(false);
        let (nullable, read_only) = (flag("nullable"), flag("readOnly"));
        let (write_only, deprecated) = (flag("writeOnly"), flag("deprecated"));
        SchemaData {
            nullable,
            read_only,
            write_only,
            deprecated,
            external_docs: self.external_docs(fields.take("externalDocs")),
            example: first_example(fields),
            title: self.text(fields.take("title"), "title"),
            description: self.text(fields.take("description"), "description"),
            discriminator: fields.take("discriminator").and_then(|node| self.discriminator(node)),
            default: fields.take("default").map(|node| node.to_json()),
            extensions: self.facts.add_schema(fields.id, facts).extensions(),
        }
    }

    fn schema_facts(&mut self, fields: &mut Fields) -> SchemaFacts {
        let index = fields.take(marker::OVERRIDE).and_then(|node| node.as_u64());
        let text = |node: Node| node.as_str().map(str::to_owned);
        SchemaFacts {
            is_never: fields.has(marker::NEVER),
            is_closed: fields.has(marker::CLOSED),
            overridden: index.and_then(|index| usize::try_from(index).ok()),
            positions: fields.take(marker::POSITIONS).map(|node| self.positions(node)),
            constants: Vec::new(),
            content_media_type: self.text(fields.take("contentMediaType"), "contentMediaType"),
            content_schema: fields.take("contentSchema").and_then(|node| self.schema_or_reference(node)),
            discriminator_value: DISCRIMINATOR_VALUES.into_iter().find_map(|key| text(fields.take(key)?)),
        }
    }

    /// The items of a tuple.
    fn positions(&mut self, node: Node) -> Vec<Option<ReferenceOr<Schema>>> {
        let Value::Array(items) = node.value else { return Vec::new() };
        items.into_iter().map(|item| self.schema_or_reference(item)).collect()
    }

    /// Reads the keywords that determine a type, and those that only constrain values, which matter for values that are
    /// made for tests; `normalise` reports them.
    fn any_schema(&mut self, fields: &mut Fields, facts: &mut SchemaFacts) -> AnySchema {
        let (enumeration, constants) = self.constants(fields);
        facts.constants = constants;
        AnySchema {
            typ: self.text(fields.take("type"), "type"),
            format: self.text(fields.take("format"), "format"),
            enumeration,
            properties: self.map_all(fields.take("properties")),
            required: self.texts(fields.take("required"), "required"),
            additional_properties: self.additional(fields),
            items: fields.take("items").and_then(|node| self.boxed(node)),
            one_of: self.schemas(fields.take("oneOf"), "oneOf"),
            all_of: self.schemas(fields.take("allOf"), "allOf"),
            any_of: self.schemas(fields.take("anyOf"), "anyOf"),
            minimum: self.number(fields.take("minimum")),
            maximum: self.number(fields.take("maximum")),
            exclusive_minimum: self.flag(fields.take("exclusiveMinimum"), "exclusiveMinimum"),
            exclusive_maximum: self.flag(fields.take("exclusiveMaximum"), "exclusiveMaximum"),
            multiple_of: self.number(fields.take("multipleOf")),
            min_length: self.count(fields.take("minLength")),
            max_length: self.count(fields.take("maxLength")),
            min_items: self.count(fields.take("minItems")),
            max_items: self.count(fields.take("maxItems")),
            unique_items: self.flag(fields.take("uniqueItems"), "uniqueItems"),
            min_properties: self.count(fields.take("minProperties")),
            pattern: fields.take("pattern").and_then(|node| node.as_str().map(str::to_owned)),
            not: fields.take("not").and_then(|node| self.schema_or_reference(node)).map(Box::new),
            ..AnySchema::default()
        }
    }

    /// Reads the limit of a length or a number of parts.
    fn count(&mut self, node: Option<Node>) -> Option<usize> {
        self.number(node).map(|count| count as usize)
    }

    /// Reads `properties`, whose keys may start with `x-`.
    fn map_all(&mut self, node: Option<Node>) -> IndexMap<String, ReferenceOr<Box<Schema>>> {
        let Some(fields) = node.and_then(|node| self.fields(node, "properties")) else {
            return Default::default();
        };
        fields.into_entries().into_iter().filter_map(|(key, node)| Some((key, self.boxed(node)?))).collect()
    }

    fn schemas(&mut self, node: Option<Node>, what: &str) -> Vec<ReferenceOr<Schema>> {
        self.list(node, what, Builder::schema_or_reference)
    }

    fn additional(&mut self, fields: &mut Fields) -> Option<AdditionalProperties> {
        if fields.has(marker::CLOSED) {
            return Some(AdditionalProperties::Any(false));
        }
        let schema = fields.take("additionalProperties").and_then(|node| self.schema_or_reference(node))?;
        Some(AdditionalProperties::Schema(Box::new(schema)))
    }

    fn discriminator(&mut self, node: Node) -> Option<Discriminator> {
        let mut fields = self.fields(node, "discriminator")?;
        let property_name = self.text(fields.take("propertyName"), "propertyName")?;
        let default = self.text(fields.take(marker::DEFAULT), "defaultMapping");
        let entries: IndexMap<String, (NodeId, String)> =
            self.map(fields.take("mapping"), "mapping", |builder, node| {
                Some((node.id, builder.text(Some(node), "mapping")?))
            });
        let facts = DiscriminatorFacts {
            mapping: entries.iter().map(|(value, (origin, _))| (value.clone(), *origin)).collect(),
            default,
        };
        Some(Discriminator {
            property_name,
            mapping: entries.into_iter().map(|(value, (_, target))| (value, target)).collect(),
            extensions: self.facts.add_discriminator(fields.id, facts).extensions(),
        })
    }
}

/// `example`, or the first of `examples` (JSON Schema 2020-12 §9.5).
fn first_example(fields: &mut Fields) -> Option<serde_json::Value> {
    let listed = fields.take("examples").and_then(|node| match node.value {
        Value::Array(examples) => examples.into_iter().next(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
    });
    fields.take("example").or(listed).map(|node| node.to_json())
}
