// needs: json_path | crates:
//! Why JSON could not be read, and where: the path of the value, the byte, the line and the column.
//!
//! None of this is tracked while reading succeeds. The path is collected as the error propagates outwards, and the
//! line is counted once, before the error reaches the caller.

use std::fmt;

use super::json_path::{Step, render};

/// Why JSON could not be read as the requested type.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodeError(Box<Fault>);

#[derive(Clone, Debug, PartialEq)]
struct Fault {
    problem: Problem,
    /// Innermost step first.
    steps: Vec<Step>,
    offset: usize,
    line: usize,
    column: usize,
    /// The depth of the object, from 1, in which a member was left blank.
    blank_in: Option<usize>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
enum Problem {
    /// The text is not JSON, or nests too deep.
    Syntax(String),
    /// A value is not what was expected.
    Mismatch { expected: String, found: String },
    /// An object lacks a member.
    Missing(&'static str),
    /// Any other message.
    Other(String),
}

impl DecodeError {
    /// An error about the value at a byte offset: valid JSON that does not fit the type.
    #[cold]
    pub fn new(message: impl Into<String>, offset: usize) -> Self { Self::of(Problem::Other(message.into()), offset) }

    /// An error about the value at a byte offset, with what was expected and what was found.
    #[cold]
    pub fn mismatch(expected: &dyn fmt::Display, found: &dyn fmt::Display, offset: usize) -> Self {
        Self::of(Problem::Mismatch { expected: expected.to_string(), found: found.to_string() }, offset)
    }

    /// An error about the object at a byte offset, which lacks a member.
    #[cold]
    pub fn missing(member: &'static str, offset: usize) -> Self { Self::of(Problem::Missing(member), offset) }

    /// An error at a byte offset: the text is not JSON or nests too deep, so no type can read it.
    #[cold]
    pub fn syntax(message: impl Into<String>, offset: usize) -> Self {
        Self::of(Problem::Syntax(message.into()), offset)
    }

    fn of(problem: Problem, offset: usize) -> Self {
        DecodeError(Box::new(Fault { problem, steps: Vec::new(), offset, line: 0, column: 0, blank_in: None }))
    }

    /// Adds the object member around the error to its path.
    #[must_use]
    #[cold]
    pub fn within(mut self, member: &str) -> Self {
        self.0.steps.push(Step::Member(member.to_owned()));
        self
    }

    /// Adds the array item around the error to its path.
    #[must_use]
    #[cold]
    pub fn within_item(mut self, index: usize) -> Self {
        self.0.steps.push(Step::Item(index));
        self
    }

    /// Sets the whole path, innermost step first.
    pub(super) fn set_path(&mut self, steps: Vec<Step>) { self.0.steps = steps; }

    /// Sets the line and column from the text.
    #[must_use]
    #[cold]
    pub fn located(mut self, json: &[u8]) -> Self {
        let before = json.get(..self.0.offset).unwrap_or(json);
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        // UTF-8 continuation bytes are not columns of their own
        let is_start = |byte: &&u8| **byte & 0xC0 != 0x80;
        self.0.line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        self.0.column = before[start..].iter().filter(is_start).count() + 1;
        self
    }

    /// Marks that a member of the object at this depth was left blank.
    #[must_use]
    #[cold]
    pub fn blank_in(mut self, depth: usize) -> Self {
        self.0.blank_in = Some(depth);
        self
    }

    /// The depth of the object, from 1, in which a member was left blank.
    pub fn blank_depth(&self) -> Option<usize> { self.0.blank_in }

    /// What is wrong: `expected a string, found null`.
    pub fn message(&self) -> String { self.0.problem.to_string() }

    /// Whether the text is not JSON, rather than JSON that does not fit the type.
    pub fn is_syntax(&self) -> bool { matches!(self.0.problem, Problem::Syntax(_)) }

    /// What was expected.
    pub(super) fn expected(&self) -> &str {
        match &self.0.problem {
            Problem::Mismatch { expected, .. } => expected,
            Problem::Missing(_) => "a value",
            Problem::Syntax(message) | Problem::Other(message) => message,
        }
    }

    /// What was found instead.
    pub(super) fn found(&self) -> &str {
        match &self.0.problem {
            Problem::Mismatch { found, .. } => found,
            Problem::Missing(_) => "nothing",
            Problem::Syntax(_) | Problem::Other(_) => "something else",
        }
    }

    /// The missing member, if that is the problem.
    pub(super) fn lacks(&self) -> Option<&'static str> {
        if let Problem::Missing(member) = self.0.problem { Some(member) } else { None }
    }

    /// The steps to the value, innermost first.
    pub(super) fn steps(&self) -> &[Step] { &self.0.steps }

    /// The JSON path of the value: `$.groups[0].name`.
    pub fn path(&self) -> String { render(self.0.steps.iter().rev()) }

    /// The byte offset in the text, from 0.
    pub fn offset(&self) -> usize { self.0.offset }

    /// The line, from 1; 0 if the error is not from a whole text.
    pub fn line(&self) -> usize { self.0.line }

    /// The column in characters, from 1; 0 if the error is not from a whole text.
    pub fn column(&self) -> usize { self.0.column }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Syntax(message) | Problem::Other(message) => out.write_str(message),
            Problem::Mismatch { expected, found } => write!(out, "expected {expected}, found {found}"),
            Problem::Missing(member) => write!(out, "missing field `{member}`"),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at {}", self.0.problem, self.path())?;
        match self.0.line {
            0 => Ok(()),
            line => write!(out, " (line {line}, column {})", self.0.column),
        }
    }
}

impl std::error::Error for DecodeError {}
