//! Names resources, calls, their arguments and their setters.

use super::{
    scope::{Ident, Scope, Wanted},
    table::{Names, OperationNames, ResourceNames},
    words,
};
use crate::{
    ir::{Api, Body, Location, Operation, OperationId, Parameter, Resource, ResourceId},
    language::noun::singular,
};

/// The methods of the runtime's client.
const CLIENT_METHODS: &[&str] = &[
    "base_url",
    "builder",
    "builder_from_env",
    "from_env",
    "new",
    "open_request",
    "request",
    "send_request",
];

/// Methods of traits in the prelude, and of those that resources and the client implement: a method with such a name
/// would hide them.
const TRAIT_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "fmt",
    "from",
    "into",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// Names of files with another purpose, and names that Windows reserves.
const FILES: &[&str] = &[
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "mod", "nul", "prn", "root",
];

/// The maximum number of characters of a resource's word in the name of its file: file systems allow 255 bytes, and one
/// character may be spelt with several letters.
const LONGEST_FILE: usize = 60;

/// Names that setters of a call cannot have: methods of every call and of its traits, which a setter would hide.
/// Arguments may have any name.
const CALL_METHODS: &[&str] = &[
    "block",
    "bytes",
    "clone",
    "header",
    "into_future",
    "into",
    "items",
    "min_throughput",
    "pages",
    "polling",
    "query_pair",
    "read_as",
    "request",
    "retries",
    "send",
    "stream",
    "text",
    "timeout",
    "total_timeout",
    "until_done",
    "with_cookie",
    "with_empty_query",
    "with_form",
    "with_header",
    "with_json",
    "with_multipart",
    "with_path",
    "with_query",
    "with_request",
    "with_reserved_path",
    "with_reserved_query",
    "with_scalar_text",
    "with_styled_cookie",
    "with_styled_header",
    "with_styled_path",
    "with_styled_query",
    "with_text",
    "with_upload",
];

/// The methods of the runtime's builder.
const BUILDER_METHODS: &[&str] = &[
    "base_url",
    "body_limit",
    "build",
    "client_credentials_from_env",
    "client_credentials_from_variables",
    "clone",
    "compress_requests",
    "connect_timeout",
    "credential",
    "environment",
    "expansion_limit",
    "fail",
    "from_env",
    "from_variables",
    "header",
    "idempotency_header",
    "layer",
    "listed_server",
    "listed_url",
    "located",
    "max_redirects",
    "min_throughput",
    "new",
    "repeat_bodies_elsewhere",
    "retries",
    "secret",
    "server",
    "stack_limit",
    "strict_reading",
    "supplied",
    "timeout",
    "tokens",
    "total_timeout",
    "transport",
    "user_agent",
    "variable",
];

/// Claims the names of resources, then of operations and of credentials.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let mut modules = Scope::with_reserved(FILES.iter().copied());
    let reserved =
        |of: &'static [&'static str]| Scope::with_reserved(TRAIT_METHODS.iter().chain(of).copied());
    let mut methods: Vec<Scope> = vec![reserved(&[]); api.resources.len()];
    if let Some(root) = methods.first_mut() {
        *root = reserved(CLIENT_METHODS);
    }
    // Sorted by path, so that the order of the document has no effect.
    let mut resources: Vec<(Vec<&str>, ResourceId)> =
        (1..api.resources.len()).map(ResourceId::from_index).map(|id| (path(api, id), id)).collect();
    resources.sort_by(|(path, _), (other, _)| (path.len(), path).cmp(&(other.len(), other)));
    for (path, id) in resources {
        let path = path.join(" ");
        let resource = api.resource(id);
        // Named by its whole path, so that a resource with the same word elsewhere does not rename it.
        let texts = [path.clone(), format!("{path} resource")];
        let ident = names.resource_scope.first_free(&texts.map(|text| words::camel(&text)));
        let accessor = methods[resource.parent.index()].snake(&method(&resource.word, "resource"));
        let module = modules.snake(&resource.word.chars().take(LONGEST_FILE).collect::<String>());
        names.set_resource(id, ResourceNames { ident, accessor, module });
    }
    let calls = claim_calls(api, names);
    for (index, resource) in api.resources.iter().enumerate() {
        let mut operations = resource.operations.clone();
        operations.sort_by_key(|id| {
            let operation = api.operation(*id);
            (operation.path.len(), &operation.path, operation.method.as_str())
        });
        for operation in &operations {
            claim_operation(api, *operation, resource, &mut methods[index], &calls, names);
        }
        for operation in &operations {
            claim_other_bodies(api, *operation, &mut methods[index], names);
        }
    }
    let mut setters = Scope::with_reserved(BUILDER_METHODS.iter().copied());
    let schemes = api.security_schemes.iter();
    names.credentials =
        schemes.map(|scheme| setters.snake(scheme.setter.as_deref().unwrap_or(&scheme.name))).collect();
    let variables = api.server_variables().into_iter();
    names.variables = variables.map(|variable| setters.snake(&variable.name)).collect();
}

/// The words from the root to a resource.
fn path(api: &Api, id: ResourceId) -> Vec<&str> {
    let mut words = Vec::new();
    let mut at = id;
    while at != ResourceId::ROOT {
        let resource = api.resource(at);
        words.push(resource.word.as_str());
        at = resource.parent;
    }
    words.reverse();
    words
}

/// Claims the type of each call; returns them by the operation's index.
fn claim_calls(api: &Api, names: &mut Names) -> Vec<Ident> {
    let mut order: Vec<usize> = (0..api.operations.len()).collect();
    order.sort_by_key(|index| {
        let operation = &api.operations[*index];
        (&operation.id, &operation.path, operation.method.as_str())
    });
    let claimed =
        order.into_iter().map(|index| (index, names.resource_scope.camel(&api.operations[index].id)));
    let mut claimed: Vec<(usize, Ident)> = claimed.collect();
    claimed.sort_by_key(|(index, _)| *index);
    claimed.into_iter().map(|(_, ident)| ident).collect()
}

/// The text of a method, followed by its resource if it would hide a method of a trait: `clone_voice`.
fn method(text: &str, noun: &str) -> String {
    let hides = TRAIT_METHODS.contains(&words::snake(text).as_str());
    if hides { format!("{text} {noun}") } else { text.to_owned() }
}

fn claim_operation(
    api: &Api,
    id: OperationId,
    resource: &Resource,
    methods: &mut Scope,
    calls: &[Ident],
    names: &mut Names,
) {
    let operation = api.operation(id);
    let noun = Some(singular(&resource.word)).filter(|noun| !noun.is_empty());
    let method = methods.snake(&method(&operation.action, noun.as_deref().unwrap_or("call")));
    let call = calls[id.index()].clone();
    names.set_operation(id, inputs(operation, method, call), operation.has_setters());
}

/// Claims the methods that take a required body in another media type, after all other methods:
/// `create_with_form_data`.
fn claim_other_bodies(api: &Api, id: OperationId, methods: &mut Scope, names: &mut Names) {
    let operation = api.operation(id);
    let others = operation.other_bodies.iter().filter(|body| body.required);
    let idents = others.map(|body| methods.snake(&format!("{} with {}", operation.action, kind(body))));
    let idents: Vec<Ident> = idents.collect();
    if !idents.is_empty() {
        names.set_other_bodies(id, idents);
    }
}

/// The word that distinguishes a body: its subtype, the type of a range such as `text/*`, or `any`.
fn kind(body: &Body) -> &str {
    let essence = body.media_type.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("*", "*")) => "any",
        Some((of, "*")) => of,
        Some((_, subtype)) => subtype,
        None => essence,
    }
}

/// The names of an operation's parameters and of its body.
///
/// The body is `body`, and path parameters keep the names of the template. If a setter would hide a method of calls, or
/// two parameters in different locations have the same name, the location precedes the name: `query_timeout`,
/// `header_id`. Two parameters in one location with the same name are numbered.
fn inputs(operation: &Operation, method: Ident, call: Ident) -> OperationNames {
    // The only method of calls that starts with a location.
    let mut scope = Scope::with_reserved(["query_pair"]);
    let body = match &operation.body {
        Some(_) => scope.snake("body"),
        None => Scope::new().snake("body"),
    };
    let content_type = match operation.bodies().any(Body::is_offered) {
        true => scope.snake("content_type"),
        false => Scope::new().snake("content_type"),
    };
    // Path parameters come first, as in the operation.
    let mut claim = |of_path: bool| {
        let parameters = operation.parameters.iter().filter(|parameter| is_of_path(parameter) == of_path);
        scope.snakes(&parameters.map(|parameter| wanted(parameter, operation)).collect::<Vec<_>>())
    };
    let parameters = [claim(true), claim(false)].concat();
    let others = operation.other_bodies.iter().filter(|body| !body.required);
    let other_bodies = others.map(|body| scope.snake(&format!("{} body", kind(body)))).collect();
    OperationNames { method, call, parameters, body, content_type, other_bodies }
}

fn wanted(parameter: &Parameter, operation: &Operation) -> Wanted {
    let (name, place) = (words::snake(&parameter.wire), place(parameter.location));
    let is_elsewhere =
        |other: &Parameter| self::place(other.location) != place && words::snake(&other.wire) == name;
    let is_argument = name == "content_type" && operation.bodies().any(Body::is_offered);
    let is_placed = operation.parameters.iter().any(is_elsewhere)
        || (operation.body.is_some() && name == "body")
        || is_argument;
    let (text, placed) = (parameter.wire.clone(), format!("{place} {}", parameter.wire));
    let is_method = CALL_METHODS.contains(&name.as_str())
        || operation.streamed.iter().any(|stream| stream.kind.method() == name);
    if !parameter.required && is_method {
        Wanted { text: placed, otherwise: None }
    } else {
        Wanted { text, otherwise: is_placed.then_some(placed) }
    }
}

fn is_of_path(parameter: &Parameter) -> bool {
    place(parameter.location) == "path"
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path { .. } => "path",
        Location::Query { .. } => "query",
        Location::Header { .. } => "header",
        Location::Cookie(_) => "cookie",
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILDER_METHODS, CALL_METHODS, CLIENT_METHODS, method};

    const SOURCES: &[&str] = &[
        include_str!("../../runtime/builder.rs"),
        include_str!("../../runtime/call_with.rs"),
        include_str!("../../runtime/client.rs"),
        include_str!("../../runtime/credential.rs"),
        include_str!("../../runtime/fill.rs"),
        include_str!("../../runtime/multipart.rs"),
        include_str!("../../runtime/raw_call.rs"),
        include_str!("../../runtime/tokens.rs"),
    ];

    /// The methods of a type or a trait of the runtime, including private ones: generated methods cannot share a name.
    fn methods(of: &str) -> Vec<String> {
        let files = SOURCES.iter().map(|source| syn::parse_file(source).expect("the runtime is Rust"));
        let items = files.flat_map(|file| file.items);
        items.flat_map(|item| methods_of(item, of)).map(|signature| signature.ident.to_string()).collect()
    }

    fn methods_of(item: syn::Item, of: &str) -> Vec<syn::Signature> {
        let is_own = |ty: &syn::Type| match ty {
            syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == of),
            _ => false,
        };
        match item {
            syn::Item::Impl(block) if block.trait_.is_none() && is_own(&block.self_ty) => {
                let functions = block.items.into_iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(function) => Some(function.sig),
                    _ => None,
                });
                functions.collect()
            }
            syn::Item::Trait(own) if own.ident == of => {
                let functions = own.items.into_iter().filter_map(|item| match item {
                    syn::TraitItem::Fn(function) => Some(function.sig),
                    _ => None,
                });
                functions.collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn methods_of_traits() {
        let texts = ["clone", "Into", "tryFrom", "cloneAll", "list"];
        let methods = ["clone voice", "Into voice", "tryFrom voice", "cloneAll", "list"];
        assert_eq!(texts.map(|text| method(text, "voice")), methods);
    }

    #[test]
    fn what_the_runtime_has_is_taken() {
        let types = [
            ("CallWith", CALL_METHODS),
            ("Fill", CALL_METHODS),
            ("FillForm", CALL_METHODS),
            ("Client", CLIENT_METHODS),
            ("ClientBuilder", BUILDER_METHODS),
        ];
        let free = types.into_iter().flat_map(|(of, taken)| {
            let free = methods(of).into_iter().filter(|name| !taken.contains(&name.as_str()));
            free.map(move |name| format!("{of}::{name}"))
        });
        assert_eq!(free.collect::<Vec<_>>(), Vec::<String>::new());
    }
}
