//! Any version of OpenAPI to one shape: 3.0, with `x-cratewright-*` for what 3.0 cannot say. The only place that knows versions.
//!
//! In: the tree as it was read. Out: a tree of which every later stage may assume that
//!
//! - every `$ref` is `#/components/<section>/<name>` or, for a path item, `#/paths/<template>`, with the name as
//!   it is (no `~` or `%` escapes), exists, is of the kind due there and leads to content; so does every value of
//!   a discriminator's `mapping`;
//! - a `$ref` has no siblings: those that count stand beside an `allOf` of one reference;
//! - no schema is a boolean, has a list of types, `const`, `prefixItems` or a numeric exclusive bound; `null` among
//!   the types, the enum or the branches of a union has become `nullable: true`;
//! - operations by methods that 3.0 has no keyword for stand under `additionalOperations`;
//! - a schema with `items` says that it is an array; `additionalProperties` is a schema, and where the document
//!   forbids others the schema says so in `x-cratewright-closed`.
//!
//! The steps run in this order: `corrections` and `overrides` first, whose pointers are those of the document as it is; then `swagger2`,
//! which makes a document of 3.0, or `earlier`, and the references of `anchors` and `openapi32`; `received`; what of `repair` would
//! hide references; `inline`, `path_items` and `hoist` next, because references point into the document as it was written,
//! which is one tree even if it is many files; then the rest of `repair` for slips, one file for what a version says
//! differently, and `canonical` for what any version can say in several ways.

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

/// What a document says it is written in.
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

/// Corrects a document as the configuration says, before anything else is made of it. `false`, with errors reported and
/// the document as it was, if an entry matches nothing, contradicts another or cannot apply.
pub fn correct(root: &mut Node, corrections: &[Correction], diagnostics: &mut Diagnostics) -> bool {
    // What is not a description at all is reported by the next step.
    match version(root, &mut Diagnostics::new()) {
        Some(version) if !corrections.is_empty() => corrections::run(root, version, corrections, diagnostics),
        Some(_) | None => true,
    }
}

/// Brings a document of any version, read from `files`, to one shape; `None`, with an error reported, if it is no
/// OpenAPI description or one of another version.
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

/// The version a document states.
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
        // `openapi: 3.1` without quotes is a number to YAML.
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
