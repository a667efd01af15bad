//! Operations and request bodies.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation, Parameter, ReferenceOr, RequestBody};

use super::reader::Builder;
use crate::source::Node;

impl Builder<'_> {
    /// An operation.
    pub(super) fn operation(&mut self, node: Node) -> Option<Operation> {
        let mut fields = self.fields(node, "operation")?;
        Some(Operation {
            extensions: self.placed(&fields),
            tags: self.texts(fields.take("tags"), "tags"),
            summary: self.text(fields.take("summary"), "summary"),
            description: self.text(fields.take("description"), "description"),
            external_docs: self.external_docs(fields.take("externalDocs")),
            operation_id: self.text(fields.take("operationId"), "operationId"),
            parameters: self.parameters(fields.take("parameters")),
            request_body: fields
                .take("requestBody")
                .and_then(|node| self.reference_or(node, Builder::request_body)),
            responses: self.responses(fields.take("responses")),
            callbacks: IndexMap::new(),
            deprecated: self.flag(fields.take("deprecated"), "deprecated").unwrap_or(false),
            security: fields.take("security").map(|node| self.security(node)),
            servers: self.servers(fields.take("servers")),
        })
    }

    /// `parameters`
    pub(super) fn parameters(&mut self, node: Option<Node>) -> Vec<ReferenceOr<Parameter>> {
        self.list(node, "parameters", |builder, node| builder.reference_or(node, Builder::parameter))
    }

    /// A media type of a request body, with its first example.
    fn request_media(&mut self, node: Node) -> Option<MediaType> {
        let example = self.example(node.get("example").cloned(), node.get("examples"));
        Some(MediaType { example, ..self.media_type(node)? })
    }

    /// A request body.
    pub(super) fn request_body(&mut self, node: Node) -> Option<RequestBody> {
        let mut fields = self.fields(node, "requestBody")?;
        Some(RequestBody {
            extensions: self.placed(&fields),
            description: self.text(fields.take("description"), "description"),
            content: self.map(fields.take("content"), "content", Builder::request_media),
            required: self.flag(fields.take("required"), "required").unwrap_or(false),
        })
    }
}
