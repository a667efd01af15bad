//! Operations.
//!
//! ```yaml
//! /iam/users/{userId}:
//!   get: { operationId: getUser, parameters: [...], responses: {...} }
//! ```
//! is a call with its parameters in the template's order, its body, and what comes back.

use std::collections::HashSet;

use super::{Lowering, docs, words::words_of};
use crate::{
    diagnostic::Code,
    ir::{
        Location, Method, Operation, OperationId, Parameter, PathStyle, Primitive, Role, Type, Usage,
        UsageParent,
    },
    resolve::OperationView,
};

impl<'a> Lowering<'a> {
    /// Every operation of the document, in its order.
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut ids = HashSet::new();
        let views = document.operations().into_iter().enumerate();
        views
            .map(|(index, view)| self.lower_operation(&view, OperationId::from_index(index), &mut ids))
            .collect()
    }

    fn lower_operation(
        &mut self,
        view: &OperationView<'a>,
        id: OperationId,
        ids: &mut HashSet<String>,
    ) -> Operation {
        let operation = view.operation;
        let name = self.operation_id(view, ids);
        let parameters = self.lower_parameters(view, id);
        let body = self.lower_body(view, id);
        let responses = self.lower_responses(view, id);
        Operation {
            origin: view.origin,
            action: name.clone(),
            id: name,
            method: method(view.method),
            path: view.path.to_owned(),
            server: view.servers.first().map(super::server_url),
            docs: docs::summarised(operation.summary.as_deref(), operation.description.as_deref()),
            deprecated: operation.deprecated,
            parameters,
            body,
            accept: responses.accept,
            success: responses.success,
            failure: responses.failure,
            security: self.lower_security(view),
            pagination: None,
        }
    }

    /// The `operationId`, or one made of method and path where it is missing or taken.
    fn operation_id(&mut self, view: &OperationView<'a>, ids: &mut HashSet<String>) -> String {
        let method = || words_of(&view.method.to_lowercase()).join("_");
        let made = || format!("{}_{}", method(), words_of(view.path).join("_"));
        let declared = view.operation.operation_id.as_deref().map(str::trim).filter(|id| !id.is_empty());
        let id = match declared {
            Some(declared) if !ids.contains(declared) => declared.to_owned(),
            Some(declared) => {
                let id = made();
                let message =
                    format!("`{declared}` is the operationId of an earlier operation; this one is `{id}`");
                self.report(Code::DuplicateOperationId, view.origin, message);
                id
            }
            None => made(),
        };
        ids.insert(id.clone());
        id
    }

    /// Parameters of the path in the template's order, then the others in the document's.
    fn lower_parameters(&mut self, view: &OperationView<'a>, id: OperationId) -> Vec<Parameter> {
        let mut declared: Vec<Parameter> = Vec::new();
        for parameter in &view.parameters {
            declared.extend(self.lower_parameter(*parameter, id));
        }
        let (mut in_path, others): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(|parameter| matches!(parameter.location, Location::Path(_)));
        let mut ordered = Vec::new();
        for name in template_names(view.path) {
            if ordered.iter().any(|known: &Parameter| known.wire == name) {
                continue;
            }
            match in_path.iter().position(|parameter| parameter.wire == name) {
                Some(at) => ordered.push(in_path.remove(at)),
                None => ordered.push(self.undeclared(name, view)),
            }
        }
        for unused in in_path {
            let message = format!("`{}` is not in the template `{}`", unused.wire, view.path);
            self.report(Code::UnusedPathParameter, unused.origin, message);
        }
        ordered.extend(others);
        ordered
    }

    fn undeclared(&mut self, name: &str, view: &OperationView<'a>) -> Parameter {
        let message = format!("`{{{name}}}` in `{}` is not declared; it is taken as a string", view.path);
        self.report(Code::UndeclaredPathParameter, view.origin, message);
        Parameter {
            origin: view.origin,
            wire: name.to_owned(),
            location: Location::Path(PathStyle::Simple),
            required: true,
            ty: Type::Primitive(Primitive::String),
            docs: docs::described(None),
            deprecated: false,
            sent_by_default: None,
        }
    }
}

/// The method of this name.
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

/// The names between braces of a path template, in order.
pub(super) fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A part of an operation, or of the component that it shares with others.
pub(super) fn part_of(component: Option<&str>, id: OperationId, role: Role) -> Usage {
    let parent = match component {
        Some(name) => UsageParent::Component(name.to_owned()),
        None => UsageParent::Operation(id),
    };
    Usage::Inline { parent, roles: vec![role] }
}

/// A part of an operation.
pub(super) fn inline(id: OperationId, role: Role) -> Usage {
    Usage::Inline { parent: UsageParent::Operation(id), roles: vec![role] }
}
