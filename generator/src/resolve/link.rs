//! Links.

use openapiv3::ExternalDocumentation;

/// A link to documentation elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct LinkRef<'a> {
    /// The address.
    pub url: &'a str,
    /// What is there.
    pub description: Option<&'a str>,
}

impl<'a> LinkRef<'a> {
    pub(super) fn new(link: &'a ExternalDocumentation) -> Self {
        Self { url: &link.url, description: link.description.as_deref() }
    }
}
