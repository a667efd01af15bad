// needs: decode_error json_path | crates:
//! Where a reply differs from the document but was read anyway.

use std::fmt;

use super::decode_error::DecodeError;
use super::json_path::{self, Step, render};

/// How many deviations of one reply are reported.
pub(super) const MOST: usize = 1_000;

/// A place where a reply differs from the document. It was read anyway: see the table in `deviations` of
/// [`Response`](super::response::Response).
#[derive(Clone, Debug, PartialEq)]
pub struct Deviation(DecodeError);

impl Deviation {
    /// The JSON path of the place: `$.groups[0].name`.
    pub fn path(&self) -> String {
        let member = self.0.lacks().map(|name| Step::Member(name.to_owned()));
        render(self.0.steps().iter().rev().chain(&member))
    }

    /// What the document expects: `a string`.
    pub fn expected(&self) -> &str { self.0.expected() }

    /// What was received: `null`, or `nothing` where a member is absent.
    pub fn found(&self) -> &str { self.0.found() }

    /// Whether it left a member blank, or an object around it. Dots lead from member to member: `meta.next`.
    pub fn blanks(&self, path: &str) -> bool {
        let steps = self.0.steps().iter().rev().map(|step| match step {
            Step::Member(name) => Some(name.as_str()),
            Step::Item(_) => None,
        });
        let blank = steps.chain([self.0.lacks()]).take(self.0.blank_depth().unwrap_or(0));
        let mut asked = path.split('.');
        self.0.blank_depth().is_some() && blank.into_iter().all(|name| name.is_some() && name == asked.next())
    }

    /// The error reported when reading strictly.
    pub(super) fn into_error(self, json: &[u8]) -> DecodeError { self.0.located(json) }
}

/// `expected a string, found null at $.groups[0].name`
impl fmt::Display for Deviation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expected {}, found {} at {}", self.expected(), self.found(), self.path())
    }
}

/// Locates the tolerated errors in a text, in text order.
pub(super) fn located(overcome: Vec<DecodeError>, json: &[u8]) -> Vec<Deviation> {
    if overcome.is_empty() {
        return Vec::new();
    }
    let overcome = in_text_order(overcome);
    let offsets: Vec<usize> = overcome.iter().map(DecodeError::offset).collect();
    let paths = json_path::find(json, &offsets);
    let with_path = |(mut error, steps): (DecodeError, _)| {
        error.set_path(steps);
        Deviation(error)
    };
    overcome.into_iter().zip(paths).map(with_path).collect()
}

/// Sorts by insertion, with little code: there are at most [`MOST`], nearly all of them in order.
fn in_text_order(overcome: Vec<DecodeError>) -> Vec<DecodeError> {
    let mut sorted = Vec::with_capacity(overcome.len());
    for error in overcome {
        let behind = sorted.iter().rposition(|before: &DecodeError| before.offset() <= error.offset());
        sorted.insert(behind.map_or(0, |at| at + 1), error);
    }
    sorted
}
