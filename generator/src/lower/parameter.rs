//! Lowers parameters.
//!
//! ```yaml
//! - { name: limit, in: query, schema: { type: integer } }
//! ```
//! is an optional setter `limit(i64)`; with `required: true` it is an argument, unless `enum` leaves only one value,
//! which is then sent automatically.

use openapiv3::{Parameter as Declared, ParameterData, ParameterSchemaOrContent, QueryStyle};
use serde_json::Value;

use super::{Lowering, media::Rank, schemas::docs, usage::inline};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{
        Docs, Location, OperationId, Origin, Parameter, PathStyle, PlainStyle, Primitive, Role, Style, Type,
        Usage, UsageParent,
    },
    resolve::Target,
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
        target: Target<'a, Declared>,
        around: Surroundings,
    ) -> Option<Parameter> {
        let declared = target.item;
        let data = declared.parameter_data_ref();
        let origin = extension::origin(&data.extensions)?;
        if is_described_elsewhere(declared, around) {
            let message = format!("`{}` is described elsewhere; it is not a parameter", data.name);
            self.schemas.report(Code::HeaderNotAParameter, origin, message);
            return None;
        }
        let usage = usage(target, around.id);
        let constant = self.constant_parameter(declared);
        let (ty, location) = if constant.is_some() {
            let ty = Type::Primitive(Primitive::String);
            (ty, location(declared, false, false))
        } else if extension::is_query_string(data) {
            self.query_string(data, usage, origin)
        } else {
            let (ty, as_json) = self.parameter_type(data, usage, origin);
            let ty = if as_json { ty } else { text_for_any(ty, declared) };
            let location = location(declared, as_json, matches!(ty, Type::List(_) | Type::Map(_)));
            (ty, location)
        };
        Some(Parameter {
            origin,
            wire: data.name.clone(),
            location,
            required: data.required || matches!(location, Location::Path { .. }),
            ty,
            docs: self.docs_of_parameter(data),
            deprecated: data.deprecated.unwrap_or(false),
            constant,
            default: self.default(data),
            sent_by_default: None,
        })
    }

    /// The description of a parameter, or else that of its values if they have no declared type.
    fn docs_of_parameter(&self, data: &'a ParameterData) -> Docs {
        let own = docs::described(data.description.as_deref());
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => self.schemas.document.schema(schema),
            ParameterSchemaOrContent::Content(content) => {
                content.values().next().and_then(|media| self.schemas.schema_of(media))
            }
        };
        match schema.filter(|schema| schema.name().is_none()) {
            Some(schema) if own == Docs::default() => self.schemas.docs_of(schema),
            _ => own,
        }
    }

    /// The only possible value of a required parameter.
    fn constant_parameter(&self, declared: &'a Declared) -> Option<String> {
        let data = declared.parameter_data_ref();
        let is_required = data.required || matches!(declared, Declared::Path { .. });
        let text = self.only_text(&data.format).filter(|text| !text.is_empty())?;
        (is_required && !extension::is_query_string(data)).then_some(text)
    }

    /// The only possible value of a parameter or header.
    pub(super) fn only_text(&self, format: &'a ParameterSchemaOrContent) -> Option<String> {
        let ParameterSchemaOrContent::Schema(schema) = format else { return None };
        let schema = self.schemas.document.schema(schema)?;
        let [value] = schema.kind().enumeration.as_slice() else { return None };
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The value that the server assumes if it is absent.
    fn default(&self, data: &'a ParameterData) -> Option<String> {
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some(schema),
            ParameterSchemaOrContent::Content(content) => {
                content.values().find_map(|media| media.schema.as_ref())
            }
        };
        let default = self.schemas.document.schema(schema?)?.data().default.as_ref();
        default.filter(|value| !value.is_null()).map(ToString::to_string)
    }

    /// The type of the value, and whether it is sent as JSON text.
    fn parameter_type(&mut self, data: &'a ParameterData, usage: Usage, origin: Origin) -> (Type, bool) {
        match &data.format {
            ParameterSchemaOrContent::Schema(schema) => match self.schemas.document.schema(schema) {
                Some(schema) => (self.lower_value(schema, usage), false),
                None => (Type::Any, false),
            },
            ParameterSchemaOrContent::Content(content) => {
                let first = content.iter().next();
                let schema =
                    first.and_then(|(_, media)| self.schemas.document.schema(media.schema.as_ref()?));
                let ty = schema.map_or(Type::Any, |schema| self.lower_value(schema, usage));
                let is_text =
                    |name: &str| super::media::rank(name) == Rank::Text && !super::media::is_xml(name);
                if first.is_some_and(|(name, _)| is_text(name)) {
                    return (ty, false);
                }
                if !first.is_some_and(|(name, _)| super::media::is_json(name)) {
                    let message =
                        format!("`{}` has a content that is not JSON; it is sent as JSON", data.name);
                    self.schemas.report(Code::ParameterDegraded, origin, message);
                }
                (ty, true)
            }
        }
    }

    /// The whole query string as one value (OpenAPI 3.2 §4.12.2, `in`).
    fn query_string(&mut self, data: &'a ParameterData, usage: Usage, origin: Origin) -> (Type, Location) {
        let (schema, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (Some(schema), Style::WholeForm),
            ParameterSchemaOrContent::Content(content) => {
                let first = content.iter().next();
                let style = match first.map(|(name, _)| super::media::rank(name)) {
                    Some(Rank::Json) => Style::WholeJson,
                    Some(Rank::Form) => Style::WholeForm,
                    _ => {
                        let message =
                            format!("`{}` is neither a form nor JSON; it is sent as a form", data.name);
                        self.schemas.report(Code::ParameterDegraded, origin, message);
                        Style::WholeForm
                    }
                };
                (first.and_then(|(_, media)| media.schema.as_ref()), style)
            }
        };
        let schema = schema.and_then(|schema| self.schemas.document.schema(schema));
        let ty = schema.map_or(Type::Any, |schema| self.lower_value(schema, usage));
        (ty, Location::Query { style, allow_reserved: false, allow_empty: false })
    }
}

/// The usage of a parameter's type: named after the component or the operation.
fn usage(target: Target<'_, Declared>, id: OperationId) -> Usage {
    match target.name {
        Some(name) => Usage::Inline { parent: UsageParent::Component(name.to_owned()), roles: Vec::new() },
        None => inline(id, Role::Parameter(target.item.parameter_data_ref().name.clone())),
    }
}

/// A parameter of unspecified type is a string, except in a query, which also takes lists and objects.
fn text_for_any(ty: Type, declared: &Declared) -> Type {
    match declared {
        Declared::Path { .. } | Declared::Header { .. } | Declared::Cookie { .. } if ty == Type::Any => {
            Type::Primitive(Primitive::String)
        }
        _ => ty,
    }
}

/// Whether a header parameter is one that OpenAPI describes elsewhere (OpenAPI 3.1 §4.8.12.1, `name`). Swagger 2.0
/// lacks this rule, but its bodies have a media type too. An `Authorization` without a security scheme is kept:
/// nothing else describes authentication.
fn is_described_elsewhere(declared: &Declared, around: Surroundings) -> bool {
    let Declared::Header { parameter_data: data, .. } = declared else { return false };
    let may_be_any = extension::may_be_any_header(data);
    match data.name.to_ascii_lowercase().as_str() {
        "accept" => !may_be_any,
        "content-type" => !may_be_any || around.has_body,
        "authorization" => !may_be_any && around.has_security,
        // These determine the destination and the end of the body.
        "connection" | "content-length" | "host" | "te" | "transfer-encoding" | "upgrade" => true,
        _ => false,
    }
}

fn location(declared: &Declared, as_json: bool, may_be_empty: bool) -> Location {
    match declared {
        Declared::Path { style, parameter_data } => {
            let explode = parameter_data.explode.unwrap_or(false);
            let style = if as_json { PathStyle::Json } else { path_style(style, explode) };
            Location::Path { style, allow_reserved: extension::allows_reserved(parameter_data) }
        }
        Declared::Header { parameter_data, .. } => {
            Location::Header(plain_style(as_json, parameter_data.explode.unwrap_or(false)))
        }
        Declared::Cookie { .. } if as_json => Location::Cookie(Style::Json),
        Declared::Cookie { parameter_data, .. } => {
            Location::Cookie(query_style(&QueryStyle::Form, parameter_data.explode))
        }
        Declared::Query { parameter_data, allow_reserved, style, allow_empty_value } => {
            let style = if as_json { Style::Json } else { query_style(style, parameter_data.explode) };
            let allow_empty = may_be_empty && !as_json && allow_empty_value.unwrap_or(false);
            Location::Query { style, allow_reserved: *allow_reserved, allow_empty }
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

fn path_style(style: &openapiv3::PathStyle, explode: bool) -> PathStyle {
    match (style, explode) {
        (openapiv3::PathStyle::Simple, false) => PathStyle::Simple,
        (openapiv3::PathStyle::Simple, true) => PathStyle::SimpleExplode,
        (openapiv3::PathStyle::Label, false) => PathStyle::Label,
        (openapiv3::PathStyle::Label, true) => PathStyle::LabelExplode,
        (openapiv3::PathStyle::Matrix, false) => PathStyle::Matrix,
        (openapiv3::PathStyle::Matrix, true) => PathStyle::MatrixExplode,
    }
}

/// The style with its `explode`, which defaults to true only for `form` (OpenAPI 3.1 §4.8.12.2).
pub(super) fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    match (style, explode) {
        (QueryStyle::Form, None | Some(true)) => Style::FormExplode,
        (QueryStyle::Form, Some(false)) => Style::Form,
        (QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, Some(true)) => Style::FormExplode,
        (QueryStyle::SpaceDelimited, _) => Style::SpaceDelimited,
        (QueryStyle::PipeDelimited, _) => Style::PipeDelimited,
        (QueryStyle::DeepObject, _) => Style::DeepObject,
    }
}
