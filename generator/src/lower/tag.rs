//! Lowers tags.
//!
//! ```yaml
//! tags: [ { name: library }, { name: shelves, parent: library, description: "What holds books." } ]
//! ```
//! are the groups that operations say they belong to.

use super::{Lowering, schemas::docs};
use crate::{
    document::extension,
    ir::{Docs, Tag},
};

impl Lowering<'_> {
    /// The declared tags.
    pub(super) fn tags(&self) -> Vec<Tag> {
        self.schemas.document.tags().map(lower).collect()
    }
}

fn lower(tag: &openapiv3::Tag) -> Tag {
    let see = docs::see(tag.external_docs.as_ref());
    Tag {
        name: tag.name.clone(),
        parent: extension::parent(tag).map(str::to_owned),
        groups: extension::is_navigation(tag),
        docs: Docs { see, ..docs::described(tag.description.as_deref()) },
    }
}
