//! Parameters.

use serde_json::Value;

use super::{Docs, Origin, Type};

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it was read.
    pub origin: Origin,
    /// Its name on the wire.
    pub wire: String,
    /// Where it is sent.
    pub location: Location,
    /// Whether a call must have it.
    pub required: bool,
    /// The type of its value.
    pub ty: Type,
    /// Its description.
    pub docs: Docs,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its only possible value as sent, if it is required and has only one: the caller need not supply it.
    pub constant: Option<String>,
    /// The value that the server assumes if it is absent, as JSON text.
    pub default: Option<String>,
    /// A value for a test: if it is optional, only one that the document gives.
    pub sample: Option<Value>,
    /// The number sent if the caller sets none; only by configuration.
    pub sent_by_default: Option<i64>,
}

/// Where a parameter is sent, and its style (OpenAPI 3.1 §4.8.12, style values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path {
        /// Its style.
        style: PathStyle,
        /// Whether reserved characters are left unescaped, so that a slash in the value is one in the path.
        allow_reserved: bool,
    },
    /// In the query.
    Query {
        /// Its style.
        style: Style,
        /// Whether reserved characters are left unescaped.
        allow_reserved: bool,
        /// Whether an empty list or map is written as `a=`.
        allow_empty: bool,
    },
    /// In a header.
    Header(PlainStyle),
    /// In the `Cookie` header.
    Cookie(Style),
}

/// The style of a header parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlainStyle {
    /// `1,2`, objects as `a,1,b,2`
    Simple,
    /// `explode: true`: objects as `a=1,b=2`
    SimpleExplode,
    /// `content: application/json`: the value as JSON text.
    Json,
}

/// The style of a path parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathStyle {
    /// `style: simple`: `1,2`
    Simple,
    /// `style: simple`, `explode: true`: objects as `a=1,b=2`
    SimpleExplode,
    /// `style: label`: `.1,2`
    Label,
    /// `style: label`, `explode: true`: `.1.2`
    LabelExplode,
    /// `style: matrix`: `;a=1,2`
    Matrix,
    /// `style: matrix`, `explode: true`: `;a=1;a=2`
    MatrixExplode,
    /// `content: application/json`: the value as JSON text.
    Json,
}

/// The style of a parameter in a query or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `style: form`, `explode: false`: `a=1,2`
    Form,
    /// `style: form`, `explode: true`: `a=1&a=2`
    FormExplode,
    /// `style: spaceDelimited`: `a=1%202`
    SpaceDelimited,
    /// `style: pipeDelimited`: `a=1%7C2`
    PipeDelimited,
    /// `style: deepObject`: `a%5Bb%5D=1`
    DeepObject,
    /// `style: cookie`, `explode: false`: `a=1,2`, nothing of it percent-encoded
    Cookie,
    /// `style: cookie`, `explode: true`: `a=1; a=2`, nothing of it percent-encoded
    CookieExplode,
    /// `content: application/json`: the value as JSON text.
    Json,
    /// `in: querystring` as a form: the whole query, `b=1&c=2` for the members of the value.
    WholeForm,
    /// `in: querystring` as JSON: the whole query is the value as JSON text.
    WholeJson,
}
