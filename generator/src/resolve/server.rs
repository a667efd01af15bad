//! Servers and security schemes.

use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityScheme, Server};

use super::Document;
use crate::source::NodeId;

/// A server.
#[derive(Clone, Debug)]
pub struct ServerRef<'a> {
    /// Where it was written.
    pub origin: NodeId,
    /// Its URL, with variables in braces.
    pub url: &'a str,
    /// Its name (OpenAPI 3.2 §4.6).
    pub name: Option<&'a str>,
    /// Its description.
    pub description: Option<&'a str>,
    /// The variables of the URL.
    pub variables: Vec<VariableRef<'a>>,
}

/// A variable of a server's URL.
#[derive(Clone, Copy, Debug)]
pub struct VariableRef<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value if none is chosen.
    pub default: &'a str,
    /// The values to choose from; any if empty.
    pub values: &'a [String],
    /// Its description.
    pub description: Option<&'a str>,
}

/// A security scheme.
#[derive(Clone, Copy, Debug)]
pub struct SecuritySchemeRef<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it was written.
    pub origin: NodeId,
    /// Its description.
    pub description: Option<&'a str>,
    /// Its type.
    pub kind: SchemeKind<'a>,
}

/// The type of a security scheme.
#[derive(Clone, Copy, Debug)]
pub enum SchemeKind<'a> {
    /// `apiKey`: a secret in a header, query parameter or cookie of this name.
    ApiKey(KeyLocation, &'a str),
    /// `http`, with the name of the authentication scheme (RFC 9110 §11.1).
    Http(&'a str),
    /// `oauth2`, with the URL that gives tokens, of the flow that needs least of a person.
    OAuth2(Option<&'a str>),
    /// `openIdConnect`, with the URL of the configuration of the provider.
    OpenIdConnect(&'a str),
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

impl<'a> ServerRef<'a> {
    pub(super) fn new(document: &'a Document, server: &'a Server) -> Self {
        let variables = server.variables.iter().flatten().map(|(name, variable)| VariableRef {
            name,
            default: &variable.default,
            values: &variable.enumeration,
            description: variable.description.as_deref(),
        });
        Self {
            origin: document.facts.origin(&server.extensions),
            url: &server.url,
            name: document.facts.server_name(&server.extensions),
            description: server.description.as_deref(),
            variables: variables.collect(),
        }
    }
}

impl<'a> SecuritySchemeRef<'a> {
    /// The scheme with this name.
    pub(super) fn new(document: &'a Document, name: &'a str, scheme: &'a SecurityScheme) -> Self {
        let (kind, description, extensions) = match scheme {
            SecurityScheme::APIKey { location, name, description, extensions } => {
                let location = match location {
                    APIKeyLocation::Header => KeyLocation::Header,
                    APIKeyLocation::Query => KeyLocation::Query,
                    APIKeyLocation::Cookie => KeyLocation::Cookie,
                };
                (SchemeKind::ApiKey(location, name), description, extensions)
            }
            SecurityScheme::HTTP { scheme, description, extensions, .. } => {
                (SchemeKind::Http(scheme), description, extensions)
            }
            SecurityScheme::OAuth2 { flows, description, extensions } => {
                (SchemeKind::OAuth2(token_url(flows)), description, extensions)
            }
            SecurityScheme::OpenIDConnect { open_id_connect_url, description, extensions } => {
                (SchemeKind::OpenIdConnect(open_id_connect_url), description, extensions)
            }
        };
        let origin = document.facts.origin(extensions);
        Self { name, origin, description: description.as_deref(), kind }
    }
}

fn token_url(flows: &OAuth2Flows) -> Option<&str> {
    let own = flows.client_credentials.as_ref().map(|flow| &flow.token_url);
    let code = flows.authorization_code.as_ref().map(|flow| &flow.token_url);
    let password = flows.password.as_ref().map(|flow| &flow.token_url);
    own.or(code).or(password).map(String::as_str)
}
