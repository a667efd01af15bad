//! `lib.rs`: the crate's documentation with a first call, and what it exports.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Context, Sources, client::is_placeless, docs, markdown};
use crate::ir::{Method, Operation, OperationId, Outcome, Parameter, Place, Primitive, ResourceId, Type};

/// What the root of a crate has of the runtime, by file.
const EXPORTS: &[(&str, &[&str])] = &[
    ("api_error", &["ApiError", "Documented", "ErrorPayload", "Undocumented"]),
    ("base64", &["Base64", "Base64Url"]),
    ("builder", &["ClientBuilder"]),
    ("call", &["Call"]),
    ("client", &["Client"]),
    ("decode_failure", &["DecodeFailure"]),
    ("deviation", &["Deviation"]),
    ("error", &["ConfigError", "Error"]),
    ("extra", &["Extra"]),
    ("field", &["Field"]),
    ("multipart", &["File"]),
    ("page", &["Items"]),
    ("request_error", &["RequestError"]),
    ("response", &["BodyError", "RawBody", "Response"]),
    ("tuple", &["OpenTuple"]),
    ("value", &["Value"]),
];

/// What its module `json` has.
const JSON: &[(&str, &[&str])] = &[
    ("codec", &["Codec", "from_json", "read_json", "to_json", "to_value"]),
    ("decode_error", &["DecodeError"]),
    ("writer", &["EncodeError"]),
];

/// What its module `transport` has.
const TRANSPORT: &[(&str, &[&str])] =
    &[("transport", &["BoxFuture", "Limits", "Transport", "TransportError", "TransportErrorKind"])];

/// What a module has of the runtime, of the files that are there.
fn exported(of: &[(&str, &[&str])], root: &TokenStream, is_there: impl Fn(&str) -> bool) -> TokenStream {
    let lists = of.iter().filter(|(module, _)| is_there(module)).map(|(module, items)| {
        let module = Ident::new(module, Span::call_site());
        let items: Vec<_> = items.iter().map(|item| Ident::new(item, Span::call_site())).collect();
        match items.as_slice() {
            [only] => quote! { pub use #root #module::#only; },
            items => quote! { pub use #root #module::{#(#items),*}; },
        }
    });
    lists.collect()
}

/// How deep types may refer to each other before the compiler needs to be told (The Rust Reference, "Limits").
const DEFAULT_RECURSION_LIMIT: usize = 128;

/// How many steps the compiler takes from a type to one that it refers to, through `Option` and `Box`, and one to spare.
const STEPS: usize = 4;

/// The compiler follows types into each other to see what they implement.
fn recursion_limit(context: Context<'_>) -> Option<TokenStream> {
    let steps = context.facts.nesting() * STEPS;
    let limit = steps.next_power_of_two().to_string();
    (steps > DEFAULT_RECURSION_LIMIT).then(|| quote! { #![recursion_limit = #limit] })
}

/// Emits `lib.rs`, once every other file is there.
pub(super) fn emit(context: Context<'_>, sources: &mut Sources) {
    let always = [
        "builder",
        "call",
        "client",
        "codec",
        "decode_failure",
        "deviation",
        "error",
        "fill",
        "request_error",
        "response",
        "transport",
        "value",
    ];
    sources.runtime.extend(always.map(str::to_owned));
    let has = |path: &str| sources.files.contains_key(path);
    let errors = has("src/errors.rs").then(|| quote! { pub mod errors; });
    let responses = has("src/responses.rs").then(|| quote! { pub mod responses; });
    let root = context.root;
    let exports = exported(EXPORTS, &quote! { runtime:: }, |module| sources.runtime.contains(module));
    let json = exported(JSON, &quote! { #root::runtime:: }, |_| true);
    let transport = exported(TRANSPORT, &quote! { #root::runtime:: }, |_| true);
    let example = example(context);
    let about = docs::inner(&about(context, example.as_deref()));
    let limit = recursion_limit(context);
    let items = quote! {
        #about
        #limit
        // What is deprecated for users of the crate is still read and written.
        #![allow(deprecated)]
        // How many parameters a call has and what things are called is for the API to say.
        #![allow(clippy::disallowed_names, clippy::enum_variant_names)]
        #![allow(clippy::module_inception, clippy::new_ret_no_self, clippy::should_implement_trait)]
        #![allow(clippy::too_many_arguments, clippy::type_complexity)]
        mod client;
        mod codec;
        #errors
        pub mod models;
        pub mod resources;
        #responses
        #[allow(dead_code, unused_imports, unused_macros, reason = "a crate may need only part of it")]
        mod runtime;
        #exports
        /// Models as JSON, for what is not the body of a reply: webhooks, files, tests.
        pub mod json {
            #json
        }
        /// What carries requests to the server, and can be replaced: by another library, a recorder, a test without a network.
        pub mod transport {
            #transport
            #[cfg(feature = "reqwest")]
            pub use #root::runtime::transport_reqwest::ReqwestTransport;
        }
    };
    sources.files.insert("src/lib.rs".to_owned(), items);
    sources.example = example.map(|lines| function(context, &lines, ""));
}

/// The crate's documentation: what the document says of the API, and a first call.
fn about(context: Context<'_>, example: Option<&[String]>) -> String {
    let info = &context.api.info;
    let title = markdown::line(&info.title);
    let description = docs::text(&info.docs);
    let mut text = format!("Client of {title}.");
    if !description.is_empty() {
        text.push_str(&format!("\n\n{description}"));
    }
    if let Some(lines) = example {
        text.push_str(&format!("\n\n```no_run\n{}```", function(context, lines, "# ")));
    }
    text
}

/// The lines of an example within a function; what surrounds them is hidden by `hide`.
fn function(context: Context<'_>, lines: &[String], hide: &str) -> String {
    let library = context.names.library();
    let indent = if hide.is_empty() { "    " } else { "" };
    let mut text = format!("{hide}async fn run() -> Result<(), {library}::Error> {{\n");
    for line in lines {
        text.push_str(&format!("{indent}{line}\n"));
    }
    text.push_str(&format!("{hide}    Ok(())\n{hide}}}\n"));
    text
}

/// A client, and a call that takes only scalars.
fn example(context: Context<'_>) -> Option<Vec<String>> {
    let operations = &context.api.operations;
    let simple = |(_, operation): &(usize, &Operation)| {
        operation.method == Method::Get
            && !operation.deprecated
            && operation.body.is_none()
            && matches!(operation.success, Outcome::One { .. })
            && required(operation).all(|parameter| argument(&parameter.ty).is_some())
    };
    let candidates = || operations.iter().enumerate().filter(simple);
    let (index, operation) = candidates()
        .find(|(_, operation)| required(operation).next().is_some())
        .or_else(|| candidates().next())?;
    let names = context.names.operation(OperationId::from_index(index));
    let arguments: Vec<&str> = required(operation).filter_map(|parameter| argument(&parameter.ty)).collect();
    let path = accessors(context, OperationId::from_index(index));
    let library = context.names.library();
    let call = format!("client{path}.{}({})", method_text(&names.method), arguments.join(", "));
    Some(vec![
        format!("let client = {library}::Client::{};", constructor(context)),
        format!("let value = {call}.await?;"),
        "println!(\"{value:?}\");".to_owned(),
    ])
}

fn method_text(ident: &crate::name::Ident) -> String {
    quote! { #ident }.to_string()
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

/// `.iam().users()`
pub(super) fn accessors(context: Context<'_>, id: OperationId) -> String {
    let holder = context.api.resources.iter().position(|resource| resource.operations.contains(&id));
    let mut at = ResourceId::from_index(holder.unwrap_or(0));
    let mut path = Vec::new();
    while at != ResourceId::ROOT {
        path.push(format!(".{}()", method_text(&context.names.resource(at).accessor)));
        at = context.api.resource(at).parent;
    }
    path.reverse();
    path.concat()
}

/// The call that makes a client: from the environment where that is configured.
fn constructor(context: Context<'_>) -> &'static str {
    let is_placeless = is_placeless(context);
    match context.api.security_schemes.as_slice() {
        [only] if only.env.is_some() && !is_placeless => "from_env()?",
        [only] if only.place != Place::Basic && is_placeless => {
            "new(\"https://api.example.com\", \"secret\")?"
        }
        [only] if only.place != Place::Basic => "new(\"secret\")?",
        _ if is_placeless => "new(\"https://api.example.com\")?",
        _ => "new()?",
    }
}

#[cfg(test)]
mod tests {
    use super::EXPORTS;
    use crate::name;

    #[test]
    fn no_part_is_called_like_what_is_exported() {
        let mut exported: Vec<&str> = EXPORTS.iter().flat_map(|(_, items)| items.iter().copied()).collect();
        exported.sort_unstable();
        assert_eq!(exported, name::EXPORTS);
    }
}
