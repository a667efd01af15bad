//! What the content of a body is, as far as its schema shows.

use super::{Schemas, all_of::Branch, merged::Merged};
use crate::resolve::{MediaTypeRef, SchemaRef};

impl<'a> Schemas<'a> {
    /// Whether a schema describes an object, as far as its keywords show.
    pub(in crate::lower) fn is_structured(&self, schema: SchemaRef<'a>) -> bool {
        self.has_type(schema, "object")
    }

    /// Whether the values of a media type are objects, as far as its schema shows.
    pub(in crate::lower) fn holds_object(&self, media: MediaTypeRef<'a>) -> bool {
        media.schema().is_some_and(|schema| self.is_structured(schema))
    }

    /// Whether a property of a form is a file.
    pub(in crate::lower) fn has_file(&self, media: MediaTypeRef<'a>) -> bool {
        let Some(schema) = media.schema() else { return false };
        let branches = self.flatten_through(schema, None);
        let mut properties = branches.iter().flat_map(|branch| branch.schema.properties());
        properties.any(|(_, property)| self.file(property).is_some())
    }

    /// Merges the branches of a form; alternatives are all allowed at once.
    pub(in crate::lower) fn merge_form(
        &self,
        schema: SchemaRef<'a>,
        branches: &[Branch<'a>],
    ) -> Option<Merged<'a>> {
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
        let names_parts = !merged.properties.is_empty() || !merged.additional.is_empty();
        (names_parts || self.has_type(schema, "object")).then_some(merged)
    }
}
