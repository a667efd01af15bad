// needs: | crates:
//! Why JSON could not be read, and where: the path of the value, the byte, the line and the column.
//!
//! Nothing of this is kept while reading goes well. The path is put together while the error travels outwards, and the
//! line is counted once, when the error leaves for the caller.

use std::fmt;

/// Why JSON could not be read as what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct DecodeError(Box<Fault>);

#[derive(Clone, Debug, PartialEq)]
struct Fault {
    message: String,
    is_syntax: bool,
    /// Innermost step first.
    steps: Vec<Step>,
    offset: usize,
    line: usize,
    column: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Member(String),
    Item(usize),
}

impl DecodeError {
    /// An error about the value at a byte of the text, which is JSON but not what was asked for.
    #[cold]
    pub fn new(message: impl Into<String>, offset: usize) -> Self { Self::of(message.into(), false, offset) }

    /// An error about a byte of the text, which is not JSON or nests too deep: it can be read as no type at all.
    #[cold]
    pub fn syntax(message: impl Into<String>, offset: usize) -> Self { Self::of(message.into(), true, offset) }

    fn of(message: String, is_syntax: bool, offset: usize) -> Self {
        DecodeError(Box::new(Fault { message, is_syntax, steps: Vec::new(), offset, line: 0, column: 0 }))
    }

    /// The same error seen from the object around it.
    #[must_use]
    #[cold]
    pub fn within(mut self, member: &str) -> Self {
        self.0.steps.push(Step::Member(member.to_owned()));
        self
    }

    /// The same error seen from the array around it.
    #[must_use]
    #[cold]
    pub fn within_item(mut self, index: usize) -> Self {
        self.0.steps.push(Step::Item(index));
        self
    }

    /// The same error with its line and column found in the text.
    #[must_use]
    #[cold]
    pub fn located(mut self, json: &[u8]) -> Self {
        let before = json.get(..self.0.offset).unwrap_or(json);
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        // bytes that continue a character are not columns of their own
        let is_start = |byte: &&u8| **byte & 0xC0 != 0x80;
        self.0.line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        self.0.column = before[start..].iter().filter(is_start).count() + 1;
        self
    }

    /// What is wrong: `expected a string, found null`.
    pub fn message(&self) -> &str { &self.0.message }

    /// Whether the text is not JSON, rather than not what was asked for.
    pub fn is_syntax(&self) -> bool { self.0.is_syntax }

    /// The JSON path of the value: `$.groups[0].name`.
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for step in self.0.steps.iter().rev() {
            match step {
                Step::Item(index) => path.push_str(&format!("[{index}]")),
                Step::Member(name) if is_plain(name) => path.push_str(&format!(".{name}")),
                Step::Member(name) => path.push_str(&format!("[{name:?}]")),
            }
        }
        path
    }

    /// The byte of the text, from 0.
    pub fn offset(&self) -> usize { self.0.offset }

    /// The line, from 1; 0 if the error did not come from a whole text.
    pub fn line(&self) -> usize { self.0.line }

    /// The column in characters, from 1; 0 if the error did not come from a whole text.
    pub fn column(&self) -> usize { self.0.column }
}

/// Whether a name can follow a dot in a path.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl fmt::Display for DecodeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at {}", self.0.message, self.path())?;
        match self.0.line {
            0 => Ok(()),
            line => write!(out, " (line {line}, column {})", self.0.column),
        }
    }
}

impl std::error::Error for DecodeError {}
