//! The names of the extensions for facts that OpenAPI 3.0 cannot express. `crate::document::extension` reads them.

/// On a schema: the index of its configured override.
pub(crate) const OVERRIDE: &str = "x-cratewright-override";

/// On every built object: the file and number of the node it was read from, packed by `document`.
pub(crate) const ORIGIN: &str = "x-cratewright-origin";

/// `true` on a schema that no value satisfies: the schema `false`.
pub(crate) const NEVER: &str = "x-cratewright-never";

/// On an array schema: how many leading items have their own schema. Those are among its `properties`, by position.
pub(crate) const PREFIX_ITEMS: &str = "x-cratewright-prefix-items";

/// `true` on an object schema that forbids other properties, or an array schema that forbids further items.
pub(crate) const CLOSED: &str = "x-cratewright-closed";

/// In a path item: operations with methods that 3.0 has no keyword for.
pub(crate) const OPERATIONS: &str = "additionalOperations";

/// At the root: bodies of requests that the server sends, by name.
pub(crate) const RECEIVED: &str = "x-cratewright-received";

/// `true` on a header parameter that matches any name, as in 2.0.
pub(crate) const ANY_HEADER: &str = "x-cratewright-any-header";

/// On a schema: the media type of the string's content.
pub(crate) const CONTENT_MEDIA_TYPE: &str = "x-cratewright-content-media-type";

/// `true` on a path parameter whose reserved characters are left unescaped.
pub(crate) const ALLOW_RESERVED: &str = "x-cratewright-allow-reserved";

/// `true` on a parameter that is the whole query string.
pub(crate) const QUERY_STRING: &str = "x-cratewright-querystring";

/// `true` on a media type whose body is a sequence; its schema describes the list of items.
pub(crate) const ITEMS: &str = "x-cratewright-items";

/// On the document's `info`: its short summary.
pub(crate) const SUMMARY: &str = "x-cratewright-summary";

/// On a tag: the name of its parent.
pub(crate) const PARENT: &str = "x-cratewright-parent";

/// On a tag: its kind, `nav` by default.
pub(crate) const KIND: &str = "x-cratewright-kind";

/// On a discriminator: a reference to the schema for unmapped values.
pub(crate) const DEFAULT: &str = "x-cratewright-default";
