//! Security schemes and requirements.

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, ClientCredentialsOAuth2Flow, OAuth2Flows,
    PasswordOAuth2Flow, SecurityRequirement, SecurityScheme,
};

use super::reader::Builder;
use crate::{
    diagnostic::Code,
    source::{Node, NodeId},
};

impl Builder<'_> {
    /// `security`
    pub(super) fn security(&mut self, node: Node) -> Vec<SecurityRequirement> {
        self.list(Some(node), "security", |builder, node| {
            Some(
                builder.map(Some(node), "security", |builder, scopes| {
                    Some(builder.texts(Some(scopes), "scopes"))
                }),
            )
        })
    }

    /// A security scheme.
    pub(super) fn security_scheme(&mut self, node: Node) -> Option<SecurityScheme> {
        let mut fields = self.fields(node, "security scheme")?;
        let (id, extensions) = (fields.id, self.placed(&fields));
        let description = self.text(fields.take("description"), "description");
        let kind = self.text(fields.take("type"), "type").unwrap_or_default();
        match kind.as_str() {
            "apiKey" => {
                let name = self.text(fields.take("name"), "name")?;
                let location = match self.text(fields.take("in"), "in").as_deref() {
                    Some("query") => APIKeyLocation::Query,
                    Some("cookie") => APIKeyLocation::Cookie,
                    _ => APIKeyLocation::Header,
                };
                Some(SecurityScheme::APIKey { location, name, description, extensions })
            }
            "http" => {
                let scheme = self.text(fields.take("scheme"), "scheme").unwrap_or_default().trim().to_owned();
                if scheme.is_empty() {
                    self.not_modelled(id, "a security scheme of type `http` needs `scheme`");
                }
                Some(SecurityScheme::HTTP { scheme, bearer_format: None, description, extensions })
            }
            "oauth2" => {
                let flows = self.oauth_flows(fields.take("flows"));
                Some(SecurityScheme::OAuth2 { flows, description, extensions })
            }
            "openIdConnect" => {
                let open_id_connect_url =
                    self.text(fields.take("openIdConnectUrl"), "openIdConnectUrl").unwrap_or_default();
                Some(SecurityScheme::OpenIDConnect { open_id_connect_url, description, extensions })
            }
            other => {
                self.not_modelled(id, &format!("a security scheme of type `{other}` is not modelled"));
                let scheme = String::new();
                Some(SecurityScheme::HTTP { scheme, bearer_format: None, description, extensions })
            }
        }
    }

    /// The flows with a token endpoint, without their scopes.
    fn oauth_flows(&mut self, node: Option<Node>) -> OAuth2Flows {
        let Some(mut flows) = node.and_then(|node| self.fields(node, "flows")) else {
            return OAuth2Flows::default();
        };
        let mut token_url = |flow| {
            let mut fields = self.fields(flows.take(flow)?, flow)?;
            self.text(fields.take("tokenUrl"), "tokenUrl")
        };
        OAuth2Flows {
            client_credentials: token_url("clientCredentials").map(|token_url| ClientCredentialsOAuth2Flow {
                refresh_url: None,
                token_url,
                scopes: IndexMap::new(),
                extensions: IndexMap::new(),
            }),
            authorization_code: token_url("authorizationCode").map(|token_url| AuthorizationCodeOAuth2Flow {
                authorization_url: String::new(),
                token_url,
                refresh_url: None,
                scopes: IndexMap::new(),
                extensions: IndexMap::new(),
            }),
            password: token_url("password").map(|token_url| PasswordOAuth2Flow {
                refresh_url: None,
                token_url,
                scopes: IndexMap::new(),
                extensions: IndexMap::new(),
            }),
            ..OAuth2Flows::default()
        }
    }

    /// Reports an unsupported scheme and keeps it as an HTTP scheme without a name, so that requirements still
    /// resolve.
    fn not_modelled(&mut self, id: NodeId, problem: &str) {
        let message = format!("{problem}; calls are sent without it");
        self.diagnostics.report(Code::SecurityNotModelled, id, message);
    }
}
