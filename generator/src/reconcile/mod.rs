//! What recorded replies say of a document. In: the document as it was read and corrected so far, its IR, and exchanges.
//! Out: what in the replies is not as the document says, and the corrections that would make it so. Changes nothing and
//! reads no file.
//!
//! A reply is held to the IR, since that is how a generated client reads it. Beside the type of a value goes its `spot`:
//! the schemas of the document that speak of it, by which a correction names the place.

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

pub use recording::{Body, Exchange, exchanges};
pub use suggest::{Known, Suggestion, Suggestions, prune, suggest};

use std::collections::HashSet;

use crate::{
    config::Config,
    ir::Api,
    source::{Node, Pointer},
};

/// What exchanges are held to.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The tree as it was read, with the corrections so far.
    pub tree: &'a Node,
    /// What it means.
    pub api: &'a Api,
    /// The configuration.
    pub config: &'a Config,
}

/// What replies say of a document.
#[derive(Debug, Default)]
pub struct Report {
    /// What is not as the document says, in the order of the exchanges; of one place each thing once.
    pub findings: Vec<Finding>,
    /// What was found already.
    found: HashSet<(spot::SpotId, Untrue)>,
    /// The places of the findings.
    pub(crate) spots: spot::Spots,
    /// What there is to say of exchanges that nothing is corrected for.
    pub notes: Vec<Note>,
    /// How many exchanges are calls of the document.
    pub matched: usize,
    /// The documented media types that replies had, by their response.
    seen: Vec<(Pointer, String)>,
}

impl Report {
    /// The documented media types that replies of a response had.
    fn documented(&self, response: &Pointer) -> impl Iterator<Item = String> {
        self.seen.iter().filter(move |(place, _)| place == response).map(|(_, name)| name.clone())
    }
}

/// Something in a reply that is not as the document says.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The number of the exchange.
    pub exchange: usize,
    /// The place in the document.
    pub(crate) spot: spot::SpotId,
    /// What it is.
    pub(crate) untrue: Untrue,
    /// What shows it, in words: `$.items[0].email is null`.
    pub says: String,
}

/// What of the document is untrue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Untrue {
    /// That a member is always there.
    Required,
    /// That it is never `null`.
    NotNull,
    /// Its type. Of a scalar, what a reference leads to is meant, else the place itself.
    Type { is_scalar: bool },
    /// The alternatives.
    Alternatives,
    /// The media type: it is this one.
    MediaType(String),
}

/// Something to say of an exchange.
#[derive(Clone, Debug)]
pub struct Note {
    /// The number of the exchange.
    pub exchange: usize,
    /// One line.
    pub says: String,
}

/// Holds every exchange to the document.
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
