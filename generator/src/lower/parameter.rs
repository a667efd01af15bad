//! Parameters.
//!
//! ```yaml
//! - { name: limit, in: query, schema: { type: integer } }
//! ```
//! is an optional setter `limit(i64)`; with `required: true`, an argument.

use openapiv3::{Parameter as Declared, ParameterData, ParameterSchemaOrContent, QueryStyle};

use super::{Lowering, body::Rank, docs, operation::inline};
use crate::{
    diagnostic::Code,
    document::extension,
    ir::{Location, OperationId, Origin, Parameter, PathStyle, Role, Style, Type, Usage, UsageParent},
    resolve::Target,
};

/// Header parameters that OpenAPI has described elsewhere (OpenAPI 3.1 §4.8.12.1, `name`).
const DESCRIBED_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Lowering<'a> {
    /// A parameter, unless it is one that OpenAPI says to ignore.
    pub(super) fn lower_parameter(
        &mut self,
        target: Target<'a, Declared>,
        id: OperationId,
    ) -> Option<Parameter> {
        let declared = target.item;
        let data = declared.parameter_data_ref();
        let origin = extension::origin(&data.extensions)?;
        if matches!(declared, Declared::Header { .. })
            && DESCRIBED_ELSEWHERE.contains(&data.name.to_ascii_lowercase().as_str())
        {
            return None;
        }
        let usage = usage(target, id);
        let (ty, location) = if extension::is_query_string(data) {
            self.query_string(data, usage, origin)
        } else {
            let (ty, as_json) = self.parameter_type(data, usage, origin);
            (ty, location(declared, as_json))
        };
        Some(Parameter {
            origin,
            wire: data.name.clone(),
            location,
            required: data.required || matches!(location, Location::Path(_)),
            ty,
            docs: docs::described(data.description.as_deref()),
            deprecated: data.deprecated.unwrap_or(false),
            default: self.default(data),
            sent_by_default: None,
        })
    }

    /// The value that the server assumes when it is absent.
    fn default(&self, data: &'a ParameterData) -> Option<String> {
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some(schema),
            ParameterSchemaOrContent::Content(content) => {
                content.values().find_map(|media| media.schema.as_ref())
            }
        };
        let default = self.document.schema(schema?)?.data().default.as_ref();
        default.filter(|value| !value.is_null()).map(ToString::to_string)
    }

    /// The type of the value, and whether it is written as JSON text.
    fn parameter_type(&mut self, data: &'a ParameterData, usage: Usage, origin: Origin) -> (Type, bool) {
        match &data.format {
            ParameterSchemaOrContent::Schema(schema) => match self.document.schema(schema) {
                Some(schema) => (self.lower_value(schema, usage), false),
                None => (Type::Any, false),
            },
            ParameterSchemaOrContent::Content(content) => {
                let first = content.iter().next();
                let schema = first.and_then(|(_, media)| self.document.schema(media.schema.as_ref()?));
                let as_json = first.is_some_and(|(name, _)| super::body::is_json(name));
                if !as_json {
                    let message =
                        format!("`{}` has a content that is not JSON; it is sent as JSON", data.name);
                    self.report(Code::ParameterDegraded, origin, message);
                }
                (schema.map_or(Type::Any, |schema| self.lower_value(schema, usage)), true)
            }
        }
    }

    /// The whole query string as one value (OpenAPI 3.2 §4.12.2, `in`).
    fn query_string(&mut self, data: &'a ParameterData, usage: Usage, origin: Origin) -> (Type, Location) {
        let (schema, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (Some(schema), Style::WholeForm),
            ParameterSchemaOrContent::Content(content) => {
                let first = content.iter().next();
                let style = match first.map(|(name, _)| super::body::rank(name)) {
                    Some(Rank::Json) => Style::WholeJson,
                    Some(Rank::Form) => Style::WholeForm,
                    _ => {
                        let message =
                            format!("`{}` is neither a form nor JSON; it is sent as a form", data.name);
                        self.report(Code::ParameterDegraded, origin, message);
                        Style::WholeForm
                    }
                };
                (first.and_then(|(_, media)| media.schema.as_ref()), style)
            }
        };
        let schema = schema.and_then(|schema| self.document.schema(schema));
        let ty = schema.map_or(Type::Any, |schema| self.lower_value(schema, usage));
        (ty, Location::Query { style, allow_reserved: false })
    }
}

/// What the type of a parameter is called if it has no name: after the component, or after the operation.
fn usage(target: Target<'_, Declared>, id: OperationId) -> Usage {
    match target.name {
        Some(name) => Usage::Inline { parent: UsageParent::Component(name.to_owned()), roles: Vec::new() },
        None => inline(id, Role::Parameter(target.item.parameter_data_ref().name.clone())),
    }
}

fn location(declared: &Declared, as_json: bool) -> Location {
    match declared {
        Declared::Path { style, parameter_data } => {
            Location::Path(path_style(style, parameter_data.explode.unwrap_or(false)))
        }
        Declared::Header { parameter_data, .. } => {
            Location::Header { explode: parameter_data.explode.unwrap_or(false) }
        }
        Declared::Cookie { .. } => Location::Cookie,
        Declared::Query { parameter_data, allow_reserved, style, .. } => {
            let style = if as_json { Style::Json } else { query_style(style, parameter_data.explode) };
            Location::Query { style, allow_reserved: *allow_reserved }
        }
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

/// The style with its `explode`, which is true by default only for `form` (OpenAPI 3.1 §4.8.12.2).
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
