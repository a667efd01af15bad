//! Ways to authenticate, and which of them an operation needs.

use openapiv3::{APIKeyLocation, SecurityScheme as Declared};

use super::{Lowering, docs};
use crate::{
    diagnostic::{Code, Diagnostic},
    ir::{Origin, Place, SecurityScheme},
    resolve::OperationView,
};

impl<'a> Lowering<'a> {
    /// Every declared scheme, with what the configuration says of it.
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let document = self.document;
        for (name, security) in &self.config.security {
            if !document.security_schemes().any(|(known, _, _)| known == name) {
                let message = format!("no security scheme is called `{name}`");
                self.diagnostics.push(Diagnostic::new(Code::ConfigUnused, security.place.clone(), message));
            }
        }
        document
            .security_schemes()
            .map(|(name, scheme, origin)| self.lower_scheme(name, scheme, origin))
            .collect()
    }

    fn lower_scheme(&self, name: &str, scheme: &Declared, origin: Origin) -> SecurityScheme {
        let config = self.config.security.get(name);
        let (place, description) = match scheme {
            Declared::APIKey { location, name, description, .. } => (api_key(location, name), description),
            Declared::HTTP { scheme, description, .. } => (http(scheme), description),
            Declared::OAuth2 { description, .. } | Declared::OpenIDConnect { description, .. } => {
                (Place::Bearer, description)
            }
        };
        SecurityScheme {
            origin,
            name: name.to_owned(),
            place,
            prefix: config.and_then(|config| config.prefix.clone()),
            env: config.and_then(|config| config.env.clone()),
            setter: config.and_then(|config| config.name.clone()),
            docs: docs::described(description.as_deref()),
        }
    }

    /// Alternatives by scheme name. A requirement of nothing, which makes authentication optional, comes last, so
    /// that a credential that is there is sent.
    pub(super) fn lower_security(&mut self, view: &OperationView<'a>) -> Vec<Vec<String>> {
        let mut alternatives: Vec<Vec<String>> = view
            .security
            .unwrap_or_default()
            .iter()
            .map(|schemes| schemes.keys().cloned().collect())
            .collect();
        alternatives.sort_by_key(Vec::is_empty);
        if alternatives.iter().all(Vec::is_empty) {
            alternatives.clear();
        }
        alternatives
    }
}

fn api_key(location: &APIKeyLocation, name: &str) -> Place {
    match location {
        APIKeyLocation::Header => Place::Header(name.to_owned()),
        APIKeyLocation::Query => Place::Query(name.to_owned()),
        APIKeyLocation::Cookie => Place::Cookie(name.to_owned()),
    }
}

fn http(scheme: &str) -> Place {
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Place::Bearer,
        "basic" => Place::Basic,
        _ => Place::Other,
    }
}
