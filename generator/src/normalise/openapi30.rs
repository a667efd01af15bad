//! What OpenAPI 3.0 says differently: everything beside a `$ref` is ignored (OpenAPI 3.0.3 §4.7.23).

use super::locate::reference;
use super::shape::Kind;
use super::walk::{Fate, walk};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::Node;

/// Drops what stands beside references. Only `nullable` is worth a word: it is often meant.
pub(super) fn run(root: &mut Node, diagnostics: &mut Diagnostics) {
    walk(root, Kind::Root, &mut |node, kind| {
        if reference(node).is_some() && kind != Kind::PathItem {
            if let Some(nullable) = node.get("nullable") {
                let message = "`nullable` beside a `$ref` is ignored in OpenAPI 3.0";
                diagnostics.report(Code::IgnoredSibling, nullable.id, message);
            }
            if let Some(entries) = node.as_object_mut() {
                entries.retain(|key, _| key == "$ref");
            }
        }
        Fate::Keep
    });
}
