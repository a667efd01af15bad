//! Schemas with references resolved.

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};

use crate::{
    document::extension,
    source::{FileId, NodeId},
};

/// A schema, with its name if it is a component.
#[derive(Clone, Copy, Debug)]
pub struct SchemaRef<'a> {
    name: Option<&'a str>,
    schema: &'a Schema,
}

impl<'a> SchemaRef<'a> {
    pub(super) fn named(name: &'a str, schema: &'a Schema) -> Self {
        Self { name: Some(name), schema }
    }

    pub(super) fn inline(schema: &'a Schema) -> Self {
        Self { name: None, schema }
    }

    /// The name of the component.
    pub fn name(self) -> Option<&'a str> {
        self.name
    }

    /// Title, description and other annotations.
    pub fn data(self) -> &'a SchemaData {
        &self.schema.schema_data
    }

    /// The keywords that constrain values.
    pub fn kind(self) -> &'a AnySchema {
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

    /// Where the schema was written.
    pub fn origin(self) -> NodeId {
        extension::origin(&self.schema.schema_data.extensions).unwrap_or(NodeId::root(FileId(0)))
    }

    /// A number that identifies the schema in the document.
    pub fn place(self) -> usize {
        std::ptr::from_ref(self.schema).addr()
    }

    /// Whether both are the same schema object.
    pub fn same_place(self, other: Self) -> bool {
        self.place() == other.place()
    }
}

/// A schema without constraints.
fn nothing() -> &'static AnySchema {
    use std::sync::OnceLock;
    static NOTHING: OnceLock<AnySchema> = OnceLock::new();
    NOTHING.get_or_init(AnySchema::default)
}
