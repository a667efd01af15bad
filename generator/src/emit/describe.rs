//! The doc comment of a call's method.
//!
//! ```ignore
//! /// Change a load: `PUT /loads/{load}`
//! ///
//! /// - `load`: Its number.
//! /// - On success: The load as it is now.
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    context::Context,
    docs,
    inputs::{self, optional_bodies, parameters, required_body},
    response,
};
use crate::{
    ir::{Body, Operation},
    markdown,
    name::{Ident, OperationNames},
};

/// The owner of a call's method.
pub(super) enum ResourcePath {
    /// A resource.
    Named(Ident),
    /// The client itself.
    Client,
}

/// The doc comment of a method.
pub(super) fn method(operation: &Operation, names: &OperationNames, context: Context<'_>) -> String {
    let said = docs::own_text(&operation.docs);
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    let request = docs::LinkedCode::new(&request, operation.docs.see.as_ref());
    let mut text = beside_summary(&said, &request);
    let mut items = arguments(operation, names);
    match response::about(operation, &said, context) {
        returns if returns.is_empty() => {}
        returns if docs::ends_in_paragraph(&text) => items.push(docs::item(&returns)),
        returns => text = format!("{text}\n\n{returns}"),
    }
    items.extend(optional(operation, names));
    match items.as_slice() {
        [] => text,
        items if docs::ends_in_paragraph(&text) => format!("{text}\n{}", items.join("\n")),
        // After a list they would become items of it.
        items => format!("{text}\n\nArguments:\n{}", items.join("\n")),
    }
}

/// Adds method and path to the first paragraph of the text, which is what lists of methods show.
fn beside_summary(text: &str, request: &docs::LinkedCode) -> String {
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    match (markdown::is_paragraph(first), rest) {
        _ if text.is_empty() => request.linked.clone(),
        (true, "") => docs::and_code(first, request),
        (true, rest) => format!("{}\n\n{rest}", docs::and_code(first, request)),
        (false, _) => format!("{text}\n\n{}", request.linked),
    }
}

/// ``- `id`: The user's number.`` for each argument with a description.
fn arguments(operation: &Operation, names: &OperationNames) -> Vec<String> {
    let parameters = inputs::arguments(operation, names).into_iter().map(|(parameter, ident)| {
        let text = docs::compact(&parameter.docs);
        (ident, parameter.deprecated, docs::and_compact_default(&text, parameter.default.as_deref()))
    });
    let body = required_body(operation);
    let body = body.map(|body| (&names.body, false, about_body(operation, body)));
    let content_type = operation.body.iter().filter(|body| body.required && body.is_offered());
    let content_type =
        content_type.map(|body| (&names.content_type, false, format!("{}.", media_types(body))));
    let entries = parameters.chain(content_type).chain(body).filter_map(|(ident, deprecated, said)| {
        let deprecated = if deprecated { " (deprecated)" } else { "" };
        let says = !said.is_empty() || !deprecated.is_empty();
        says.then(|| docs::item(&docs::labelled(&format!("`{}`{deprecated}", ident.plain()), &said)))
    });
    entries.collect()
}

/// ``- Optional: [`limit`](ListUsers#method.limit)`` for each setter of the call.
fn optional(operation: &Operation, names: &OperationNames) -> Option<String> {
    let call = names.call.plain();
    let link = |setter: &str| format!("[`{setter}`]({call}#method.{setter})");
    let parameters = parameters(operation, names, false).map(|(_, ident)| ident);
    let bodies = optional_bodies(operation, names).map(|(_, ident)| ident);
    let setters: Vec<String> = parameters.chain(bodies).map(|setter| link(setter.plain())).collect();
    let pages =
        operation.pagination.as_ref().map(|_| format!("All pages: {}, {}", link("items"), link("pages")));
    let optional = (!setters.is_empty()).then(|| format!("Optional: {}", setters.join(", ")));
    let streams: Vec<String> = operation.streamed.iter().map(|stream| link(stream.kind.method())).collect();
    let streams = (!streams.is_empty()).then(|| format!("As a stream: {}", streams.join(", ")));
    let awaited = operation.is_awaited().then(|| format!("Until the work is done: {}", link("until_done")));
    let sentences: Vec<String> = optional.into_iter().chain(pages).chain(streams).chain(awaited).collect();
    (!sentences.is_empty()).then(|| docs::item(&filled(&sentences.join(". "))))
}

/// The room for text in a list item that documents a method.
const ROOM: usize = 110;

/// A text with line breaks where it would be too long.
fn filled(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= ROOM => line.extend([" ", word]),
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// The doc comment of a call's type: the method that creates it, and facts common to all calls.
pub(super) fn call(
    resource: &ResourcePath,
    operation: &Operation,
    names: &OperationNames,
    context: Context<'_>,
) -> String {
    let (root, method) = (context.root, names.method.plain());
    let path = |tokens: TokenStream| tokens.to_string().replace(' ', "");
    let (all, client) = (path(quote! { #root::Call }), path(quote! { #root::Client }));
    let of = match resource {
        ResourcePath::Named(ident) => format!("[`{0}::{method}`]({0}::{method})", ident.plain()),
        ResourcePath::Client => format!("[`Client::{method}`]({client}::{method})"),
    };
    let sets = match () {
        () if operation.takes_settings() => "with optional parameters",
        () if operation.is_awaited() => "whose work can be awaited",
        () => "that can be read as a stream",
    };
    format!("The call {of}, a [`Call`]({all}) {sets}.")
}

/// The description of the body, unless it repeats that of the operation.
fn about_body(operation: &Operation, body: &Body) -> String {
    let said = docs::compact(&body.docs);
    let repeats = docs::bare(&docs::text(&operation.docs)).contains(&docs::bare(&said));
    if repeats { String::new() } else { said }
}

/// The doc comment of a body's setter.
pub(super) fn optional_body(body: &Body, names: &OperationNames) -> String {
    let text = docs::text(&body.docs);
    if !body.is_offered() {
        return text;
    }
    let offered = format!("`{}`: {}.", names.content_type.plain(), media_types(body));
    if text.is_empty() { offered } else { format!("{text}\n\n{offered}") }
}

/// The possible media types of a body: ``one of `image/png`, `image/jpeg` ``.
pub(super) fn media_types(body: &Body) -> String {
    match body.offered.as_slice() {
        [] => docs::code(&body.media_type),
        [only] if only == "*/*" => "any media type".to_owned(),
        [only] => docs::code(only),
        several => {
            format!("one of {}", several.iter().map(|name| docs::code(name)).collect::<Vec<_>>().join(", "))
        }
    }
}
