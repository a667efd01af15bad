//! The keywords of the normalised tree for what OpenAPI 3.0 has no keyword for. `crate::document` reads them.

/// On a schema: the index of its configured override.
pub(crate) const OVERRIDE: &str = "x-cratewright-override";

/// `true` on a schema that no value satisfies: the schema `false`.
pub(crate) const NEVER: &str = "x-cratewright-never";

/// On an array schema: the schemas of the leading items that have their own.
pub(crate) const POSITIONS: &str = "x-cratewright-positions";

/// `true` on an object schema that forbids other properties, or an array schema that forbids further items.
pub(crate) const CLOSED: &str = "x-cratewright-closed";

/// In a path item: operations with methods that 3.0 has no keyword for.
pub(crate) const OPERATIONS: &str = "additionalOperations";

/// At the root: operations of webhooks, by name.
pub(crate) const WEBHOOKS: &str = "x-cratewright-webhooks";

/// At the root: bodies of the requests of callbacks, by name.
pub(crate) const RECEIVED: &str = "x-cratewright-received";

/// `true` on a header parameter that matches any name, as in 2.0.
pub(crate) const ANY_HEADER: &str = "x-cratewright-any-header";

/// `true` on a parameter that is the whole query string.
pub(crate) const QUERY_STRING: &str = "x-cratewright-querystring";

/// On the document's `info`: its short summary.
pub(crate) const SUMMARY: &str = "x-cratewright-summary";

/// On a tag: the name of its parent.
pub(crate) const PARENT: &str = "x-cratewright-parent";

/// On a tag: its kind, `nav` by default.
pub(crate) const KIND: &str = "x-cratewright-kind";

/// On a discriminator: a reference to the schema for unmapped values.
pub(crate) const DEFAULT: &str = "x-cratewright-default";
