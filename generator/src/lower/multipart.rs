//! Lowers multipart bodies.
//!
//! ```yaml
//! multipart/form-data:
//!   schema: { type: object, required: [file], properties: { file: { type: string, format: binary } } }
//! ```
//! is `struct { file: File }`, written part by part and never as JSON. If the schema names no parts or allows others,
//! `extra` holds parts by name.

use super::{
    Lowering, json_text,
    media::{Rank, rank},
    parameter::{constant_header, query_style},
    record::{access, is_password},
    schema::inline,
    schemas::merged::{Merged, Property},
};
use crate::{
    diagnostic::Code,
    ir::{
        Access, Field, Multipart, Part, PartHeader, Presence, Primitive, Role, Shape, Style, Type, TypeId,
        Usage,
    },
    resolve::{EncodingRef, MediaTypeRef, QueryStyle, SchemaRef},
};

impl<'a> Lowering<'a> {
    /// The parts of a form as a declared type; `None` if the schema does not describe an object.
    pub(super) fn lower_multipart(
        &mut self,
        schema: SchemaRef<'a>,
        media: MediaTypeRef<'a>,
        usage: Usage,
    ) -> Option<TypeId> {
        if let Some(known) = self.forms.get(&schema.place()) {
            return Some(*known);
        }
        let branches = self.schemas.flatten_through(schema, None);
        let merged = self.schemas.merge_form(schema, &branches)?;
        let usage = schema.name().map_or(usage, |name| Usage::Component(name.to_owned()));
        let id = self.declare(schema.origin(), usage, self.schemas.docs_of(schema), schema.is_deprecated());
        self.forms.insert(schema.place(), id);
        self.schemas.merge_in(schema.name());
        let rest = self.lower_rest(&merged, id);
        let parts = self.lower_parts(merged, media, id);
        self.define(id, Shape::Multipart(Multipart { parts, rest }));
        Some(id)
    }

    /// The type of parts that the form does not name: as declared, or files if it names none.
    fn lower_rest(&mut self, merged: &Merged<'a>, id: TypeId) -> Option<Type> {
        let Some(first) = merged.additional.first() else {
            return (merged.properties.is_empty() && !merged.closed).then_some(Type::File);
        };
        let file = self.schemas.file(first.schema);
        Some(file.unwrap_or_else(|| self.lower_all(&merged.additional, inline(id, vec![Role::Value]))))
    }

    fn lower_parts(&mut self, merged: Merged<'a>, media: MediaTypeRef<'a>, id: TypeId) -> Vec<Part> {
        let required = merged.required;
        let mut parts = Vec::new();
        for (wire, property) in &merged.properties {
            if access(&self.schemas.annotating(property.schemas[0].schema)) == Access::ReadOnly {
                continue;
            }
            let presence = if required.contains(wire) { Presence::Required } else { Presence::Optional };
            parts.push(self.lower_part(wire, property, media.encoding(wire), presence, id));
        }
        parts
    }

    fn lower_part(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        encoding: Option<EncodingRef<'a>>,
        presence: Presence,
        id: TypeId,
    ) -> Part {
        let schema = property.schemas[0].schema;
        let stated = encoding.and_then(|encoding| encoding.content_type().map(str::to_owned));
        let field = self.lower_part_field(wire, property, stated.as_deref(), presence, id);
        let is_file = is_file(&field.ty);
        let style = encoding.and_then(part_style).filter(|_| !is_file);
        let content = self.schemas.content_media_type(schema).filter(|_| stated.is_none());
        // JSON already in a string is not encoded again.
        let is_json_text = content.as_deref().is_some_and(|name| rank(name) == Rank::Json)
            && is_text(&field.ty)
            && !self.schemas.annotating(schema).into_iter().any(|said| json_text::content(said).is_some());
        let media_type = stated.or(content);
        let (media_type, offered) = match media_type {
            Some(name) if style.is_some() => {
                let message = format!("`{name}` is left out: a part with a `style` is text");
                self.schemas.report(Code::MediaTypeDegraded, schema.origin(), message);
                (None, Vec::new())
            }
            Some(names) if is_file && names.contains([',', '*']) => {
                (None, names.split(',').map(|name| name.trim().to_owned()).collect())
            }
            other => (other.filter(|name| self.is_written_in(name, schema)), Vec::new()),
        };
        let headers = encoding.map(|encoding| self.part_headers(encoding, is_file)).unwrap_or_default();
        let style = style.or(is_json_text.then_some(Style::FormExplode));
        Part { field, media_type, offered, style, headers }
    }

    /// The headers of a part. Those with several possible values can only be set on a file.
    fn part_headers(&mut self, encoding: EncodingRef<'a>, is_file: bool) -> Vec<PartHeader> {
        let mut headers = Vec::new();
        for (name, header) in encoding.headers() {
            let is_own =
                name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case("content-disposition");
            if is_own {
                continue;
            }
            let constant = constant_header(header);
            let can_be =
                is_token(name) && constant.as_ref().is_none_or(|text| !text.contains(char::is_control));
            if !can_be || (constant.is_none() && !is_file) {
                let why = if can_be { "of a part that is not a file" } else { "can be none, and" };
                let message = format!("the header `{name}` {why} is not sent");
                self.schemas.report(Code::ParameterDegraded, header.origin(), message);
                continue;
            }
            headers.push(PartHeader { name: name.to_owned(), constant });
        }
        headers
    }

    /// Whether a part is sent in the given media type. The caller can choose from a list only for files; an object is
    /// JSON.
    fn is_written_in(&mut self, media_type: &str, schema: SchemaRef<'a>) -> bool {
        if !self.schemas.is_structured(schema) || rank(media_type) == Rank::Json {
            return !media_type.contains([',', '*']);
        }
        let message = format!("an object is sent as JSON in this part, and not in `{media_type}`");
        self.schemas.report(Code::MediaTypeDegraded, schema.origin(), message);
        false
    }

    fn lower_part_field(
        &mut self,
        wire: &str,
        property: &Property<'a>,
        media_type: Option<&str>,
        presence: Presence,
        id: TypeId,
    ) -> Field {
        let schema = property.schemas[0].schema;
        let usage = inline(id, vec![Role::Property(wire.to_owned())]);
        let ty =
            match self.schemas.file(schema).or_else(|| self.schemas.bytes_by_encoding(schema, media_type)) {
                Some(file) => file,
                // a part is the text itself: the JSON in it is that of the part
                None => match self.lower_json_text(&self.schemas.annotating(schema), &usage) {
                    Some(json) => json,
                    None => self.lower_value(schema, usage),
                },
            };
        let docs = if schema.name().is_some() { Default::default() } else { self.schemas.docs_of(schema) };
        Field {
            origin: schema.origin(),
            wire: wire.to_owned(),
            ty,
            json: None,
            presence,
            access: Access::Both,
            is_secret: self
                .schemas
                .annotating(schema)
                .iter()
                .any(|said| said.is_write_only() || is_password(said)),
            docs,
            deprecated: schema.is_deprecated() && schema.name().is_none(),
            default: None,
            constant: None,
        }
    }
}

/// Whether a part is one or more strings.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::List(item) | Type::Nullable(item) => is_text(item),
        ty => *ty == Type::Primitive(Primitive::String),
    }
}

/// Whether a part is one or more files.
fn is_file(ty: &Type) -> bool {
    match ty {
        Type::List(item) => **item == Type::File,
        ty => *ty == Type::File,
    }
}

/// Whether a text is a valid header name (RFC 9110 §5.6.2).
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// The style of a part, if it has one; its media type then has no effect (OpenAPI 3.1.1 §4.8.15.1.2).
fn part_style(encoding: EncodingRef<'_>) -> Option<Style> {
    let is_stated = encoding.style().is_some() || !encoding.explode() || encoding.allows_reserved();
    let style = encoding.style().unwrap_or(QueryStyle::Form);
    is_stated.then(|| query_style(style, Some(encoding.explode())))
}
