//! Parameters with references resolved.

use openapiv3::{Parameter, ParameterData, ReferenceOr};
use serde_json::Value;

use super::{
    Document, MediaTypeRef, QueryStyle, SchemaRef,
    content::{content, schema},
    store::follow,
};
use crate::{document::facts::ParameterFacts, source::NodeId};

/// A parameter, with its name if it is a component.
#[derive(Clone, Copy, Debug)]
pub struct ParameterRef<'a> {
    document: &'a Document,
    component: Option<&'a str>,
    parameter: &'a Parameter,
}

/// Where a parameter is sent, with what is said only of parameters there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterIn {
    /// In the path.
    Path {
        /// `style`
        style: PathStyle,
        /// `allowReserved`: whether reserved characters are left unescaped
        allow_reserved: bool,
    },
    /// In the query.
    Query {
        /// `style`
        style: QueryStyle,
        /// `allowReserved`
        allow_reserved: bool,
        /// `allowEmptyValue`
        allow_empty: bool,
    },
    /// In a header; the style is `simple`.
    Header,
    /// In a cookie.
    Cookie(CookieStyle),
}

/// The styles of cookie parameters (OpenAPI 3.2 §4.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// `form`
    Form,
    /// `cookie`
    Cookie,
}

/// The styles of path parameters (OpenAPI 3.1 §4.8.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
}

impl<'a> ParameterRef<'a> {
    pub(super) fn resolve(document: &'a Document, parameter: &'a ReferenceOr<Parameter>) -> Option<Self> {
        let (component, parameter) = follow(&document.components.parameters, parameter)?;
        Some(Self { document, component, parameter })
    }

    fn data(self) -> &'a ParameterData {
        self.parameter.parameter_data_ref()
    }

    /// The name of the component.
    pub fn component(self) -> Option<&'a str> {
        self.component
    }

    /// Where it was written.
    pub fn origin(self) -> NodeId {
        self.document.facts.origin(&self.data().extensions)
    }

    /// Its name on the wire.
    pub fn name(self) -> &'a str {
        &self.data().name
    }

    /// Where it is sent.
    pub fn place(self) -> ParameterIn {
        match self.parameter {
            Parameter::Path { style, .. } => ParameterIn::Path {
                style: match style {
                    openapiv3::PathStyle::Simple => PathStyle::Simple,
                    openapiv3::PathStyle::Label => PathStyle::Label,
                    openapiv3::PathStyle::Matrix => PathStyle::Matrix,
                },
                allow_reserved: self.facts().allows_reserved,
            },
            Parameter::Query { style, allow_reserved, allow_empty_value, .. } => ParameterIn::Query {
                style: QueryStyle::new(style),
                allow_reserved: *allow_reserved,
                allow_empty: allow_empty_value.unwrap_or(false),
            },
            Parameter::Header { .. } => ParameterIn::Header,
            Parameter::Cookie { .. } if self.facts().is_cookie_style => {
                ParameterIn::Cookie(CookieStyle::Cookie)
            }
            Parameter::Cookie { .. } => ParameterIn::Cookie(CookieStyle::Form),
        }
    }

    /// Whether a call must have it: always in a path.
    pub fn is_required(self) -> bool {
        self.data().required || matches!(self.place(), ParameterIn::Path { .. })
    }

    /// `deprecated`
    pub fn is_deprecated(self) -> bool {
        self.data().deprecated.unwrap_or(false)
    }

    /// `description`
    pub fn description(self) -> Option<&'a str> {
        self.data().description.as_deref()
    }

    /// `example`, or the first of `examples`
    pub fn example(self) -> Option<&'a Value> {
        self.data().example.as_ref()
    }

    /// `explode`, if it is stated
    pub fn explode(self) -> Option<bool> {
        self.data().explode
    }

    /// The schema of its value, its own or that of its content.
    pub fn schema(self) -> Option<SchemaRef<'a>> {
        schema(self.document, &self.data().format)
    }

    /// The media type that its value is written in, instead of a style.
    pub fn content(self) -> Option<MediaTypeRef<'a>> {
        content(self.document, &self.data().format)
    }

    /// Whether it is the whole query string.
    pub fn is_query_string(self) -> bool {
        self.facts().is_query_string
    }

    /// Whether a header parameter may have any name.
    pub fn may_be_any_header(self) -> bool {
        self.facts().may_be_any_header
    }

    fn facts(self) -> ParameterFacts {
        self.document.facts.parameter(&self.data().extensions)
    }

    /// Whether both have the same name and place (OpenAPI 3.1 §4.8.9, `parameters`).
    pub(super) fn is_same(self, other: Self) -> bool {
        std::mem::discriminant(self.parameter) == std::mem::discriminant(other.parameter)
            && self.name() == other.name()
    }
}
