//! Whether a schema allows a value, as far as its common keywords say: examples of documents are often out of date.
//! Patterns and formats are not looked at.

use serde_json::{Map, Value};

use super::{made::Maker, number::Limits};
use crate::resolve::{Additional, Members, SchemaRef};

/// How deep a value is looked at; what is deeper is taken to fit.
const DEEPEST: usize = 32;

impl<'a> Maker<'_, 'a> {
    /// Whether a schema allows a value in a request.
    pub(super) fn fits(&self, schema: SchemaRef<'a>, value: &Value) -> bool {
        self.fits_at(schema, value, 0)
    }

    fn fits_at(&self, schema: SchemaRef<'a>, value: &Value, depth: usize) -> bool {
        if depth > DEEPEST {
            return true;
        }
        let parts = self.parts(schema);
        parts.iter().all(|part| self.fits_part(*part, &parts, value, depth))
    }

    /// Whether a part allows a value, without its own `allOf`, whose branches are other parts.
    fn fits_part(&self, part: SchemaRef<'a>, parts: &[SchemaRef<'a>], value: &Value, depth: usize) -> bool {
        let constants = part.enumeration();
        if !constants.is_empty() && !constants.contains(value) {
            return false;
        }
        let any = |members: Members<'a>| {
            members.is_empty() || members.iter().any(|member| self.fits_at(member, value, depth + 1))
        };
        let fits_type = match value {
            Value::Object(members) => {
                is_one_of(part.typ(), &["object"]) && self.fits_object(part, parts, members, depth)
            }
            Value::Null => {
                let is_null = |part: &SchemaRef<'a>| part.is_nullable() || part.is_type("null");
                part.typ().is_none() || parts.iter().any(is_null)
            }
            value => self.fits_type(part, value, depth),
        };
        fits_type && any(part.one_of()) && any(part.any_of())
    }

    /// Whether the type and the limits of a part allow a scalar or a list.
    fn fits_type(&self, schema: SchemaRef<'a>, value: &Value, depth: usize) -> bool {
        match (value, schema.typ()) {
            (Value::Null | Value::Object(_), _) => true,
            (Value::Bool(_), typ) => is_one_of(typ, &["boolean"]),
            (Value::Number(number), typ) => {
                let is_whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
                let types: &[&str] = if is_whole { &["integer", "number"] } else { &["number"] };
                is_one_of(typ, types) && Limits::of(&[schema]).allow(number.as_f64().unwrap_or(0.0))
            }
            (Value::String(text), typ) => is_one_of(typ, &["string"]) && fits_text(schema, text),
            (Value::Array(items), typ) => {
                let is_fitting =
                    |item: &Value| schema.items().is_none_or(|of| self.fits_at(of, item, depth + 1));
                is_one_of(typ, &["array"])
                    && items.len() >= schema.min_items().unwrap_or(0)
                    && items.len() <= schema.max_items().unwrap_or(usize::MAX)
                    && (schema.is_tuple() || items.iter().all(is_fitting))
            }
        }
    }

    fn fits_object(
        &self,
        schema: SchemaRef<'a>,
        parts: &[SchemaRef<'a>],
        members: &Map<String, Value>,
        depth: usize,
    ) -> bool {
        let is_set_by_server =
            |name: &String| parts.iter().any(|part| part.property(name).is_some_and(SchemaRef::is_read_only));
        let is_there = |name: &String| members.contains_key(name) || is_set_by_server(name);
        let allows = |(name, value): (&String, &Value)| match (schema.property(name), schema.additional()) {
            (Some(property), _) => self.fits_at(property, value, depth + 1),
            (None, Additional::Typed(of)) => self.fits_at(of, value, depth + 1),
            (None, Additional::Forbidden) => false,
            (None, Additional::Unspecified) => true,
        };
        schema.required().iter().all(is_there)
            && members.len() >= schema.min_properties().unwrap_or(0)
            && members.iter().all(allows)
    }
}

/// Whether a stated type is one of these, or no type is stated.
fn is_one_of(typ: Option<&str>, types: &[&str]) -> bool {
    typ.is_none_or(|typ| types.contains(&typ))
}

fn fits_text(schema: SchemaRef<'_>, text: &str) -> bool {
    let length = text.chars().count();
    length >= schema.min_length().unwrap_or(0) && length <= schema.max_length().unwrap_or(usize::MAX)
}
