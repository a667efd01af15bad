//! The names of the extensions that carry what OpenAPI 3.0 cannot say. `crate::document::extension` reads them.

/// On every built object: the file and number of the node it was read from, packed by `document`.
pub(crate) const ORIGIN: &str = "x-cratewright-origin";

/// `true` on a schema whose single `enum` value was a `const`.
pub(crate) const CONST: &str = "x-cratewright-const";

/// `true` on a schema that no value satisfies: the schema `false`.
pub(crate) const NEVER: &str = "x-cratewright-never";

/// On an array schema: how many leading items have a schema of their own. They stand in `properties` under the
/// keys `0`, `1`, …, which an array has no other use for; `items` is then about the rest.
pub(crate) const PREFIX_ITEMS: &str = "x-cratewright-prefix-items";

/// `true` on a component that was written elsewhere and has its name from the pointer to it.
pub(crate) const HOISTED: &str = "x-cratewright-hoisted";

/// `true` on a security scheme that is met by a client certificate.
pub(crate) const MUTUAL_TLS: &str = "x-cratewright-mutual-tls";
