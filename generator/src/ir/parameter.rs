//! What a call takes beside its body.

use super::{Docs, Origin, Type};

/// What a call takes beside its body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Where it was read.
    pub origin: Origin,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Whether a call without it is wrong.
    pub required: bool,
    /// The type of its value.
    pub ty: Type,
    /// What the document says of it.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// The only value that it may have, as it is sent, if it is required and there is only one: the caller is not asked.
    pub constant: Option<String>,
    /// The value that the server assumes when it is absent, as JSON text.
    pub default: Option<String>,
    /// The value sent when the caller gives none, as JSON text; only by configuration.
    pub sent_by_default: Option<String>,
}

/// Where a parameter goes, and how it is written there (OpenAPI 3.1 §4.8.12, style values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path {
        /// How it is written.
        style: PathStyle,
        /// Whether reserved characters go unescaped: a slash in the value is one in the path.
        allow_reserved: bool,
    },
    /// In the query.
    Query {
        /// How it is written.
        style: Style,
        /// Whether reserved characters go unescaped.
        allow_reserved: bool,
        /// Whether an empty list or map is written as `a=`.
        allow_empty: bool,
    },
    /// In a header.
    Header(PlainStyle),
    /// In the `Cookie` header.
    Cookie(Style),
}

/// How a parameter is written in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlainStyle {
    /// `1,2`, objects as `a,1,b,2`
    Simple,
    /// `explode: true`: objects as `a=1,b=2`
    SimpleExplode,
    /// `content: application/json`: the value as JSON text.
    Json,
}

/// How a path parameter is written.
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

/// How a query parameter is written.
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
    /// `content: application/json`: the value as JSON text.
    Json,
    /// `in: querystring` as a form: the whole query, `b=1&c=2` for the members of the value.
    WholeForm,
    /// `in: querystring` as JSON: the whole query is the value as JSON text.
    WholeJson,
}
