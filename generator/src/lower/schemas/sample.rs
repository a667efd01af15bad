//! Makes values of schemas, for the calls that `tests` in the configuration asks for.
//!
//! ```yaml
//! type: object
//! required: [name, age]
//! properties: { name: { type: string, example: Ann }, age: { type: integer, minimum: 18 }, note: { type: string } }
//! ```
//! is `{"name": "Ann", "age": 18}`. What the document gives comes first: `example`, `default`, `enum`. Everything else
//! is made from type, format and limits. Of optional parts there are only those that the document gives a value for.

mod alternative;
mod fits;
mod made;
mod number;
mod pattern;
mod text;

use made::Maker;
use serde_json::Value;

use super::Schemas;
use crate::resolve::{MediaTypeRef, ParameterRef};

impl<'a> Schemas<'a> {
    /// A value for a parameter. If the parameter is optional, only one that the document gives.
    pub(in crate::lower) fn sample_of_parameter(&self, parameter: ParameterRef<'a>) -> Option<Value> {
        if !self.config.tests || (parameter.is_deprecated() && !parameter.is_required()) {
            return None;
        }
        let mut maker = Maker::new(self);
        let schema = parameter.schema();
        let own = parameter.example().filter(|value| schema.is_none_or(|schema| maker.fits(schema, value)));
        let value = match (own, parameter.is_required()) {
            (Some(own), _) => Some(own.clone()),
            (None, true) => maker.value(schema?),
            (None, false) => maker.given(schema?),
        };
        value.filter(|value| !is_empty(value))
    }

    /// A value for a body in a media type.
    pub(in crate::lower) fn sample_of_body(&self, media: MediaTypeRef<'a>) -> Option<Value> {
        if !self.config.tests {
            return None;
        }
        let mut maker = Maker::new(self);
        let schema = media.schema();
        let own = media.example().filter(|value| !made::is_long(value));
        let own = own.filter(|value| schema.is_none_or(|schema| maker.fits(schema, value)));
        own.cloned().or_else(|| maker.value(schema?))
    }
}

/// Whether nothing of a value would be sent in a path, a query or a header.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
