//! Lowers tags.
//!
//! ```yaml
//! tags: [ { name: library }, { name: shelves, parent: library, description: "What holds books." } ]
//! ```
//! are the groups that operations say they belong to.

use super::{Lowering, schemas::docs};
use crate::{
    ir::{Docs, Tag},
    resolve::TagRef,
};

impl Lowering<'_> {
    /// The declared tags.
    pub(super) fn tags(&self) -> Vec<Tag> {
        self.schemas.document.tags().map(lower).collect()
    }
}

fn lower(tag: TagRef<'_>) -> Tag {
    Tag {
        name: tag.name.to_owned(),
        parent: tag.parent.map(str::to_owned),
        groups: tag.kind.is_none_or(|kind| kind == "nav"),
        docs: Docs { see: docs::see(tag.external_docs), ..docs::described(tag.description) },
    }
}
