//! Resources, calls and what they take.

use super::{
    scope::Scope,
    table::{Names, OperationNames, ResourceNames},
};
use crate::ir::{Api, OperationId, ResourceId};

/// What the runtime's client has of its own.
const CLIENT_METHODS: &[&str] = &["base_url", "builder", "clone", "from_env", "new"];

/// Modules that have a file of another use, and names that no file may have on Windows.
const FILES: &[&str] = &["aux", "con", "mod", "nul", "prn", "root"];

/// What the runtime's call has of its own; a setter of such a name gets a number.
const CALL_METHODS: &[&str] = &[
    "bytes",
    "clone",
    "empty",
    "header",
    "into_future",
    "items",
    "json",
    "marked",
    "query_pair",
    "request_mut",
    "send",
    "text",
    "timeout",
    "with",
    "with_bytes",
    "with_cookie",
    "with_empty_query",
    "with_form",
    "with_header",
    "with_json",
    "with_multipart",
    "with_path",
    "with_query",
    "with_request",
    "with_reserved_query",
    "with_styled_cookie",
    "with_styled_header",
    "with_styled_path",
    "with_styled_query",
    "with_text",
];

/// What the runtime's builder has of its own.
const BUILDER_METHODS: &[&str] = &[
    "base_url",
    "body_limit",
    "build",
    "clone",
    "connect_timeout",
    "credential",
    "environment",
    "fail",
    "from_env",
    "from_variables",
    "header",
    "max_redirects",
    "new",
    "secret",
    "server",
    "timeout",
    "transport",
    "user_agent",
    "variable",
];

/// Claims the names of resources, then of operations and of credentials.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let mut modules = Scope::with_reserved(FILES.iter().copied());
    let mut methods: Vec<Scope> = api
        .resources
        .iter()
        .enumerate()
        .map(|(index, _)| {
            if index == 0 {
                Scope::with_reserved(CLIENT_METHODS.iter().copied())
            } else {
                Scope::with_reserved(["new"])
            }
        })
        .collect();
    for (index, resource) in api.resources.iter().enumerate().skip(1) {
        let path = path(api, ResourceId::from_index(index));
        let ident =
            names.type_scope.camel_first(&[resource.word.clone(), path.clone(), format!("{path} resource")]);
        let accessor = methods[resource.parent.index()].snake(&resource.word);
        let module = modules.snake(&resource.word);
        names.set_resource(ResourceId::from_index(index), ResourceNames { ident, accessor, module });
    }
    for (index, resource) in api.resources.iter().enumerate() {
        for operation in &resource.operations {
            claim_operation(api, *operation, &mut methods[index], names);
        }
    }
    let mut setters = Scope::with_reserved(BUILDER_METHODS.iter().copied());
    let schemes = api.security_schemes.iter();
    names.credentials =
        schemes.map(|scheme| setters.snake(scheme.setter.as_deref().unwrap_or(&scheme.name))).collect();
    let variables = api.servers.iter().take(1).flat_map(|server| &server.variables);
    names.variables = variables.map(|variable| setters.snake(&variable.name)).collect();
}

/// The words from the root to a resource.
fn path(api: &Api, id: ResourceId) -> String {
    let mut words = Vec::new();
    let mut at = id;
    while at != ResourceId::ROOT {
        let resource = api.resource(at);
        words.push(resource.word.as_str());
        at = resource.parent;
    }
    words.reverse();
    words.join(" ")
}

fn claim_operation(api: &Api, id: OperationId, methods: &mut Scope, names: &mut Names) {
    let operation = api.operation(id);
    let method = methods.snake(&operation.action);
    let marker = names.type_scope.camel(&operation.id);
    let mut scope = Scope::with_reserved(CALL_METHODS.iter().copied());
    let parameters = operation.parameters.iter().map(|parameter| scope.snake(&parameter.wire)).collect();
    let body = scope.snake("body");
    names.set_operation(id, OperationNames { method, marker, parameters, body });
}
