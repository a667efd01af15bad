//! Bodies of several parts.
//!
//! ```yaml
//! multipart/form-data:
//!   schema: { type: object, required: [file], properties: { file: { type: string, format: binary } } }
//! ```
//! is `struct { file: File }`, written part by part and never as JSON.

use openapiv3::MediaType;

use super::{
    Lowering,
    class::Class,
    merged::{Merged, Property},
    record::access,
};
use crate::{
    ir::{Access, Field, Multipart, Part, Presence, Role, Shape, Type, TypeId, Usage, UsageParent},
    resolve::SchemaRef,
};

/// How many alternatives within alternatives are asked for files.
const MAX_NESTED: usize = 8;

impl<'a> Lowering<'a> {
    /// The parts of a form, as a type of their own; `None` if the schema names no properties.
    pub(super) fn lower_multipart(
        &mut self,
        schema: SchemaRef<'a>,
        media: &'a MediaType,
        usage: Usage,
    ) -> Option<TypeId> {
        if let Some(known) = self.forms.get(&schema.place()) {
            return Some(*known);
        }
        let branches = self.flatten_through(schema, None);
        let Class::Record(merged) = self.merge_form(schema, &branches) else { return None };
        let usage = schema.name().map_or(usage, |name| Usage::Component(name.to_owned()));
        let id = self.declare(schema.origin(), usage, self.docs_of(schema), schema.data().deprecated);
        self.forms.insert(schema.place(), id);
        self.merged.extend(schema.name());
        let parts = self.lower_parts(merged, media, id);
        self.define(id, Shape::Multipart(Multipart { parts }));
        Some(id)
    }

    /// What the branches of a form name; alternatives are all possible at once.
    fn merge_form(&mut self, schema: SchemaRef<'a>, branches: &[super::all_of::Branch<'a>]) -> Class<'a> {
        let mut merged = Merged::default();
        for branch in branches {
            self.merge_object(*branch, &mut merged);
            let members = self.alternatives(branch.schema).map(|found| found.members).unwrap_or_default();
            for member in members {
                let mut optional = Merged::default();
                for inner in self.flatten_through(member, None) {
                    self.merge_object(inner, &mut optional);
                }
                for (wire, property) in optional.properties {
                    merged.properties.entry(wire).or_insert(property);
                }
            }
        }
        if merged.properties.is_empty() {
            return self.classify_type(schema);
        }
        Class::Record(merged)
    }

    fn lower_parts(&mut self, merged: Merged<'a>, media: &'a MediaType, id: TypeId) -> Vec<Part> {
        let required = merged.required;
        let mut parts = Vec::new();
        for (wire, property) in &merged.properties {
            if access(&self.annotating(property.schemas[0].schema)) == Access::ReadOnly {
                continue;
            }
            let encoding = media.encoding.get(*wire);
            let media_type = encoding.and_then(|encoding| encoding.content_type.clone());
            let field = self.lower_part(wire, property, required.contains(wire), id);
            // A list of media types is the caller's choice, which only a file has.
            let one = |name: &String| !name.contains([',', '*']);
            parts.push(Part { field, media_type: media_type.filter(one) });
        }
        parts
    }

    fn lower_part(&mut self, wire: &str, property: &Property<'a>, required: bool, id: TypeId) -> Field {
        let schema = property.schemas[0].schema;
        let usage =
            Usage::Inline { parent: UsageParent::Type(id), roles: vec![Role::Property(wire.to_owned())] };
        let ty = match self.file(schema) {
            Some(file) => file,
            None => self.lower_value(schema, usage),
        };
        let presence = if required { Presence::Required } else { Presence::Optional };
        let docs = if schema.name().is_some() { Default::default() } else { self.docs_of(schema) };
        Field {
            origin: schema.origin(),
            wire: wire.to_owned(),
            ty,
            presence,
            access: Access::Both,
            docs,
            deprecated: schema.data().deprecated && schema.name().is_none(),
            default: None,
        }
    }

    /// The content of a file, or several: of a schema that says so, or has that among its alternatives.
    pub(super) fn file(&mut self, schema: SchemaRef<'a>) -> Option<Type> {
        self.file_within(schema, 0)
    }

    fn file_within(&mut self, schema: SchemaRef<'a>, depth: usize) -> Option<Type> {
        if self.is_binary(schema) {
            return Some(Type::File);
        }
        if depth < MAX_NESTED
            && let Some(alternatives) = self.alternatives(schema)
        {
            return self.file_among(&alternatives.members, depth);
        }
        let items = self.only_branch(schema).filter(|one| one.kind().typ.as_deref() == Some("array"))?;
        let items = self.document.boxed_schema(items.kind().items.as_ref()?)?;
        self.is_binary(items).then(|| Type::List(Box::new(Type::File)))
    }

    /// A file among alternatives, all others of which are texts, which a file can be as well. Several files are as many
    /// parts, so that one is a list of one.
    fn file_among(&mut self, members: &[SchemaRef<'a>], depth: usize) -> Option<Type> {
        let mut found = None;
        for member in members {
            match self.file_within(*member, depth + 1) {
                Some(Type::File) => found = found.or(Some(Type::File)),
                Some(files) => found = Some(files),
                None if self.has_type(*member, "string") => {}
                None => return None,
            }
        }
        found
    }

    /// Whether values are bytes as they are.
    pub(super) fn is_binary(&mut self, schema: SchemaRef<'a>) -> bool {
        let Some(only) = self.only_branch(schema) else { return false };
        matches!(
            (only.kind().typ.as_deref(), only.kind().format.as_deref()),
            (Some("string") | None, Some("binary"))
        )
    }

    /// What alone speaks of a place.
    fn only_branch(&mut self, schema: SchemaRef<'a>) -> Option<SchemaRef<'a>> {
        match self.flatten_through(schema, None).as_slice() {
            [only] => Some(only.schema),
            _ => None,
        }
    }
}
