//! Schemas.

use openapiv3::{
    AdditionalProperties, AnySchema, Discriminator, ReferenceOr, Schema, SchemaData, SchemaKind,
};

use super::{
    extension,
    reader::{Builder, Fields},
};
use crate::{normalise::marker, source::Node};

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
        let schema_data = self.schema_data(&mut fields);
        let schema_kind = SchemaKind::Any(self.any_schema(&mut fields));
        Some(Schema { schema_data, schema_kind })
    }

    fn schema_data(&mut self, fields: &mut Fields) -> SchemaData {
        let mut flag = |key: &str| self.flag(fields.take(key), key).unwrap_or(false);
        let (nullable, read_only) = (flag("nullable"), flag("readOnly"));
        let (write_only, deprecated) = (flag("writeOnly"), flag("deprecated"));
        SchemaData {
            nullable,
            read_only,
            write_only,
            deprecated,
            external_docs: self.external_docs(fields.take("externalDocs")),
            example: None,
            title: self.text(fields.take("title"), "title"),
            description: self.text(fields.take("description"), "description"),
            discriminator: fields.take("discriminator").and_then(|node| self.discriminator(node)),
            default: fields.take("default").map(|node| node.to_json()),
            extensions: self.schema_extensions(fields),
        }
    }

    /// The extensions of a schema: scalars, those that describe its constants, and a keyword unknown to 3.0.
    fn schema_extensions(&mut self, fields: &mut Fields) -> extension::Extensions {
        let mut extensions = fields.extensions();
        for key in extension::OF_CONSTANTS {
            extensions.extend(fields.take(key).map(|node| ((*key).to_owned(), node.to_json())));
        }
        let media_type = self.text(fields.take("contentMediaType"), "contentMediaType");
        extensions.extend(media_type.map(|name| (marker::CONTENT_MEDIA_TYPE.to_owned(), name.into())));
        extensions
    }

    /// Reads the keywords that determine a type. Those that only constrain values do not affect the type; `normalise`
    /// reports them.
    fn any_schema(&mut self, fields: &mut Fields) -> AnySchema {
        AnySchema {
            typ: self.text(fields.take("type"), "type"),
            format: self.text(fields.take("format"), "format"),
            enumeration: self.list(fields.take("enum"), "enum", |_, node| Some(node.to_json())),
            properties: self.map_all(fields.take("properties")),
            required: self.texts(fields.take("required"), "required"),
            additional_properties: self.additional(fields),
            items: fields.take("items").and_then(|node| self.boxed(node)),
            one_of: self.schemas(fields.take("oneOf"), "oneOf"),
            all_of: self.schemas(fields.take("allOf"), "allOf"),
            any_of: self.schemas(fields.take("anyOf"), "anyOf"),
            minimum: self.number(fields.take("minimum")),
            maximum: self.number(fields.take("maximum")),
            not: fields.take("not").and_then(|node| self.schema_or_reference(node)).map(Box::new),
            ..AnySchema::default()
        }
    }

    /// Reads `properties`, whose keys may start with `x-`.
    fn map_all(&mut self, node: Option<Node>) -> indexmap::IndexMap<String, ReferenceOr<Box<Schema>>> {
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
        Some(Discriminator {
            property_name: self.text(fields.take("propertyName"), "propertyName")?,
            mapping: self
                .map(fields.take("mapping"), "mapping", |builder, node| builder.text(Some(node), "mapping")),
            extensions: fields.extensions(),
        })
    }
}
