//! `components`

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr};

use super::reader::Builder;
use crate::source::Node;

impl Builder<'_> {
    /// `components`
    pub(super) fn components(&mut self, node: Node) -> Option<Components> {
        let mut fields = self.fields(node, "components")?;
        Some(Components {
            extensions: IndexMap::new(),
            schemas: self.kind(fields.take("schemas"), "schemas", Builder::schema),
            responses: self.kind(fields.take("responses"), "responses", Builder::response),
            parameters: self.kind(fields.take("parameters"), "parameters", Builder::parameter),
            examples: IndexMap::new(),
            request_bodies: self.kind(fields.take("requestBodies"), "requestBodies", Builder::request_body),
            headers: self.kind(fields.take("headers"), "headers", Builder::header),
            security_schemes: self.kind(
                fields.take("securitySchemes"),
                "securitySchemes",
                Builder::security_scheme,
            ),
            links: IndexMap::new(),
            callbacks: IndexMap::new(),
        })
    }

    fn kind<T>(
        &mut self,
        node: Option<Node>,
        what: &str,
        build: fn(&mut Self, Node) -> Option<T>,
    ) -> IndexMap<String, ReferenceOr<T>> {
        self.map(node, what, |builder, node| builder.reference_or(node, build))
    }
}
