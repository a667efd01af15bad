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

    /// Whether it left this member of the outermost value blank.
    pub fn blanks(&self, member: &str) -> bool {
        let outermost = match self.0.steps().last() {
            Some(Step::Member(name)) => Some(name.as_str()),
            Some(Step::Item(_)) => None,
            None => self.0.lacks(),
        };
        self.0.blank_depth() == Some(1) && outermost == Some(member)
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
pub(super) fn located(mut overcome: Vec<DecodeError>, json: &[u8]) -> Vec<Deviation> {
    if overcome.is_empty() {
        return Vec::new();
    }
    overcome.sort_by_key(DecodeError::offset);
    let offsets: Vec<usize> = overcome.iter().map(DecodeError::offset).collect();
    let paths = json_path::find(json, &offsets);
    let with_path = |(mut error, steps): (DecodeError, _)| {
        error.set_path(steps);
        Deviation(error)
    };
    overcome.into_iter().zip(paths).map(with_path).collect()
}
