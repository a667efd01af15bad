//! Determines the base URL of the API.
//!
//! ```yaml
//! servers: [{ url: "https://{region}.example.com", variables: { region: { default: eu, enum: [eu, us] } } }]
//! ```
//! is the base URL `https://eu.example.com`, and a setter `region` on the client's builder. Of several servers, the
//! first usable one is used unless the caller chooses another, with HTTPS if it is also listed with that.

use super::{Lowering, schemas::docs};
use crate::{
    diagnostic::{Code, Diagnostic, Place},
    ir::{Server, ServerVariable},
    resolve::{OperationRef, ServerRef},
};

impl<'a> Lowering<'a> {
    /// The usable servers of the document.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let usable = usable(self.schemas.document.servers().map(lower).collect());
        if let (Some(first), true, None) =
            (self.schemas.document.servers().next(), usable.is_empty(), &self.schemas.config.client.base_url)
        {
            let message = complaint(first.url, "a client needs to be told where the API is");
            let help = "set `base_url` under `[client]` in the configuration; else `Client::new` takes it";
            let said = Diagnostic::new(Code::ServerUnusable, Place::Node(first.origin), message);
            self.schemas.push(said.help(help));
        }
        usable
    }

    /// The document's first server, if it is only a path.
    pub(super) fn base_path(&self) -> String {
        let first = self.schemas.document.servers().next();
        let first = first.map(|server| server.url.trim()).filter(|url| is_relative(url));
        let path = first.unwrap_or_default().trim_matches('/');
        if path.is_empty() { String::new() } else { format!("/{path}") }
    }

    /// The base URL of an operation with its own server.
    pub(super) fn own_server(&mut self, operation: OperationRef<'a>) -> Option<String> {
        let declared = operation.servers();
        let (origin, first) = declared.first().map(|first| (first.origin, first.url))?;
        let servers: Vec<Server> = declared.into_iter().map(lower).collect();
        let relative = servers.iter().map(Server::expanded).find(|url| is_relative(url));
        let own = usable(servers).first().map(Server::expanded).or(relative);
        if own.is_none() {
            let message = complaint(first, "the client's base URL is used");
            self.schemas.report(Code::ServerUnusable, origin, message);
        }
        own
    }
}

/// The message for a server that is not usable.
fn complaint(url: &str, outcome: &str) -> String {
    let problem = if is_relative(url) { "is relative" } else { "is not a URL that calls can be sent to" };
    format!("`{url}` {problem}; {outcome}")
}

/// Lowers a server, filling in the variables that have only one value.
fn lower(server: ServerRef<'_>) -> Server {
    let mut url = match server.url.trim() {
        // The scheme by which the document was fetched is unknown; HTTPS is safe.
        url if url.starts_with("//") => format!("https:{url}"),
        url => url.to_owned(),
    };
    let mut variables = Vec::new();
    for variable in server.variables {
        let braced = format!("{{{}}}", variable.name);
        let is_constant = variable.values.iter().all(|value| value == variable.default);
        if is_constant && !variable.values.is_empty() {
            url = url.replace(&braced, variable.default);
        } else if url.contains(&braced) {
            variables.push(ServerVariable {
                name: variable.name.to_owned(),
                default: variable.default.to_owned(),
                values: variable.values.to_vec(),
                docs: docs::described(variable.description),
            });
        }
    }
    Server {
        origin: server.origin,
        url,
        name: server.name.map(str::to_owned),
        variables,
        docs: docs::described(server.description),
    }
}

/// The usable servers, in order of preference.
fn usable(mut servers: Vec<Server>) -> Vec<Server> {
    servers.retain(|server| is_usable(&server.expanded()) || is_usable(&filled(server)));
    let bare = |server: &Server, scheme: &str| {
        server.url.strip_prefix(scheme).map(|rest| rest.trim_end_matches('/').to_owned())
    };
    let plain = servers.first().and_then(|first| bare(first, "http://"));
    let twin = plain.and_then(|plain| {
        servers.iter().position(|server| bare(server, "https://").as_ref() == Some(&plain))
    });
    if let Some(at) = twin {
        servers[..=at].rotate_right(1);
    }
    servers
}

/// The URL with a placeholder for each variable without a default, which the caller must set.
fn filled(server: &Server) -> String {
    let mut server = server.clone();
    for variable in server.variables.iter_mut().filter(|variable| variable.default.is_empty()) {
        let is_whole = server.url.starts_with(&format!("{{{}}}", variable.name));
        variable.default = if is_whole { "https://x" } else { "x" }.to_owned();
    }
    server.expanded()
}

/// Whether it is an absolute HTTP URL that paths can be appended to.
fn is_usable(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        && !authority.is_empty()
        && !authority.contains('@')
        && !rest.contains(['{', '}', '?', '#'])
}

/// Whether it is a relative URL.
fn is_relative(url: &str) -> bool {
    !url.is_empty() && !url.contains(['{', '}', '?', '#', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, NodeId};

    fn first(urls: &[&str]) -> Option<String> {
        let server = |url: &&str| {
            let origin = NodeId::root(FileId(0));
            lower(ServerRef { origin, url, name: None, description: None, variables: Vec::new() })
        };
        usable(urls.iter().map(server).collect()).first().map(Server::expanded)
    }

    #[test]
    fn the_first_usable_server_is_used() {
        for (urls, expected) in [
            (&["/v1", "https://a"][..], Some("https://a")),
            (&["https://{x}.a", "https://b"], Some("https://b")),
            (&["http://a/", "http://b", "https://a"], Some("https://a")),
            (&["http://a", "https://b"], Some("http://a")),
            (&["//a/b"], Some("https://a/b")),
            (&["ftp://a", "https://", "https://u:p@a", "https://a?b", "a.example"], None),
            (&[], None),
        ] {
            assert_eq!(first(urls).as_deref(), expected, "{urls:?}");
        }
    }
}
