//! The location of a diagnostic, in lines and columns.

use std::ops::Range;

use super::{Diagnostic, Place};
use crate::source::{FileId, Files, Location, Pointer};

/// The location of a diagnostic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// The file, if it was read.
    pub file: Option<FileId>,
    /// The path to show; empty if there is none.
    pub path: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// The column in characters, from 1; 0 for the whole file.
    pub column: usize,
    /// The byte range.
    pub bytes: Option<Range<usize>>,
    /// The pointer from the root of the file.
    pub pointer: Option<Pointer>,
}

impl Spot {
    /// The sort key of locations.
    pub(super) fn order(&self) -> (Option<FileId>, usize, usize, &str) {
        (self.file, self.line, self.column, &self.path)
    }
}

/// Finds the location of a diagnostic.
pub(super) fn find(diagnostic: &Diagnostic, files: &Files) -> Spot {
    match &diagnostic.place {
        None => Spot::default(),
        Some(Place::Path(path)) => Spot { path: path.clone(), ..Spot::default() },
        Some(Place::Node(node)) => located(node.file, files.locate(*node), files),
        Some(Place::Key(node)) => located(node.file, files.locate(node.key()), files),
        Some(Place::Position { file, line, column }) => Spot {
            line: *line,
            column: *column,
            bytes: files.byte(*file, *line, *column).map(|at| at..after(*file, at, files)),
            ..whole(*file, files)
        },
    }
}

/// The offset after the character at `at`; `at` itself at the end of a line.
fn after(file: FileId, at: usize, files: &Files) -> usize {
    let rest = files.get(file).and_then(|file| file.text.get(at..)).unwrap_or_default();
    at + rest.chars().next().filter(|next| !matches!(next, '\r' | '\n')).map_or(0, char::len_utf8)
}

fn located(file: FileId, location: Option<Location>, files: &Files) -> Spot {
    let whole = whole(file, files);
    match location {
        None => whole,
        Some(location) => Spot {
            line: location.line,
            column: location.column,
            bytes: Some(location.bytes),
            pointer: Some(location.pointer),
            ..whole
        },
    }
}

/// The location of a whole file.
fn whole(file: FileId, files: &Files) -> Spot {
    let path = files.get(file).map(|file| file.path.clone()).unwrap_or_default();
    Spot { file: Some(file), path, ..Spot::default() }
}
