//! Names servers: `Server::Sandbox`.
//!
//! A server's own name comes first (OpenAPI 3.2), then a short description without words that say nothing, as
//! `Sandbox server`, then its host without what the hosts of APIs have in common: `sandbox` of
//! `https://api.sandbox.example.com`. A name depends on its server alone, so that a further one with another name
//! renames none.

use super::{
    scope::{Scope, Wanted},
    table::Names,
};
use crate::{
    ir::{Api, Server},
    language::words::words_of,
};

/// Words that descriptions of servers say beside what the server is.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "and",
    "api",
    "apis",
    "base",
    "endpoint",
    "env",
    "environment",
    "for",
    "host",
    "instance",
    "is",
    "of",
    "our",
    "rest",
    "server",
    "servers",
    "the",
    "this",
    "uri",
    "url",
    "use",
    "your",
];

/// The most words of a description that make a name.
const MOST: usize = 4;

/// Claims a variant for each server.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let wanted =
        api.servers.iter().map(|server| Wanted { text: text(server), otherwise: Some(host(&server.url)) });
    names.servers = Scope::new().camels(&wanted.collect::<Vec<_>>());
}

fn text(server: &Server) -> String {
    let own = server.name.clone().filter(|name| !words_of(name).is_empty());
    let described = || short(server.docs.description.as_deref()?);
    own.or_else(described).unwrap_or_else(|| host(&server.url))
}

/// The words of a description that say which server it is, if they are few.
fn short(description: &str) -> Option<String> {
    let first = description.split(['.', ',', ';', '(', '\n']).next().unwrap_or_default();
    let first = first.split(" - ").next().unwrap_or_default();
    let words = words_of(first);
    let telling: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !FILLERS.contains(word)).collect();
    (1..=MOST).contains(&telling.len()).then(|| telling.join(" "))
}

/// The parts of a URL's host that the hosts of other APIs do not have, else `default`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    let labels: Vec<&str> = host.split('.').collect();
    let is_address = labels.last().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    let own = match labels.len() {
        0..=2 if !host.contains('.') => labels.len(),
        count if is_address => count,
        count => count.saturating_sub(2),
    };
    let telling = labels[..own].iter().filter(|label| !matches!(**label, "api" | "www"));
    let telling = telling.map(|label| label.trim_matches(['{', '}'])).collect::<Vec<_>>().join(" ");
    if words_of(&telling).is_empty() { "default".to_owned() } else { telling }
}

#[cfg(test)]
mod tests {
    use super::{host, short};

    #[test]
    fn a_description_says_which_server_it_is() {
        for (description, expected) in [
            ("Sandbox server", Some("sandbox")),
            ("The production API (uses live data)", Some("production")),
            ("EU cluster. Data stays there.", Some("eu cluster")),
            ("Server - main", None),
            ("The server of the API", None),
            ("Everything that you read and write there is gone tomorrow", None),
        ] {
            assert_eq!(short(description).as_deref(), expected, "{description}");
        }
    }

    #[test]
    fn a_host_says_which_server_it_is() {
        for (url, expected) in [
            ("https://api.sandbox.example.com/v1", "sandbox"),
            ("https://api.example.com", "default"),
            ("https://example.com", "default"),
            ("https://{region}.api.example.com", "region"),
            ("http://localhost:8080", "localhost"),
            ("http://127.0.0.1:8080", "127 0 0 1"),
            ("https://api-m.eu.example.com", "api-m eu"),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
