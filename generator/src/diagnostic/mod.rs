//! What a run has to say about its input. In: reports from any stage. Out: one list, in source order.
//! Nothing here prints or exits.

pub mod cargo;
mod codes;
pub mod github;
pub mod human;
pub mod json;
pub mod printable;
mod spot;

use std::collections::HashSet;

pub use codes::Code;
pub use spot::Spot;

use crate::source::{FileId, Files, NodeId};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the output is what the document says.
    Note,
    /// The output says less than the document, or a slip was repaired.
    Warning,
    /// No output.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What the user decided of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Codes not to be spoken of, each with the place that says so.
    pub allow: Vec<(Code, Place)>,
    /// Codes that are errors.
    pub deny: Vec<Code>,
    /// Whether every warning is an error.
    pub strict: bool,
}

/// What a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value.
    Node(NodeId),
    /// The key of a mapping entry, given by its value.
    Key(NodeId),
    /// A position that no tree could be read around: line and column from 1.
    Position {
        /// The file.
        file: FileId,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A file or folder that could not be read or written.
    Path(String),
}

/// One thing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How bad it is: the code's own severity, unless the configuration raised or lowered it.
    pub severity: Severity,
    /// What it points at.
    pub place: Option<Place>,
    /// One printable line: what is wrong, in terms of the document.
    pub message: String,
    /// What to do, if there is something to do, in printable lines.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        let message = printable::line(&message.into()).into_owned();
        Self { code, severity: code.severity(), place: Some(place), message, help: None }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(printable::line(&help.into()).into_owned());
        self
    }

    /// The same with lines to copy, such as those that a file lacks.
    #[must_use]
    pub fn help_with_lines(mut self, help: &str, added: &str) -> Self {
        self.help = Some(format!("{}\n\n{}", printable::line(help), printable::lines(added)));
        self
    }
}

/// Collects what the stages report. A phase goes on after a report; between phases the run stops if
/// [`Diagnostics::failed`].
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a diagnostic in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Reports something about a value.
    pub fn report(&mut self, code: Code, node: NodeId, message: impl Into<String>) {
        self.push(Diagnostic::new(code, Place::Node(node), message));
    }

    /// Whether any is an error.
    pub fn failed(&self) -> bool {
        self.items.iter().any(|item| item.severity == Severity::Error)
    }

    /// All of them, in the order reported.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Takes the errors of another collection in.
    pub fn take_errors(&mut self, other: Self) {
        self.items.extend(other.items.into_iter().filter(|item| item.severity == Severity::Error));
    }

    /// Keeps those that fulfil a condition.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(keep);
    }

    /// How many places say less in Rust than in the document.
    pub fn degraded(&self) -> usize {
        self.items.iter().filter(|item| item.severity == Severity::Warning).count()
    }

    /// Silences and raises codes as the user decided. Errors cannot be silenced. An allowance of a code that did not
    /// occur is reported itself, unless the run ended before it could have.
    pub fn apply(&mut self, policy: &Policy) {
        let ended_early = self.failed();
        for (code, place) in &policy.allow {
            if !ended_early && !self.items.iter().any(|item| item.code == *code) {
                let message = format!("`{}` is allowed and does not occur", code.id());
                self.push(Diagnostic::new(Code::AllowanceUnused, place.clone(), message));
            }
        }
        let allowed = |code: Code| policy.allow.iter().any(|(allowed, _)| *allowed == code);
        self.items.retain(|item| item.severity == Severity::Error || !allowed(item.code));
        for item in &mut self.items {
            if policy.deny.contains(&item.code) || (policy.strict && item.severity == Severity::Warning) {
                item.severity = Severity::Error;
            }
        }
    }

    /// Makes errors of those that fulfil a condition.
    pub fn raise(&mut self, files: &Files, is_error: impl Fn(&Diagnostic, &Spot) -> bool) {
        for item in &mut self.items {
            if is_error(item, &spot::find(item, files)) {
                item.severity = Severity::Error;
            }
        }
    }

    /// Each once, in the order of files and places. What belongs to no file that was read comes first.
    pub(crate) fn in_order(&self, files: &Files) -> Vec<(&Diagnostic, Spot)> {
        let mut all: Vec<_> = self.items.iter().map(|item| (item, spot::find(item, files))).collect();
        all.sort_by(|(_, a), (_, b)| a.order().cmp(&b.order()));
        let mut seen = HashSet::new();
        all.retain(|(item, spot)| seen.insert((item.code, spot.file, spot.line, spot.column, &item.message)));
        all
    }
}

#[cfg(test)]
mod tests;
