//! What kind of type a schema is, before any of its parts is lowered.
//!
//! The chain in [`Lowering::classify`] is the order in which keywords win: a reference, then a list of
//! constants, then alternatives, then properties, then `type`.

use openapiv3::AnySchema;

use super::{Lowering, all_of::Merged, enumeration::Constants};
use crate::{
    diagnostic::Code,
    ir::{Integer, Primitive},
    resolve::SchemaRef,
};

/// What kind of type a schema is.
pub(super) enum Class<'a> {
    /// Nothing but another schema.
    Same(SchemaRef<'a>),
    /// A list of constants.
    Enumeration(Constants),
    /// One of several schemas.
    Union(Alternatives<'a>),
    /// An object with known properties.
    Record(Merged<'a>),
    /// An object whose keys are data.
    Map(Option<SchemaRef<'a>>),
    /// An array.
    List(Option<SchemaRef<'a>>),
    /// A scalar.
    Primitive(Primitive),
    /// Any JSON value.
    Any,
}

/// The schemas of a `oneOf` or `anyOf`.
pub(super) struct Alternatives<'a> {
    /// The schema that has them.
    pub schema: SchemaRef<'a>,
    /// The schemas, without `null`.
    pub members: Vec<SchemaRef<'a>>,
}

impl<'a> Lowering<'a> {
    /// Says what kind of type this is. Looks through references only where `allOf` asks for it.
    pub(super) fn classify(&mut self, schema: SchemaRef<'a>) -> Class<'a> {
        if let Some(constants) = self.constants(schema) {
            return Class::Enumeration(constants);
        }
        let kind = schema.kind();
        if !kind.all_of.is_empty() {
            return self.classify_all_of(schema);
        }
        let alternatives = self.alternatives(schema);
        match alternatives {
            Some(_) if has_object_keywords(kind) => self.classify_all_of(schema),
            Some(mut alternatives) if alternatives.members.len() == 1 => {
                alternatives.members.pop().map_or(Class::Any, Class::Same)
            }
            Some(alternatives) => Class::Union(alternatives),
            None => self.classify_type(schema),
        }
    }

    /// The members of `oneOf`, else of `anyOf`.
    pub(super) fn alternatives(&mut self, schema: SchemaRef<'a>) -> Option<Alternatives<'a>> {
        let kind = schema.kind();
        let members = if kind.one_of.is_empty() { &kind.any_of } else { &kind.one_of };
        if members.is_empty() {
            return None;
        }
        let members = members.iter().filter_map(|member| self.document.schema(member)).collect();
        Some(Alternatives { schema, members })
    }

    /// By `type` alone.
    pub(super) fn classify_type(&mut self, schema: SchemaRef<'a>) -> Class<'a> {
        let kind = schema.kind();
        if has_object_keywords(kind) || kind.typ.as_deref() == Some("object") {
            return self.classify_object(schema);
        }
        match kind.typ.as_deref() {
            Some("array") => {
                Class::List(kind.items.as_ref().and_then(|items| self.document.boxed_schema(items)))
            }
            Some("string") => Class::Primitive(Primitive::String),
            Some("boolean") => Class::Primitive(Primitive::Bool),
            Some("number") => Class::Primitive(Primitive::Float),
            Some("integer") => Class::Primitive(Primitive::Integer(integer(kind.format.as_deref()))),
            Some("null") | None => Class::Any,
            Some(other) => {
                let message = format!("no type is called `{other}`; any JSON value is taken");
                self.report(Code::SchemaDegraded, schema.origin(), message);
                Class::Any
            }
        }
    }
}

/// Whether the schema speaks of properties.
pub(super) fn has_object_keywords(kind: &AnySchema) -> bool {
    !kind.properties.is_empty() || !kind.required.is_empty() || kind.additional_properties.is_some()
}

/// The width of `type: integer` with this `format`.
fn integer(format: Option<&str>) -> Integer {
    match format {
        Some("int8") => Integer::I8,
        Some("int16") => Integer::I16,
        Some("int32") => Integer::I32,
        Some("uint8") => Integer::U8,
        Some("uint16") => Integer::U16,
        Some("uint32" | "uint") => Integer::U32,
        Some("uint64") => Integer::U64,
        Some(_) | None => Integer::I64,
    }
}
