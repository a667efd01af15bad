//! Lowers parameters.
//!
//! ```yaml
//! - { name: limit, in: query, schema: { type: integer } }
//! ```
//! is an optional setter `limit(i64)`; with `required: true` it is an argument, unless `enum` leaves only one value,
//! which is then sent automatically.

use serde_json::Value;

use super::{
    Lowering,
    media::{Rank, is_json, is_xml, rank},
    schemas::docs,
    usage::inline,
};
use crate::{
    diagnostic::Code,
    ir::{
        Docs, Location, OperationId, Parameter, PathStyle, PlainStyle, Primitive, Role, Style, Type, Usage,
        UsageParent,
    },
    resolve::{self, CookieStyle, HeaderRef, ParameterIn, ParameterRef, QueryStyle, SchemaRef},
};

/// The properties of an operation that its parameters depend on.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    pub id: OperationId,
    /// Whether it has a body, which determines its `Content-Type`.
    pub has_body: bool,
    /// Whether it has security, which determines its `Authorization`.
    pub has_security: bool,
}

impl<'a> Lowering<'a> {
    /// Lowers a parameter, unless OpenAPI requires ignoring it.
    pub(super) fn lower_parameter(
        &mut self,
        declared: ParameterRef<'a>,
        around: Surroundings,
    ) -> Option<Parameter> {
        if is_described_elsewhere(declared, around) {
            let message = format!("`{}` is described elsewhere; it is not a parameter", declared.name());
            self.schemas.report(Code::HeaderNotAParameter, declared.origin(), message);
            return None;
        }
        let usage = usage(declared, around.id);
        let constant = constant_parameter(declared);
        let (ty, location) = if constant.is_some() {
            let ty = Type::Primitive(Primitive::String);
            (ty, location(declared, false, false))
        } else if declared.is_query_string() {
            self.query_string(declared, usage)
        } else {
            let (ty, as_json) = self.parameter_type(declared, usage);
            let ty = if as_json { ty } else { text_for_any(ty, declared) };
            let location = location(declared, as_json, may_hold_nothing(declared, &ty));
            (ty, location)
        };
        Some(Parameter {
            origin: declared.origin(),
            wire: declared.name().to_owned(),
            location,
            required: declared.is_required(),
            ty,
            docs: self.docs_of_parameter(declared),
            deprecated: declared.is_deprecated(),
            constant,
            default: default(declared),
            sample: self.schemas.sample_of_parameter(declared),
            sent_by_default: None,
        })
    }

    /// The description of a parameter, or else that of its values if they have no declared type.
    fn docs_of_parameter(&self, declared: ParameterRef<'a>) -> Docs {
        let own = docs::described(declared.description());
        match declared.schema().filter(|schema| schema.name().is_none()) {
            Some(schema) if own == Docs::default() => self.schemas.docs_of(schema),
            _ => own,
        }
    }

    /// The type of the value, and whether it is sent as JSON text.
    fn parameter_type(&mut self, declared: ParameterRef<'a>, usage: Usage) -> (Type, bool) {
        let ty = declared.schema().map_or(Type::Any, |schema| self.lower_value(schema, usage));
        let Some(content) = declared.content() else { return (ty, false) };
        if rank(content.name()) == Rank::Text && !is_xml(content.name()) {
            return (ty, false);
        }
        if !is_json(content.name()) {
            let message = format!("`{}` has a content that is not JSON; it is sent as JSON", declared.name());
            self.schemas.report(Code::ParameterDegraded, declared.origin(), message);
        }
        (ty, true)
    }

    /// The whole query string as one value (OpenAPI 3.2 §4.12.2, `in`).
    fn query_string(&mut self, declared: ParameterRef<'a>, usage: Usage) -> (Type, Location) {
        let style = match declared.content().map(|content| rank(content.name())) {
            Some(Rank::Json) => Style::WholeJson,
            None | Some(Rank::Form) => Style::WholeForm,
            Some(Rank::Multipart | Rank::Text | Rank::Other) => {
                let message =
                    format!("`{}` is neither a form nor JSON; it is sent as a form", declared.name());
                self.schemas.report(Code::ParameterDegraded, declared.origin(), message);
                Style::WholeForm
            }
        };
        let ty = declared.schema().map_or(Type::Any, |schema| self.lower_value(schema, usage));
        (ty, Location::Query { style, allow_reserved: false, allow_empty: false })
    }
}

/// The only possible value of a required parameter.
fn constant_parameter(declared: ParameterRef<'_>) -> Option<String> {
    let schema = declared.schema().filter(|_| declared.content().is_none())?;
    let text = only_text(schema).filter(|text| !text.is_empty())?;
    (declared.is_required() && !declared.is_query_string()).then_some(text)
}

/// The only possible value of a header.
pub(super) fn constant_header(declared: HeaderRef<'_>) -> Option<String> {
    let schema = declared.schema().filter(|_| declared.content().is_none())?;
    only_text(schema).filter(|_| declared.is_required())
}

/// The only possible value, as text.
pub(super) fn only_text(schema: SchemaRef<'_>) -> Option<String> {
    let [value] = schema.enumeration() else { return None };
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The value that the server assumes if it is absent.
fn default(declared: ParameterRef<'_>) -> Option<String> {
    let default = declared.schema()?.default();
    default.filter(|value| !value.is_null()).map(ToString::to_string)
}

/// The usage of a parameter's type: named after the component or the operation.
fn usage(declared: ParameterRef<'_>, id: OperationId) -> Usage {
    match declared.component() {
        Some(name) => Usage::Inline { parent: UsageParent::Component(name.to_owned()), roles: Vec::new() },
        None => inline(id, Role::Parameter(declared.name().to_owned())),
    }
}

/// A parameter of unspecified type is a string, except in a query, which also takes lists and objects.
fn text_for_any(ty: Type, declared: ParameterRef<'_>) -> Type {
    match declared.place() {
        ParameterIn::Path { .. } | ParameterIn::Header | ParameterIn::Cookie(_) if ty == Type::Any => {
            Type::Primitive(Primitive::String)
        }
        _ => ty,
    }
}

/// Whether a value can be a list or an object, of which an empty one is sent only where `allowEmptyValue` says so.
fn may_hold_nothing(declared: ParameterRef<'_>, ty: &Type) -> bool {
    let is_either = |schema: SchemaRef<'_>| schema.is_type("array") || schema.is_type("object");
    matches!(ty, Type::List(_) | Type::Map(_)) || declared.schema().is_some_and(is_either)
}

/// Whether a header parameter is one that OpenAPI describes elsewhere (OpenAPI 3.1 §4.8.12.1, `name`). Swagger 2.0
/// lacks this rule, but its bodies have a media type too. An `Authorization` without a security scheme is kept:
/// nothing else describes authentication.
fn is_described_elsewhere(declared: ParameterRef<'_>, around: Surroundings) -> bool {
    if declared.place() != ParameterIn::Header {
        return false;
    }
    let may_be_any = declared.may_be_any_header();
    match declared.name().to_ascii_lowercase().as_str() {
        "accept" => !may_be_any,
        "content-type" => !may_be_any || around.has_body,
        "authorization" => !may_be_any && around.has_security,
        // These determine the destination and the end of the body.
        "connection" | "content-length" | "host" | "te" | "transfer-encoding" | "upgrade" => true,
        _ => false,
    }
}

fn location(declared: ParameterRef<'_>, as_json: bool, may_be_empty: bool) -> Location {
    let explode = declared.explode();
    match declared.place() {
        ParameterIn::Path { style, allow_reserved } => {
            let style = if as_json { PathStyle::Json } else { path_style(style, explode.unwrap_or(false)) };
            Location::Path { style, allow_reserved }
        }
        ParameterIn::Header => Location::Header(plain_style(as_json, explode.unwrap_or(false))),
        ParameterIn::Cookie(_) if as_json => Location::Cookie(Style::Json),
        ParameterIn::Cookie(CookieStyle::Form) => Location::Cookie(query_style(QueryStyle::Form, explode)),
        ParameterIn::Cookie(CookieStyle::Cookie) => {
            Location::Cookie(if explode.unwrap_or(true) { Style::CookieExplode } else { Style::Cookie })
        }
        ParameterIn::Query { style, allow_reserved, allow_empty } => {
            let style = if as_json { Style::Json } else { query_style(style, explode) };
            Location::Query { style, allow_reserved, allow_empty: may_be_empty && !as_json && allow_empty }
        }
    }
}

fn plain_style(as_json: bool, explode: bool) -> PlainStyle {
    match (as_json, explode) {
        (true, _) => PlainStyle::Json,
        (false, true) => PlainStyle::SimpleExplode,
        (false, false) => PlainStyle::Simple,
    }
}

fn path_style(style: resolve::PathStyle, explode: bool) -> PathStyle {
    match (style, explode) {
        (resolve::PathStyle::Simple, false) => PathStyle::Simple,
        (resolve::PathStyle::Simple, true) => PathStyle::SimpleExplode,
        (resolve::PathStyle::Label, false) => PathStyle::Label,
        (resolve::PathStyle::Label, true) => PathStyle::LabelExplode,
        (resolve::PathStyle::Matrix, false) => PathStyle::Matrix,
        (resolve::PathStyle::Matrix, true) => PathStyle::MatrixExplode,
    }
}

/// The style with its `explode`, which defaults to true only for `form` (OpenAPI 3.1 §4.8.12.2).
pub(super) fn query_style(style: QueryStyle, explode: Option<bool>) -> Style {
    match (style, explode) {
        (QueryStyle::Form, None | Some(true)) => Style::FormExplode,
        (QueryStyle::Form, Some(false)) => Style::Form,
        (QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, Some(true)) => Style::FormExplode,
        (QueryStyle::SpaceDelimited, _) => Style::SpaceDelimited,
        (QueryStyle::PipeDelimited, _) => Style::PipeDelimited,
        (QueryStyle::DeepObject, _) => Style::DeepObject,
    }
}
