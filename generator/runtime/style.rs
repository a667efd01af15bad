// needs: percent value | crates:
//! How parameters are written: the style table of OpenAPI 3.2.0, section 4.12.3.
//!
//! In: a parameter's name, its style and its value as JSON. Out: text with the delimiters of the style between the data,
//! which is percent-encoded where it stands in a URL, or in a cookie but for the style `cookie`. `null` inside an array
//! or object is left out (RFC 6570 section 2.3). What the table has no row for, an array or object inside an array or
//! object, is written as its JSON text, except in [`QueryStyle::DeepObject`].

use std::borrow::Cow;

use super::percent::{Keep, encode};
use super::value::Value;

/// How a path parameter is written. Examples are for `color` = `["blue", "black"]` and `{"R": 100, "G": 200}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathStyle {
    /// `blue,black` and `R,100,G,200`.
    Simple,
    /// `blue,black` and `R=100,G=200`.
    SimpleExplode,
    /// `.blue,black` and `.R,100,G,200`.
    Label,
    /// `.blue.black` and `.R=100.G=200`.
    LabelExplode,
    /// `;color=blue,black` and `;color=R,100,G,200`.
    Matrix,
    /// `;color=blue;color=black` and `;R=100;G=200`.
    MatrixExplode,
    /// The JSON text: a parameter with `content: application/json`.
    Json,
}

/// How a parameter is written in a header. Examples are as above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainStyle {
    /// `blue,black` and `R,100,G,200`.
    Simple,
    /// `blue,black` and `R=100,G=200`.
    SimpleExplode,
    /// The JSON text: a parameter with `content: application/json`.
    Json,
}

/// How a parameter is written in a query or a cookie. Examples are for `color` = `["blue", "black"]` and
/// `{"R": 100, "G": 200}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `color=blue,black` and `color=R,100,G,200`.
    Form,
    /// `color=blue&color=black` and `R=100&G=200`.
    FormExplode,
    /// `color=blue%20black` and `color=R%20100%20G%20200`.
    SpaceDelimited,
    /// `color=blue%7Cblack` and `color=R%7C100%7CG%7C200`.
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`. Beyond the table, deeper objects go on in brackets, and items of arrays are
    /// numbered: `color%5B0%5D=blue&color%5B1%5D=black`, the form that Stripe, PHP and `qs` read.
    DeepObject,
    /// `color=blue,black` and `color=R,100,G,200`, nothing of it percent-encoded: only in a cookie.
    Cookie,
    /// `color=blue; color=black` and `R=100; G=200`, nothing of it percent-encoded: only in a cookie.
    CookieExplode,
    /// The JSON text: a parameter with `content: application/json`.
    Json,
    /// `R=100&G=200`, lists by repeating their name: the whole query, without the parameter's own name.
    WholeForm,
    /// The JSON text alone: the whole query, without the parameter's own name.
    WholeJson,
}

impl QueryStyle {
    /// Whether it is the JSON text.
    pub(super) fn is_json(self) -> bool { matches!(self, QueryStyle::Json | QueryStyle::WholeJson) }

    /// Whether it is the style `cookie`.
    pub(super) fn is_cookie(self) -> bool { matches!(self, QueryStyle::Cookie | QueryStyle::CookieExplode) }
}

/// A value whose parts are text that can stand in a URL.
enum Shape<'v> {
    Scalar(Cow<'v, str>),
    List(Vec<Cow<'v, str>>),
    Map(Vec<Pair<'v>>),
}

/// A name and a value.
pub type Pair<'v> = (Cow<'v, str>, Cow<'v, str>);

impl<'v> Shape<'v> {
    fn of(value: &'v Value, keep: Keep) -> Self {
        match value {
            Value::Array(items) => {
                Shape::List(items.iter().filter(|item| !is_null(item)).map(|item| encode(text(item), keep)).collect())
            }
            Value::Object(members) => Shape::Map(
                members
                    .iter()
                    .filter(|(_, member)| !is_null(member))
                    .map(|(name, member)| (encode(name, keep), encode(text(member), keep)))
                    .collect(),
            ),
            scalar => Shape::Scalar(encode(text(scalar), keep)),
        }
    }

    /// All parts in one text: items with `between` in between, names and values with `equals`.
    fn join(self, between: &str, equals: &str) -> String {
        match self {
            Shape::Scalar(text) => text.into_owned(),
            Shape::List(items) => items.join(between),
            Shape::Map(members) => join_pairs(members, between, equals),
        }
    }

    /// Each part as `name=value`, objects under the names of their members.
    fn pairs(self, name: &'v str) -> Vec<Pair<'v>> {
        match self {
            Shape::Scalar(text) => vec![(name.into(), text)],
            Shape::List(items) => items.into_iter().map(|item| (name.into(), item)).collect(),
            Shape::Map(members) => members,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Shape::Scalar(_) => false,
            Shape::List(items) => items.is_empty(),
            Shape::Map(members) => members.is_empty(),
        }
    }
}

fn join_pairs(pairs: Vec<Pair<'_>>, between: &str, equals: &str) -> String {
    let mut joined = String::new();
    for (index, (name, value)) in pairs.into_iter().enumerate() {
        let between = if index > 0 { between } else { "" };
        joined.extend([between, &name, equals, &value]);
    }
    joined
}

/// The text of a path parameter's value; empty for an array or object with nothing in it (RFC 6570 section 2.3).
pub fn path_value(name: &str, style: PathStyle, keep: Keep, value: &Value) -> String {
    let shape = Shape::of(value, keep);
    match style {
        PathStyle::Json => encode(value.to_string(), keep).into_owned(),
        _ if shape.is_empty() => String::new(),
        PathStyle::Simple => shape.join(",", ","),
        PathStyle::SimpleExplode => shape.join(",", "="),
        PathStyle::Label => format!(".{}", shape.join(",", ",")),
        PathStyle::LabelExplode => format!(".{}", shape.join(".", "=")),
        PathStyle::Matrix => matrix_pair(&encode(name, Keep::Unreserved), &shape.join(",", ",")),
        PathStyle::MatrixExplode => {
            let name = encode(name, Keep::Unreserved);
            let pairs = shape.pairs(&name);
            pairs.iter().map(|(name, value)| matrix_pair(name, value)).collect()
        }
    }
}

/// `;name=value`, and `;name` if the value is empty (RFC 6570 section 3.2.7).
fn matrix_pair(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

/// A query parameter or a cookie as `name=value` pairs, joined by `&`, or by `; ` in the style `cookie`. Empty for `null`
/// and for an array or object with nothing in it (RFC 6570 section 3.2.8: no key).
pub fn query_pairs(name: &str, style: QueryStyle, keep: Keep, value: &Value) -> String {
    // no cookie name has what would be encoded (RFC 6265 section 4.1.1)
    let is_cookie = style.is_cookie() || matches!(keep, Keep::CookieOctets | Keep::CookieParts);
    let key = encode(name, if is_cookie { Keep::All } else { Keep::Unreserved });
    let shape = Shape::of(value, keep);
    if is_null(value) || (shape.is_empty() && !style.is_json()) {
        return String::new();
    }
    match style {
        QueryStyle::Form | QueryStyle::Cookie => format!("{key}={}", shape.join(",", ",")),
        QueryStyle::CookieExplode => join_pairs(shape.pairs(&key), "; ", "="),
        QueryStyle::SpaceDelimited => format!("{key}={}", shape.join("%20", "%20")),
        QueryStyle::PipeDelimited => format!("{key}={}", shape.join("%7C", "%7C")),
        QueryStyle::FormExplode => join_pairs(shape.pairs(&key), "&", "="),
        QueryStyle::DeepObject => {
            let mut pairs = Vec::new();
            deep_pairs(key.into_owned(), keep, value, &mut pairs);
            join_pairs(pairs, "&", "=")
        }
        QueryStyle::Json => format!("{key}={}", encode(value.to_string(), keep)),
        QueryStyle::WholeForm => match value {
            Value::Object(members) => members_pairs(members.iter(), keep),
            scalar => encode(text(scalar), keep).into_owned(),
        },
        QueryStyle::WholeJson => encode(value.to_string(), keep).into_owned(),
    }
}

/// The members of an object as a form has them: objects in them as JSON text.
fn members_pairs<'v>(members: impl Iterator<Item = (&'v str, &'v Value)>, keep: Keep) -> String {
    let pairs = members.map(|(name, member)| {
        let style = match member {
            Value::Object(_) => QueryStyle::Json,
            _ => QueryStyle::FormExplode,
        };
        query_pairs(name, style, keep, member)
    });
    pairs.filter(|pairs| !pairs.is_empty()).collect::<Vec<_>>().join("&")
}

/// The leaves of a value, each under the names that lead to it.
fn deep_pairs<'v>(key: String, keep: Keep, value: &'v Value, pairs: &mut Vec<Pair<'v>>) {
    let names = if keep == Keep::All { Keep::All } else { Keep::Unreserved };
    let within = |name: &str| format!("{key}{}", encode(format!("[{name}]"), names));
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_pairs(within(&index.to_string()), keep, item, pairs);
            }
        }
        Value::Object(members) => {
            for (name, member) in members.iter() {
                deep_pairs(within(name), keep, member, pairs);
            }
        }
        scalar => pairs.push((key.into(), encode(text(scalar), keep))),
    }
}

/// The names and contents of the parts that a value becomes in a form of parts, where nothing is percent-encoded.
pub fn part_pairs<'v>(name: &'v str, style: QueryStyle, value: &'v Value) -> Vec<Pair<'v>> {
    let shape = Shape::of(value, Keep::All);
    let one = |content: String| vec![(name.into(), content.into())];
    match style {
        _ if is_null(value) || shape.is_empty() => Vec::new(),
        QueryStyle::Form | QueryStyle::Cookie => one(shape.join(",", ",")),
        QueryStyle::SpaceDelimited => one(shape.join(" ", " ")),
        QueryStyle::PipeDelimited => one(shape.join("|", "|")),
        QueryStyle::FormExplode | QueryStyle::CookieExplode | QueryStyle::WholeForm => shape.pairs(name),
        QueryStyle::DeepObject => {
            let mut pairs = Vec::new();
            deep_pairs(name.to_owned(), Keep::All, value, &mut pairs);
            pairs
        }
        QueryStyle::Json | QueryStyle::WholeJson => one(value.to_string()),
    }
}

/// The text of a value in a header.
pub fn plain_value(style: PlainStyle, value: &Value) -> String {
    match style {
        PlainStyle::Simple => Shape::of(value, Keep::All).join(",", ","),
        PlainStyle::SimpleExplode => Shape::of(value, Keep::All).join(",", "="),
        PlainStyle::Json => value.to_string(),
    }
}

/// A string as it is, anything else as its JSON text.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        other => other.to_string().into(),
    }
}

fn is_null(value: &Value) -> bool { matches!(value, Value::Null) }
