//! Webhooks: requests that the server sends.

use openapiv3::Operation;

use super::{Document, LinkRef, ParameterRef, RequestBodyRef};
use crate::source::NodeId;

/// A webhook: an operation of which the server is the client.
#[derive(Clone, Copy, Debug)]
pub struct WebhookRef<'a> {
    document: &'a Document,
    name: &'a str,
    operation: &'a Operation,
}

impl<'a> WebhookRef<'a> {
    pub(super) fn new(document: &'a Document, name: &'a str, operation: &'a Operation) -> Self {
        Self { document, name, operation }
    }

    /// The key under `webhooks`.
    pub fn name(self) -> &'a str {
        self.name
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.operation.extensions)
    }

    /// `operationId`
    pub fn id(self) -> Option<&'a str> {
        self.operation.operation_id.as_deref()
    }

    /// `deprecated`
    pub fn is_deprecated(self) -> bool {
        self.operation.deprecated
    }

    /// `externalDocs`
    pub fn external_docs(self) -> Option<LinkRef<'a>> {
        self.operation.external_docs.as_ref().map(LinkRef::new)
    }

    /// Its summary and description.
    pub fn said(self) -> (Option<&'a str>, Option<&'a str>) {
        (self.operation.summary.as_deref(), self.operation.description.as_deref())
    }

    /// Its parameters.
    pub fn parameters(self) -> impl Iterator<Item = ParameterRef<'a>> {
        let listed = self.operation.parameters.iter();
        listed.filter_map(move |one| ParameterRef::resolve(self.document, one))
    }

    /// `requestBody`
    pub fn request_body(self) -> Option<RequestBodyRef<'a>> {
        RequestBodyRef::resolve(self.document, self.operation.request_body.as_ref()?)
    }
}
