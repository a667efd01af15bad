//! For programs: one JSON object per line.

use serde_json::json;

use super::{Diagnostics, github, printable};
use crate::source::Files;

/// Renders every diagnostic, ordered by place, with paths mapped by `shown`. A missing place or line is `null`.
pub fn render(diagnostics: &Diagnostics, files: &Files, shown: fn(&str) -> String) -> String {
    let lines = diagnostics.in_order(files).into_iter().map(|(diagnostic, spot)| {
        let object = json!({
            "code": diagnostic.code.id(),
            "severity": diagnostic.severity.word(),
            "message": diagnostic.message,
            "file": Some(github::shown_path(&spot, shown)).filter(|path| !path.is_empty()),
            "line": Some(spot.line).filter(|line| *line > 0),
            "column": Some(spot.column).filter(|column| *column > 0),
            "pointer": spot.pointer.map(|pointer| pointer.to_string()),
            "help": diagnostic.help,
        });
        printable::json(&object) + "\n"
    });
    lines.collect()
}
