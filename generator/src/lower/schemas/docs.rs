//! Descriptions, and other annotations of a place that do not constrain its values.
//!
//! ```yaml
//! allOf: [ { $ref: "#/components/schemas/Arn" }, { description: The ARN of the certificate., readOnly: true } ]
//! ```
//! is an `Arn` with that text, set only by the server: a branch of an `allOf` describes the whole place.

use super::{Schemas, all_of::constrains};
use crate::{
    ir::{Docs, See},
    resolve::{LinkRef, Members, SchemaRef},
};

/// The maximum depth of branches searched for annotations.
const MAX_DEPTH: usize = 16;

impl<'a> Schemas<'a> {
    /// The title and description of a schema: its own, or those of its branches. A redundant title is dropped on
    /// emission.
    pub(in crate::lower) fn docs_of(&self, schema: SchemaRef<'a>) -> Docs {
        let mut said: Vec<SchemaRef<'a>> = self.annotating(schema);
        said.retain(|one| one.same_place(schema) || one.name().is_none());
        // A branch with only annotations describes the place, any other the part that it adds.
        said.sort_by_key(|one| !one.same_place(schema) && constrains(*one));
        let first =
            |text: fn(SchemaRef<'a>) -> Option<&'a str>| said.iter().find_map(|one| self::said(text(*one)));
        Docs {
            summary: first(|one| one.title()),
            description: first(|one| one.description()),
            see: said.iter().find_map(|one| see(one.external_docs())),
        }
    }

    /// The schemas that annotate a place: the schema there, then the branches of its `allOf` or its only alternative;
    /// a component is not searched further.
    pub(in crate::lower) fn annotating(&self, schema: SchemaRef<'a>) -> Vec<SchemaRef<'a>> {
        let mut found = vec![schema];
        self.annotating_branches(schema, &mut found, 0);
        found
    }

    fn annotating_branches(&self, schema: SchemaRef<'a>, found: &mut Vec<SchemaRef<'a>>, depth: usize) {
        // The member beside `null` is the only alternative.
        let lists = [schema.one_of(), schema.any_of()].into_iter().filter(|members| members.len() == 1);
        for branch in schema.all_of().iter().chain(lists.flat_map(Members::iter)) {
            found.push(branch);
            if branch.name().is_none() && depth < MAX_DEPTH {
                self.annotating_branches(branch, found, depth + 1);
            }
        }
    }
}

/// Docs from a description alone.
pub(in crate::lower) fn described(description: Option<&str>) -> Docs {
    summarised(None, description)
}

/// Docs from a summary and a description.
pub(in crate::lower) fn summarised(summary: Option<&str>, description: Option<&str>) -> Docs {
    Docs { summary: said(summary), description: said(description), see: None }
}

/// A link to more information.
pub(in crate::lower) fn see(external: Option<LinkRef<'_>>) -> Option<See> {
    let external = external?;
    Some(See { url: said(Some(external.url))?, description: said(external.description) })
}

/// Text, unless it is blank. The first line keeps its indentation, which the others may share.
fn said(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim_end().trim_start_matches(['\r', '\n']))
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
