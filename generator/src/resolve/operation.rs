//! Operations combined with what they inherit from their path.

use openapiv3::{Operation, PathItem, ReferenceOr, StatusCode};

use super::{Document, LinkRef, ParameterRef, RequestBodyRef, ResponseRef, ServerRef, Status};
use crate::source::NodeId;

/// An operation with what it inherits from its path and the document.
#[derive(Clone, Copy, Debug)]
pub struct OperationRef<'a> {
    document: &'a Document,
    method: &'a str,
    path: &'a str,
    item: &'a PathItem,
    operation: &'a Operation,
}

impl<'a> OperationRef<'a> {
    /// The operations of a path.
    pub(super) fn of_path(document: &'a Document, path: &'a str) -> Vec<Self> {
        let Some((written, item)) = document.path_item(path) else { return Vec::new() };
        let known = methods(item).into_iter();
        let known = known.filter_map(|(method, operation)| Some((method, operation.as_ref()?)));
        let all = known.chain(document.further(written));
        all.map(|(method, operation)| Self { document, method, path, item, operation }).collect()
    }

    /// The HTTP method as sent.
    pub fn method(self) -> &'a str {
        self.method
    }

    /// The path template.
    pub fn path(self) -> &'a str {
        self.path
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.operation.extensions)
    }

    /// `operationId`, unless it is blank
    pub fn id(self) -> Option<&'a str> {
        self.operation.operation_id.as_deref().map(str::trim).filter(|id| !id.is_empty())
    }

    /// `tags`
    pub fn tags(self) -> &'a [String] {
        &self.operation.tags
    }

    /// `deprecated`
    pub fn is_deprecated(self) -> bool {
        self.operation.deprecated
    }

    /// `externalDocs`
    pub fn external_docs(self) -> Option<LinkRef<'a>> {
        self.operation.external_docs.as_ref().map(LinkRef::new)
    }

    /// Its summary and description, or those of its path if it has neither.
    pub fn said(self) -> (Option<&'a str>, Option<&'a str>) {
        let own = (self.operation.summary.as_deref(), self.operation.description.as_deref());
        let is_silent = [own.0, own.1].into_iter().flatten().all(|text| text.trim().is_empty());
        if is_silent { (self.item.summary.as_deref(), self.item.description.as_deref()) } else { own }
    }

    /// Its parameters, those of the path first, unless it redeclares one with the same name and place.
    pub fn parameters(self) -> Vec<ParameterRef<'a>> {
        let resolve = |listed: &'a [ReferenceOr<_>]| {
            listed.iter().filter_map(|one| ParameterRef::resolve(self.document, one))
        };
        let own: Vec<ParameterRef<'a>> = resolve(&self.operation.parameters).collect();
        let inherited = resolve(&self.item.parameters);
        let inherited = inherited.filter(|one| !own.iter().any(|other| one.is_same(*other)));
        inherited.chain(own.iter().copied()).collect()
    }

    /// `requestBody`
    pub fn request_body(self) -> Option<RequestBodyRef<'a>> {
        RequestBodyRef::resolve(self.document, self.operation.request_body.as_ref()?)
    }

    /// The responses; `default` comes last.
    pub fn responses(self) -> Vec<ResponseRef<'a>> {
        let declared = &self.operation.responses;
        let coded = declared.responses.iter().map(|(code, response)| (status(code), response));
        let default = declared.default.iter().map(|response| (Status::Default, response));
        let all = coded.chain(default);
        all.filter_map(|(status, response)| ResponseRef::resolve(self.document, status, response)).collect()
    }

    /// Its security requirements, or those of the document: the names of schemes that are needed together, for each
    /// alternative.
    pub fn security(self) -> Option<Vec<Vec<&'a str>>> {
        let alternatives = self.operation.security.as_ref().or(self.document.api.security.as_ref())?;
        let names = alternatives.iter().map(|schemes| schemes.keys().map(String::as_str).collect());
        Some(names.collect())
    }

    /// Where its security requirements were written: on the operation, or for the whole document.
    pub fn security_origin(self) -> NodeId {
        match self.operation.security {
            Some(_) => self.origin(),
            None => self.document.root(),
        }
    }

    /// Its servers, or those of its path; empty if the document's apply.
    pub fn servers(self) -> Vec<ServerRef<'a>> {
        let own = &self.operation.servers;
        let servers = if own.is_empty() { &self.item.servers } else { own };
        servers.iter().map(|server| ServerRef::new(self.document, server)).collect()
    }
}

/// The operations of a path, by method.
fn methods(item: &PathItem) -> [(&'static str, &Option<Operation>); 8] {
    [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("OPTIONS", &item.options),
        ("HEAD", &item.head),
        ("PATCH", &item.patch),
        ("TRACE", &item.trace),
    ]
}

/// `document` accepts the first digits 1 to 5 alone.
fn status(code: &StatusCode) -> Status {
    match code {
        StatusCode::Code(code) => Status::Code(*code),
        StatusCode::Range(first) => Status::Range(u8::try_from(*first).unwrap_or(5)),
    }
}
