//! Reads files into [`Files`], and parses them to trees of values that know their place. Knows nothing of OpenAPI; all
//! disk access except for output is here.

mod bundle;
mod disk;
mod failure;
mod merge;
mod reader;

pub use bundle::{FILES, UNREAD};
pub use disk::{
    display, files_below, files_with_extension, from_repository, from_workspace, hash, is_file, read_text,
    refuse_link, replace, text_if_there,
};

use std::path::Path;

use crate::config::Inputs;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::source::{FileId, Files, Format, Node, SourceFile, Value};
use failure::Failure;
use reader::Reader;

/// Reads a JSON or YAML file. Reports a failure and returns `None`.
pub fn read(files: &mut Files, diagnostics: &mut Diagnostics, path: &Path) -> Option<Node> {
    match disk::text(path) {
        Ok(text) => parse(files, diagnostics, disk::display(path), text),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

/// The maximum size of a data file in bytes.
const LARGEST_DATA: u64 = 512 << 20;

/// Reads a file that must be JSON, as data rather than a document. Reports a failure and returns `None`.
pub fn read_json(files: &mut Files, diagnostics: &mut Diagnostics, path: &Path) -> Option<Node> {
    let text = disk::checked_size(path, LARGEST_DATA).map_err(Box::new).and_then(|()| disk::text(path));
    let text = match text {
        Ok(text) => disk::without_byte_order_mark(text),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            return None;
        }
    };
    let path = disk::display(path);
    if text.trim().is_empty() {
        diagnostics.push(empty(path, "the file is empty"));
        return None;
    }
    let mut reader = Reader::new(files.next_id(), &text, Format::Json);
    let root = reader.json(&text);
    let file = files.add(SourceFile { path, text, format: Format::Json });
    match root {
        Ok(root) => Some(root),
        Err(failure) => {
            diagnostics.push(failure.into_diagnostic(file));
            None
        }
    }
}

/// Help for a document that is too large.
const RAISE: &str = "allow more with `--max-size`, or `max_size` in the configuration";

/// Reads a file and every file that it refers to as one tree. Reports a failure to read the main file and returns
/// `None`.
pub fn read_with_files(
    files: &mut Files,
    diagnostics: &mut Diagnostics,
    path: &Path,
    allowed: &Inputs,
) -> Option<Node> {
    if let Err(diagnostic) = disk::checked_size(path, allowed.max_bytes()) {
        diagnostics.push(diagnostic.help(RAISE));
        return None;
    }
    let root = read(files, diagnostics, path)?;
    Some(bundle::run(root, path, files, diagnostics, allowed))
}

/// Parses a JSON or YAML text, called `path` in messages. Reports a failure and returns `None`.
pub fn parse(files: &mut Files, diagnostics: &mut Diagnostics, path: String, text: String) -> Option<Node> {
    let text = disk::without_byte_order_mark(text);
    if text.trim().is_empty() {
        diagnostics.push(empty(path, "the file is empty"));
        return None;
    }
    let parsed = Parsed::new(files.next_id(), &path, text);
    let (format, text) = (parsed.format, parsed.text);
    let file = files.add(SourceFile { path: path.clone(), text, format });
    parsed.warnings.into_iter().for_each(|warning| diagnostics.push(warning));
    match parsed.root {
        Ok(Node { value: Value::Null, .. }) => {
            diagnostics.push(empty(path, "the file holds no value"));
            None
        }
        Ok(root) => Some(root),
        Err(failure) => {
            diagnostics.push(failure.into_diagnostic(file));
            None
        }
    }
}

fn empty(path: String, message: &str) -> Diagnostic {
    Diagnostic::new(Code::EmptyFile, Place::Path(path), message)
}

/// A parsed text and its format.
struct Parsed {
    format: Format,
    text: String,
    root: Result<Node, Failure>,
    warnings: Vec<Diagnostic>,
}

impl Parsed {
    /// Parses a text that starts with a bracket as JSON, or else as a YAML flow collection, which allows comments and
    /// trailing commas; any other text as YAML.
    fn new(file: FileId, path: &str, text: String) -> Self {
        if !text.trim_start().starts_with(['{', '[']) {
            return Self::yaml(file, text);
        }
        let mut reader = Reader::new(file, &text, Format::Json);
        let root = reader.json(&text);
        let warnings = reader.into_warnings();
        match root {
            Err(failure) if failure.code == Code::Syntax => {
                let yaml = Self::yaml(file, text);
                let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
                if yaml.root.is_ok() || is_yaml {
                    return yaml;
                }
                Self { format: Format::Json, text: yaml.text, root: Err(failure), warnings }
            }
            root => Self { format: Format::Json, text, root, warnings },
        }
    }

    /// Parses YAML. Tabs are not allowed for indentation, but are accepted if not mixed with spaces.
    fn yaml(file: FileId, text: String) -> Self {
        let parsed = Self::strict_yaml(file, text);
        if parsed.root.is_ok() {
            return parsed;
        }
        let Some((spaced, line)) = with_spaces_for_tabs(&parsed.text) else { return parsed };
        let mut spaced = Self::strict_yaml(file, spaced);
        if spaced.root.is_err() {
            return parsed;
        }
        let place = Place::Position { file, line, column: 1 };
        let message = "a tab indents this line; every such tab is read as one space";
        spaced.warnings.insert(0, Diagnostic::new(Code::TabIndentation, place, message));
        spaced
    }

    fn strict_yaml(file: FileId, text: String) -> Self {
        let mut reader = Reader::new(file, &text, Format::Yaml);
        let root = reader.yaml(&text);
        let warnings = reader.into_warnings();
        Self { format: Format::Yaml, text, root, warnings }
    }
}

/// Replaces each tab in the indentation by a space, preserving byte offsets; also returns the first line with one.
/// `None` if there are none.
fn with_spaces_for_tabs(text: &str) -> Option<(String, usize)> {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let first = text.lines().position(|line| line[..indentation(line)].contains('\t'))?;
    let lines = text.split_inclusive('\n').map(|line| {
        let (indent, rest) = line.split_at(indentation(line));
        indent.replace('\t', " ") + rest
    });
    Some((lines.collect(), first + 1))
}

#[cfg(test)]
mod tests;
