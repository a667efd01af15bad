//! Resources, calls and what they take.

use super::{
    scope::{Ident, Scope, Wanted},
    table::{Names, OperationNames, ResourceNames},
    words,
};
use crate::ir::{Api, Location, Operation, OperationId, Parameter, ResourceId};

/// What the runtime's client has of its own.
const CLIENT_METHODS: &[&str] = &["base_url", "builder", "clone", "from_env", "new"];

/// Modules that have a file of another use, and names that no file may have on Windows.
const FILES: &[&str] = &["aux", "con", "mod", "nul", "prn", "root"];

/// What setters of a call cannot be called: methods of every call, constructors that generated methods name without the
/// call's type (`Call::json`), and those of its traits, which a setter would hide. `marked`, which only calls without
/// setters have, is free, and so is everything as an argument.
const CALL_METHODS: &[&str] = &[
    "bytes",
    "clone",
    "empty",
    "header",
    "into_future",
    // Whether or not there are pages today.
    "items",
    "json",
    "query_pair",
    "request_mut",
    "send",
    "text",
    "timeout",
    "with",
    "with_bytes",
    "with_cookie",
    "with_exploded_header",
    "with_form",
    "with_header",
    "with_json",
    "with_multipart",
    "with_path",
    "with_query",
    "with_reserved_query",
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
    "from_env",
    "from_variables",
    "header",
    "max_redirects",
    "new",
    "secret",
    "timeout",
    "transport",
    "user_agent",
];

/// Claims the names of resources, then of operations and of credentials.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let mut modules = Scope::with_reserved(FILES.iter().copied());
    let mut methods: Vec<Scope> = api
        .resources
        .iter()
        .enumerate()
        .map(
            |(index, _)| {
                if index == 0 { Scope::with_reserved(CLIENT_METHODS.iter().copied()) } else { Scope::new() }
            },
        )
        .collect();
    for (index, resource) in api.resources.iter().enumerate().skip(1) {
        let path = path(api, ResourceId::from_index(index));
        let texts = [resource.word.clone(), path.clone(), format!("{path} resource")];
        let ident = names.type_scope.first_free(&texts.map(|text| words::camel(&text)));
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
    let (parameters, body) = inputs(operation);
    names.set_operation(id, OperationNames { method, marker, parameters, body });
}

/// The names of an operation's parameters and of its body.
///
/// The body is `body`, and those of the path have the names that they have there. Where another wants a name that is
/// taken, or a setter one that calls have of their own, the place goes before it: `query_id`, `header_timeout`.
fn inputs(operation: &Operation) -> (Vec<Ident>, Ident) {
    // The one of the call's methods that starts with a place.
    let mut scope = Scope::with_reserved(["query_pair"]);
    let body = match &operation.body {
        Some(_) => scope.snake("body"),
        None => Scope::new().snake("body"),
    };
    let is_of_path = |parameter: &&Parameter| matches!(parameter.location, Location::Path(_));
    let (path, rest): (Vec<&Parameter>, Vec<&Parameter>) = operation.parameters.iter().partition(is_of_path);
    let mut of_path = scope.snakes(&path.into_iter().map(wanted).collect::<Vec<_>>()).into_iter();
    let mut of_rest = scope.snakes(&rest.into_iter().map(wanted).collect::<Vec<_>>()).into_iter();
    let in_order = operation
        .parameters
        .iter()
        .filter_map(|parameter| if is_of_path(&parameter) { of_path.next() } else { of_rest.next() });
    (in_order.collect(), body)
}

fn wanted(parameter: &Parameter) -> Wanted {
    let place = match parameter.location {
        Location::Path(_) => "path",
        Location::Query { .. } => "query",
        Location::Header { .. } => "header",
        Location::Cookie => "cookie",
    };
    let (bare, placed) = (parameter.wire.clone(), format!("{place} {}", parameter.wire));
    if !parameter.required && CALL_METHODS.contains(&words::snake(&bare).as_str()) {
        Wanted { text: placed, otherwise: None }
    } else {
        Wanted { text: bare, otherwise: Some(placed) }
    }
}
