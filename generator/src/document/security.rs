//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme};

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
                Some(SecurityScheme::OAuth2 { flows: OAuth2Flows::default(), description, extensions })
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

    /// Reports an unsupported scheme and keeps it as an HTTP scheme without a name, so that requirements still
    /// resolve.
    fn not_modelled(&mut self, id: NodeId, problem: &str) {
        let message = format!("{problem}; calls are sent without it");
        self.diagnostics.report(Code::SecurityNotModelled, id, message);
    }
}
