//! The verb implied by a method on a path: `GET /users` lists, `GET /users/{id}` gets.

use super::{
    gives::{self, Gives},
    template::Segment,
};
use crate::{
    ir::{Content, Method, Operation, Outcome, Status, Type, TypeDef, Usage},
    language::{
        noun::{is_plural, same_name},
        words::words_of,
    },
};

/// The kind of a path's last segment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PathEnd {
    /// `/users/{id}`
    Item,
    /// `/users`
    Many,
    /// `/me`
    One,
}

/// The verb of an operation on a resource, as far as its path and types imply one; `noun` is the resource.
pub(super) fn verb(
    operation: &Operation,
    segments: &[Segment<'_>],
    types: &[TypeDef],
    noun: &str,
) -> Option<&'static str> {
    let place = match segments.last()? {
        Segment::Parameter(_) => PathEnd::Item,
        Segment::Static(text) if is_plural(text) => PathEnd::Many,
        Segment::Static(_) => PathEnd::One,
    };
    let sent =
        operation.body.as_ref().map_or(Gives::Unknown, |body| gives::by_content(&body.content, types, noun));
    match (&operation.method, place) {
        (Method::Get, _) => Some(reading(operation, place, types, noun)),
        (Method::Post, PathEnd::Many) => Some("create"),
        (Method::Post, PathEnd::One) if creates(operation, types, noun) => Some("create"),
        (Method::Put, PathEnd::Item | PathEnd::One) => Some("replace"),
        (Method::Patch, PathEnd::Item | PathEnd::One) => Some("update"),
        (Method::Put, PathEnd::Many) if sent == Gives::One => Some("replace"),
        (Method::Patch, PathEnd::Many) if sent == Gives::One => Some("update"),
        (Method::Delete, PathEnd::Item | PathEnd::One) => Some("delete"),
        (Method::Query, _) => Some("query"),
        (
            Method::Post
            | Method::Put
            | Method::Patch
            | Method::Delete
            | Method::Options
            | Method::Head
            | Method::Trace
            | Method::Other(_),
            _,
        ) => None,
    }
}

/// Whether a `GET` returns one or many. A plural returns many, unless the schema is a scalar or itself has a plural
/// name.
fn reading(operation: &Operation, place: PathEnd, types: &[TypeDef], noun: &str) -> &'static str {
    let ty = operation.success.json();
    let is_whole = match ty {
        Some(ty @ Type::Named(_)) => component(ty, types).is_some_and(is_plural),
        Some(_) | None => true,
    };
    match (place, gives::on_success(&operation.success, types, noun)) {
        (PathEnd::Item, _) if matches!(ty, Some(Type::List(_))) => "list",
        (PathEnd::Item, _) | (PathEnd::One, Gives::One | Gives::Unknown) => "get",
        (PathEnd::Many, Gives::One) if is_whole => "get",
        (PathEnd::Many, _) | (PathEnd::One, Gives::Many) => "list",
    }
}

/// The component name of a type.
fn component<'t>(ty: &Type, types: &'t [TypeDef]) -> Option<&'t str> {
    let Type::Named(id) = ty else { return None };
    match &types.get(id.index())?.usage {
        Usage::Component(name) => Some(name),
        Usage::Inline { .. } => None,
    }
}

/// Whether a `POST` creates one: by its status, or because that is what is sent.
fn creates(operation: &Operation, types: &[TypeDef], noun: &str) -> bool {
    let created = match &operation.success {
        Outcome::One { statuses, .. } => statuses.contains(&Status::Exact(201)),
        Outcome::None | Outcome::Several(_) => false,
    };
    let sent = operation.body.as_ref().and_then(|body| match &body.content {
        Content::Json(ty) | Content::Form(ty, _) => component(ty, types),
        Content::Multipart(_) | Content::Text(_) | Content::Bytes => None,
    });
    let itself = sent.is_some_and(|name| same_name(&words_of(name), &words_of(noun)));
    created || itself
}

/// A name for the action of an operation without an `operationId` if [`verb`] knows none.
pub(super) fn unusual(method: &Method, item: bool) -> String {
    match method {
        Method::Post if item => "update".to_owned(),
        Method::Put | Method::Patch | Method::Delete => format!("{}_all", plain(method)),
        Method::Get
        | Method::Post
        | Method::Query
        | Method::Options
        | Method::Head
        | Method::Trace
        | Method::Other(_) => method.as_str().to_lowercase(),
    }
}

/// A name for the action of an operation without an `operationId` if its path gives none.
pub(super) fn plain(method: &Method) -> String {
    match method {
        Method::Get => "get".to_owned(),
        Method::Post => String::new(),
        Method::Put => "replace".to_owned(),
        Method::Patch => "update".to_owned(),
        Method::Delete => "delete".to_owned(),
        Method::Query => "query".to_owned(),
        Method::Options | Method::Head | Method::Trace | Method::Other(_) => method.as_str().to_lowercase(),
    }
}
