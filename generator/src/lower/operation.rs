//! Lowers operations.
//!
//! ```yaml
//! /iam/users/{userId}:
//!   get: { operationId: getUser, parameters: [...], responses: {...} }
//! ```
//! is an operation with its parameters in template order, its body and its responses.

use std::collections::HashSet;

use super::{Lowering, parameter::Surroundings, schemas::docs};
use crate::{
    config::Format,
    diagnostic::Code,
    ir::{Docs, Location, Method, Operation, OperationId, Parameter, PathStyle, Primitive, Scalar, Type},
    language::words::words_of,
    resolve::OperationRef,
};

impl<'a> Lowering<'a> {
    /// The operations of the document, in order.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.schemas.document;
        let mut ids = HashSet::new();
        let views = document.operations().into_iter().enumerate();
        views
            .map(|(index, view)| self.lower_operation(view, OperationId::from_index(index), &mut ids))
            .collect()
    }

    fn lower_operation(
        &mut self,
        view: OperationRef<'a>,
        id: OperationId,
        ids: &mut HashSet<String>,
    ) -> Operation {
        let name = self.operation_id(view, ids);
        let security = self.lower_security(view);
        let mut bodies = self.lower_bodies(view, id).into_iter();
        let body = bodies.next();
        let around = Surroundings { id, has_body: body.is_some(), has_security: !security.is_empty() };
        let parameters = self.lower_parameters(view, around);
        let responses = self.lower_responses(view, id);
        let (summary, description) = view.said();
        let method = method(view.method());
        let idempotency_header =
            idempotency_header(&method, &parameters).filter(|name| is_any_key(view, name));
        Operation {
            origin: view.origin(),
            action: name.clone(),
            id: name,
            declared_id: view.id().map(str::to_owned),
            tags: view.tags().to_vec(),
            method,
            path: format!("/{}", view.path().strip_prefix('/').unwrap_or(view.path())),
            server: self.own_server(view),
            docs: Docs { see: docs::see(view.external_docs()), ..docs::summarised(summary, description) },
            deprecated: view.is_deprecated(),
            idempotency_header,
            parameters,
            body,
            other_bodies: bodies.collect(),
            accept: responses.accept,
            success: responses.success,
            described: responses.described,
            has_link_header: responses.has_link_header,
            redirects: responses.redirects,
            failure: responses.failure,
            security,
            streamed: responses.streamed,
            pagination: None,
            polling: None,
            until_done: None,
        }
    }

    /// The `operationId`, or one made from method and path if it is missing or taken.
    fn operation_id(&mut self, view: OperationRef<'a>, ids: &mut HashSet<String>) -> String {
        let method = || words_of(&view.method().to_lowercase()).join("_");
        let made = || format!("{}_{}", method(), words_of(view.path()).join("_"));
        let id = match view.id() {
            Some(declared) if !ids.contains(declared) => declared.to_owned(),
            Some(declared) => {
                let id = made();
                let message =
                    format!("`{declared}` is the operationId of an earlier operation; this one is `{id}`");
                self.schemas.report(Code::DuplicateOperationId, view.origin(), message);
                id
            }
            None => made(),
        };
        ids.insert(id.clone());
        id
    }

    /// The path parameters in template order, then the others in document order.
    fn lower_parameters(&mut self, view: OperationRef<'a>, around: Surroundings) -> Vec<Parameter> {
        let mut declared: Vec<Parameter> = Vec::new();
        for parameter in view.parameters() {
            let Some(parameter) = self.lower_parameter(parameter, around) else { continue };
            let place = |parameter: &Parameter| std::mem::discriminant(&parameter.location);
            let is_known =
                |known: &Parameter| known.wire == parameter.wire && place(known) == place(&parameter);
            if declared.iter().any(is_known) {
                let message =
                    format!("`{}` is declared twice in one place; the first is used", parameter.wire);
                self.schemas.report(Code::DuplicateParameter, parameter.origin, message);
            } else {
                declared.push(parameter);
            }
        }
        let (mut in_path, mut others): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|parameter| matches!(parameter.location, Location::Path { .. }));
        let mut ordered = Vec::new();
        for name in template_names(view.path()) {
            if ordered.iter().any(|known: &Parameter| known.wire == name) {
                continue;
            }
            let of_name = |parameter: &Parameter| parameter.wire == name;
            if let Some(at) = in_path.iter().position(of_name) {
                ordered.push(in_path.remove(at));
            } else if let Some(at) = others.iter().position(of_name) {
                ordered.push(self.moved_to_path(others.remove(at), view));
            } else {
                ordered.push(self.undeclared(name, view));
            }
        }
        for unused in in_path {
            let message = format!("`{}` is not in the template `{}`", unused.wire, view.path());
            self.schemas.report(Code::UnusedPathParameter, unused.origin, message);
        }
        others.retain(|parameter| !self.is_spelled_out(parameter, view));
        ordered.extend(others);
        ordered
    }

    /// Moves a template parameter that is declared as a query parameter or header to the path.
    fn moved_to_path(&mut self, parameter: Parameter, view: OperationRef<'a>) -> Parameter {
        let message = format!("`{{{}}}` in `{}` is declared in another place", parameter.wire, view.path());
        self.schemas.report(Code::UndeclaredPathParameter, parameter.origin, message);
        Parameter {
            location: Location::Path { style: PathStyle::Simple, allow_reserved: false },
            required: true,
            ..parameter
        }
    }

    /// Whether the template contains a query that sets the parameter, which must not be sent twice.
    fn is_spelled_out(&mut self, parameter: &Parameter, view: OperationRef<'a>) -> bool {
        let query = view.path().split_once('?').map_or("", |(_, query)| query);
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let spelled = matches!(parameter.location, Location::Query { .. })
            && pairs.any(|(name, _)| name == parameter.wire);
        if spelled {
            let message = format!("`{}` is sent as the template `{}` has it", parameter.wire, view.path());
            self.schemas.report(Code::ParameterDegraded, parameter.origin, message);
        }
        spelled
    }

    fn undeclared(&mut self, name: &str, view: OperationRef<'a>) -> Parameter {
        let message = format!("`{{{name}}}` in `{}` is not declared; it is taken as a string", view.path());
        self.schemas.report(Code::UndeclaredPathParameter, view.origin(), message);
        Parameter {
            origin: view.origin(),
            wire: name.to_owned(),
            location: Location::Path { style: PathStyle::Simple, allow_reserved: false },
            required: true,
            ty: Type::Primitive(Primitive::String),
            docs: docs::described(None),
            deprecated: false,
            constant: None,
            default: None,
            sample: None,
            sent_by_default: None,
        }
    }
}

/// The optional header parameter with the key of a call whose method is not idempotent
/// (draft-ietf-httpapi-idempotency-key-header, and the name that was usual before).
fn idempotency_header(method: &Method, parameters: &[Parameter]) -> Option<String> {
    if !matches!(method, Method::Post | Method::Patch | Method::Other(_)) {
        return None;
    }
    let is_key = |parameter: &&Parameter| {
        let name = parameter.wire.to_ascii_lowercase();
        matches!(name.as_str(), "idempotency-key" | "x-idempotency-key")
            && matches!(parameter.location, Location::Header(_))
            && is_any_text(&parameter.ty)
            && !parameter.required
    };
    parameters.iter().find(is_key).map(|parameter| parameter.wire.clone())
}

/// Whether a header parameter takes any text of 36 characters, as a UUID is written.
fn is_any_key(view: OperationRef<'_>, name: &str) -> bool {
    const LENGTH: usize = 36;
    let parameters = view.parameters().into_iter().filter(|known| known.name() == name);
    let mut schemas = parameters.filter_map(|known| known.schema());
    schemas.all(|schema| schema.max_length().is_none_or(|most| most >= LENGTH) && schema.pattern().is_none())
}

/// Whether a text of a UUID is a value of the type.
fn is_any_text(ty: &Type) -> bool {
    matches!(ty, Type::Primitive(Primitive::String) | Type::Scalar(Scalar::Known(Format::Uuid, _)))
}

/// The method with this name.
pub(super) fn method(name: &str) -> Method {
    match name {
        "GET" => Method::Get,
        "PUT" => Method::Put,
        "POST" => Method::Post,
        "DELETE" => Method::Delete,
        "OPTIONS" => Method::Options,
        "HEAD" => Method::Head,
        "PATCH" => Method::Patch,
        "TRACE" => Method::Trace,
        "QUERY" => Method::Query,
        other => Method::Other(other.to_owned()),
    }
}

/// The names in the braces of a path template, in order.
pub(super) fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
