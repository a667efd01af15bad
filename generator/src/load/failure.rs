//! Translates parser errors into terms of the document.

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::FileId;

/// Why and where a text does not parse.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: Code,
    message: String,
    line: usize,
    column: usize,
}

impl Failure {
    /// An error of the JSON parser, which counts columns in bytes.
    pub(super) fn json(error: &serde_json::Error, text: &str) -> Self {
        let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let column = error.column().saturating_sub(1);
        let before = line.bytes().take(column).filter(|byte| byte & 0xc0 != 0x80).count();
        Self::new(&error.to_string(), error.line().max(1), before + 1)
    }

    /// An error of the YAML parser.
    pub(super) fn yaml(error: &serde_yaml::Error) -> Self {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        Self::new(&error.to_string(), line, column)
    }

    /// An error about values that nest too deeply, at a line and column from 1.
    pub(super) fn too_deep(line: usize, column: usize) -> Self {
        Self { code: Code::LimitExceeded, message: TOO_DEEP.to_owned(), line, column }
    }

    fn new(text: &str, line: usize, column: usize) -> Self {
        let (code, message) = if text.contains("recursion limit exceeded") {
            (Code::LimitExceeded, TOO_DEEP.to_owned())
        } else if text.contains("repetition limit exceeded") || text.contains(TOO_MANY_NODES) {
            (Code::LimitExceeded, TOO_MANY_NODES.to_owned())
        } else {
            (Code::Syntax, plain(text))
        };
        Self { code, message, line, column }
    }

    pub(super) fn into_diagnostic(self, file: FileId) -> Diagnostic {
        let place = Place::Position { file, line: self.line, column: self.column };
        Diagnostic::new(self.code, place, self.message)
    }
}

const TOO_DEEP: &str = "values nest more than 128 levels deep here";

/// Reported when aliases expand without bound.
pub(super) const TOO_MANY_NODES: &str = "aliases expand to more values than a document can be meant to hold";

/// A parser's message without its position, which is shown anyway, and without implementation terms.
fn plain(text: &str) -> String {
    let text = text.find(INVALID_TYPE).map_or(text, |at| &text[at..]);
    let text = without_position(text);
    match text.strip_prefix(INVALID_TYPE).and_then(|rest| rest.split_once(", expected ")) {
        Some((found, expected)) => {
            let found = found.replace("map", "a mapping").replace("sequence", "a sequence");
            format!("expected {expected}, found {found}")
        }
        None => text
            .replace("EOF while parsing a list", "the file ends within an array")
            .replace("EOF while parsing an object", "the file ends within an object")
            .replace("EOF while parsing", "the file ends within"),
    }
}

const INVALID_TYPE: &str = "invalid type: ";

/// The text without its first ` at line 1 column 2`.
fn without_position(text: &str) -> String {
    let Some(at) = text.find(" at line ").or_else(|| text.find(" at position ")) else {
        return text.to_owned();
    };
    let position = text[at + 1..].split(',').next().unwrap_or_default();
    format!("{}{}", &text[..at], &text[at + 1 + position.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_lose_their_position_and_their_jargon() {
        assert_eq!(plain("expected `,` or `}` at line 3 column 5"), "expected `,` or `}`");
        assert_eq!(
            plain(
                "did not find expected key at line 2 column 1, while parsing a block mapping at line 1 column 1"
            ),
            "did not find expected key, while parsing a block mapping at line 1 column 1"
        );
        assert_eq!(plain("EOF while parsing a list at line 1 column 1"), "the file ends within an array");
        assert_eq!(
            plain("a.b: invalid type: map, expected a scalar as the key of a mapping at line 1 column 2"),
            "expected a scalar as the key of a mapping, found a mapping"
        );
    }
}
