//! Reads the `x-cratewright-*` extensions: facts that OpenAPI 3.0 has no keyword for, and where each object was
//! written. No other module reads them.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{Discriminator, Info, MediaType, ParameterData, SchemaData, Tag};
use serde_json::Value;

use crate::{
    normalise::marker,
    source::{FileId, NodeId},
};

/// The extensions of an object.
pub type Extensions = IndexMap<String, Value>;

/// Where an object was written.
pub fn origin(extensions: &Extensions) -> Option<NodeId> {
    let packed = extensions.get(marker::ORIGIN)?.as_u64()?;
    let file = u32::try_from(packed >> 32).ok()?;
    let ordinal = u32::try_from(packed & u64::from(u32::MAX)).ok()?;
    Some(NodeId { file: FileId(file), ordinal })
}

/// Creates extensions that record where an object was written.
pub(super) fn at(id: NodeId) -> Extensions {
    let packed = (u64::from(id.file.0) << 32) | u64::from(id.ordinal);
    Extensions::from_iter([(marker::ORIGIN.to_owned(), Value::from(packed))])
}

/// Whether no value satisfies the schema, because it was written as `false`.
pub fn is_never(schema: &SchemaData) -> bool {
    is_set(schema, marker::NEVER)
}

/// The index of the configured override for this schema.
pub fn overridden(schema: &SchemaData) -> Option<usize> {
    let index = schema.extensions.get(marker::OVERRIDE)?.as_u64()?;
    usize::try_from(index).ok()
}

/// How many tuple items have a fixed position; they are stored among the properties by position.
pub fn prefix_items(schema: &SchemaData) -> Option<usize> {
    let count = schema.extensions.get(marker::PREFIX_ITEMS)?.as_u64()?;
    usize::try_from(count).ok()
}

/// The discriminator value of a component, from other tools' extensions.
pub fn discriminator_value(schema: &SchemaData) -> Option<&str> {
    let keys = ["x-ms-discriminator-value", "x-discriminator-value"];
    keys.into_iter().find_map(|key| schema.extensions.get(key)?.as_str())
}

/// Other tools' extensions that describe the constants of a schema.
pub(super) const OF_CONSTANTS: &[&str] =
    &["x-enum-descriptions", "x-enum-varnames", "x-enumDescriptions", "x-enumNames", "x-ms-enum"];

/// What other tools' extensions say about a constant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Constant<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// Its description.
    pub description: Option<&'a str>,
}

/// What extensions say about the constants of `enum`, in order; empty if they say nothing: `x-enum-varnames`,
/// `x-enumNames`, `x-enum-descriptions`, and `x-ms-enum`, which is keyed by value.
pub fn constants<'a>(schema: &'a SchemaData, values: &[Value]) -> Vec<Constant<'a>> {
    if !OF_CONSTANTS.iter().any(|key| schema.extensions.contains_key(*key)) {
        return Vec::new();
    }
    let listed = schema.extensions.get("x-ms-enum").and_then(|one| one.get("values")?.as_array());
    let entries = listed.into_iter().flatten().filter_map(|one| Some((one.get("value")?.to_string(), one)));
    let entries: HashMap<String, &Value> = entries.collect();
    let constants = values.iter().enumerate().map(|(index, value)| {
        let at = |key: &str| schema.extensions.get(key)?.as_array()?.get(index)?.as_str();
        let entry = entries.get(&value.to_string());
        let of_entry = |key: &str| entry.and_then(|entry| entry.get(key)?.as_str());
        Constant {
            name: at("x-enum-varnames").or_else(|| at("x-enumNames")).or_else(|| of_entry("name")),
            description: at("x-enum-descriptions")
                .or_else(|| at("x-enumDescriptions"))
                .or_else(|| of_entry("description")),
        }
    });
    constants.collect()
}

/// Whether a tuple allows no further items.
pub fn is_closed(schema: &SchemaData) -> bool {
    is_set(schema, marker::CLOSED)
}

fn is_set(schema: &SchemaData, key: &str) -> bool {
    is_marked(&schema.extensions, key)
}

fn is_marked(extensions: &Extensions, key: &str) -> bool {
    extensions.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// The media type of a string's content (`contentMediaType`).
pub fn content_media_type(schema: &SchemaData) -> Option<&str> {
    schema.extensions.get(marker::CONTENT_MEDIA_TYPE)?.as_str()
}

/// Whether reserved characters of a path parameter are left unescaped.
pub fn allows_reserved(parameter: &ParameterData) -> bool {
    is_marked(&parameter.extensions, marker::ALLOW_RESERVED)
}

/// Whether the parameter is the whole query string.
pub fn is_query_string(parameter: &ParameterData) -> bool {
    is_marked(&parameter.extensions, marker::QUERY_STRING)
}

/// Whether a header parameter matches any name.
pub fn may_be_any_header(parameter: &ParameterData) -> bool {
    is_marked(&parameter.extensions, marker::ANY_HEADER)
}

/// Whether the body is a sequence, whose schema describes the list of items.
pub fn is_sequence(media_type: &MediaType) -> bool {
    is_marked(&media_type.extensions, marker::ITEMS)
}

/// The short summary of a document.
pub fn summary(info: &Info) -> Option<&str> {
    info.extensions.get(marker::SUMMARY)?.as_str()
}

/// The parent of a tag.
pub fn parent(tag: &Tag) -> Option<&str> {
    tag.extensions.get(marker::PARENT)?.as_str()
}

/// Whether a tag groups operations, rather than describing them.
pub fn is_navigation(tag: &Tag) -> bool {
    tag.extensions.get(marker::KIND).and_then(Value::as_str).is_none_or(|kind| kind == "nav")
}

/// The component schema to use if the discriminator is missing or unknown.
pub fn default_mapping(discriminator: &Discriminator) -> Option<&str> {
    let target = discriminator.extensions.get(marker::DEFAULT)?.as_str()?;
    Some(target.strip_prefix("#/components/schemas/").unwrap_or(target))
}
