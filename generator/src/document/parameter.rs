//! Parameters and headers.

use indexmap::IndexMap;
use openapiv3::{
    CookieStyle, Header, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr, Schema,
};

use super::{
    facts::ParameterFacts,
    reader::{Builder, Fields},
};
use crate::{diagnostic::Code, normalise::marker, source::Node};

impl Builder<'_> {
    /// A parameter; reported and left out if its name or place is missing.
    pub(super) fn parameter(&mut self, node: Node) -> Option<Parameter> {
        let mut fields = self.fields(node, "parameter")?;
        let id = fields.id;
        let name = self.text(fields.take("name"), "name");
        let place = self.text(fields.take("in"), "in");
        let style = self.text(fields.take("style"), "style");
        let allow_reserved = self.flag(fields.take("allowReserved"), "allowReserved").unwrap_or(false);
        let allow_empty_value = self.flag(fields.take("allowEmptyValue"), "allowEmptyValue");
        let (Some(name), Some(place)) = (name, place) else {
            self.diagnostics.report(
                Code::MissingKeyword,
                id,
                "a parameter needs `name` and `in`; it is left out",
            );
            return None;
        };
        let facts = ParameterFacts {
            // Before OpenAPI 3.2 defined only for queries, but honoured in paths too.
            allows_reserved: allow_reserved,
            is_query_string: fields.has(marker::QUERY_STRING),
            is_cookie_style: style.as_deref() == Some("cookie"),
            may_be_any_header: fields.has(marker::ANY_HEADER),
        };
        if let Some((style, sent)) =
            style.as_deref().and_then(|style| Some((style, replaced(style, &place)?)))
            && fields.has("schema")
        {
            let message = format!(
                "`{name}` has the style `{style}`, which is not supported in a {place}; it is sent as `{sent}`"
            );
            self.diagnostics.report(Code::ParameterDegraded, id, message);
        }
        let parameter_data = self.parameter_data(name, facts, fields);
        match place.as_str() {
            "path" => Some(Parameter::Path { parameter_data, style: path_style(style.as_deref()) }),
            "header" => Some(Parameter::Header { parameter_data, style: HeaderStyle::Simple }),
            "cookie" => Some(Parameter::Cookie { parameter_data, style: CookieStyle::Form }),
            "query" => {
                let style = query_style(style.as_deref());
                Some(Parameter::Query { parameter_data, allow_reserved, style, allow_empty_value })
            }
            other => {
                let message = format!("no parameter is in `{other}`; it is left out");
                self.diagnostics.report(Code::WrongType, id, message);
                None
            }
        }
    }

    fn parameter_data(&mut self, name: String, facts: ParameterFacts, mut fields: Fields) -> ParameterData {
        let example = self.example(fields.take("example"), fields.take("examples").as_ref());
        ParameterData {
            extensions: self.facts.add_parameter(fields.id, facts).extensions(),
            name,
            description: self.text(fields.take("description"), "description"),
            required: self.flag(fields.take("required"), "required").unwrap_or(false),
            deprecated: self.flag(fields.take("deprecated"), "deprecated"),
            explode: self.flag(fields.take("explode"), "explode"),
            format: self.schema_or_content(&mut fields),
            example,
            examples: IndexMap::new(),
        }
    }

    /// Reads `schema`, or else `content`, or else an empty schema.
    fn schema_or_content(&mut self, fields: &mut Fields) -> ParameterSchemaOrContent {
        if let Some(schema) = fields.take("schema").and_then(|node| self.schema_or_reference(node)) {
            return ParameterSchemaOrContent::Schema(schema);
        }
        let content = self.content(fields.take("content"));
        if content.is_empty() {
            let anything = Schema {
                schema_data: Default::default(),
                schema_kind: openapiv3::SchemaKind::Any(Default::default()),
            };
            return ParameterSchemaOrContent::Schema(ReferenceOr::Item(anything));
        }
        ParameterSchemaOrContent::Content(content)
    }

    /// A header of a response.
    pub(super) fn header(&mut self, node: Node) -> Option<Header> {
        let mut fields = self.fields(node, "header")?;
        Some(Header {
            extensions: self.placed(&fields),
            description: self.text(fields.take("description"), "description"),
            style: HeaderStyle::Simple,
            required: self.flag(fields.take("required"), "required").unwrap_or(false),
            deprecated: self.flag(fields.take("deprecated"), "deprecated"),
            format: self.schema_or_content(&mut fields),
            example: None,
            examples: IndexMap::new(),
        })
    }
}

/// The style in place of one that parameters in a place cannot have (OpenAPI 3.2 §4.12.3); `None` for one
/// that they can.
fn replaced(style: &str, place: &str) -> Option<&'static str> {
    let styles: &[&str] = match place {
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        _ => &[],
    };
    styles.first().filter(|_| !styles.contains(&style)).copied()
}

fn path_style(style: Option<&str>) -> PathStyle {
    match style {
        Some("matrix") => PathStyle::Matrix,
        Some("label") => PathStyle::Label,
        Some(_) | None => PathStyle::Simple,
    }
}

/// The style of a query parameter or a form property.
pub(super) fn query_style(style: Option<&str>) -> QueryStyle {
    match style {
        Some("spaceDelimited") => QueryStyle::SpaceDelimited,
        Some("pipeDelimited") => QueryStyle::PipeDelimited,
        Some("deepObject") => QueryStyle::DeepObject,
        Some(_) | None => QueryStyle::Form,
    }
}
