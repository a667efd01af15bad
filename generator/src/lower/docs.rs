//! What the document says to people.

use crate::{ir::Docs, resolve::SchemaRef};

/// The title and description of a schema. A title that only repeats is dropped where the text is written.
pub(super) fn of_schema(schema: SchemaRef<'_>) -> Docs {
    let data = schema.data();
    Docs { summary: said(data.title.as_deref()), description: said(data.description.as_deref()) }
}

/// A description alone.
pub(super) fn described(description: Option<&str>) -> Docs {
    Docs { summary: None, description: said(description) }
}

/// A summary and a description.
pub(super) fn summarised(summary: Option<&str>, description: Option<&str>) -> Docs {
    Docs { summary: said(summary), description: said(description) }
}

/// Text that says something. The first line keeps its indentation, which it may share with the others.
fn said(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim_end().trim_start_matches(['\r', '\n']))
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
