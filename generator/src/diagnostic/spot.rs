//! Where a diagnostic points, in lines and columns.

use std::ops::Range;

use super::{Diagnostic, Place};
use crate::source::{FileId, Files, Location, Pointer};

/// Where a diagnostic points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The file, if it was read.
    pub file: Option<FileId>,
    /// Its path as messages show it; empty if there is none.
    pub path: String,
    /// The line, from 1; 0 if it is the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 if it is the file as a whole.
    pub column: usize,
    /// The bytes that it covers.
    pub bytes: Option<Range<usize>>,
    /// The pointer from the root of the file.
    pub pointer: Option<Pointer>,
}

/// Finds a diagnostic's place.
pub(super) fn find(diagnostic: &Diagnostic, files: &Files) -> Spot {
    match &diagnostic.place {
        None => Spot::default(),
        Some(Place::Path(path)) => Spot { path: path.clone(), ..Spot::default() },
        Some(Place::Node(node)) => located(node.file, files.locate(*node), files),
        Some(Place::Key(node)) => located(node.file, files.locate(node.key()), files),
        Some(Place::Position { file, line, column }) => {
            let bytes = files.get(*file).and_then(|file| byte(&file.text, *line, *column));
            Spot {
                file: Some(*file),
                path: path(*file, files),
                line: *line,
                column: *column,
                bytes: bytes.map(|at| at..at + 1),
                pointer: None,
            }
        }
    }
}

fn located(file: FileId, location: Option<Location>, files: &Files) -> Spot {
    let known = Spot { file: Some(file), path: path(file, files), ..Spot::default() };
    match location {
        None => known,
        Some(location) => Spot {
            line: location.line,
            column: location.column,
            bytes: Some(location.bytes),
            pointer: Some(location.pointer),
            ..known
        },
    }
}

fn path(file: FileId, files: &Files) -> String {
    files.get(file).map(|file| file.path.clone()).unwrap_or_default()
}

/// The byte at a line and column.
fn byte(text: &str, line: usize, column: usize) -> Option<usize> {
    let start = match line {
        0 | 1 => 0,
        _ => text.match_indices('\n').nth(line - 2)?.0 + 1,
    };
    let rest = &text[start..];
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    Some((start + within).min(text.len().saturating_sub(1)))
}
