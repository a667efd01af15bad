//! Types, their fields and variants.
//!
//! A component keeps its own name. A part without a name is called after what it is part of and what it is for:
//!
//! ```yaml
//! User: { properties: { groups: { type: array, items: { type: object, properties: {…} } } } }
//! ```
//! has items of type `UserGroup`. Two that would be called the same are told apart by a number, in document order.

use super::{
    scope::{Ident, Scope},
    table::{Names, TypeNames},
    words::singular,
};
use crate::ir::{
    Api, Case, MemberValue, Record, Role, Shape, Status, TypeDef, TypeId, Union, Usage, UsageParent,
};

/// Claims every type's name: components first, so that they keep the bare names.
pub(super) fn claim(api: &Api, names: &mut Names) {
    let (mut components, inline): (Vec<TypeId>, Vec<TypeId>) =
        api.type_ids().partition(|id| matches!(api.type_def(*id).usage, Usage::Component(_)));
    components.sort_by_key(|id| api.type_def(*id).origin);
    for id in components.into_iter().chain(inline) {
        let def = api.type_def(id);
        let ident = match &def.usage {
            Usage::Shared { roles, otherwise } => {
                let otherwise = text(api, names, otherwise);
                names.type_scope.camel_first(&[part(roles), otherwise])
            }
            usage => {
                let text = text(api, names, usage);
                names.type_scope.camel(&text)
            }
        };
        let (parts, open) = parts(api, names, def);
        names.set_type(id, TypeNames { ident, parts, open });
    }
}

/// What the type is called before its case is applied.
fn text(api: &Api, names: &Names, usage: &Usage) -> String {
    match usage {
        Usage::Shared { otherwise, .. } => text(api, names, otherwise),
        Usage::Component(name) => name.clone(),
        Usage::Inline { parent, roles } => {
            let parent = match parent {
                UsageParent::Type(id) => {
                    names.claimed(*id).map(|names| names.ident.plain().to_owned()).unwrap_or_default()
                }
                UsageParent::Component(name) => name.clone(),
                UsageParent::Operation(id) => api.operation(*id).id.clone(),
            };
            roles.iter().fold(parent, |name, role| extend(&name, role))
        }
    }
}

/// The name of a part that is called by its own words alone.
fn part(roles: &[Role]) -> String {
    roles.iter().fold(String::new(), |name, role| extend(&name, role)).trim().to_owned()
}

/// The name of a part, from the name of what it is part of.
fn extend(name: &str, role: &Role) -> String {
    match role {
        Role::Property(word) | Role::Parameter(word) => format!("{name} {word}"),
        Role::Item => {
            let (before, last) = name.rsplit_once(' ').map_or(("", name), |(before, last)| (before, last));
            match singular(last) {
                same if same == last || before.is_empty() => format!("{name} item"),
                one => format!("{before} {one}"),
            }
        }
        Role::Position(index) => format!("{name} item {}", index + 1),
        Role::Base => format!("{name} base"),
        Role::Request => format!("{name} request"),
        Role::Value => format!("{name} value"),
        Role::Variant(_, Some(title)) if title.len() <= 40 => format!("{name} {title}"),
        Role::Variant(index, _) => format!("{name} variant {}", index + 1),
        Role::Body => format!("{name} body"),
        Role::Response(status) => format!("{name} response {}", status.as_deref().unwrap_or_default()),
        Role::Failure(statuses) => format!("{name} {}", failure(statuses)),
        Role::Error(status) => format!("{name} error {}", status.as_deref().unwrap_or_default()),
    }
}

/// `not found or conflict error`; of more than three statuses, `error 400 or 401 or 403 or 404`.
fn failure(statuses: &[Status]) -> String {
    let number = |status: &Status| match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(first) => format!("{first}xx"),
        Status::Default => "default".to_owned(),
    };
    let joined = |texts: Vec<String>| texts.join(" or ");
    match statuses.len() {
        0..=3 => format!("{} error", joined(statuses.iter().map(|status| status_text(*status)).collect())),
        _ => format!("error {}", joined(statuses.iter().map(number).collect())),
    }
}

/// The names of a type's fields or variants, and of the one that keeps the unknown.
fn parts(api: &Api, names: &Names, def: &TypeDef) -> (Vec<Ident>, Ident) {
    let mut scope = Scope::new();
    let parts = match &def.shape {
        Shape::Record(Record { fields, .. }) => fields.iter().map(|field| scope.snake(&field.wire)).collect(),
        Shape::Multipart(form) => form.parts.iter().map(|part| scope.snake(&part.field.wire)).collect(),
        Shape::Enumeration(enumeration) => enumeration
            .members
            .iter()
            .map(|member| match (&member.name, &member.value) {
                (Some(name), _) => scope.camel(name),
                (None, MemberValue::Text(text)) => scope.camel(text),
                (None, MemberValue::Integer(number)) => scope.camel(&number.to_string()),
            })
            .collect(),
        Shape::Union(union) => variants(api, names, union, &mut scope),
        Shape::Cases(cases) => cases.iter().map(|case| scope.camel(&case_text(case))).collect(),
        Shape::Alias(_) => Vec::new(),
    };
    let open = match &def.shape {
        Shape::Record(_) | Shape::Multipart(_) => scope.snake("extra"),
        Shape::Cases(_) => scope.camel("undocumented"),
        Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) => scope.camel("unknown"),
    };
    (parts, open)
}

/// A variant is called after its component, its title, its tag, or the kind of value it holds.
fn variants(api: &Api, names: &Names, union: &Union, scope: &mut Scope) -> Vec<Ident> {
    let text = |variant: &crate::ir::Variant| match (&variant.ty, variant.tags.first()) {
        (crate::ir::Type::Named(id), tag) => match (&api.type_def(*id).usage, tag) {
            (Usage::Component(name), _) => name.clone(),
            (Usage::Shared { roles, .. }, _) => part(roles),
            (Usage::Inline { .. }, Some(tag)) => tag.clone(),
            (Usage::Inline { roles, .. }, None) => match roles.last() {
                Some(Role::Variant(_, Some(title))) => title.clone(),
                _ => names
                    .claimed(*id)
                    .map_or_else(|| "object".to_owned(), |known| known.ident.plain().to_owned()),
            },
        },
        (ty, _) => kind(ty).to_owned(),
    };
    union.variants.iter().map(|variant| scope.camel(&text(variant))).collect()
}

/// What a value of this type is called when nothing else names it.
fn kind(ty: &crate::ir::Type) -> &str {
    use crate::ir::{Primitive, Scalar, Type};
    match ty {
        Type::Primitive(Primitive::Bool) => "boolean",
        Type::Primitive(Primitive::Integer(_)) => "integer",
        Type::Primitive(Primitive::Float) => "number",
        Type::Primitive(Primitive::String) => "string",
        Type::Scalar(Scalar::Known(format, _)) => format_name(*format),
        Type::Scalar(Scalar::Other { path, .. }) => path.rsplit("::").next().unwrap_or_default(),
        Type::Any => "any",
        Type::Named(_) => "object",
        Type::List(_) => "list",
        Type::Map(_) => "map",
        Type::Nullable(_) => "nullable",
        Type::Tuple(..) => "tuple",
        Type::File => "file",
    }
}

fn format_name(format: crate::config::Format) -> &'static str {
    use crate::config::Format;
    match format {
        Format::DateTime => "date time",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::Base64 | Format::Base64Url => "bytes",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Ip => "ip",
        Format::Decimal => "decimal",
    }
}

/// A response is called by its status, in the words of the registry (RFC 9110 §15).
fn case_text(case: &Case) -> String {
    let status = status_text(case.status);
    match case.media_type.as_deref().filter(|_| case.by_media_type) {
        None | Some("application/json" | "application/problem+json") => status,
        Some("text/plain") => format!("{status} text"),
        Some("application/octet-stream") => format!("{status} bytes"),
        Some(other) => format!("{status} {}", other.split_once('/').map_or(other, |(_, subtype)| subtype)),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Exact(code) => match http_reason(code) {
            Some(reason) => reason.to_owned(),
            None => format!("status {code}"),
        },
        Status::Range(first) => match first {
            2 => "success".to_owned(),
            4 => "client error".to_owned(),
            5 => "server error".to_owned(),
            other => format!("status {other}XX"),
        },
        Status::Default => "default".to_owned(),
    }
}

/// The reason phrase of a status code that an API is likely to document.
fn http_reason(code: u16) -> Option<&'static str> {
    let reason = match code {
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        428 => "precondition required",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return None,
    };
    Some(reason)
}
