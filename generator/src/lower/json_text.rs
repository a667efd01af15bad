//! Lowers what strings hold, where that is JSON with a schema (JSON Schema 2020-12 section 8.5).
//!
//! ```yaml
//! label: { type: string, contentMediaType: application/json, contentSchema: { $ref: "#/components/schemas/Label" } }
//! ```
//! is a `String`, with a `Label` that can be read from it. What came is kept to the byte, as of any string; a type that
//! reads and writes what is inside would lose its spaces and the order of its members.

use std::collections::HashSet;

use super::{Lowering, media::is_json};
use crate::{
    diagnostic::Code,
    ir::{Origin, Type, Usage},
    resolve::SchemaRef,
};

/// The strings with JSON in them that were met.
#[derive(Default)]
pub(super) struct JsonTexts {
    /// The place of each that became a string.
    met: Vec<(usize, Origin)>,
    /// The places of those whose content got a type.
    typed: HashSet<usize>,
}

impl JsonTexts {
    /// Remembers a schema that became a type without a declaration.
    pub(super) fn meet(&mut self, schema: SchemaRef<'_>) {
        if let Some(content) = content(schema) {
            self.met.push((schema.place(), content.origin()));
        }
    }
}

impl<'a> Lowering<'a> {
    /// The type of the JSON in a string that these schemas are about.
    pub(super) fn lower_json_text(&mut self, schemas: &[SchemaRef<'a>], usage: &Usage) -> Option<Type> {
        let (place, content) = schemas.iter().find_map(|schema| Some((schema.place(), content(*schema)?)))?;
        self.json_texts.typed.insert(place);
        Some(self.lower(content, usage.clone()))
    }

    /// Reports the strings whose content got no type.
    pub(super) fn untyped_json_texts(&mut self) {
        let JsonTexts { met, typed } = std::mem::take(&mut self.json_texts);
        for (_, origin) in met.into_iter().filter(|(place, _)| !typed.contains(place)) {
            let message =
                "`contentSchema` is expressed by a type only in properties and in the data of events";
            self.schemas.report(Code::UnsupportedKeyword, origin, message);
        }
    }
}

/// The schema of the JSON in a string.
pub(super) fn content(schema: SchemaRef<'_>) -> Option<SchemaRef<'_>> {
    schema.content_schema().filter(|_| schema.content_media_type().is_some_and(is_json))
}
