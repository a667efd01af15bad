//! Compares recorded replies with a document as read and corrected so far. Finds where replies deviate, and the
//! corrections that would fix it. Changes nothing and reads no files.
//!
//! Replies are checked against the IR, because that is how a generated client reads them. Along with the type of a
//! value goes its `spot`: the schemas of the document that describe it, by which a correction names the place.

mod document;
mod format;
mod key;
mod kinds;
mod recording;
mod reply;
mod route;
mod spot;
mod suggest;
mod union;
mod walk;

pub(crate) use format::fits as fits_format;
pub use recording::{Body, Exchange, exchanges};
pub use suggest::{Known, Suggestion, Suggestions, prune, suggest};

use std::collections::HashSet;

use crate::{
    config::Config,
    ir::Api,
    source::{Node, Pointer},
};

/// The document that exchanges are checked against.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The tree as read, with the corrections so far.
    pub tree: &'a Node,
    /// Its intermediate representation.
    pub api: &'a Api,
    /// The configuration.
    pub config: &'a Config,
}

/// The result of checking replies.
#[derive(Debug, Default)]
pub struct Report {
    /// The distinct deviations, in the order of the exchanges.
    pub findings: Vec<Finding>,
    /// The deviations already found.
    found: HashSet<(spot::SpotId, Untrue)>,
    /// The places of the findings.
    pub(crate) spots: spot::Spots,
    /// Notes on exchanges that no correction addresses.
    pub notes: Vec<Note>,
    /// How many exchanges are calls of the document's operations.
    pub matched: usize,
    /// The documented media types that replies had, by response.
    seen: Vec<(Pointer, String)>,
}

impl Report {
    /// The documented media types that replies to a response had.
    fn documented(&self, response: &Pointer) -> impl Iterator<Item = String> {
        self.seen.iter().filter(move |(place, _)| place == response).map(|(_, name)| name.clone())
    }
}

/// A deviation of a reply from the document.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The number of the exchange.
    pub exchange: usize,
    /// The place in the document.
    pub(crate) spot: spot::SpotId,
    /// The statement of the document that is wrong.
    pub(crate) untrue: Untrue,
    /// The evidence, in words: `$.items[0].email is null`.
    pub says: String,
}

/// A statement of the document that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Untrue {
    /// The member is always present.
    Required,
    /// The member is never `null`.
    NotNull,
    /// The type. For a scalar, that of the reference's target is meant, otherwise that of the place.
    Type { is_scalar: bool },
    /// The alternatives.
    Alternatives,
    /// The media type, which is actually this one.
    MediaType(String),
}

/// A note on an exchange.
#[derive(Clone, Debug)]
pub struct Note {
    /// The index of the exchange.
    pub exchange: usize,
    /// One line.
    pub says: String,
}

/// Checks every exchange against the document.
pub fn check(document: Document<'_>, exchanges: &[Exchange]) -> Report {
    let router = route::Router::new(document, exchanges);
    let mut report = Report::default();
    let mut strangers = Vec::new();
    for (index, exchange) in exchanges.iter().enumerate() {
        match router.find(exchange) {
            Some(operation) => {
                report.matched += 1;
                reply::check(document, operation, (index, exchange), &mut report);
            }
            None => strangers.push(index),
        }
    }
    if let Some(first) = strangers.first() {
        let one = &exchanges[*first];
        let others = match strangers.len() - 1 {
            0 => String::new(),
            count => format!(", nor are {count} more"),
        };
        let says = format!("{} {} is no call of the document{others}", one.method, one.path);
        report.notes.push(Note { exchange: *first, says });
    }
    report
}
