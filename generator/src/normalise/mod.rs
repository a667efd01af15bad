//! Reduces all versions of OpenAPI to the form of 3.0, with keywords of `marker.rs` for what 3.0 cannot express.
//! Only this module knows versions.
//!
//! Later stages may assume of the resulting tree that
//!
//! - every `$ref` is `#/components/<section>/<name>` or, for a path item, `#/paths/<template>`, with the literal name
//!   (no `~` or `%` escapes), exists, is of the expected kind and leads to content; the same holds for the values of a
//!   discriminator's `mapping`;
//! - a `$ref` has no siblings: those that count are beside an `allOf` with the reference;
//! - no schema is a boolean, has a list of types, `const`, `prefixItems` or a numeric exclusive bound; `null` among
//!   the types, the enum or the branches of a union has become `nullable: true`;
//! - operations with methods that 3.0 has no keyword for are under `additionalOperations`;
//! - a schema with `items` has `type: array`; `additionalProperties` is a schema, and a schema that forbids other
//!   properties has `x-cratewright-closed`.
//!
//! The steps run in this order: first `corrections` and `overrides`, whose pointers are those of the original
//! document; then `swagger2`, which produces a 3.0 document, or `earlier`, and the references of `anchors` and
//! `openapi32`; `received`; the repairs of slips that would hide references; `inline`, `path_items` and `hoist`,
//! because references point into the original document, which is one tree even if it has many files; then the rest of
//! `repair`, one step per version, and `canonical` for what any version can express in several ways.

mod anchors;
mod canonical;
mod constants;
pub(crate) mod corrections;
mod earlier;
mod hoist;
mod hoist_name;
mod inline;
mod locate;
pub(crate) mod marker;
mod openapi30;
mod openapi31;
mod openapi32;
mod overrides;
mod path_items;
mod properties;
mod received;
mod repair;
mod shape;
mod spelling;
mod swagger2;
#[cfg(test)]
mod tests;
mod walk;

use indexmap::IndexMap;

use crate::config::{Correction, Located};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Files, Node, Value};

/// The version that a document states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// Swagger 2.0
    V20,
    /// OpenAPI 3.0
    V30,
    /// OpenAPI 3.1
    V31,
    /// OpenAPI 3.2
    V32,
}

/// Applies the configured corrections before anything else. On failure reports errors, leaves the document unchanged
/// and returns `false`: if an entry matches nothing, contradicts another or cannot be applied.
pub fn correct(root: &mut Node, corrections: &[Correction], diagnostics: &mut Diagnostics) -> bool {
    // A document that is not a description is reported by the next step.
    match version(root, &mut Diagnostics::new()) {
        Some(version) if !corrections.is_empty() => corrections::run(root, version, corrections, diagnostics),
        Some(_) | None => true,
    }
}

/// Normalises a document of any version, read from `files`; reports an error and returns `None` if it is not an
/// OpenAPI description of a supported version.
pub fn run(
    mut root: Node,
    files: &Files,
    overrides: &IndexMap<String, Located<String>>,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let version = version(&root, diagnostics)?;
    overrides::run(&mut root, overrides, diagnostics);
    match version {
        Version::V20 => swagger2::run(&mut root, diagnostics),
        Version::V30 => earlier::run(&mut root, diagnostics),
        Version::V31 | Version::V32 => {
            earlier::run(&mut root, diagnostics);
            anchors::run(&mut root);
            openapi32::references(&mut root, diagnostics);
        }
    }
    received::run(&mut root);
    repair::before_references(&mut root, diagnostics);
    inline::run(&mut root, diagnostics);
    path_items::run(&mut root, diagnostics);
    hoist::run(&mut root, version, diagnostics);
    repair::run(&mut root, files, diagnostics);
    canonical::additional_properties(&mut root);
    match version {
        Version::V20 | Version::V30 => openapi30::run(&mut root, diagnostics),
        Version::V31 | Version::V32 => {
            openapi31::run(&mut root, diagnostics);
            openapi32::run(&mut root, diagnostics);
        }
    }
    canonical::run(&mut root, diagnostics);
    Some(root)
}

/// The version that a document states.
fn version(root: &Node, diagnostics: &mut Diagnostics) -> Option<Version> {
    let Some(entries) = root.as_object() else {
        diagnostics.report(Code::NotOpenApi, root.id, format!("the root is {}, not an object", root.kind()));
        return None;
    };
    let Some(stated) = entries.get("openapi").or_else(|| entries.get("swagger")) else {
        diagnostics.report(Code::NotOpenApi, root.id, "there is neither `openapi` nor `swagger` at the root");
        return None;
    };
    let text = match &stated.value {
        Value::String(text) => text.trim().to_owned(),
        // An unquoted `openapi: 3.1` is a number in YAML.
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            let message = format!("the version is {}, not text", stated.kind());
            diagnostics.report(Code::NotOpenApi, stated.id, message);
            return None;
        }
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("2"), None | Some("0")) => Some(Version::V20),
        (Some("3"), Some("0")) => Some(Version::V30),
        (Some("3"), Some("1")) => Some(Version::V31),
        (Some("3"), Some("2")) => Some(Version::V32),
        _ => {
            diagnostics.report(Code::UnsupportedVersion, stated.id, format!("version `{text}` is not read"));
            None
        }
    }
}
