//! The names of the extensions that carry what OpenAPI 3.0 cannot say. `crate::document::extension` reads them.

/// On a schema: which of the configured overrides is for it, by number.
pub(crate) const OVERRIDE: &str = "x-cratewright-override";

/// On every built object: the file and number of the node it was read from, packed by `document`.
pub(crate) const ORIGIN: &str = "x-cratewright-origin";

/// `true` on a schema that no value satisfies: the schema `false`.
pub(crate) const NEVER: &str = "x-cratewright-never";

/// On an array schema, how many of its first items have a schema of their own. Those stand among its `properties`,
/// under their position.
pub(crate) const PREFIX_ITEMS: &str = "x-cratewright-prefix-items";

/// `true` on an object schema that allows no properties but its own, and on an array schema that allows no items but
/// the first ones.
pub(crate) const CLOSED: &str = "x-cratewright-closed";

/// In a path item: operations by methods that 3.0 has no keyword for.
pub(crate) const OPERATIONS: &str = "additionalOperations";

/// At the root: bodies of requests that the server sends, by name.
pub(crate) const RECEIVED: &str = "x-cratewright-received";

/// `true` on a header parameter that may have any name, as in 2.0.
pub(crate) const ANY_HEADER: &str = "x-cratewright-any-header";

/// On a schema: the media type of what is in a string.
pub(crate) const CONTENT_MEDIA_TYPE: &str = "x-cratewright-content-media-type";

/// `true` on a path parameter whose reserved characters go unescaped.
pub(crate) const ALLOW_RESERVED: &str = "x-cratewright-allow-reserved";

/// `true` on a parameter that is the whole query string.
pub(crate) const QUERY_STRING: &str = "x-cratewright-querystring";

/// `true` on a media type whose body is a sequence: its schema is the list of the items.
pub(crate) const ITEMS: &str = "x-cratewright-items";

/// On the document's `info`: what it says in short.
pub(crate) const SUMMARY: &str = "x-cratewright-summary";

/// On a tag: the name of the tag that it is part of.
pub(crate) const PARENT: &str = "x-cratewright-parent";

/// On a tag: what it is for; `nav` is what a tag is for that does not say.
pub(crate) const KIND: &str = "x-cratewright-kind";

/// On a discriminator: a reference to the schema that is meant when no value of the mapping is there.
pub(crate) const DEFAULT: &str = "x-cratewright-default";
