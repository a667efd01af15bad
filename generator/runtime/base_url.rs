// needs: operation | crates: url
//! Where an API is.

use url::Url;

use super::operation::Operation;

/// A base URL that paths are appended to.
#[derive(Clone, Debug)]
pub(super) struct BaseUrl {
    /// Without a slash at its end.
    url: String,
    /// The caller chose it, and it holds for operations that have a server of their own too.
    chosen: bool,
}

impl BaseUrl {
    /// Takes an absolute HTTP URL, which may have a path; what it may not have is named in the error.
    pub(super) fn parse(text: &str, chosen: bool) -> Result<Self, String> {
        let url = Url::parse(text.trim()).map_err(|error| error.to_string())?;
        let problem = if !matches!(url.scheme(), "http" | "https") {
            "it is neither http nor https"
        } else if !url.username().is_empty() || url.password().is_some() {
            "it holds a user or password; give them as a credential"
        } else if url.query().is_some() || url.fragment().is_some() {
            "it has a query or a fragment"
        } else {
            return Ok(Self { url: url.as_str().trim_end_matches('/').to_owned(), chosen });
        };
        Err(problem.to_owned())
    }

    /// The URL.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The base URL of an operation.
    pub(super) fn of(&self, operation: &Operation) -> &str {
        match operation.server {
            Some(server) if !self.chosen => server.trim_end_matches('/'),
            _ => &self.url,
        }
    }
}
