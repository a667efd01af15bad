//! Diagnostics about the input: collects reports from all stages into a list in source order. Never prints or exits.

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

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information; the output matches the document.
    Note,
    /// The output says less than the document, or a mistake was repaired.
    Warning,
    /// No output is produced.
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

/// The severities that the user configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Codes to silence, each with its place in the configuration.
    pub allow: Vec<(Code, Place)>,
    /// Codes to treat as errors.
    pub deny: Vec<Code>,
    /// Whether to treat every warning as an error.
    pub strict: bool,
}

/// The place a diagnostic points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value.
    Node(NodeId),
    /// The key of a mapping entry, identified by its value.
    Key(NodeId),
    /// A position in a file that could not be parsed: line and column from 1.
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

/// A diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// Its severity: that of the code, unless the configuration changed it.
    pub severity: Severity,
    /// The place it points to.
    pub place: Option<Place>,
    /// What is wrong in terms of the document, as one printable line.
    pub message: String,
    /// Advice in printable lines, if there is any.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic with the severity of its code.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        let message = printable::line(&message.into()).into_owned();
        Self { code, severity: code.severity(), place: Some(place), message, help: None }
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(printable::line(&help.into()).into_owned());
        self
    }

    /// Adds advice with lines to copy, such as those missing in a file.
    #[must_use]
    pub fn help_with_lines(mut self, help: &str, added: &str) -> Self {
        self.help = Some(format!("{}\n\n{}", printable::line(help), printable::lines(added)));
        self
    }
}

/// Collects the diagnostics of all stages. A stage continues after a report; the run stops between stages if
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

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds a diagnostic about a value.
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

    /// Adds the errors of another collection.
    pub fn take_errors(&mut self, other: Self) {
        self.items.extend(other.items.into_iter().filter(|item| item.severity == Severity::Error));
    }

    /// Keeps the diagnostics that satisfy a predicate.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(keep);
    }

    /// The number of warnings: places where the output says less than the document.
    pub fn degraded(&self) -> usize {
        self.items.iter().filter(|item| item.severity == Severity::Warning).count()
    }

    /// Silences and raises codes as configured. Errors cannot be silenced. Allowing a code that did not occur is
    /// itself reported, unless the run ended early.
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

    /// Turns the diagnostics that satisfy a predicate into errors.
    pub fn raise(&mut self, files: &Files, is_error: impl Fn(&Diagnostic, &Spot) -> bool) {
        for item in &mut self.items {
            if is_error(item, &spot::find(item, files)) {
                item.severity = Severity::Error;
            }
        }
    }

    /// The distinct diagnostics, ordered by file and place. Those without a file come first.
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
