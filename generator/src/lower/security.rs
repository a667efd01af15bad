//! Lowers security schemes, and the requirements of operations.
//!
//! ```yaml
//! security: [{ login: [], token: [] }]
//! components:
//!   securitySchemes: { login: { type: oauth2 }, token: { type: http, scheme: bearer } }
//! ```
//! Both use `Authorization: Bearer`, so one credential serves both: `Client::new(login)`. If the configuration gives
//! them different names or variables, they stay separate. Of several token endpoints, one that is documented comes
//! before one that is to be discovered, else the first by the name of its scheme.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::{Lowering, schemas::docs};
use crate::{
    config::{ClientEnv, Located, Security as Configured},
    diagnostic::{Code, Diagnostic, Place},
    ir::{CredentialPlace, Docs, Operation, Origin, SecurityScheme, TokenEndpoint},
    resolve::{KeyLocation, OperationRef, SchemeKind, SecuritySchemeRef},
    source::is_token,
};

/// The security of the document as a whole.
#[derive(Default)]
pub(super) struct Security {
    /// Each declared scheme, and the one that represents it; `None` if clients do not support it.
    declared: Vec<(String, Option<String>)>,
    /// The lower-case header name of each scheme that uses a header.
    headers: HashMap<String, String>,
    /// Whether neither the document nor an operation has requirements.
    is_unasked: bool,
}

/// What most of the operations that need a credential take; of several, what the first operation takes.
pub(super) fn usual(operations: &[Operation]) -> Vec<Vec<String>> {
    let mut counts: IndexMap<&[Vec<String>], usize> = IndexMap::new();
    let asking = operations.iter().filter(|operation| operation.security.iter().any(|set| !set.is_empty()));
    for operation in asking {
        *counts.entry(&operation.security).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(security, _)| security.to_vec()).unwrap_or_default()
}

impl<'a> Lowering<'a> {
    /// The declared schemes, with their configuration.
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let document = self.schemas.document;
        for (name, security) in &self.schemas.config.security {
            if !document.security_schemes().any(|known| known.name == name) {
                let message = format!("no security scheme is called `{name}`");
                self.schemas.push(Diagnostic::new(Code::ConfigUnused, security.place.clone(), message));
            }
        }
        let mut schemes: Vec<SecurityScheme> = Vec::new();
        // The representative of several schemes must not depend on document order.
        let mut declared: Vec<_> = document.security_schemes().collect();
        declared.sort_by_key(|scheme| scheme.name);
        for declared in declared {
            let scheme = self.lower_scheme(declared).map(|scheme| admit(&mut schemes, scheme));
            self.security.declared.push((declared.name.to_owned(), scheme));
        }
        self.check_endpoints(&schemes);
        let headers = schemes.iter().filter_map(|scheme| Some((scheme.name.clone(), header(&scheme.place)?)));
        self.security.headers = headers.collect();
        self.security.is_unasked =
            document.operations().iter().all(|operation| operation.security().is_none());
        if let (true, Some(first)) = (self.security.is_unasked, schemes.first()) {
            let message =
                format!("no `security` asks for `{}`; calls send it if the client has it", first.name);
            self.schemas.report(Code::SecurityNotAsked, first.origin, message);
        }
        schemes
    }

    fn lower_scheme(&mut self, declared: SecuritySchemeRef<'a>) -> Option<SecurityScheme> {
        let SecuritySchemeRef { name, origin, description, kind } = declared;
        let place = match kind {
            SchemeKind::ApiKey(location, name) => api_key(location, name),
            SchemeKind::Http(scheme) => self.http(name, scheme, origin)?,
            SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => CredentialPlace::Bearer,
        };
        let url = |url: &str| Some(url.trim()).filter(|url| is_url(url)).map(str::to_owned);
        let endpoint = match kind {
            SchemeKind::OAuth2(at) => at.and_then(url).map(TokenEndpoint::At),
            SchemeKind::OpenIdConnect(at) => url(at).map(TokenEndpoint::Discovered),
            SchemeKind::ApiKey(..) | SchemeKind::Http(_) => None,
        };
        let config = self.schemas.config.security.get(name);
        let place = config.map_or(place.clone(), |config| self.prefixed(name, place, config));
        Some(SecurityScheme {
            origin,
            name: name.to_owned(),
            endpoint,
            env: config.and_then(|config| config.env.clone()),
            client_env: config.and_then(|config| self.client_env(name, &place, config)),
            place,
            setter: config.and_then(|config| config.name.clone()),
            docs: docs::described(description),
        })
    }

    /// The place with the configured text before the secret, which only a header has.
    fn prefixed(&mut self, name: &str, place: CredentialPlace, config: &Configured) -> CredentialPlace {
        let Some(prefix) = config.prefix.clone() else { return place };
        match place {
            CredentialPlace::Header { name, .. } => CredentialPlace::Header { name, prefix: Some(prefix) },
            CredentialPlace::Bearer => {
                CredentialPlace::Header { name: "authorization".to_owned(), prefix: Some(prefix) }
            }
            CredentialPlace::Query(_) | CredentialPlace::Cookie(_) | CredentialPlace::Basic => {
                let message = format!("`{name}` has no place for a prefix: it is not a secret in a header");
                self.schemas.push(Diagnostic::new(Code::ConfigUnused, config.place.clone(), message));
                place
            }
        }
    }

    /// The variables of client credentials, which only a bearer token is fetched with.
    fn client_env(&mut self, name: &str, place: &CredentialPlace, config: &Configured) -> Option<ClientEnv> {
        let Located { value, place: at } = config.client_env.as_ref()?;
        match place {
            CredentialPlace::Bearer => Some(value.clone()),
            CredentialPlace::Header { .. }
            | CredentialPlace::Query(_)
            | CredentialPlace::Cookie(_)
            | CredentialPlace::Basic => {
                let message = format!(
                    "`{name}` is not sent as a bearer token, so client credentials fetch nothing for it"
                );
                let help = "remove `client_id_env` and `client_secret_env`; `env` names the variable with its secret";
                self.schemas.push(Diagnostic::new(Code::ConfigInvalid, at.clone(), message).help(help));
                None
            }
        }
    }

    /// Reports client credentials from the environment that no endpoint takes.
    fn check_endpoints(&mut self, schemes: &[SecurityScheme]) {
        for (name, config) in &self.schemas.config.security {
            let Some(Located { value, place }) = &config.client_env else { continue };
            let standing = self.security.declared.iter().find(|(declared, _)| declared == name);
            let standing = standing.and_then(|(_, standing)| standing.as_ref());
            let scheme = standing.and_then(|name| schemes.iter().find(|scheme| scheme.name == *name));
            let lacks = |scheme: &SecurityScheme| scheme.client_env.is_some() && scheme.endpoint.is_none();
            if value.token_url.is_none() && scheme.is_some_and(lacks) {
                let message = format!("the document names no token endpoint for `{name}`");
                let help = "add `token_url_env`, the environment variable with its URL";
                self.schemas.push(Diagnostic::new(Code::ConfigInvalid, place.clone(), message).help(help));
            }
        }
    }

    /// The place of an HTTP scheme's credentials (RFC 9110 §11.4). `digest` needs a challenge and is not supported; a
    /// scheme without a name has been reported.
    fn http(&mut self, name: &str, scheme: &str, origin: Origin) -> Option<CredentialPlace> {
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(CredentialPlace::Bearer),
            "basic" => Some(CredentialPlace::Basic),
            "" => None,
            lower if lower != "digest" && is_token(lower) => {
                let prefix = Some(format!("{scheme} "));
                Some(CredentialPlace::Header { name: "authorization".to_owned(), prefix })
            }
            _ => {
                let message = format!(
                    "`{name}` is HTTP authentication of the kind `{scheme}`; calls are sent without it"
                );
                self.schemas.report(Code::SecurityNotModelled, origin, message);
                None
            }
        }
    }

    /// The alternative sets of scheme names. An empty requirement, which makes authentication optional, comes last, so
    /// that available credentials are sent.
    pub(super) fn lower_security(&mut self, operation: OperationRef<'a>) -> Vec<Vec<String>> {
        let mut alternatives: Vec<Vec<String>> = Vec::new();
        if self.security.is_unasked {
            let standing = self.security.declared.iter().filter_map(|(_, scheme)| scheme.clone());
            alternatives.extend(standing.map(|scheme| vec![scheme]).chain([Vec::new()]));
        }
        for schemes in operation.security().unwrap_or_default() {
            let mut needed: Vec<String> = Vec::new();
            for scheme in schemes.into_iter().filter_map(|name| self.standing_for(name, operation)) {
                if !needed.contains(&scheme) {
                    needed.push(scheme);
                }
            }
            self.report_shared_header(&needed, operation);
            alternatives.push(needed);
        }
        let mut known = HashSet::new();
        alternatives.retain(|schemes| known.insert(schemes.clone()));
        alternatives.sort_by_key(Vec::is_empty);
        if alternatives.iter().all(Vec::is_empty) {
            alternatives.clear();
        }
        alternatives
    }

    /// Reports schemes that are required together but share a header, which can hold only one.
    fn report_shared_header(&mut self, needed: &[String], operation: OperationRef<'a>) {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        let headers = &self.security.headers;
        let shared = needed.iter().find_map(|scheme| {
            let header = headers.get(scheme)?;
            Some((seen.insert(header, scheme)?, scheme, header))
        });
        let Some((first, second, header)) = shared else { return };
        let message = format!(
            "`{first}` and `{second}` are needed together and both go into the header `{header}`; only one of them is sent"
        );
        self.schemas.report(Code::SecurityNotModelled, operation.security_origin(), message);
    }

    /// The scheme that represents the one with this name; `None` if the caller must handle it.
    fn standing_for(&mut self, name: &str, operation: OperationRef<'a>) -> Option<String> {
        if let Some((_, scheme)) = self.security.declared.iter().find(|(known, _)| known == name) {
            return scheme.clone();
        }
        let origin = operation.security_origin();
        let message =
            format!("`security` asks for `{name}`, which is not declared; calls are sent without it");
        let said = Diagnostic::new(Code::SecurityNotModelled, Place::Node(origin), message);
        self.schemas.push(said.help("declare it under `securitySchemes`"));
        None
    }
}

/// Adds a scheme or merges it with another; returns the name of its representative.
fn admit(schemes: &mut Vec<SecurityScheme>, scheme: SecurityScheme) -> String {
    let name = scheme.name.clone();
    match schemes.iter_mut().find(|known| is_same(known, &scheme)) {
        Some(known) => {
            known.endpoint = preferred(known.endpoint.take(), scheme.endpoint);
            known.env = known.env.take().or(scheme.env);
            known.client_env = known.client_env.take().or(scheme.client_env);
            known.setter = known.setter.take().or(scheme.setter);
            if known.docs == Docs::default() {
                known.docs = scheme.docs;
            }
            known.name.clone()
        }
        None => {
            schemes.push(scheme);
            name
        }
    }
}

/// Of two token endpoints, the one that is known without being discovered, else the first.
fn preferred(first: Option<TokenEndpoint>, second: Option<TokenEndpoint>) -> Option<TokenEndpoint> {
    match (first, second) {
        (Some(TokenEndpoint::Discovered(_)) | None, Some(TokenEndpoint::At(url))) => {
            Some(TokenEndpoint::At(url))
        }
        (first, second) => first.or(second),
    }
}

/// Whether one credential serves both: they use one place, and the configuration does not separate them.
fn is_same(a: &SecurityScheme, b: &SecurityScheme) -> bool {
    let place = match (&a.place, &b.place) {
        (
            CredentialPlace::Header { name: a, prefix: before_a },
            CredentialPlace::Header { name: b, prefix: before_b },
        ) => a.eq_ignore_ascii_case(b) && before_a == before_b,
        (a, b) => a == b,
    };
    place && agree(&a.env, &b.env) && agree(&a.client_env, &b.client_env) && agree(&a.setter, &b.setter)
}

/// Whether two settings are the same, or one of them is absent.
fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Whether a text can be a URL, absolute or relative. An empty one and a template cannot.
fn is_url(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', '}'])
}

fn api_key(location: KeyLocation, name: &str) -> CredentialPlace {
    match location {
        KeyLocation::Header => CredentialPlace::Header { name: name.to_owned(), prefix: None },
        KeyLocation::Query => CredentialPlace::Query(name.to_owned()),
        KeyLocation::Cookie => CredentialPlace::Cookie(name.to_owned()),
    }
}

/// The lower-case name of the header for a credential.
fn header(place: &CredentialPlace) -> Option<String> {
    match place {
        CredentialPlace::Bearer | CredentialPlace::Basic => Some("authorization".to_owned()),
        CredentialPlace::Header { name, .. } => Some(name.to_ascii_lowercase()),
        CredentialPlace::Query(_) | CredentialPlace::Cookie(_) => None,
    }
}
