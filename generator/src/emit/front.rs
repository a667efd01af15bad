//! The front page of the crate: installation, a first call, errors, pagination, and an index of operations.

use super::{client::is_placeless, context::Context, docs, inputs, returns};
use crate::{
    ir::{
        CredentialPlace, Method, Operation, OperationId, Outcome, Parameter, Payload, Primitive, ResourceId,
        Type, Usage,
    },
    markdown,
    name::{Ident, Scope},
};

/// How many characters the methods in a resource's row may take, and a name in an example.
const ROW: usize = 60;
const NAME: usize = 24;

/// Returns the page as Markdown.
pub(super) fn page(context: Context<'_>) -> String {
    let info = &context.api.info;
    let package = &context.names.package;
    let mut text = format!("Client for {}.\n\n", markdown::line(&info.title));
    text.push_str(&format!("```sh\ncargo add {package}\ncargo add tokio --features full\n```"));
    if let Some(call) = first_call(context) {
        text.push_str(&format!("\n\n{}", example(context, &call.lines(), true)));
        text.push_str(&format!("\n\n# Errors\n\n{}", example(context, &call.failing(context), false)));
    }
    if let Some(lines) = pages(context) {
        text.push_str(&format!("\n\n# Pages\n\n{}", example(context, &lines, false)));
    }
    if !context.api.operations.is_empty() {
        text.push_str(&format!("\n\n# Resources\n\n{}", resources(context)));
    }
    if context.api.webhooks.is_some() {
        let behind = match context.api.operations.is_empty() {
            true => "",
            false => ", behind the feature `webhooks`",
        };
        text.push_str(&format!(
            "\n\n# Webhooks\n\nWhat the server sends to a server of yours is read by `webhooks::parse`{behind}."
        ));
    }
    match docs::text(&info.docs) {
        description if description.is_empty() => text,
        description => format!("{text}\n\n# About the API\n\n{description}"),
    }
}

/// A first call, as a function.
pub(super) fn first(context: Context<'_>) -> Option<String> {
    let (library, call) = (context.names.library(), first_call(context)?);
    let lines = [client(context)].into_iter().chain(call.lines());
    let lines: Vec<String> = lines.map(|line| format!("    {line}\n")).collect();
    let lines = lines.concat();
    Some(format!("async fn run() -> Result<(), {library}::Error> {{\n{lines}    Ok(())\n}}\n"))
}

/// An example with its surroundings hidden, and the client too unless it is to be shown.
fn example(context: Context<'_>, lines: &[String], shows_client: bool) -> String {
    let library = context.names.library();
    let hidden = if shows_client { "" } else { "# " };
    let head = format!("# async fn run() -> Result<(), {library}::Error> {{\n{hidden}{}\n", client(context));
    format!("```no_run\n{head}{}\n# Ok(())\n# }}\n```", lines.join("\n"))
}

fn client(context: Context<'_>) -> String {
    format!("let client = {}::Client::{};", context.names.library(), constructor(context))
}

/// A call with only scalar arguments.
struct Call {
    /// `client.iam().users().get(0)`
    text: String,
    /// The name of the variable for its result.
    variable: String,
    /// Whether its error bodies are documented.
    is_documented: bool,
}

impl Call {
    fn lines(&self) -> Vec<String> {
        let Self { text, variable, .. } = self;
        vec![format!("let {variable} = {text}.await?;"), format!("println!(\"{{{variable}:?}}\");")]
    }

    fn failing(&self, context: Context<'_>) -> Vec<String> {
        let Self { text, variable, is_documented } = self;
        let (library, body) =
            (context.names.library(), if *is_documented { "documented()" } else { "body()" });
        vec![
            format!("match {text}.await {{"),
            format!("    Ok({variable}) => println!(\"{{{variable}:?}}\"),"),
            format!(
                "    Err({library}::Error::Api(error)) if error.status() == 404 => println!(\"{{:?}}\", error.{body}),"
            ),
            "    Err(error) => return Err(error.into()),".to_owned(),
            "}".to_owned(),
        ]
    }
}

/// The shortest call that reads a single object, or else the shortest that reads anything.
fn first_call(context: Context<'_>) -> Option<Call> {
    let operations = &context.api.operations;
    let is_simple = |operation: &Operation| {
        operation.method == Method::Get
            && !operation.deprecated
            && operation.body.is_none()
            && matches!(operation.success, Outcome::One { .. })
            && required(operation).all(|parameter| argument(&parameter.ty).is_some())
    };
    let simple = operations.iter().enumerate().filter(|(_, operation)| is_simple(operation));
    let calls = simple.map(|(index, operation)| {
        let id = OperationId::from_index(index);
        let is_one = required(operation).next().is_some();
        let call = Call {
            text: text(context, id, operation),
            variable: variable(context, id, operation),
            is_documented: returns::documents_errors(operation),
        };
        (!is_one, call.text.len(), call)
    });
    calls
        .min_by_key(|(is_other, length, call)| (*is_other, *length, call.text.clone()))
        .map(|(.., call)| call)
}

/// The lines of an example for a paginated list.
fn pages(context: Context<'_>) -> Option<Vec<String>> {
    let has_pages = |operation: &Operation| {
        operation.pagination.is_some()
            && !operation.deprecated
            && operation.body.as_ref().is_none_or(|body| !body.required)
            && required(operation).all(|parameter| argument(&parameter.ty).is_some())
    };
    let operations = context.api.operations.iter().enumerate();
    let lists = operations.filter(|(_, operation)| has_pages(operation));
    let calls = lists.map(|(index, operation)| text(context, OperationId::from_index(index), operation));
    let call = calls.min_by_key(|call| (call.len(), call.clone()))?;
    Some(vec![
        format!("let mut all = {call}.items();"),
        "while let Some(item) = all.next().await {".to_owned(),
        "    println!(\"{:?}\", item?);".to_owned(),
        "}".to_owned(),
    ])
}

/// The text of a call with placeholder arguments.
fn text(context: Context<'_>, id: OperationId, operation: &Operation) -> String {
    let names = context.names.operation(id);
    let arguments = inputs::arguments(operation, names).into_iter();
    let arguments: Vec<&str> = arguments.filter_map(|(parameter, _)| argument(&parameter.ty)).collect();
    format!("client{}.{}({})", accessors(context, id), code(&names.method), arguments.join(", "))
}

/// A variable name for the result: `user` for a `User`, `users` for a list returned by `users()`, `response` for an
/// unnamed type.
fn variable(context: Context<'_>, id: OperationId, operation: &Operation) -> String {
    let text = match &operation.success {
        Outcome::One { payload: Payload::Json(Type::Named(id)), .. } => {
            match context.api.type_def(*id).usage {
                Usage::Component(_) => context.names.type_def(*id).ident.plain().to_owned(),
                Usage::Inline { .. } => "response".to_owned(),
            }
        }
        Outcome::One { payload: Payload::Json(Type::List(_)), .. } => {
            context.api.resource(holder(context, id)).word.clone()
        }
        Outcome::One {
            payload: Payload::Json(_) | Payload::Text(_) | Payload::TextOrJson(_) | Payload::Bytes,
            ..
        }
        | Outcome::None
        | Outcome::Several(_) => String::new(),
    };
    let name = code(&Scope::new().snake(&text));
    let is_odd = text.is_empty() || name.len() > NAME || name.starts_with("r#") || name == "client";
    if is_odd { "value".to_owned() } else { name }
}

fn required(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.required && parameter.constant.is_none())
}

/// A literal for an argument of a scalar type.
fn argument(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Primitive(Primitive::Bool) => Some("true"),
        Type::Primitive(Primitive::Integer(_)) => Some("0"),
        Type::Primitive(Primitive::Float) => Some("0.0"),
        Type::Primitive(Primitive::String) => Some("\"id\""),
        Type::Scalar(_)
        | Type::Any
        | Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Tuple(..)
        | Type::File => None,
    }
}

/// A row per resource: how to reach it, and its methods.
fn resources(context: Context<'_>) -> String {
    let mut rows = vec!["| Resource | Operations |".to_owned(), "|---|---|".to_owned()];
    for (index, resource) in context.api.resources.iter().enumerate() {
        let id = ResourceId::from_index(index);
        let methods: Vec<String> = resource
            .operations
            .iter()
            .map(|id| docs::code(context.names.operation(*id).method.plain()))
            .collect();
        if methods.is_empty() {
            continue;
        }
        let place = match id {
            ResourceId::ROOT => "[`client`](Client)".to_owned(),
            _ => {
                let ident = context.names.resource(id).ident.plain();
                format!("[`client{}`](resources::{ident})", path(context, id))
            }
        };
        rows.push(format!("| {place} | {} |", shortened(&methods)));
    }
    rows.join("\n")
}

/// As many methods as fit into a row, and the number of the others.
fn shortened(methods: &[String]) -> String {
    let mut length = 0;
    let fits = |method: &&String| {
        length += method.len() + ", ".len();
        length <= ROW
    };
    let shown: Vec<&str> = methods.iter().take_while(fits).map(String::as_str).collect();
    match (shown.as_slice(), methods.len() - shown.len()) {
        ([], more) => more.to_string(),
        (shown, 0) => shown.join(", "),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The resource of an operation.
fn holder(context: Context<'_>, id: OperationId) -> ResourceId {
    let holder = context.api.resources.iter().position(|resource| resource.operations.contains(&id));
    ResourceId::from_index(holder.unwrap_or(0))
}

/// `.iam().users()`
pub(super) fn accessors(context: Context<'_>, id: OperationId) -> String {
    path(context, holder(context, id))
}

fn path(context: Context<'_>, id: ResourceId) -> String {
    let accessors = way(context, id).into_iter();
    accessors.map(|accessor| format!(".{}()", code(accessor))).collect()
}

/// The accessors that lead from the client to a resource, in order.
pub(super) fn way<'a>(context: Context<'a>, id: ResourceId) -> Vec<&'a Ident> {
    let mut at = id;
    let mut way = Vec::new();
    while at != ResourceId::ROOT {
        way.push(&context.names.resource(at).accessor);
        at = context.api.resource(at).parent;
    }
    way.reverse();
    way
}

/// The identifier as written in code.
fn code(ident: &Ident) -> String {
    quote::quote! { #ident }.to_string()
}

/// The call that creates a client; from the environment if that is configured.
fn constructor(context: Context<'_>) -> &'static str {
    let is_placeless = is_placeless(context);
    match context.api.security_schemes.as_slice() {
        [only] if (only.env.is_some() || only.client_env.is_some()) && !is_placeless => "from_env()?",
        [only] if only.place != CredentialPlace::Basic && is_placeless => {
            "new(\"https://api.example.com\", \"secret\")?"
        }
        [only] if only.place != CredentialPlace::Basic => "new(\"secret\")?",
        _ if is_placeless => "new(\"https://api.example.com\")?",
        _ => "new()?",
    }
}
