//! For programs: a JSON object a line.

use serde_json::json;

use super::Diagnostics;
use crate::source::Files;

/// Every diagnostic, in the order of their places.
pub fn render(diagnostics: &Diagnostics, files: &Files) -> String {
    let lines = diagnostics.in_order(files).into_iter().map(|(diagnostic, spot)| {
        let object = json!({
            "code": diagnostic.code.id(),
            "severity": diagnostic.severity.word(),
            "message": diagnostic.message,
            "file": spot.path,
            "line": spot.line,
            "column": spot.column,
            "pointer": spot.pointer.map(|pointer| pointer.to_string()),
            "help": diagnostic.help,
        });
        format!("{object}\n")
    });
    lines.collect()
}
